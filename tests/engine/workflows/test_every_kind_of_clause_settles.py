"""Terms with every kind of clause: months balance, settle twice to the same, and replay."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from duanju.adapters import documents
from duanju.adapters.documents import policy_from_text, read_bundle, write_bundle
from duanju.adapters.prose import suppose_example_terms
from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Fact,
    Stretch,
    Terms,
)
from duanju.kernel import Month
from duanju.settlement import Transaction, balances, total_by_currency
from duanju.workflows import Settled, bundles_of, replay, settle_facts
from duanju.workflows.examples import example_cases

EXAMPLES = Path(documents.__file__).parent / "policy_examples.toml"
PERIODS = 2


def terms_of_every_kind() -> Terms:
    """Return the terms of a deal that has the examples of all kinds of clause."""
    terms = suppose_example_terms(policy_from_text(EXAMPLES.read_text("utf-8")), {})
    assert terms is not None
    return terms


def first_months(terms: Terms, last: date) -> list[Month]:
    """Return the months from the terms' first to that of a day, and one more."""
    month, months = Month(terms.starts_on.year, terms.starts_on.month), []
    while not months or months[-1] <= Month(last.year, last.month):
        months.append(month)
        month = month.next()
    return months


def on_its_first_day(fact: Fact) -> Fact:
    """Return plays as of one day, since heat is made of days."""
    if fact.measure != "plays":
        return fact
    day = fact.stretch.starts_on
    return replace(fact, stretch=Stretch(day, day + timedelta(1)))


@pytest.mark.parametrize("number", [0, 3])
def test_every_kind_settles_and_replays(number: int, tmp_path: Path) -> None:
    terms = terms_of_every_kind()
    cases = example_cases(terms)
    case = cases[min(number, len(cases) - 1)]
    facts = [on_its_first_day(fact) for fact in case.facts]
    contract = Contract("every-kind", terms)
    posted: list[Transaction] = []
    for index, period in enumerate(first_months(terms, case.as_of)[-PERIODS:]):
        known = facts[: len(facts) // 2] if index == 0 else facts
        settlement = settle_facts(contracts=[contract], facts=known, posted=posted, period=period)
        assert settlement.problems == ()
        for transaction in settlement.transactions:
            assert set(total_by_currency(transaction.legs).values()) <= {0}
        settled = Settled([contract], known, tuple(posted), settlement, "Asia/Shanghai")
        for bundle in bundles_of(settled):
            stream = BytesIO()
            write_bundle(bundle, stream=stream)
            path = tmp_path / "bundle.json"
            path.write_bytes(stream.getvalue())
            assert read_bundle(path) == bundle
            assert replay(bundle).deviations == ()
        posted += settlement.transactions
        again = settle_facts(contracts=[contract], facts=known, posted=posted, period=period)
        assert again.transactions == ()
        assert again.statements == settlement.statements
    assert balances(posted)


def test_every_kind_agreed_by_signing_date_ends_as_if_it_had_been_written_so() -> None:
    terms = terms_of_every_kind()
    case = example_cases(terms)[-1]
    facts = [on_its_first_day(fact) for fact in case.facts]
    first = replace(terms, policy=replace(terms.policy, clauses=terms.policy.clauses[:1]))
    over, by_signing = AmendmentMode.OVER, AmendedBy.SIGNING_DATE
    there = Amendment("there", terms, terms.starts_on, over, by_signing)
    back = Amendment("back", first, terms.starts_on, over, by_signing)
    *_, early, late, last = first_months(terms, case.as_of)
    posted: list[Transaction] = []
    for period, amendments in ((early, ()), (late, (there,)), (last, (there, back))):
        contract = Contract("every-kind", first, amendments)
        settlement = settle_facts(contracts=[contract], facts=facts, posted=posted, period=period)
        assert settlement.problems == ()
        posted += settlement.transactions
        written = [Contract("every-kind", terms if amendments == (there,) else first)]
        at_once = settle_facts(contracts=written, facts=facts, posted=[], period=period)
        assert balances(posted) == balances(at_once.transactions)
