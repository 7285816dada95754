"""Recording what no event tells: milestones, costs, awards, incomes from elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from duanju.deals import Fact, Terms, find_refused_facts, parts_of
from duanju.kernel import Problem, Where
from duanju_web.deals.mapping.contracts import contract_of
from duanju_web.deals.mapping.facts import fact_of
from duanju_web.deals.models import Deal, ReportedFact
from duanju_web.deals.selectors.facts import LAKE_MEASURES
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

_Key = tuple[object, ...]

FACTS_MAX = 2_000
"""Facts that are recorded at once."""


@transaction.atomic
def record_facts(
    *,
    actor: Actor,
    deal_id: int,
    facts: Sequence[Fact],
    now: datetime,
    note: str = "",
    source: str = "",
    may_replace: bool = False,
) -> int | tuple[Problem, ...]:
    """Record facts about a deal, or return everything that is wrong with them.

    What was recorded before in the same words is not recorded again. A fact about a month that is
    closed is a correction in the month that is open.

    Args:
        actor: A member of the deal's platform who may record.
        deal_id: A deal of that platform.
        facts: Titles are named by their numbers.
        now: The time, aware.
        note: Why, or where it was read.
        source: The file that they came from, if they did.
        may_replace: Whether a fact stands in the place of one that said something else of the same.

    Returns:
        How many were recorded; or all problems, and then nothing was.
    """
    deal = (
        Deal.objects.select_for_update(of=("self",))
        .select_related("platform", "studio", "policy_version")
        .prefetch_related("titles", "amendments__policy_version")
        .get(pk=deal_id, platform=actor.organisation)
    )
    current = _current_by_subject(deal)
    problems = find_fact_problems(deal=deal, facts=facts)
    fresh = []
    for number, fact in enumerate(facts):
        known = current.get((fact.subject, fact.stretch))
        if known is not None and known.quantity == fact.quantity:
            continue
        if known is not None and not may_replace:
            where = Where(line=number + 1, path="quantity")
            params = {"number": known.pk, "quantity": known.quantity}
            problems = (*problems, Problem("deals.fact-already-told", where, params))
        fresh.append((fact, known))
    if problems:
        return problems
    rows = [
        _row(actor, deal, fact, known, now=now, note=note, source=source) for fact, known in fresh
    ]
    for row in rows:
        row.save()
    if rows:
        after = {"facts": len(rows), "first": str(rows[0].pk), "source": source, "note": note}
        _leave_trail(actor, deal, after, now)
    return len(rows)


def _leave_trail(actor: Actor, deal: Deal, after: dict[str, object], now: datetime) -> None:
    record_audit(
        actor=actor,
        action="deals.record-facts",
        target=deal.offer,
        before=None,
        after=after,
        now=now,
    )


def find_fact_problems(*, deal: Deal, facts: Sequence[Fact]) -> tuple[Problem, ...]:
    """Return what is wrong with facts about a deal; nothing is saved.

    They are checked together with those recorded before, which they may contradict: each stands in
    the place of what was recorded of the same. They are checked with all terms of the deal that
    hold, amendments included: what one of them counts cannot be settled if that one cannot be
    applied to it.

    Args:
        deal: Which.
        facts: Those that are to be recorded; a problem names the number of its fact as its line.
    """
    if len(facts) > FACTS_MAX:
        return (Problem("deals.too-many-facts", params={"max": FACTS_MAX}),)
    parts = parts_of(contract_of(deal))
    titles = {title for part in parts for title in part.terms.title_ids} | {""}
    problems = []
    for number, fact in enumerate(facts, start=1):
        if fact.title_id not in titles:
            params: dict[str, str | int] = {"title": fact.title_id}
            where = Where(line=number, path="title_id")
            problems.append(Problem("deals.title-not-in-deal", where, params))
        if fact.measure in LAKE_MEASURES and not fact.is_fraud:
            where = Where(line=number, path="measure")
            problems.append(Problem("deals.measured-by-itself", where, {"measure": fact.measure}))
    if problems:
        return tuple(problems)
    before = [fact_of(row) for row in _current_rows(deal)]
    told = {(own.subject, own.stretch) for own in facts}
    kept = [own for own in before if (own.subject, own.stretch) not in told]
    return _find_new_refusals([part.terms for part in parts], before, kept, facts)


def _find_new_refusals(
    every_terms: Sequence[Terms],
    before: Sequence[Fact],
    kept: Sequence[Fact],
    facts: Sequence[Fact],
) -> tuple[Problem, ...]:
    """Return what terms refuse of facts beside those that stay, but not of what stood before.

    Args:
        every_terms: All terms of the deal.
        before: All that was recorded.
        kept: What stays of it.
        facts: What is to be recorded.
    """
    lines = {fact: number for number, fact in reversed(list(enumerate(facts, start=1)))}
    found: dict[_Key, Problem] = {}
    for terms in every_terms:
        old = {_key(problem) for problem, _ in _refused(terms, before)}
        for problem, fact in _refused(terms, (*kept, *facts)):
            if _key(problem) not in old:
                line = lines.get(fact) if fact else None
                placed = replace(problem, where=replace(problem.where, line=line))
                found.setdefault(_key(problem), placed)
    return tuple(sorted(found.values(), key=lambda own: own.where.line or 0))


def _refused(terms: Terms, facts: Sequence[Fact]) -> tuple[tuple[Problem, Fact | None], ...]:
    # Which part of a measure was fraud can be judged only beside the lake's own facts.
    alone = [own for own in facts if own.measure not in LAKE_MEASURES]
    return find_refused_facts(terms=terms, facts=alone)


def _key(problem: Problem) -> _Key:
    return problem.code, problem.where.path, *sorted(problem.params.items())


def _current_by_subject(deal: Deal) -> dict[tuple[object, object], ReportedFact]:
    return {((own := fact_of(row)).subject, own.stretch): row for row in _current_rows(deal)}


def _current_rows(deal: Deal) -> QuerySet[ReportedFact]:
    return ReportedFact.objects.filter(deal=deal, replaced_by=None).order_by("pk")


def _row(
    actor: Actor,
    deal: Deal,
    fact: Fact,
    known: ReportedFact | None,
    *,
    now: datetime,
    note: str,
    source: str,
) -> ReportedFact:
    return ReportedFact(
        deal=deal,
        title_id=int(fact.title_id) if fact.title_id else None,
        measure=fact.measure,
        starts_on=fact.stretch.starts_on,
        ends_on=fact.stretch.ends_on,
        quantity=fact.quantity,
        currency=fact.currency,
        channel=fact.channel,
        territory=fact.territory,
        medium=fact.medium,
        window=fact.window,
        item=fact.item,
        over_seconds=fact.over_seconds,
        is_fraud=fact.is_fraud,
        note=note,
        source=source,
        replaces=known,
        recorded_by=actor.user,
        recorded_at=now,
    )
