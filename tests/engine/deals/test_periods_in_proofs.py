"""In which year of the deal, or in which month, a proof says that something was counted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Fact, Reset, entitle
from duanju.deals.clauses import Clause
from duanju.kernel import Month, ProofStep
from tests.support.obligations import a_cap
from tests.support.rates import INCOME, MINUTES, a_bonus, a_fact, a_rate, minutes, some_bands
from tests.support.terms import terms_of

MONTHS = (Month(2026, 9), Month(2026, 11), Month(2027, 8), Month(2027, 9))
FACTS: tuple[Fact, ...] = tuple(
    fact for month in MONTHS for fact in (minutes(20, month), a_fact("unlock_income", 2000, month))
)
HOURS = a_rate(own_id="hours")
COUNTING: dict[str, tuple[Clause, ...]] = {
    "rate": (a_rate((0, "1"), (10, "2")),),
    "bonus of income": (a_bonus((0, "0.5"), counted=(INCOME,)),),
    "bonus of a clause": (HOURS, a_bonus((0, "0.5"), of=("hours",))),
    "bands": (some_bands((10, 5), counted=MINUTES),),
    "cap": (HOURS, a_cap(10)),
}
NAMES = ("period", "deal_year", "month")


def periods_in(step: ProofStep) -> Iterator[str]:
    """Yield the periods that a step and those beneath it name."""
    yield from (str(step.inputs[name]) for name in NAMES if name in step.inputs)
    for inner in step.steps:
        yield from periods_in(inner)


def periods_of(clauses: tuple[Clause, ...], reset: Reset) -> tuple[str, ...]:
    """Return the periods that the proof of the last clause names, each once."""
    last = replace(clauses[-1], reset=reset)  # type: ignore[call-arg]
    terms = terms_of(*clauses[:-1], last)
    earned = entitle(terms=terms, facts=FACTS, as_of=date(2028, 1, 1))
    (proof,) = (own.proof for own in earned if own.clause_id == last.id)
    assert proof.result != Fraction(0)
    return tuple(dict.fromkeys(periods_in(proof)))


@pytest.mark.parametrize("words", COUNTING)
def test_years_are_numbered_from_the_first(words: str) -> None:
    assert periods_of(COUNTING[words], Reset.YEAR) == ("1", "2")


@pytest.mark.parametrize("words", COUNTING)
def test_months_are_those_in_which_something_happened(words: str) -> None:
    expected = tuple(str(month) for month in MONTHS)
    assert periods_of(COUNTING[words], Reset.MONTH) == expected


@pytest.mark.parametrize("words", COUNTING)
def test_what_counts_for_all_time_names_no_period(words: str) -> None:
    assert periods_of(COUNTING[words], Reset.NEVER) == ()
