"""Facts summed since the start, the state over which clauses are evaluated."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

from duanju.deals.facts import Fact
from duanju.deals.policy import Terms
from duanju.kernel import Month

_Key = TypeVar("_Key", bound=Hashable)


class Tally:
    """Running sums of facts: those of the terms' titles and days, and those of all titles."""

    def __init__(self, terms: Terms) -> None:
        """Begin at nothing."""
        self._terms = terms
        self._own: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        self._own_by_month: dict[tuple[str, str], dict[Month, int]] = defaultdict(dict)
        self._all_by_month: dict[str, dict[Month, int]] = defaultdict(dict)

    def add(self, fact: Fact) -> None:
        """Count a fact; of an own title only if it lies within the terms' days."""
        month = fact.stretch.month
        own = fact.title_id in self._terms.title_ids
        if own and not self._counts(fact):
            return
        _increase(self._all_by_month[fact.measure], month, fact.quantity)
        if own:
            place = fact.measure, fact.title_id
            _increase(self._own[place], fact.channel, fact.quantity)
            _increase(self._own_by_month[place], month, fact.quantity)

    def by_channel(self, measure: str, title_id: str) -> Mapping[str, int]:
        """Return a title's sums by channel, in the order of their names; those of 0 left out."""
        sums = self._own.get((measure, title_id), {})
        return {channel: sums[channel] for channel in sorted(sums) if sums[channel]}

    def by_month(self, measure: str, title_id: str) -> Mapping[Month, int]:
        """Return a title's sums by month, in the order of time."""
        return self._own_by_month.get((measure, title_id), {})

    def own_by_month(self, measure: str) -> Mapping[Month, int]:
        """Return the sums of all own titles by month, in the order of time."""
        sums: dict[Month, int] = {}
        for title_id in self._terms.title_ids:
            for month, quantity in self.by_month(measure, title_id).items():
                _increase(sums, month, quantity)
        return {month: sums[month] for month in sorted(sums)}

    def all_by_month(self, measure: str) -> Mapping[Month, int]:
        """Return the sums of all titles, own and other, by month, in the order of time."""
        return self._all_by_month.get(measure, {})

    def _counts(self, fact: Fact) -> bool:
        terms = self._terms
        begun = fact.stretch.starts_on >= terms.starts_on
        return begun and (terms.ends_on is None or fact.stretch.ends_on <= terms.ends_on)


def _increase(sums: dict[_Key, int], key: _Key, quantity: int) -> None:
    sums[key] = sums.get(key, 0) + quantity
