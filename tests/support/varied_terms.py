"""Good terms in every reading: what real contracts leave open, drawn upon good policies.

A change is kept where the policy stays good with it, so that every policy made here passes
`check_policy`, and what cannot stand together is never asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from duanju.deals import Policy, Terms, check_policy, check_terms, find_falling
from duanju.deals.clauses import (
    Clause,
    Clawback,
    Coefficient,
    Counted,
    Deduction,
    EarningTerm,
    EmptyPool,
    Fraud,
    FromDay,
    Gate,
    Gauge,
    Held,
    Instalment,
    Interest,
    InterestKind,
    Lengthening,
    Limit,
    MeasureReached,
    MilestoneReached,
    Order,
    ParameterIs,
    Receiver,
    Recouped,
    Reset,
    Scope,
    ShareTier,
    StepDown,
    StepDownReading,
    TermMeasured,
    Tier,
    Treatment,
    WaterfallStep,
)
from duanju.deals.clauses.references import references_of
from duanju.kernel import Text
from tests.support.generated_policies import amounts, good_terms, halves, rates, shares

_T = TypeVar("_T")
Draw = Callable[[st.SearchStrategy[_T]], _T]
Change = Callable[[Any, Draw[Any]], dict[str, Any]]

CHANGES_MAX = 4
"""Most changes that are tried on a policy; depth shows more than many at once."""

_NAMED = Text({"en": "Named", "zh-Hans": "名称"})
_PLAYS = Counted(measure="plays")
_DAYS = st.sampled_from([date(2026, 9, 1), date(2026, 10, 1), date(2026, 10, 12)])


@st.composite
def varied_terms(draw: Any) -> Terms:
    """Draw good terms of some kinds of clause, with some of what contracts leave open said anew."""
    terms: Terms = draw(good_terms())
    policy = terms.policy
    for _ in range(draw(st.integers(0, CHANGES_MAX))):
        index = draw(st.integers(0, len(policy.clauses) - 1))
        clause = policy.clauses[index]
        change = draw(st.sampled_from([*_CHANGES.get(clause.kind, ()), *_OF_ALL]))
        changed = replace(clause, **change(clause, draw))
        clauses = (*policy.clauses[:index], changed, *policy.clauses[index + 1 :])
        tried = replace(policy, clauses=clauses)
        if not check_policy(tried) and not check_terms(replace(terms, policy=tried)):
            policy = tried
    return replace(terms, policy=policy)


@st.composite
def steady_terms(draw: Any) -> Terms:
    """Draw terms by none of whose clauses more income could lower what anyone has earned."""
    terms: Terms = draw(varied_terms().filter(lambda own: bool(_steady(own.policy).clauses)))
    return replace(terms, policy=_steady(terms.policy))


def _steady(policy: Policy) -> Policy:
    """Return a policy without the clauses that could fall, and without those that name them."""
    falling = set(find_falling(policy))
    kept: dict[str, Clause] = {}
    for clause in policy.clauses:
        named = {own.clause_id for own in references_of(clause)}
        named |= set(clause.adds_to) | set(clause.replaces)
        named |= {own.clause for own in clause.when if isinstance(own, Recouped)}
        if clause.id not in falling and named <= kept.keys():
            kept[clause.id] = clause
    return replace(policy, clauses=tuple(kept.values()))


def _reset(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    return {"reset": draw(st.sampled_from(Reset))}


def _scope(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    return {"scope": draw(st.sampled_from(Scope))}


def _condition(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    held = draw(st.sampled_from(Held))
    conditions = [
        MilestoneReached(milestone="delivery", held=held),
        MeasureReached(
            counted=_PLAYS, at_least=draw(st.integers(0, 5_000).map(Fraction)), held=held
        ),
        FromDay(day=draw(_DAYS), held=held),
        Recouped(clause="guarantee", held=held),
        ParameterIs(parameter="grade", options=("S+",)),
    ]
    return {"when": tuple(draw(st.lists(st.sampled_from(conditions), min_size=1, max_size=2)))}


def _term(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    months = draw(st.integers(1, 3))
    longer = Lengthening(above=draw(amounts), months=Fraction(months + 2))
    results = [Counted(measure="advert_income"), Counted(measure="unlock_income")]
    counted = draw(st.sampled_from([None, *results]))
    return {
        "term": EarningTerm(
            months=Fraction(months),
            counted=counted,
            lengthened=(longer,) if counted else (),
            measured=draw(st.sampled_from(TermMeasured)),
        )
    }


def _coefficients(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    falls = StepDown(
        milestone="exclusivity_ended",
        value=draw(halves),
        reading=draw(st.sampled_from(StepDownReading)),
    )
    rights = Coefficient(
        name="rights",
        title=_NAMED,
        value=draw(st.fractions(Fraction(1, 2), 3, max_denominator=10)),
        step_down=draw(st.sampled_from([None, falls])),
    )
    return {"coefficients": (rights,), "coefficient_cap": draw(st.none() | st.just(Fraction(2)))}


def _fraud(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    return {"counted": replace(clause.counted, fraud=draw(st.sampled_from(Fraud)))}


def _bonus_of_income(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    by = draw(st.sampled_from([None, Counted(measure="finished_minutes")]))
    incomes = (Counted(measure="advert_income"), Counted(measure="placement_income"))
    return {"of": (), "counted": incomes, "by": by}


def _instalments(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    first = draw(shares.filter(lambda own: 0 < own < 1))
    parts = (
        Instalment(milestone="signing", share=first),
        Instalment(milestone="delivery", share=1 - first),
    )
    clawback = Clawback(milestone="cancelled", share=draw(shares.filter(bool)))
    return {"instalments": parts, "clawback": draw(st.sampled_from([None, clawback]))}


def _treatment(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    treatment = draw(st.sampled_from([Treatment.RECOUPABLE, Treatment.TOP_UP]))
    recoups = treatment is Treatment.RECOUPABLE
    return {
        "treatment": treatment.value,
        "against": ("effective-hours",),
        "at": draw(shares.filter(bool)) if recoups else Fraction(1),
        "cross_collateralised": recoups and draw(st.booleans()),
        "instalments": (Instalment(milestone="delivery", share=Fraction(1)),),
    }


def _pool_empty(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    return {"when_empty": draw(st.sampled_from(EmptyPool)), "term": None}


def _deductions(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    channel = clause.deductions[0]
    cost = Counted(measure="traffic_cost")
    cap = draw(st.none() | halves)
    more = [
        Deduction("tax", _NAMED, "platform", rate=draw(halves), cap=cap),
        Deduction("traffic", _NAMED, "agent", cost=cost, cap=cap),
        Deduction("advance", _NAMED, "platform", recoups="guarantee", cap=cap),
    ]
    kept = draw(st.lists(st.sampled_from(more), max_size=2, unique_by=lambda own: own.name))
    deductions = (channel, *kept)
    bases = ["gross", *(f"after_{own.name}" for own in deductions)]
    return {
        "deductions": deductions,
        "base": draw(st.sampled_from(bases)),
        "deficit_payer": draw(st.sampled_from(["", "platform", "agent"])),
    }


def _share_tiers(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    steps = draw(st.lists(st.integers(1, 500_000), min_size=1, max_size=2))
    tiers = tuple(
        ShareTier(
            threshold=Fraction(sum(steps[: index + 1])),
            inclusive=draw(st.booleans()),
            shares={"studio": draw(shares)},
        )
        for index in range(len(steps))
    )
    return {
        "share_tiers": tiers,
        "tiers_by": draw(st.sampled_from([None, Counted(measure="finished_minutes")])),
        "reading": draw(st.sampled_from(["marginal", "whole_amount"])),
        "reset": draw(st.sampled_from(Reset)),
    }


def _steps(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    traffic, divided = clause.steps[0], clause.steps[-1]
    interest = Interest(rate=draw(halves), kind=draw(st.sampled_from(InterestKind)))
    limit = Limit(amount=draw(amounts), interest=draw(st.sampled_from([None, interest])))
    own = WaterfallStep(
        name="maker",
        title=_NAMED,
        takes=draw(shares.filter(bool)),
        receivers=(Receiver(role="director", limit=limit), Receiver(role="studio", limit=limit)),
        order=draw(st.sampled_from(Order)),
        gates=draw(st.sampled_from([(), (_gate(draw),)])),
        from_day=draw(st.none() | _DAYS),
    )
    return {"steps": (traffic, own, divided)}


def _gate(draw: Draw[Any]) -> Gate:
    gauges = [
        Gate(gauge=Gauge.POOL, above=draw(amounts)),
        Gate(gauge=Gauge.STEP, of="traffic", above=draw(amounts)),
        Gate(gauge=Gauge.PARTY, of="platform", until=draw(amounts)),
        Gate(gauge=Gauge.MEASURE, counted=_PLAYS, until=draw(st.integers(1, 9_999).map(Fraction))),
    ]
    return draw(st.sampled_from(gauges))


def _owed(_: Any, draw: Draw[Any]) -> dict[str, Any]:
    return {"owed_of_gross": {"screenwriter": draw(shares)}, "deficit_payer": "platform"}


def _seniority(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    first, second = clause.stakes
    costs = WaterfallStep(
        name="costs",
        title=_NAMED,
        receivers=(Receiver(role="agent"),),
        limit=Limit(cost=Counted(measure="tax"), cost_cap=draw(st.none() | amounts)),
        is_deduction=draw(st.booleans()),
    )
    return {
        "stakes": (first, replace(second, seniority=draw(st.integers(1, 2)))),
        "before": draw(st.sampled_from([(), (costs,)])),
    }


def _binds(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    return {"binds": draw(st.sampled_from([(), ("platform", "studio")]))}


def _tiers_beyond(clause: Any, draw: Draw[Any]) -> dict[str, Any]:
    rate, threshold = draw(rates), draw(st.integers(1, 3_000_000))
    return {"tiers": (clause.tiers[0], Tier(Fraction(threshold), draw(st.booleans()), rate))}


_OF_ALL: Sequence[Change] = (_condition, _binds)
_CHANGES: Mapping[str, Sequence[Change]] = {
    "tiered_rate": (_reset, _scope, _term, _coefficients, _fraud, _tiers_beyond),
    "tiered_bonus": (_reset, _scope, _term, _bonus_of_income),
    "bonus_bands": (_reset, _scope, _fraud),
    "fee": (_instalments,),
    "minimum_guarantee": (_scope, _instalments, _treatment),
    "pool_share": (_pool_empty, _coefficients, _term),
    "award": (_scope,),
    "cap": (_reset, _scope),
    "revenue_share": (_deductions, _share_tiers, _reset, _term),
    "waterfall": (_steps, _owed, _scope),
    "co_investment": (_seniority, _scope),
}
