"""The conformance suite: cases worked by hand that any system of settlement can be held to.

A case is a folder: `case.toml` says which months are settled from which facts (and, where deals
were amended, from which deals), `deals.toml` holds the deals, `policies`, where it is there,
policies of the case's own, `expected.csv` every line of every statement in which money moves,
`expected-balances.csv`, where it is there, what each account holds at the end, and `README.md` how
the figures were worked out.
"""

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duanju.adapters.documents.deals import read_deals
from duanju.adapters.documents.facts import read_facts
from duanju.adapters.documents.policies import load_policies
from duanju.adapters.documents.reading import read_text
from duanju.deals import Policy
from duanju.kernel import Money, Month
from duanju.settlement import Settlement, Transaction, balances
from duanju.workflows import settle_facts

Row = Mapping[str, str]

LINES = "expected.csv"
BALANCES = "expected-balances.csv"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A row that is not as worked by hand.

    Attributes:
        file: The file that holds what is right.
        expected: The row as it should be; `None` where there should be none.
        found: The row that came out; `None` where none did.
    """

    file: str
    expected: Row | None
    found: Row | None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """What became of one case.

    Attributes:
        name: The case's folder.
        rows: How many rows were compared.
        mismatches: All that differs; empty if the case holds.
        problems: Codes of problems for which deals were not settled; a case has none.
    """

    name: str
    rows: int
    mismatches: tuple[Mismatch, ...]
    problems: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether everything came out as worked by hand."""
        return not self.mismatches and not self.problems


def find_cases(folder: Path) -> tuple[Path, ...]:
    """Return the folders of all cases, by name."""
    return tuple(sorted(path.parent for path in folder.glob("*/case.toml")))


def run_case(case: Path, *, policies: Mapping[tuple[str, int], Policy]) -> CaseResult:
    """Settle a case with this engine and compare every row.

    Each month is settled a second time, which must post nothing.

    Args:
        case: The case's folder; policies in its folder `policies` are its own.
        policies: By id and version, as `load_policies` returns them.

    Raises:
        ProblemsFound: A file of the case cannot be read.
    """
    own = {**policies, **load_policies(case / "policies")}
    ledger: list[Transaction] = []
    lines: list[Row] = []
    problems: list[str] = []
    for step in tomllib.loads(read_text(case / "case.toml"))["settle"]:
        period, facts = Month.parse(step["period"]), read_facts(case / step["facts"])
        deals = read_deals(case / step.get("deals", "deals.toml"), policies=own)
        settlement = settle_facts(
            contracts=deals.contracts, facts=facts, posted=ledger, period=period
        )
        problems += [problem.code for problem in settlement.problems]
        ledger += settlement.transactions
        lines += _lines_of(settlement)
        again = settle_facts(contracts=deals.contracts, facts=facts, posted=ledger, period=period)
        problems += ["conformance.posted-twice" for _ in again.transactions]
    expected = read_expected(case / LINES)
    mismatches = list(find_mismatches(LINES, expected, lines))
    rows = len(expected)
    if (case / BALANCES).exists():
        held = read_expected(case / BALANCES)
        mismatches += find_mismatches(BALANCES, held, _balances_of(ledger))
        rows += len(held)
    return CaseResult(case.name, rows, tuple(mismatches), tuple(problems))


def judge_answers(case: Path, answers: Path) -> CaseResult:
    """Compare another system's answers to a case with what was worked out by hand.

    Args:
        case: The case's folder.
        answers: A CSV file with the columns of `expected.csv`, in any order of rows.
    """
    expected = read_expected(case / LINES)
    mismatches = find_mismatches(LINES, expected, read_expected(answers))
    return CaseResult(case.name, len(expected), tuple(mismatches))


def read_expected(path: Path) -> list[Row]:
    """Return the rows of a CSV file of a case."""
    return [dict(row) for row in csv.DictReader(read_text(path).splitlines())]


def find_mismatches(file: str, expected: Sequence[Row], found: Iterable[Row]) -> Iterator[Mismatch]:
    """Yield what is expected and not there, beside what is there in its place, and what is more.

    The order of rows means nothing; a row that is expected twice must be there twice. A row without
    money need not be there.
    """
    left = [row for row in found if _has_money(row)]
    missing = []
    for row in filter(_has_money, expected):
        if row in left:
            left.remove(row)
        else:
            missing.append(row)
    for row in missing:
        rival = next((own for own in left if _about_the_same(own, row)), None)
        if rival is not None:
            left.remove(rival)
        yield Mismatch(file, row, rival)
    for row in left:
        yield Mismatch(file, None, row)


def _has_money(row: Row) -> bool:
    return bool(row.get("amount", "").strip("-0."))


def _about_the_same(first: Row, second: Row) -> bool:
    return all(first.get(key) == second[key] for key in second if key != "amount")


def _lines_of(settlement: Settlement) -> list[Row]:
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


def _balances_of(ledger: Iterable[Transaction]) -> list[Row]:
    return [
        {"account": account, "amount": str(Money(minor, code).as_decimal()), "currency": code}
        for (account, code), minor in balances(ledger).items()
    ]
