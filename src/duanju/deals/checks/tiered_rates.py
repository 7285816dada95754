"""What is wrong with a tiered rate."""

from collections.abc import Iterator

from duanju.deals.checks.values import (
    Parameters,
    find_currency_problems,
    find_measure_problems,
    find_number_problems,
    find_word_problems,
    problem_at,
)
from duanju.deals.clauses import Reading, TieredRate
from duanju.kernel import Problem

_READINGS = {reading.value: reading for reading in Reading}


def find_tiered_rate_problems(
    clause: TieredRate, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a tiered rate."""
    yield from find_measure_problems(clause.counted.measure, f"{path}.measure")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from find_word_problems(
        clause.reading, parameters, f"{path}.reading", _READINGS, "deals.unknown-reading"
    )
    if clause.per <= 0:
        yield problem_at("deals.not-positive", f"{path}.per", value=str(clause.per))
    yield from _find_tier_problems(clause, parameters, path)


def _find_tier_problems(clause: TieredRate, parameters: Parameters, path: str) -> Iterator[Problem]:
    if not clause.tiers:
        yield problem_at("deals.no-tier", f"{path}.tier", clause=clause.id)
    elif clause.tiers[0].threshold != 0:
        threshold = str(clause.tiers[0].threshold)
        yield problem_at("deals.first-tier-not-zero", f"{path}.tier.0", threshold=threshold)
    for index, tier in enumerate(clause.tiers):
        place = f"{path}.tier.{index}"
        if index and tier.threshold <= clause.tiers[index - 1].threshold:
            yield problem_at(
                "deals.tiers-not-rising",
                place,
                threshold=str(tier.threshold),
                before=str(clause.tiers[index - 1].threshold),
            )
        yield from find_number_problems(
            tier.rate, parameters, f"{place}.rate", lambda rate: rate >= 0, "deals.negative-rate"
        )
