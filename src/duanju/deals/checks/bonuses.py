"""What is wrong with a tiered bonus, or with bonus bands."""

from collections.abc import Iterator

from duanju.deals.checks.counting import (
    find_band_problems,
    find_counted_problems,
    find_tier_problems,
    is_amount,
)
from duanju.deals.checks.tiered_rates import READINGS
from duanju.deals.checks.values import (
    MONEY,
    PARTS,
    Parameters,
    find_currency_problems,
    find_word_problems,
    problem_at,
)
from duanju.deals.clauses import BandReading, BonusBands, Counted, Scope, TieredBonus
from duanju.deals.measures import MEASURES, Unit
from duanju.kernel import Problem

_BAND_READINGS = {reading.value: reading for reading in BandReading}


def find_tiered_bonus_problems(
    clause: TieredBonus, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a tiered bonus."""
    yield from _find_amount_problems(clause, parameters, path)
    if clause.by is not None:
        yield from find_counted_problems(clause.by, parameters, f"{path}.by")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from find_word_problems(
        clause.reading, parameters, f"{path}.reading", READINGS, "deals.unknown-reading"
    )
    yield from find_tier_problems(
        clause.tiers,
        parameters,
        path,
        clause.id,
        (lambda rate: 0 <= rate <= 1, "deals.share-out-of-range", PARTS),
    )
    if clause.scope is Scope.STUDIO:
        yield problem_at("deals.scope-of-a-studio", f"{path}.scope", clause=clause.id)
    if clause.of and clause.term is not None:
        yield problem_at("deals.term-of-other-clauses", f"{path}.term", clause=clause.id)


def find_bonus_bands_problems(
    clause: BonusBands, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with bonus bands."""
    yield from find_counted_problems(clause.counted, parameters, f"{path}.measure")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from find_word_problems(
        clause.reading, parameters, f"{path}.reading", _BAND_READINGS, "deals.unknown-reading"
    )
    if not clause.bands:
        yield problem_at("deals.no-band", f"{path}.band", clause=clause.id)
    yield from find_band_problems(
        clause.bands, parameters, path, (is_amount, "deals.negative-amount", MONEY)
    )
    if clause.scope is Scope.STUDIO:
        yield problem_at("deals.scope-of-a-studio", f"{path}.scope", clause=clause.id)


def _find_amount_problems(
    clause: TieredBonus, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield a problem unless the bonus is on incomes, or else on what clauses earn."""
    if bool(clause.of) is bool(clause.counted):
        yield problem_at("deals.bonus-of-one-amount", f"{path}.of", clause=clause.id)
    for index, own in enumerate(clause.of):
        if own in clause.of[:index]:
            yield problem_at("deals.names-a-clause-twice", f"{path}.of.{index}", other=own)
    for counted in clause.counted:
        yield from find_counted_problems(counted, parameters, f"{path}.measure", adds_up=True)
        yield from _find_income_problems(counted, f"{path}.measure")


def _find_income_problems(counted: Counted, path: str) -> Iterator[Problem]:
    measure = MEASURES.get(counted.measure)
    if measure is not None and measure.unit is not Unit.MINOR:
        yield problem_at("deals.not-an-income", path, measure=measure.name)
