"""What is wrong with a tiered rate."""

from collections.abc import Iterator

from duanju.deals.checks.counting import find_counted_problems, find_tier_problems, is_amount
from duanju.deals.checks.values import (
    MONEY,
    Parameters,
    find_currency_problems,
    find_word_problems,
    problem_at,
)
from duanju.deals.clauses import Reading, Scope, TieredRate
from duanju.kernel import Problem

READINGS = {reading.value: reading for reading in Reading}


def find_tiered_rate_problems(
    clause: TieredRate, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a tiered rate."""
    yield from find_counted_problems(clause.counted, parameters, f"{path}.measure", adds_up=True)
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from find_word_problems(
        clause.reading, parameters, f"{path}.reading", READINGS, "deals.unknown-reading"
    )
    if clause.per <= 0:
        yield problem_at("deals.not-positive", f"{path}.per", value=str(clause.per))
    yield from find_tier_problems(
        clause.tiers, parameters, path, clause.id, (is_amount, "deals.negative-rate", MONEY)
    )
    if clause.scope is Scope.STUDIO:
        yield from _find_studio_problems(clause, path)


def _find_studio_problems(clause: TieredRate, path: str) -> Iterator[Problem]:
    """Yield a problem for what one deal cannot know of the studio's other deals."""
    if clause.term is not None:
        yield problem_at("deals.unknown-of-other-deals", f"{path}.term", clause=clause.id)
    for index, own in enumerate(clause.coefficients):
        if own.bands or own.step_down is not None:
            place = f"{path}.coefficient.{index}"
            yield problem_at("deals.unknown-of-other-deals", place, clause=clause.id)
