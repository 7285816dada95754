"""`duanju remit`: a ledger, rules and rates become what is due, and are booked once."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.adapters.documents import ledger_as_csv, read_remittance_rules
from duanju.cli import main
from duanju.kernel import Month
from duanju.settlement import ClaimKey, Posting, RemittanceTerms, Transaction
from tests.support.repository import ROOT
from tests.support.taxes import AUTHOR

RULES = ROOT / "tests" / "support" / "remittances.toml"
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
RATES = "day,base,quote,rate\n2026-09-30,USD,CNY,6.7907\n"


def earned(
    party: str, amount_minor: int, code: str = "CNY", month: Month = SEPTEMBER
) -> Transaction:
    """Return what a month's close posted for a party."""
    legs = (
        Posting("expense:platform:aurora", -amount_minor, code),
        Posting(f"payable:{party}", amount_minor, code),
    )
    clause = f"hours-{party.partition(':')[2]}"
    key = ClaimKey("night-flight", clause, "above", code)
    return Transaction(f"{month}-{party}-{code}", month, month, key, legs)


BETWEEN_THEM = Transaction(
    "2026-09-between",
    SEPTEMBER,
    SEPTEMBER,
    ClaimKey("night-flight", "co-investment", "above", "CNY"),
    (Posting("expense:studio:lanxi", -500, "CNY"), Posting("payable:writer:wen", 500, "CNY")),
)
"""What the studio owes is not the platform's to pay."""

LEDGER = (
    BETWEEN_THEM,
    earned("studio:lanxi", 9_000),
    earned("studio:lanxi", 12_000, "USD"),
    earned("writer:wen", 1_000_000),
    earned("studio:lanxi", 7_000, month=OCTOBER),
)


def remit(folder: Path, *more: str, rules: Path = RULES, period: str = "2026-09") -> Result:
    """Run the command over the ledger."""
    (folder / "ledger.csv").write_text("".join(ledger_as_csv(LEDGER)), "utf-8")
    (folder / "rates.csv").write_text(RATES, "utf-8")
    words = ["--ledger", str(folder / "ledger.csv"), "--rules", str(rules), "--period", period]
    words += ["--rates", str(folder / "rates.csv"), "--paid-on", "2026-10-20"]
    return CliRunner().invoke(main, ["remit", *words, "--out", str(folder / "out"), *more])


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a file that was written."""
    with (folder / "out" / name).open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_what_is_due_is_printed_and_written_with_its_proof(tmp_path: Path) -> None:
    told = remit(tmp_path)
    assert (told.exit_code, told.output.splitlines()) == (
        0,
        [
            "studio:lanxi  due CNY 904.88",
            "  USD 120.00 are CNY 814.88 at 6.7907 (rates.csv)",
            "writer:wen  due CNY 8880.00",
            "  withheld CNY 1120.00 by cn-author, version 1",
        ],
    )
    studio, writer = rows(tmp_path, "advice.csv")
    assert (studio["gross"], studio["due"], studio["carried"]) == ("904.88", "904.88", "")
    assert (writer["gross"], writer["tax_withheld"], writer["due"]) == (
        "10000.00",
        "1120.00",
        "8880.00",
    )
    proofs = json.loads((tmp_path / "out" / "remittances.json").read_text("utf-8"))
    assert [own["due_minor"] for own in proofs] == [90_488, 888_000]
    assert [own["proof"]["code"] for own in proofs] == ["remittance", "remittance"]
    legs = rows(tmp_path, "remitted.csv")
    assert sum(int(own["amount_minor"]) for own in legs if own["currency"] == "CNY") == 0
    assert sum(int(own["amount_minor"]) for own in legs if own["currency"] == "USD") == 0


def test_same_month_again_books_nothing_and_the_next_takes_the_rest(tmp_path: Path) -> None:
    remit(tmp_path)
    first = (tmp_path / "out" / "remitted.csv").read_bytes()
    booked = ("--booked", str(tmp_path / "out" / "remitted.csv"))
    again = remit(tmp_path, *booked)
    assert again.output.splitlines() == ["2 were remitted before"]
    assert (tmp_path / "out" / "remitted.csv").read_bytes() == first
    later = remit(tmp_path, *booked, period="2026-10")
    assert later.output.splitlines() == [
        "studio:lanxi  carried: CNY 70.00 is below its minimum",
        "writer:wen  nothing earned",
    ]
    assert (tmp_path / "out" / "remitted.csv").read_bytes() == first


def test_a_reserve_is_held_and_released_once(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    text = RULES.read_text("utf-8").replace("minimum = 100", 'reserve = "10%"\nreserve_months = 1')
    rules.write_text(text, "utf-8")
    first = remit(tmp_path, rules=rules)
    assert first.output.splitlines()[:4] == [
        "studio:lanxi  due CNY 814.40",
        "  CNY 9.00 of 2026-09 is held back",
        "  USD 12.00 of 2026-09 is held back",
        "  USD 108.00 are CNY 733.40 at 6.7907 (rates.csv)",
    ]
    studio, _writer = rows(tmp_path, "advice.csv")
    assert (studio["reserved"], studio["released"]) == ("CNY 9.00, USD 12.00", "")
    booked = ("--booked", str(tmp_path / "out" / "remitted.csv"))
    assert remit(tmp_path, *booked, rules=rules).output == "2 were remitted before\n"
    (tmp_path / "october.csv").write_text(RATES.replace("-09-30", "-10-30"), "utf-8")
    october = ("--rates", str(tmp_path / "october.csv"))
    later = remit(tmp_path, *booked, *october, rules=rules, period="2026-10")
    assert later.output.splitlines()[:5] == [
        "studio:lanxi  due CNY 153.49",
        "  CNY 7.00 of 2026-10 is held back",
        "  CNY 9.00 held of 2026-09 is released",
        "  USD 12.00 held of 2026-09 is released",
        "  USD 12.00 are CNY 81.49 at 6.7907 (october.csv)",
    ]
    legs = rows(tmp_path, "remitted.csv")
    kept = [int(own["amount_minor"]) for own in legs if own["account"] == "reserve:studio:lanxi"]
    assert sorted(kept) == [-1_200, -900, 700, 900, 1_200]


def test_it_is_told_in_chinese(tmp_path: Path) -> None:
    told = remit(tmp_path, "--lang", "zh-Hans")
    assert "  预扣 CNY 1120.00，依据 cn-author 第 1 版" in told.output.splitlines()


def test_rules_are_read_exactly() -> None:
    rules = read_remittance_rules(RULES)
    assert rules.taxes == (AUTHOR,)
    assert rules.terms["studio", "lanxi"] == RemittanceTerms(
        "studio", "lanxi", taxpayer="", currency="CNY", minimum_minor=10_000
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('effect = "withheld"', 'effect = "added"', 1, "is withheld"),
        ("rate = 0.2", "rate = 20", 1, "between 0 and 1"),
        ("minimum = 100", "minimum = 0.001", 18, "CNY can pay"),
        ("minimum = 100", "reserve = 0.1", 18, "with its months"),
        ("minimum = 100", "reserve = 1.5\nreserve_months = 2", 18, "with its months"),
        ('id = "lanxi"\ncurrency = "CNY"', 'id = "lanxi"\ncurrency = "XYZ"', 21, "XYZ"),
        ('role = "writer"\nid = "wen"', 'role = "studio"\nid = "lanxi"', 24, "two terms"),
        ("counted = 0.7", "counted = true", 13, "counted"),
        ("[[party]]", "[[partner]]", 18, "partner"),
    ],
)
def test_faulty_rules_are_refused_with_their_line(
    tmp_path: Path, old: str, new: str, line: int, sentence: str
) -> None:
    text = RULES.read_text("utf-8")
    assert old in text
    faulty = tmp_path / "rules.toml"
    faulty.write_text(text.replace(old, new, 1), "utf-8")
    told = remit(tmp_path, rules=faulty)
    assert told.exit_code == 3
    assert f"rules.toml:{line}" in told.stderr
    assert sentence in told.stderr
    assert not (tmp_path / "out").exists()


def test_who_has_no_terms_and_what_has_no_rate_are_all_named(tmp_path: Path) -> None:
    text = RULES.read_text("utf-8")
    faulty = tmp_path / "rules.toml"
    faulty.write_text(text.replace('id = "wen"', 'id = "other"'), "utf-8")
    (tmp_path / "none.csv").write_text("day,base,quote,rate\n2026-09-30,EUR,CNY,8\n", "utf-8")
    told = remit(tmp_path, "--rates", str(tmp_path / "none.csv"), rules=faulty)
    assert told.exit_code == 3
    assert "Nothing says how writer:wen is paid." in told.stderr
    assert "No rate leads from USD to CNY on 2026-09-30." in told.stderr
    assert not (tmp_path / "out").exists()


def test_a_row_of_what_was_booked_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    remit(tmp_path)
    path = tmp_path / "out" / "remitted.csv"
    path.write_text(path.read_text("utf-8").replace("-81488", "-81487"), "utf-8")
    told = remit(tmp_path, "--booked", str(path))
    assert told.exit_code == 3
    assert "remitted.csv" in told.stderr


def test_rules_that_the_documentation_shows_are_these() -> None:
    page = (ROOT / "docs" / "explanation" / "remittances.md").read_text("utf-8")
    assert RULES.read_text("utf-8") in page
