"""A statement travels with all it needs: `duanju replay`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.cli import main
from tests.engine.cli.test_settle_command import FACTS, HOURS, UNLOCKS, settled
from tests.engine.cli.test_settle_command import folder as folder  # noqa: PLC0414
from tests.support.bundles import a_bundle, bytes_of, changed


def replayed(*files: Path, language: str = "en") -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["replay", *map(str, files), "--lang", language])


def test_every_statement_that_is_settled_replays_from_its_bundle(folder: Path) -> None:
    settled(folder)
    (folder / "deals.toml").unlink()
    (folder / "facts.csv").unlink()
    files = sorted((folder / "out").glob("*.bundle.json"))
    assert [path.name for path in files] == [f"{HOURS}.bundle.json", f"{UNLOCKS}.bundle.json"]
    result = replayed(*files)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"{files[0]}: equal. hours 2026-09: 1 lines, CNY 66666.67",
        f"{files[1]}: equal. unlocks 2026-09: 1 lines, CNY 44.00",
    ]


def test_correction_of_a_month_before_replays(folder: Path) -> None:
    settled(folder)
    late = FACTS + "2026-09,101,unlock_income,1000,minor,CNY,web\n"
    (folder / "facts.csv").write_text(late, "utf-8")
    ledger = str(folder / "out" / "ledger.csv")
    settled(folder, "--posted", ledger, "--period", "2026-10", out="october")
    (bundle,) = (folder / "october").glob("*unlocks*.bundle.json")
    assert replayed(bundle).exit_code == 0


def test_difference_is_named_in_both_languages(tmp_path: Path) -> None:
    def one_fen_less(data: dict[str, list[dict[str, list[dict[str, int]]]]]) -> None:
        data["statements"][0]["lines"][0]["amount_minor"] -= 1

    path = tmp_path / "b.json"
    path.write_bytes(changed(a_bundle(), one_fen_less, rehash=True))
    amount = json.loads(bytes_of(a_bundle()))["statements"][0]["lines"][0]["amount_minor"]
    result = replayed(path)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{path}: differs. deal-1 2026-10: 1 differences",
        f"  hours 101 CNY 2026-09: amount_minor is stated as {amount - 1}, and comes to {amount}",
    ]
    assert f"结算单为 {amount - 1}，重算为 {amount}" in replayed(path, language="zh-Hans").stdout


def test_bundle_that_was_changed_is_refused_and_the_others_are_replayed(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_bytes(bytes_of(a_bundle()))
    bad.write_bytes(bytes_of(a_bundle()).replace(b"Asia/Shanghai", b"Asia/Urumqi"))
    result = replayed(bad, good)
    assert result.exit_code == 3
    assert "[settlement]: The section settlement is not what its hash says." in result.stderr
    assert f"{good}: equal." in result.stdout


def test_deal_that_cannot_be_settled_says_why(tmp_path: Path) -> None:
    def in_dollars(data: dict[str, list[dict[str, str]]]) -> None:
        data["facts"] = [
            own | {"currency": "USD"} if own.get("currency") else own for own in data["facts"]
        ]

    path = tmp_path / "b.json"
    path.write_bytes(changed(a_bundle(), in_dollars, rehash=True))
    result = replayed(path)
    assert result.exit_code == 1
    assert "cannot be settled" in result.stdout
    assert "USD" in result.stderr


@pytest.mark.parametrize("files", [[], ["none.json"]])
def test_wrong_call_says_how_to_call(files: list[str]) -> None:
    assert CliRunner().invoke(main, ["replay", *files]).exit_code == 2
