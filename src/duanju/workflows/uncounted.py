"""Which facts no clause of any deal counts."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from duanju.deals import (
    Contract,
    Fact,
    Terms,
    UncountedFacts,
    find_uncounted,
    month_ends_on,
    parts_of,
)
from duanju.kernel import Month


def uncounted_of(
    *, contracts: Sequence[Contract], facts: Iterable[Fact], period: Month
) -> tuple[UncountedFacts, ...]:
    """Return the facts up to the end of a month that no clause of any deal counts.

    A fact under a deal's id is about that deal as a whole; it is named as it was given.
    """
    as_of = month_ends_on(period)
    terms_by_deal = {own.id: [part.terms for part in parts_of(own)] for own in contracts}
    every: list[Terms] = [terms for own in terms_by_deal.values() for terms in own]
    titles = {title for own in every for title in own.title_ids}
    of_deals: dict[str, list[Fact]] = {own: [] for own in terms_by_deal if own not in titles}
    others: list[Fact] = []
    for fact in facts:
        of_deals.get(fact.title_id, others).append(fact)
    found = list(find_uncounted(terms=every, facts=others, as_of=as_of))
    for deal_id, own in of_deals.items():
        whole = [replace(fact, title_id="") for fact in own]
        for group in find_uncounted(terms=terms_by_deal[deal_id], facts=whole, as_of=as_of):
            found.append(replace(group, first=replace(group.first, title_id=deal_id)))
    return tuple(found)
