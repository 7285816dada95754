"""By which clauses more income could lower what somebody has earned."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from duanju.deals.clauses import (
    BandReading,
    BonusBands,
    Cap,
    Clause,
    Coefficient,
    CoInvestment,
    Gauge,
    Limit,
    MinimumGuarantee,
    PoolShare,
    Reading,
    Reserve,
    RevenueShare,
    StepDownReading,
    TieredBonus,
    TieredRate,
    Treatment,
    Waterfall,
    WaterfallStep,
)
from duanju.deals.clauses.references import AMOUNT_FIELDS, references_of
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import Chosen, Given, Number, Word
from duanju.deals.policy import Policy

_WHOLE = Fraction(1)


def find_falling(policy: Policy) -> tuple[str, ...]:
    """Return the ids of the clauses by which more of anything could lower a party's earnings.

    Where this is empty, more income or viewing in any month never lowers what any party has earned
    in all. A clause is named if, for some choice that a deal can make,

    - a whole-amount reading, or tiers by another measure, fall (in a division: change, since what
      one party gains there another loses);
    - a coefficient falls with its measure, reaches back when it steps down, or changes beside tiers
      that fall, so that early viewing moves later viewing into a worse tier;
    - only the highest of falling bands is paid;
    - it replaces others: what it pays at first can be less than what it takes back;
    - a deficit payer bears what is paid out beyond the income;
    - capital bears interest, which early income ends, or a waterfall is open at some times only, so
      that early income fills what later income would have;
    - a division has a term that results lengthen, for what comes after it is the residual's;
    - caps, reserves and guarantees together take back more than all of what another clause earns;
    - it is computed from what such a clause earns.

    A single cap, reserve or guarantee takes back no more than was added, so that with the clauses
    that it is of it never falls. A commission is owed beside what it is of.
    """
    falling: dict[str, None] = {}
    taken_back: dict[str, Fraction] = {}
    for clause in policy.clauses:
        takes_too_much = False
        targets, share = _takes_back(clause)
        for own in targets:
            taken_back[own] = taken_back.get(own, Fraction(0)) + share
            takes_too_much |= taken_back[own] > 1
        named = {own.clause_id for own in references_of(clause) if own.field in AMOUNT_FIELDS}
        finder = _FINDERS.get(type(clause))
        can_fall = finder is not None and finder(clause)
        can_fall = can_fall or takes_too_much or bool(clause.replaces)
        if can_fall or not named.isdisjoint(falling):
            falling[clause.id] = None
    return tuple(falling)


def _tiered_rate_falls(clause: TieredRate) -> bool:
    rates_fall = _can_fall([tier.rate for tier in clause.tiers])
    if rates_fall and (_can_be(clause.reading, Reading.WHOLE_AMOUNT) or _change(clause)):
        return True
    return _coefficients_fall(clause.coefficients)


def _tiered_bonus_falls(clause: TieredBonus) -> bool:
    reads_whole = clause.by is not None or _can_be(clause.reading, Reading.WHOLE_AMOUNT)
    return reads_whole and _can_fall([tier.rate for tier in clause.tiers])


def _bonus_bands_fall(clause: BonusBands) -> bool:
    is_highest = _can_be(clause.reading, BandReading.HIGHEST)
    return is_highest and _can_fall([band.value for band in clause.bands])


def _pool_share_falls(clause: PoolShare) -> bool:
    return _coefficients_fall(clause.coefficients)


def _revenue_share_falls(clause: RevenueShare) -> bool:
    if clause.deficit_payer or (clause.term is not None and clause.term.lengthened):
        return True
    reads_whole = clause.tiers_by is not None or _can_be(clause.reading, Reading.WHOLE_AMOUNT)
    return reads_whole and any(
        _can_fall(shares) or _can_fall(shares[::-1])
        for role in clause.shares
        for shares in [[clause.shares[role], *_shares_of(role, clause)]]
    )


def _shares_of(role: str, clause: RevenueShare) -> Iterator[Number]:
    return (tier.shares[role] for tier in clause.share_tiers if role in tier.shares)


def _waterfall_falls(clause: Waterfall) -> bool:
    return bool(clause.owed_of_gross) or _steps_fall(clause.steps)


def _co_investment_falls(clause: CoInvestment) -> bool:
    return clause.hurdle is not None or _steps_fall(clause.before)


def _steps_fall(steps: Sequence[WaterfallStep]) -> bool:
    """Say whether steps bear interest, or fill up while some of them are open at times only."""
    limits = [limit for _, limit in find_within(steps, Limit)]
    if any(limit.interest is not None for limit in limits):
        return True
    gates = [gate for step in steps for gate in step.gates]
    is_timed = any(step.from_day or step.until_day for step in steps)
    is_timed |= any(gate.gauge is Gauge.MEASURE for gate in gates)
    fills_up = bool(limits) or any(gate.gauge is not Gauge.MEASURE for gate in gates)
    return is_timed and fills_up


def _coefficients_fall(coefficients: Iterable[Coefficient]) -> bool:
    return any(
        _can_fall([own.value, *(band.value for band in own.bands)])
        or (
            own.step_down is not None
            and own.step_down.reading is StepDownReading.FROM_THE_START
            and _can_fall([own.value, own.step_down.value])
        )
        for own in coefficients
    )


def _change(clause: TieredRate) -> bool:
    """Say whether the product of coefficients can differ from month to month."""
    return any(own.bands or own.step_down is not None for own in clause.coefficients)


def _can_be(word: Word, reading: str) -> bool:
    return isinstance(word, Given) or word == reading


def _can_fall(values: Sequence[Number]) -> bool:
    """Say whether a number can be less than the one before it, for some choice of a deal."""
    return any(_can_be_less(after, before) for before, after in pairwise(values))


def _can_be_less(after: Number, before: Number) -> bool:
    if isinstance(after, Given) or isinstance(before, Given):
        return after != before
    if isinstance(after, Chosen) and isinstance(before, Chosen):
        lesser, greater = after.by_option, before.by_option
        if after.parameter == before.parameter:
            return any(lesser[own] < greater[own] for own in lesser.keys() & greater.keys())
    return min(_values_of(after)) < max(_values_of(before))


def _values_of(number: Fraction | Chosen) -> Sequence[Fraction]:
    return tuple(number.by_option.values()) if isinstance(number, Chosen) else (number,)


def _takes_back(clause: Clause) -> tuple[tuple[str, ...], Fraction]:
    """Return from which clauses a clause takes back, and the most of each fen that they earn."""
    if isinstance(clause, Cap):
        return clause.of, _WHOLE
    if isinstance(clause, Reserve):
        return clause.of, _most(clause.rate)
    if isinstance(clause, MinimumGuarantee) and _can_be(clause.treatment, Treatment.RECOUPABLE):
        return clause.against, _most(clause.at)
    return (), Fraction(0)


def _most(share: Number) -> Fraction:
    return _WHOLE if isinstance(share, Given) else max(_values_of(share))


_FINDERS: Mapping[type[Clause], Callable[[Any], bool]] = MappingProxyType(
    {
        TieredRate: _tiered_rate_falls,
        TieredBonus: _tiered_bonus_falls,
        BonusBands: _bonus_bands_fall,
        PoolShare: _pool_share_falls,
        RevenueShare: _revenue_share_falls,
        Waterfall: _waterfall_falls,
        CoInvestment: _co_investment_falls,
    }
)
"""Kinds that can fall by themselves."""
