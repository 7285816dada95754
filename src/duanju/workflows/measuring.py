"""What must be measured to settle, and how measures become facts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from itertools import pairwise
from typing import Protocol

from duanju.deals import MEASURES, Contract, Fact, Stretch, cuts_of, month_ends_on, parts_of
from duanju.kernel import Month


class UnmeasuredStretch(ValueError):
    """A stretch in which a deal was in force was not measured: its facts are not known to be 0."""

    code = "workflows.unmeasured-stretch"


class TitleMeasure(Protocol):
    """Exact sums of one title, channel and currency; the lake's rows are such."""

    @property
    def title_id(self) -> int | str:
        """The title."""

    @property
    def channel(self) -> str:
        """Where viewers watched and paid."""

    @property
    def currency(self) -> str:
        """ISO 4217 code of `amount_minor`; may be empty where that is 0."""

    @property
    def effective_ms(self) -> int:
        """Milliseconds effectively watched."""

    @property
    def amount_minor(self) -> int:
        """Income of unlocks, in minor units."""


def find_stretches(*, contracts: Iterable[Contract], until: Month) -> tuple[Stretch, ...]:
    """Return the stretches to measure, so that no terms begin or end within one.

    Args:
        contracts: The deals to be settled.
        until: The last month, included whole.

    Returns:
        Every month from that of the first deal's beginning on, cut where a deal, an amendment of it
        or the term of a clause begins or can end, and where a deal year does that a clause counts
        by; in rising order, without gaps. Empty if no deal has begun.
    """
    ends_on = month_ends_on(until)
    terms = [part.terms for contract in contracts for part in parts_of(contract)]
    begins = [own.starts_on for own in terms if own.starts_on < ends_on]
    if not begins:
        return ()
    month = Month(min(begins).year, min(begins).month)
    cuts = {day for own in terms for day in cuts_of(own)}
    while month <= until:
        cuts.add(date(month.year, month.number, 1))
        month = month.next()
    first = date(min(begins).year, min(begins).month, 1)
    days = sorted(cut for cut in cuts | {ends_on} if first <= cut <= ends_on)
    return tuple(Stretch(*pair) for pair in pairwise(days))


def facts_of_measures(
    measures_by_stretch: Mapping[Stretch, Iterable[TitleMeasure]],
) -> tuple[Fact, ...]:
    """Return what measures say, one fact a measure, title, stretch, channel and currency.

    Effective time has no currency, so rows that differ in it alone are added up.
    """
    sums: dict[tuple[str, str, Stretch, str, str], int] = defaultdict(int)
    for stretch, measures in measures_by_stretch.items():
        for row in measures:
            title_id = str(row.title_id)
            if row.effective_ms:
                place = "effective_minutes", title_id, stretch, "", row.channel
                sums[place] += row.effective_ms
            if row.amount_minor:
                place = "unlock_income", title_id, stretch, row.currency, row.channel
                sums[place] += row.amount_minor
    return tuple(
        Fact(measure, title_id, stretch, quantity, MEASURES[measure].unit, currency, channel)
        for (measure, title_id, stretch, currency, channel), quantity in sums.items()
    )


def require_measured(
    *, contracts: Iterable[Contract], measured: Collection[Stretch], until: Month
) -> None:
    """Refuse to go on if a stretch that some deal needs was not measured.

    Raises:
        UnmeasuredStretch: Names the first such stretch.
    """
    days = sorted(measured)
    for needed in find_stretches(contracts=contracts, until=until):
        covered_until = needed.starts_on
        for stretch in days:
            if stretch.starts_on <= covered_until < stretch.ends_on:
                covered_until = stretch.ends_on
        if covered_until < needed.ends_on:
            raise UnmeasuredStretch(str(needed))
