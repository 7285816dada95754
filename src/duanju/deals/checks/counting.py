"""What is wrong with what a clause counts, for how long, by which tiers and bands."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from duanju.deals.checks.values import (
    COUNTS,
    THRESHOLDS,
    Kinds,
    Parameters,
    find_measure_problems,
    find_number_problems,
    problem_at,
)
from duanju.deals.clauses import Band, Counted, EarningTerm, Tier
from duanju.deals.measures import MEASURES, Aggregate
from duanju.kernel import Problem

_PLAYS = "plays"

Fitting = tuple[Callable[[Fraction], bool], str, Kinds]
"""Which numbers fit, the code of the problem if one does not, and which kinds of parameter."""


def find_counted_problems(
    counted: Counted, parameters: Parameters, path: str, *, adds_up: bool = False
) -> Iterator[Problem]:
    """Yield what is wrong with a measure and its filters.

    Args:
        counted: The measure.
        parameters: Those of the policy.
        path: Where it stands.
        adds_up: Whether a level, of which only the highest counts, makes no sense there.
    """
    yield from find_measure_problems(counted.measure, path)
    measure = MEASURES.get(counted.measure)
    if measure is None:
        return
    if adds_up and measure.aggregate is not Aggregate.SUM:
        yield problem_at("deals.level-does-not-add-up", path, measure=measure.name)
    yield from find_number_problems(
        counted.over_seconds,
        parameters,
        f"{path}.over_seconds",
        is_count,
        "deals.not-whole",
        COUNTS,
    )
    if counted.over_seconds != 0 and measure.facts_of != _PLAYS:
        yield problem_at("deals.seconds-of-no-plays", f"{path}.over_seconds", measure=measure.name)
    if counted.items and not measure.needs_item:
        yield problem_at("deals.measure-without-items", f"{path}.items", measure=measure.name)


def find_term_problems(term: EarningTerm, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a term: no whole months, or results that do not lengthen it."""
    months = f"{path}.months"
    yield from find_number_problems(
        term.months, parameters, months, is_month_count, "deals.not-whole-months", COUNTS
    )
    if term.counted is not None:
        yield from find_counted_problems(term.counted, parameters, f"{path}.measure")
    if (term.counted is None) is not (not term.lengthened):
        yield problem_at("deals.lengthened-by-nothing", path)
    before_above, before_months = None, _fixed(term.months)
    for index, own in enumerate(term.lengthened):
        place = f"{path}.lengthening.{index}"
        yield from find_number_problems(
            own.above, parameters, f"{place}.above", is_amount, "deals.negative-amount", THRESHOLDS
        )
        yield from find_number_problems(
            own.months,
            parameters,
            f"{place}.months",
            is_month_count,
            "deals.not-whole-months",
            COUNTS,
        )
        above, length = _fixed(own.above), _fixed(own.months)
        is_rising = _rises(before_above, above) and _rises(before_months, length)
        if not is_rising:
            yield problem_at("deals.lengthening-not-rising", place)
        before_above, before_months = above, length


def find_tier_problems(
    tiers: Sequence[Tier],
    parameters: Parameters,
    path: str,
    clause_id: str,
    rate: Fitting,
) -> Iterator[Problem]:
    """Yield what is wrong with tiers: none, not from 0 on, not rising, or a rate out of range.

    Args:
        tiers: By threshold.
        parameters: Those of the policy.
        path: Of the clause.
        clause_id: Its id.
        rate: Which rates fit, the code of the problem if one does not, and which parameters.
    """
    fits, code, kinds = rate
    if not tiers:
        yield problem_at("deals.no-tier", f"{path}.tier", clause=clause_id)
    elif tiers[0].threshold != 0:
        threshold = str(tiers[0].threshold)
        yield problem_at("deals.first-tier-not-zero", f"{path}.tier.0", threshold=threshold)
    for index, tier in enumerate(tiers):
        place = f"{path}.tier.{index}"
        if index and tier.threshold <= tiers[index - 1].threshold:
            yield _not_rising(place, tier.threshold, tiers[index - 1].threshold)
        yield from find_number_problems(tier.rate, parameters, f"{place}.rate", fits, code, kinds)


def find_band_problems(
    bands: Sequence[Band],
    parameters: Parameters,
    path: str,
    value: Fitting,
) -> Iterator[Problem]:
    """Yield what is wrong with bands: below 0, not rising, or a value out of range.

    Args:
        bands: By threshold.
        parameters: Those of the policy.
        path: Of what has the bands.
        value: Which values fit, the code of the problem if one does not, and which parameters.
    """
    fits, code, kinds = value
    for index, band in enumerate(bands):
        place = f"{path}.band.{index}"
        if band.threshold < 0:
            yield problem_at("deals.negative-amount", place, value=str(band.threshold))
        if index and band.threshold <= bands[index - 1].threshold:
            yield _not_rising(place, band.threshold, bands[index - 1].threshold)
        yield from find_number_problems(band.value, parameters, f"{place}.value", fits, code, kinds)


def is_amount(value: Fraction) -> bool:
    """Say whether a number is 0 or more."""
    return value >= 0


def is_count(value: Fraction) -> bool:
    """Say whether a number is whole, and 0 or more."""
    return value >= 0 and value.denominator == 1


def is_month_count(value: Fraction) -> bool:
    """Say whether a number is whole, and 1 or more."""
    return value >= 1 and value.denominator == 1


def _not_rising(path: str, threshold: Fraction, before: Fraction) -> Problem:
    return problem_at("deals.tiers-not-rising", path, threshold=str(threshold), before=str(before))


def _fixed(value: object) -> Fraction | None:
    return value if isinstance(value, Fraction) else None


def _rises(before: Fraction | None, after: Fraction | None) -> bool:
    return before is None or after is None or after > before
