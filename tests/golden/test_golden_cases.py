"""Each golden case, worked by hand in its README, comes out to the fen."""

import csv
import tomllib
from collections.abc import Mapping
from pathlib import Path

import pytest

from duanju.adapters.documents import load_policies, read_deals, read_facts
from duanju.kernel import Money, Month
from duanju.settlement import Settlement, Transaction, balances
from duanju.workflows import settle_facts

HERE = Path(__file__).parent
POLICIES = HERE.parents[1] / "policies"
CASES = sorted(folder.parent for folder in HERE.glob("*/case.toml"))


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def lines_of(settlement: Settlement) -> list[dict[str, str]]:
    """Return the lines of all statements as `expected.csv` writes them."""
    return [
        {
            "period": str(settlement.period),
            "concerns_period": str(line.concerns_period),
            "deal_id": line.key.deal_id,
            "payee": str(statement.payee),
            "clause_id": line.key.clause_id,
            "title_id": line.key.title_id,
            "amount": str(Money(line.amount_minor, line.key.currency).as_decimal()),
        }
        for statement in settlement.statements
        for line in statement.lines
    ]


def held(ledger: list[Transaction]) -> list[Mapping[str, str]]:
    """Return the balances as `expected-balances.csv` writes them."""
    return [
        {"account": account, "amount": str(Money(minor, code).as_decimal()), "currency": code}
        for (account, code), minor in balances(ledger).items()
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_comes_out_as_worked_by_hand(case: Path) -> None:
    deals = read_deals(case / "deals.toml", policies=load_policies(POLICIES))
    steps = tomllib.loads((case / "case.toml").read_text("utf-8"))["settle"]
    ledger: list[Transaction] = []
    lines: list[dict[str, str]] = []
    for step in steps:
        period, facts = Month.parse(step["period"]), read_facts(case / step["facts"])
        settlement = settle_facts(
            contracts=deals.contracts, facts=facts, posted=ledger, period=period
        )
        assert settlement.problems == ()
        ledger += settlement.transactions
        lines += lines_of(settlement)
        again = settle_facts(contracts=deals.contracts, facts=facts, posted=ledger, period=period)
        assert again.transactions == ()
    assert lines == rows_of(case / "expected.csv")
    if (case / "expected-balances.csv").exists():
        assert held(ledger) == rows_of(case / "expected-balances.csv")


def test_every_case_is_worked_by_hand() -> None:
    folders = {
        path for path in HERE.iterdir() if path.is_dir() and not path.name.startswith((".", "_"))
    }
    assert folders == set(CASES)
    assert [case.name for case in CASES if not (case / "README.md").exists()] == []
