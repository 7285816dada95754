"""Generated rates with coefficients, against a reckoning that knows nothing of the engine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.deals import Fact, Reading, Reset, StepDownReading, entitle
from duanju.kernel import Month
from tests.support.rates import (
    NEW_YEAR,
    SEARCH,
    a_coefficient,
    a_fact,
    a_rate,
    bands_of,
    earned_by,
    minutes,
    reached,
    settled_month_by_month,
)
from tests.support.terms import AUTUMN, DECEMBER, terms_of

EXAMPLES = 60
SECOND_BAND = 100


@dataclass(frozen=True)
class Case:
    """A rate and what happened, month by month.

    Attributes:
        rates: Of tiers that begin every 50 minutes.
        reading: Marginal or whole amount.
        reset: Never, or every month.
        ended: The month at whose beginning exclusivity ended, and a coefficient of 3 fell to 2.
        reaches_back: Whether that reaches back.
        watched: Minutes of each month.
        index: The search index of each month; above 100, 2 instead of 1.
    """

    rates: tuple[int, ...]
    reading: Reading
    reset: Reset
    ended: Month | None
    reaches_back: bool
    watched: tuple[int, ...]
    index: tuple[int, ...]

    def facts(self) -> list[Fact]:
        """Return what happened."""
        facts = [minutes(own, month) for month, own in zip(AUTUMN, self.watched, strict=True)]
        facts += [
            a_fact("search_index", own, month)
            for month, own in zip(AUTUMN, self.index, strict=True)
        ]
        if self.ended is not None:
            facts.append(reached("exclusivity_ended", date(2026, self.ended.number, 1)))
        return facts

    def coefficients(self) -> Sequence[int]:
        """Return the product in force in each month."""
        products = []
        for number, month in enumerate(AUTUMN):
            by_index = 2 if max(self.index[: number + 1]) > SECOND_BAND else 1
            has_ended = self.ended is not None and (self.reaches_back or month >= self.ended)
            products.append(by_index * (2 if has_ended else 3))
        return products

    def earned(self) -> Fraction:
        """Return yuan, minute by minute: each at its tier's rate and its month's coefficient."""
        total, counted, begun = Fraction(0), 0, 0
        for own, product in zip(self.watched, self.coefficients(), strict=True):
            counted = counted if self.reset is Reset.NEVER else 0
            begun = counted
            for minute in range(begun, begun + own):
                tier = min(minute // 50, len(self.rates) - 1)
                total += self.rates[tier] * product
            counted = begun + own
        return total

    def earned_whole(self) -> Fraction:
        """Return yuan, all minutes of a period at the rate of the tier that it came to."""
        if self.reset is Reset.NEVER:
            periods = [list(zip(self.watched, self.coefficients(), strict=True))]
        else:
            periods = [[own] for own in zip(self.watched, self.coefficients(), strict=True)]
        total = Fraction(0)
        for period in periods:
            counted = sum(own for own, _ in period)
            tier = min(max(counted - 1, 0) // 50, len(self.rates) - 1)
            total += sum(own * product for own, product in period) * self.rates[tier]
        return total


FOUR = len(AUTUMN)
CASES = st.builds(
    Case,
    rates=st.lists(st.integers(0, 5), min_size=1, max_size=4).map(tuple),
    reading=st.sampled_from(Reading),
    reset=st.sampled_from([Reset.NEVER, Reset.MONTH]),
    ended=st.sampled_from([None, *AUTUMN]),
    reaches_back=st.booleans(),
    watched=st.lists(st.integers(0, 120), min_size=FOUR, max_size=FOUR).map(tuple),
    index=st.lists(st.integers(0, 200), min_size=FOUR, max_size=FOUR).map(tuple),
)


@settings(max_examples=EXAMPLES)
@given(CASES, st.randoms(use_true_random=False))
def test_rate_comes_to_what_minute_by_minute_reckoning_says(case: Case, random) -> None:  # type: ignore[no-untyped-def]
    reading = StepDownReading.FROM_THE_START if case.reaches_back else StepDownReading.FROM_THEN_ON
    coefficients = (
        a_coefficient("rights", "3", steps_down_to="2", reading=reading),
        a_coefficient("search", "1", counted=SEARCH, bands=bands_of((SECOND_BAND, "2"))),
    )
    tiers = [(50 * number, str(rate)) for number, rate in enumerate(case.rates)]
    rate = a_rate(*tiers, coefficients=coefficients, reading=case.reading, reset=case.reset)
    terms, facts = terms_of(rate), case.facts()
    is_marginal = case.reading is Reading.MARGINAL
    assert earned_by(terms, facts)["rate"] == (
        case.earned() if is_marginal else case.earned_whole()
    )
    shuffled = [*facts, *facts[:3]]
    random.shuffle(shuffled)
    assert entitle(terms=terms, facts=shuffled, as_of=NEW_YEAR) == entitle(
        terms=terms, facts=facts, as_of=NEW_YEAR
    )
    settled_month_by_month(terms, facts, DECEMBER)


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=6).map(sorted))
def test_daily_facts_come_to_what_the_month_comes_to(days: list[int]) -> None:
    terms = terms_of(a_rate((0, "1"), (1000, "2"), coefficients=(a_coefficient("a", "1.5"),)))
    daily = [
        a_fact("effective_minutes", later - earlier, date(2026, 9, 1 + number))
        for number, (earlier, later) in enumerate(pairwise(days))
    ]
    whole = [a_fact("effective_minutes", days[-1] - days[0])]
    assert earned_by(terms, daily) == earned_by(terms, whole)
