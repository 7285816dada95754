"""Amendments of deals: who may see them, and what each changes, in clauses and in money."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from duanju.adapters.lake import Lake
from duanju.deals import (
    AmendedBy,
    AmendmentMode,
    Contract,
    Fact,
    Terms,
    entitle,
    entitlements_for,
    month_ends_on,
    parts_of,
    view_of,
)
from duanju.kernel import Month, Problem, ProblemsFound
from duanju.workflows import (
    Change,
    ClauseChange,
    Difference,
    FactsByDeal,
    Outcome,
    facts_of_measures,
    find_differences,
    find_stretches,
)
from duanju.workflows.comparing import outcome_of
from duanju.workflows.facts_by_deal import facts_of_part, titles_of
from duanju_web.deals.models import Deal, DealAmendment, OfferState
from duanju_web.deals.selectors.facts import reported_facts
from duanju_web.shared.models import Organisation

Money = Mapping[tuple[str, str], Fraction]
"""Role and currency to exact minor units."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded about a deal: what viewers did, and what people reported.

    Attributes:
        facts: Each once.
        as_of: First day that is no longer counted.
    """

    facts: tuple[Fact, ...]
    as_of: date


@dataclass(frozen=True, slots=True)
class AmendmentEffect:
    """What an amendment changes.

    Attributes:
        difference: The terms before and after, clause by clause, with what either would bring
            had it held for all that is recorded; None where that cannot be computed.
        problems: Why not.
        before: What each party has earned until now under the deal as it stands.
        after: The same if the amendment held: what statements post is the difference.
    """

    difference: Difference | None
    problems: tuple[Problem, ...]
    before: Money
    after: Money


def amendments_of(organisation: Organisation) -> QuerySet[DealAmendment]:
    """Return the amendments of deals to which an organisation is a party, oldest first."""
    return (
        DealAmendment.objects.filter(Q(deal__platform=organisation) | Q(deal__studio=organisation))
        .select_related(
            "policy_version",
            "deal__policy_version",
            "deal__platform",
            "deal__studio",
            "made_by",
            "answered_by",
        )
        .prefetch_related("deal__titles", "deal__amendments__policy_version")
        .order_by("pk")
    )


def amendments_open(organisation: Organisation) -> QuerySet[DealAmendment]:
    """Return those that wait for an answer."""
    return amendments_of(organisation).filter(state=OfferState.OFFERED)


def find_recorded(deal: Deal, contract: Contract, *, now: datetime) -> Recorded:
    """Return all that is known about a deal until the end of the present month.

    Args:
        deal: The deal.
        contract: It, or what an amendment would make of it; facts are cut where terms change.
        now: The time, aware.
    """
    zone = ZoneInfo(deal.platform.time_zone)
    month = Month.of(now, zone)
    lake = Lake(settings.LAKE_FOLDER, spool=settings.SPOOL_FOLDER)
    position = lake.position()
    titles = sorted({int(own) for part in parts_of(contract) for own in part.terms.title_ids})
    measures = {
        stretch: lake.measure(period=stretch.period(zone), titles=titles, as_known_at=position)
        for stretch in find_stretches(contracts=(contract,), until=month)
    }
    told = reported_facts(deals=(deal,)).get(deal.number, ())
    sorting = FactsByDeal.of((contract,), (*facts_of_measures(measures), *told))
    return Recorded(sorting.facts_of(contract), month_ends_on(month))


def find_effect(
    *, before: Contract, after: Contract, recorded: Recorded, reader: str
) -> AmendmentEffect:
    """Return what the last amendment of a contract changes, as one of the sides may see it.

    Args:
        before: The deal without it.
        after: The deal with it, checked.
        recorded: What is known about the deal.
        reader: The role that reads.
    """
    earned = [_earned(own, recorded, reader) for own in (before, after)]
    try:
        difference, problems = _difference(before, after, recorded, reader), ()
    except ProblemsFound as found:
        return AmendmentEffect(None, found.problems, earned[0], earned[1])
    return AmendmentEffect(difference, problems, earned[0], earned[1])


def standing_terms(contract: Contract) -> Terms:
    """Return the terms over which a next amendment would stand."""
    over = [own.terms for own in contract.amendments if own.mode is AmendmentMode.OVER]
    return over[-1] if over else contract.terms


def _difference(before: Contract, after: Contract, recorded: Recorded, reader: str) -> Difference:
    amendment, own = after.amendments[-1], before.terms
    old, new = (
        replace(view_of(terms, reader), starts_on=own.starts_on, ends_on=own.ends_on)
        for terms in (standing_terms(before), amendment.terms)
    )
    if amendment.mode is AmendmentMode.BESIDE:
        by_play = amendment.by is AmendedBy.PLAY_DATE
        held_from = amendment.effective_on if by_play else own.starts_on
        return _added(replace(new, starts_on=held_from), old, recorded)
    return find_differences(before=old, after=new, facts=recorded.facts, as_of=recorded.as_of)


def _added(new: Terms, old: Terms, recorded: Recorded) -> Difference:
    """Return terms beside others: all their clauses are new, and none is gone."""
    first, second = (
        outcome_of(name, terms, recorded.facts, recorded.as_of)
        for name, terms in (("before", old), ("after", new))
    )
    by_clause: dict[str, dict[str, Fraction]] = {}
    for own in second.entitlements:
        sums = by_clause.setdefault(own.clause_id, {})
        sums[own.party.role] = sums.get(own.party.role, Fraction(0)) + own.amount
    both = {
        role: first.by_role.get(role, Fraction(0)) + second.by_role.get(role, Fraction(0))
        for role in dict.fromkeys([*first.by_role, *second.by_role])
    }
    code = second.currency or first.currency
    return Difference(
        tuple(
            ClauseChange(own.id, own.title, Change.ADDED, (), {}, by_clause.get(own.id, {}))
            for own in new.policy.clauses
        ),
        first,
        Outcome("after", code, both, ()),
    )


def _earned(contract: Contract, recorded: Recorded, reader: str) -> Money:
    """Return what everyone has earned under a contract, of what a reader may see."""
    parts = parts_of(contract)
    titles = titles_of(parts)
    sums: dict[tuple[str, str], Fraction] = {}
    for part in parts:
        facts = facts_of_part(part, facts=recorded.facts, titles=titles)
        try:
            earned = entitle(terms=part.terms, facts=facts, as_of=recorded.as_of)
        except ProblemsFound:
            return {}
        for own in entitlements_for(earned, terms=part.terms, role=reader):
            place = own.party.role, own.currency
            sums[place] = sums.get(place, Fraction(0)) + own.amount
    return sums


def parts_named(contract: Contract, agreed: Sequence[DealAmendment]) -> list[dict[str, Any]]:
    """Return the terms of a deal that hold, newest first, each with the record it came from.

    Args:
        contract: The deal.
        agreed: Its accepted amendments, in their order.

    Returns:
        For each: `terms`; `amendment`, the record, or None for the deal's own.
    """
    records = {own.code: own for own in agreed}
    in_place = [
        own.id
        for own in contract.amendments
        if own.mode is AmendmentMode.OVER and own.by is AmendedBy.SIGNING_DATE
    ]
    found = []
    for part in parts_of(contract):
        code = part.amendment_id or (in_place[-1] if in_place else "")
        found.append({"terms": part.terms, "amendment": records.get(code)})
    return found[::-1]
