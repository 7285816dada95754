"""`duanju reports`: a report of others is read by a saved mapping."""

from pathlib import Path

from click.testing import CliRunner, Result

from duanju.adapters.reports import mapping_from_text, mapping_to_text
from duanju.cli import main
from tests.support.reports import NETWORK, ROWS, TOTAL, a_csv


def read(folder: Path, *more: str) -> Result:
    """Run the command over the folder's report."""
    (folder / "m.toml").write_text(mapping_to_text(NETWORK), "utf-8")
    given = ["reports", "read", str(folder / "pangle.csv"), "--mapping", str(folder / "m.toml")]
    return CliRunner().invoke(main, [*given, *more])


def test_good_report_prints_its_facts_and_totals(tmp_path: Path) -> None:
    a_csv(tmp_path)
    result = read(tmp_path, "--period", "2026-09")
    assert result.exit_code == 0, result.output
    lines = result.stdout.splitlines()
    assert lines[0].startswith("sha256 ")
    assert lines[1:] == [
        "4 amounts read, 0 rows with problems",
        "2026-09-01/2026-09-02  101  advert_income  CNY 10010  android",
        "2026-09-02/2026-09-03  101  advert_income  CNY -316  android",
        "2026-09-02/2026-09-03  101  advert_income  CNY 1  ios",
        "2026-09-01/2026-09-02  102  advert_income  CNY 120005  android",
        "预估收入(元): rows 1,297.00 CNY, report 1,297.00 CNY",
    ]


def test_faulty_rows_and_totals_end_with_3(tmp_path: Path) -> None:
    a_csv(tmp_path, (*ROWS[1:], "x,A1,web,1", TOTAL))
    result = read(tmp_path, "--lang", "zh-Hans")
    assert result.exit_code == 3
    assert "报表合计 1,297.00 CNY" in result.stdout
    assert "pangle.csv:5:1" in result.stderr
    assert "相差 10010" in result.stderr


def test_mapping_is_guessed_as_a_file(tmp_path: Path) -> None:
    path = a_csv(tmp_path)
    result = CliRunner().invoke(main, ["reports", "guess", str(path), "--source", "pangle"])
    assert result.exit_code == 0
    assert mapping_from_text(result.stdout, file="m.toml").source == "pangle"


def test_bad_period_is_a_wrong_call(tmp_path: Path) -> None:
    a_csv(tmp_path)
    assert read(tmp_path, "--period", "2026").exit_code == 2
