"""What clauses count for themselves, and where two count the same."""

from collections.abc import Iterator

from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import (
    Award,
    BonusBands,
    Clause,
    CoInvestment,
    Counted,
    Fraud,
    PoolShare,
    RevenueShare,
    TieredBonus,
    TieredRate,
    Waterfall,
)
from duanju.deals.clauses.references import earners_of, is_distribution, never_meet, payer_of
from duanju.deals.measures import MEASURES, Unit
from duanju.deals.policy import Policy
from duanju.kernel import Problem

_FILTERS = ("channels", "territories", "media", "windows", "items")
_PLACES = {"pool_share": "own", "award": "receivers"}


def claimed_by(clause: Clause) -> tuple[Counted, ...]:
    """Return what a clause pays for or divides.

    What it only measures by (thresholds, coefficients, conditions, costs) is not among that. Nor is
    anything of a clause that is an amount, or that is of others.
    """
    match clause:
        case TieredRate() | BonusBands():
            return (clause.counted,)
        case TieredBonus() | RevenueShare() | Waterfall() | CoInvestment():
            return clause.counted
        case PoolShare():
            return (clause.own,)
        case Award():
            return (Counted(measure="award", items=clause.receivers),)
        case _:
            return ()


def overlap(first: Counted, second: Counted) -> bool:
    """Say whether one fact can be counted by both.

    Two filters keep apart only where both name values of one dimension and share none. Plays over
    more seconds are among those over fewer.
    """
    if first.measure != second.measure:
        return False
    if {first.fraud, second.fraud} == {Fraud.ONLY, Fraud.TAKEN_BACK}:
        return False
    for name in _FILTERS:
        own, other = getattr(first, name), getattr(second, name)
        if own and other and set(own).isdisjoint(other):
            return False
    return True


def find_claim_problems(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each two clauses of a policy that count the same without saying so.

    Two distributions never may. Of two obligations between the same two, the later must say
    whether it adds to the earlier one or replaces it.
    """
    for index, later in enumerate(policy.clauses):
        for earlier in policy.clauses[:index]:
            measure = _shared_measure(earlier, later)
            if not measure or earlier.id == later.id or never_meet(earlier, later):
                continue
            code = _code(earlier, later)
            if code:
                yield problem_at(
                    code,
                    f"clause.{index}.{_PLACES.get(later.kind, 'measure')}",
                    clause=later.id,
                    other=earlier.id,
                    measure=measure,
                )


def _code(earlier: Clause, later: Clause) -> str:
    if is_distribution(earlier) and is_distribution(later):
        return "deals.two-clauses-divide-one-income"
    if is_distribution(earlier) or is_distribution(later):
        return ""
    same_two = payer_of(earlier) == payer_of(later) and earners_of(earlier) & earners_of(later)
    is_said = earlier.id in later.adds_to or earlier.id in later.replaces
    return "deals.two-clauses-claim-the-same" if same_two and not is_said else ""


def _shared_measure(earlier: Clause, later: Clause) -> str:
    """Return the first measure that both count, or nothing."""
    currencies = {earlier.currency, later.currency}
    are_apart = len(currencies) == 2 and all(isinstance(own, str) for own in currencies)
    for own in claimed_by(later):
        for other in claimed_by(earlier):
            measure = MEASURES.get(own.measure)
            is_money = measure is not None and measure.unit is Unit.MINOR
            if overlap(own, other) and not (is_money and are_apart):
                return own.measure
    return ""
