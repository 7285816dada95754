"""What clauses say of one another, and who earns by them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from duanju.deals.clauses.award import Award
from duanju.deals.clauses.cap import Cap
from duanju.deals.clauses.co_investment import CoInvestment
from duanju.deals.clauses.coefficients import StepDown
from duanju.deals.clauses.commission import Commission
from duanju.deals.clauses.conditions import MilestoneReached, ParameterIs, Recouped
from duanju.deals.clauses.counting import Counted
from duanju.deals.clauses.instalments import Clawback, Instalment
from duanju.deals.clauses.minimum_guarantee import MinimumGuarantee
from duanju.deals.clauses.provision import Direction
from duanju.deals.clauses.reserve import Reserve
from duanju.deals.clauses.revenue_share import RevenueShare
from duanju.deals.clauses.tiered_bonus import TieredBonus
from duanju.deals.clauses.walking import find_within
from duanju.deals.clauses.waterfall import Waterfall, WaterfallStep
from duanju.deals.measures import MEASURES
from duanju.deals.parameters import ParameterValue

if TYPE_CHECKING:
    from duanju.deals.clauses import Clause

AMOUNT_FIELDS = ("of", "against", "recoups", "replaces")
"""The fields whose references take what another clause earns into a clause's own arithmetic."""


@dataclass(frozen=True, slots=True)
class Reference:
    """That a clause names another.

    Attributes:
        field: By which field: `of`, `against`, `recoups`, `clause`, `adds_to`, `replaces`.
        clause_id: Whom it names.
        path: Where it does, within the clause, as its TOML document has it.
    """

    field: str
    clause_id: str
    path: str


def references_of(clause: "Clause") -> Iterator[Reference]:
    """Yield all that a clause says of others, in the order of its fields."""
    for index, condition in enumerate(clause.when):
        if isinstance(condition, Recouped):
            yield Reference("clause", condition.clause, f"when.{index}.clause")
    named = {"adds_to": clause.adds_to, "replaces": clause.replaces}
    if isinstance(clause, Cap | Commission | Reserve | TieredBonus):
        named["of"] = clause.of
    if isinstance(clause, MinimumGuarantee):
        named["against"] = clause.against
    for field, ids in named.items():
        for index, own in enumerate(ids):
            yield Reference(field, own, f"{field}.{index}")
    if isinstance(clause, RevenueShare):
        for index, deduction in enumerate(clause.deductions):
            if deduction.recoups:
                yield Reference("recoups", deduction.recoups, f"deduction.{index}.recoups")


def payer_of(clause: "Clause") -> str:
    """Return the role of who owes by a clause, or holds what it divides."""
    if isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        return clause.holder
    return clause.payer


def earners_of(clause: "Clause") -> frozenset[str]:
    """Return the roles that can earn by a clause; the role `channel` may be among them."""
    match clause:
        case RevenueShare():
            roles = {*clause.shares, clause.residual, clause.deficit_payer} - {""}
            roles |= {role for tier in clause.share_tiers for role in tier.shares}
            return frozenset(roles | {own.receiver for own in clause.deductions})
        case Waterfall():
            roles = {*clause.owed_of_gross, clause.residual, clause.deficit_payer} - {""}
            return frozenset(roles | _receivers(clause.steps))
        case CoInvestment():
            roles = {*clause.profit, clause.residual, *(stake.role for stake in clause.stakes)}
            return frozenset(roles | _receivers(clause.before))
        case Award():
            return frozenset(clause.receivers)
        case _:
            return frozenset({clause.payee})


def measures_behind(clause: "Clause", clauses: Sequence["Clause"]) -> frozenset[str]:
    """Return the measures whose facts decide what a clause comes to, or what those it names do.

    Args:
        clause: Which.
        clauses: All of its policy, in their order.

    Returns:
        Names under which facts come: of heat, plays. Milestones are always among them.
    """
    found = {"milestone"}
    named = {clause.id}
    for own in reversed(clauses):
        if own.id not in named:
            continue
        named |= {reference.clause_id for reference in references_of(own)}
        found |= {MEASURES[counted.measure].facts_of for _, counted in find_within(own, Counted)}
        if isinstance(own, Award):
            found.add("award")
        if isinstance(own, CoInvestment):
            found.add("investment")
            if any(stake.share is not None for stake in own.stakes):
                found.add("production_cost")
    return frozenset(found)


def measure_of(clause: "RevenueShare | Waterfall | CoInvestment") -> str:
    """Return the income that a distribution divides; nothing where it divides several together."""
    measures = {counted.measure for counted in clause.counted}
    return measures.pop() if len(measures) == 1 else ""


def milestones_of(clause: "Clause") -> tuple[str, ...]:
    """Return the milestones that a clause speaks of, each once, in the order of its fields."""
    found = [
        *(own.milestone for _, own in find_within(clause, MilestoneReached)),
        *(own.milestone for _, own in find_within(clause, Instalment)),
        *(own.milestone for _, own in find_within(clause, Clawback)),
        *(own.milestone for _, own in find_within(clause, StepDown)),
    ]
    return tuple(dict.fromkeys(found))


def never_meet(first: "Clause", second: "Clause") -> bool:
    """Say whether no deal has both clauses: they hold for different options of one parameter."""
    options: dict[str, set[str]] = {}
    for condition in first.when:
        if isinstance(condition, ParameterIs):
            options.setdefault(condition.parameter, set()).update(condition.options)
    return any(
        isinstance(condition, ParameterIs)
        and condition.parameter in options
        and options[condition.parameter].isdisjoint(condition.options)
        for condition in second.when
    )


def is_chosen(clause: "Clause", values: Mapping[str, ParameterValue]) -> bool:
    """Say whether a deal has a clause, which can be there for some options of a choice only.

    Args:
        clause: Which.
        values: What the deal chose; a choice that it leaves open is no option.
    """
    return all(
        values.get(condition.parameter) in condition.options
        for condition in clause.when
        if isinstance(condition, ParameterIs)
    )


def is_distribution(clause: "Clause") -> bool:
    """Say whether a clause divides an income."""
    return clause.direction is Direction.DISTRIBUTION


def _receivers(steps: tuple[WaterfallStep, ...]) -> set[str]:
    return {receiver.role for step in steps for receiver in step.receivers}
