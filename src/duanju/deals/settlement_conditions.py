"""What a policy leaves to facts: what cannot be decided when it is written, by name."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from duanju.deals.clauses import (
    SIGNING,
    Award,
    Clause,
    CoInvestment,
    Counted,
    Deduction,
    Fraud,
    Limit,
    MeasureReached,
    MinimumGuarantee,
    PoolShare,
    Recouped,
    Reserve,
    RevenueShare,
    Stake,
    Treatment,
    Waterfall,
)
from duanju.deals.clauses.references import is_distribution, milestones_of
from duanju.deals.clauses.walking import find_within
from duanju.deals.measures import MEASURES, Aggregate
from duanju.deals.policy import Policy


@dataclass(frozen=True, slots=True)
class SettlementCondition:
    """Something on which a clause's money hangs, and that only facts can show.

    Attributes:
        code: `condition.what-decides`, by which each language keeps its sentence.
        clause_id: The clause.
        params: What the sentence names; ids only.
    """

    code: str
    clause_id: str
    params: Mapping[str, str] = field(default_factory=dict)


def find_conditions(policy: Policy) -> tuple[SettlementCondition, ...]:
    """Return what facts will decide of a policy, clause by clause, each once.

    What is wrong in any case is found by `check_policy`; what a deal's choices make wrong, by
    `check_terms`. These remain: settlement meets them in the facts, and where it cannot go on
    without one, `check_facts` refuses.
    """
    found: dict[tuple[str, str, tuple[tuple[str, str], ...]], SettlementCondition] = {}
    for clause in policy.clauses:
        for code, params in _conditions_of(clause):
            key = code, clause.id, tuple(params.items())
            found.setdefault(key, SettlementCondition(f"condition.{code}", clause.id, params))
    return tuple(found.values())


def _conditions_of(clause: Clause) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield from _of_incomes(clause)
    yield from _of_capital(clause)
    yield from _of_measures(clause)
    yield from _of_milestones(clause)
    yield from _of_holding(clause)
    if isinstance(clause, PoolShare) and clause.when_empty is not None:
        yield "pool-may-be-empty", {"measure": clause.all.measure}
        yield "pool-must-be-reported", {"measure": clause.pool.measure}
    if isinstance(clause, Award):
        for role in clause.receivers:
            yield "award-is-decided", {"role": role}
    if isinstance(clause, MinimumGuarantee) and clause.treatment != Treatment.ON_TOP:
        yield "guarantee-may-stay-unrecouped", {"role": clause.payer}
    if isinstance(clause, Reserve):
        yield "reserve-is-released", {"role": clause.payee}


def _of_incomes(clause: Clause) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield what the incomes of a distribution may bring."""
    if not isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        return
    assert is_distribution(clause)
    if isinstance(clause, RevenueShare):
        for deduction in clause.deductions:
            if deduction.rate_by_channel:
                yield "channel-needs-a-rate", {"deduction": deduction.name}
    bearer = "" if isinstance(clause, CoInvestment) else clause.deficit_payer
    yield "refund-after-close", {"role": bearer or clause.residual}
    if bearer:
        yield "deficit-is-borne", {"role": bearer}


def _of_capital(clause: Clause) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield which costs and investments must be reported."""
    for _, limit in find_within(clause, Limit):
        if limit.cost is not None:
            yield "cost-must-be-reported", {"measure": limit.cost.measure}
    for _, deduction in find_within(clause, Deduction):
        if deduction.cost is not None:
            yield "cost-must-be-reported", {"measure": deduction.cost.measure}
    for _, stake in find_within(clause, Stake):
        if stake.share is not None:
            yield "cost-must-be-reported", {"measure": "production_cost"}
        elif stake.amount is None:
            yield "investment-must-be-reported", {"role": stake.role}


def _of_measures(clause: Clause) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield how measures must be reported."""
    for _, counted in find_within(clause, Counted):
        measure = MEASURES.get(counted.measure)
        if measure is None:
            continue
        if measure.aggregate is Aggregate.HEAT:
            yield "heat-needs-daily-plays", {"measure": measure.of}
        if measure.name == "reported_income":
            yield "income-must-be-reported", {"measure": measure.name}
        if counted.over_seconds != 0:
            yield "plays-need-their-seconds", {"measure": measure.name}
        if counted.fraud is Fraud.ONLY:
            yield "fraud-must-be-reported", {"measure": measure.name}


def _of_milestones(clause: Clause) -> Iterator[tuple[str, Mapping[str, str]]]:
    for milestone in milestones_of(clause):
        if milestone != SIGNING:
            yield "milestone-decides", {"milestone": milestone}


def _of_holding(clause: Clause) -> Iterator[tuple[str, Mapping[str, str]]]:
    for condition in clause.when:
        if isinstance(condition, MeasureReached):
            yield "measure-decides", {"measure": condition.counted.measure}
        if isinstance(condition, Recouped):
            yield "recoupment-decides", {"clause": condition.clause}
