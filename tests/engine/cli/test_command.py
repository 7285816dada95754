"""The command as a whole, and `duanju policies`."""

from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from duanju.cli import main

POLICIES = Path(__file__).parents[3] / "policies"


def test_help_names_every_command_and_exit_code() -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    for word in ("settle", "policies", "Exit codes", "duanju settle --deals"):
        assert word in result.output


def test_published_policies_are_checked_and_named() -> None:
    files = [str(path) for path in sorted(POLICIES.glob("*.toml"))]
    result = CliRunner().invoke(main, ["policies", "check", *files, "--lang", "zh-Hans"])
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == len(files)
    assert "tencent-short-drama-vertical 1  腾讯短剧" in result.stdout


def test_all_problems_of_all_policy_files_are_printed(tmp_path: Path) -> None:
    good = (POLICIES / "paid-unlock-share.toml").read_text("utf-8")
    (tmp_path / "a.toml").write_text(good.replace("version = 1", "version = 0"), "utf-8")
    (tmp_path / "b.toml").write_text(good.replace("wechat_ios = 0.12", "wechat_ios = 12"), "utf-8")
    result = CliRunner().invoke(
        main, ["policies", "check", str(tmp_path / "a.toml"), str(tmp_path / "b.toml")]
    )
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "a.toml:8 [version]" in result.stderr
    assert "wechat_ios]: 12 is not a share." in result.stderr


@click.command()
def _visiting() -> None:
    """Visit."""
    click.echo("visited")


def test_commands_of_other_packages_join_when_they_register(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    point = EntryPoint("visit", f"{__name__}:_visiting", "duanju.commands")
    monkeypatch.setattr(EntryPoint, "load", lambda self: _visiting)
    monkeypatch.setattr(
        "duanju.cli.command.entry_points", lambda **params: EntryPoints([point]).select(**params)
    )
    runner = CliRunner()
    assert "visit" in runner.invoke(main, ["--help"]).output
    assert runner.invoke(main, ["visit"]).output == "visited\n"
    assert runner.invoke(main, ["nothing"]).exit_code == 2


@pytest.mark.parametrize("group", [(), ("keys",), ("policies",), ("reports",), ("terms",)])
def test_no_summary_of_a_command_is_cut(group: tuple[str, ...]) -> None:
    told = CliRunner().invoke(main, [*group, "--help"], terminal_width=80)
    _, _, commands = told.output.partition("Commands:")
    assert commands.strip()
    assert "..." not in commands
