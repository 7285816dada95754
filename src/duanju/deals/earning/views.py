"""What is known of the facts that a clause counts; each view is made when it is first asked for."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Generic, TypeVar, cast

from duanju.deals.clauses.counting import Counted
from duanju.deals.earning.tally import Feed, Tally
from duanju.deals.facts import Fact, Stretch, month_of
from duanju.deals.measures import HEAT_DAYS, MEASURES, Aggregate
from duanju.kernel import Month

_Key = TypeVar("_Key", bound=Hashable)


class Sums:
    """Sums since the start, in all and by month."""

    def __init__(self, feed: Feed) -> None:
        """Begin at nothing."""
        self._feed = feed
        self.quantity = 0
        self.by_month: dict[Month, int] = {}

    def update(self, as_of: date) -> None:
        """Take in what has been added since."""
        del as_of
        by_month = self.by_month
        for fact, quantity in self._feed.pour():
            self.quantity += quantity
            month = month_of(fact.stretch.starts_on)
            by_month[month] = by_month.get(month, 0) + quantity


class Highest:
    """The highest level since the start, and of each month."""

    def __init__(self, feed: Feed) -> None:
        """Begin at nothing."""
        self._feed = feed
        self.quantity = 0
        self.by_month: dict[Month, int] = {}

    def update(self, as_of: date) -> None:
        """Take in what has been added since; what was found fraudulent is off its own level."""
        del as_of
        levels: dict[tuple[Stretch, tuple[object, ...]], int] = {}
        for fact, quantity in self._feed.pour():
            place = fact.stretch, fact.subject[:-1]
            levels[place] = levels.get(place, 0) + quantity
        for (stretch, _), level in levels.items():
            month = month_of(stretch.starts_on)
            self.by_month[month] = max(level, self.by_month.get(month, 0))
            self.quantity = max(level, self.quantity)


class Heat:
    """The highest sum of seven days that end within a month; days without facts are 0."""

    def __init__(self, feeds: list[Feed]) -> None:
        """Begin at nothing, with a feed a title: the hottest of several is theirs together."""
        self._titles = [_Days(feed) for feed in feeds]
        self.quantity = 0
        self.by_month: dict[Month, int] = {}

    def update(self, as_of: date) -> None:
        """Take in what has been added since."""
        for days in self._titles:
            for day, heat in days.new_heat(as_of):
                month = month_of(day)
                self.by_month[month] = max(heat, self.by_month.get(month, 0))
                self.quantity = max(heat, self.quantity)
        self.by_month = dict(sorted(self.by_month.items()))


class _Days:
    """One title's daily quantities, and how far their heat is known."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._quantities: dict[date, int] = {}
        self._last = date.min
        self._next: date | None = None
        self._sum = 0

    def new_heat(self, as_of: date) -> Iterator[tuple[date, int]]:
        """Yield each new day that ends before `as_of`, with the sum of the seven days up to it."""
        for fact, quantity in self._feed.pour():
            day = fact.stretch.starts_on
            self._quantities[day] = self._quantities.get(day, 0) + quantity
            self._last = max(self._last, day)
            self._next = self._next or day
        if self._next is None:
            return
        quantities, week = self._quantities, timedelta(HEAT_DAYS)
        end = min(as_of, self._last + week, self._feed.until)
        while self._next < end:
            self._sum += quantities.get(self._next, 0) - quantities.get(self._next - week, 0)
            yield self._next, self._sum
            self._next += timedelta(1)


class Groups(Generic[_Key]):
    """Sums since the start by something that facts tell."""

    def __init__(self, feed: Feed, key: Callable[[Fact], _Key]) -> None:
        """Begin at nothing."""
        self._feed, self._key = feed, key
        self.sums: dict[_Key, int] = {}

    def update(self) -> None:
        """Take in what has been added since."""
        for fact, quantity in self._feed.pour():
            key = self._key(fact)
            self.sums[key] = self.sums.get(key, 0) + quantity


@dataclass(frozen=True, slots=True)
class Grouping(Generic[_Key]):
    """A way to group facts, with the name under which its sums are remembered."""

    name: Hashable
    key: Callable[[Fact], _Key]


BY_CHANNEL: Grouping[str] = Grouping("channel", lambda fact: fact.channel)
BY_DAY: Grouping[date] = Grouping("day", lambda fact: fact.stretch.starts_on)
BY_ITEM: Grouping[tuple[date, str]] = Grouping(
    "item", lambda fact: (fact.stretch.starts_on, fact.item)
)
BY_MONTH_AND_CHANNEL: Grouping[tuple[Month, str]] = Grouping(
    "month and channel", lambda fact: (month_of(fact.stretch.starts_on), fact.channel)
)


class Views:
    """Views of facts, brought up to date when they are asked for."""

    def __init__(self, tally: Tally, title_ids: tuple[str, ...]) -> None:
        """Begin without any."""
        self._tally = tally
        self._title_ids = title_ids
        self._numbers: dict[int, tuple[Counted, int]] = {}
        self._same: dict[Counted, int] = {}
        self._levels: dict[Hashable, Sums | Highest | Heat] = {}
        self._groups: dict[Hashable, object] = {}

    def levels(
        self, counted: Counted, title_id: str, until: date | None, as_of: date
    ) -> Sums | Highest | Heat:
        """Return how much was counted in all and by month: sums, or the highest levels.

        Args:
            counted: What is counted.
            title_id: Of which title, or of which of them together.
            until: First day that no longer counts; `None` for no end.
            as_of: First day whose facts are not yet added.
        """
        place = self._number(counted), title_id, until
        view = self._levels.get(place)
        if view is None:
            view = self._levels[place] = self._new_levels(counted, title_id, until)
        view.update(as_of)
        return view

    def sums(
        self, counted: Counted, title_id: str, until: date | None, grouping: Grouping[_Key]
    ) -> Mapping[_Key, int]:
        """Return sums by whatever the facts are grouped by."""
        place = self._number(counted), title_id, until, grouping.name
        view = cast("Groups[_Key] | None", self._groups.get(place))
        if view is None:
            view = Groups(self._feed(counted, title_id, until), grouping.key)
            self._groups[place] = view
        view.update()
        return view.sums

    def _new_levels(
        self, counted: Counted, title_id: str, until: date | None
    ) -> Sums | Highest | Heat:
        aggregate = MEASURES[counted.measure].aggregate
        if aggregate is Aggregate.HEAT:
            titles = [title_id] if title_id else self._title_ids
            return Heat([self._feed(counted, title, until) for title in titles])
        feed = self._feed(counted, title_id, until)
        return Highest(feed) if aggregate is Aggregate.HIGHEST else Sums(feed)

    def _feed(self, counted: Counted, title_id: str, until: date | None) -> Feed:
        measure = MEASURES[counted.measure].facts_of
        return Feed(self._tally.facts_of(measure, title_id), counted, until)

    def _number(self, counted: Counted) -> int:
        """Return a number that equal values share; most are asked for again and again."""
        known = self._numbers.get(id(counted))
        if known is None:
            number = self._same.setdefault(counted, len(self._same))
            known = self._numbers[id(counted)] = counted, number
        return known[1]
