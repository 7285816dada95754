"""Behind a statement's line: its days, its episodes, its events, as known at its close."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from duanju.adapters.lake import Event, EventPage, Sums
from duanju.deals import Contract, Counted, find_claimed
from duanju.kernel import Month, Period
from duanju.settlement import StatementLine
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors.lake import open_lake, zone_of
from duanju_web.settlement.selectors.reading import contract_of_record, part_of_line

EVENTS_A_PAGE = 50
KINDS = {"effective_minutes": "progress", "unlock_income": "unlock"}
"""The measures that the lake's events add up to, and the kind of those events."""
MONEY = "unlock_income"
"""The one of them that is money."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a line's quantity comes from.

    Attributes:
        title_ids: The titles that are counted.
        period: The part of the month in which the terms were in force.
        measure: What is counted.
        currency: ISO 4217 code of the line.
        position: Of the lake at the line's close.
        earlier_position: For a correction, of the lake at the close before; else None.
        channels: The only ones that the clause counts; all where it names none.
        is_part: Whether the clause counts only a part of the rest, as by territory or term.
    """

    title_ids: tuple[int, ...]
    period: Period
    measure: str
    currency: str
    position: int
    earlier_position: int | None
    channels: frozenset[str] = frozenset()
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Portion:
    """What one day or one episode adds to a line, in the measure's integer unit.

    `earlier` is what was known of it at the close before, where the line is a correction.
    """

    day: date | None
    episode_number: int | None
    quantity: int
    earlier: int
    cumulative: int

    @property
    def difference(self) -> int:
        """What was added since the close before."""
        return self.quantity - self.earlier


def find_source(record: StatementRecord, line: StatementLine) -> Source:
    """Return where a line of a stored statement comes from."""
    close = record.close
    zone = zone_of(close.platform)
    month = line.concerns_period.period(zone)
    contract = contract_of_record(record)
    terms = part_of_line(line, contract).terms
    channels, is_part = _counted(line, contract)
    starts = _midnight(terms.starts_on, zone)
    ends = _midnight(terms.ends_on, zone) if terms.ends_on else month.end
    begin = max(month.start, starts)
    period = Period(begin, max(begin, min(month.end, ends)))
    title_ids = (
        (int(line.key.title_id),)
        if line.key.title_id
        else tuple(sorted(int(own) for own in terms.title_ids))
    )
    return Source(
        title_ids=title_ids,
        period=period,
        measure=line.measure,
        currency=line.key.currency,
        position=close.lake_position,
        earlier_position=_earlier_position(close) if line.corrects else None,
        channels=channels,
        is_part=is_part,
    )


def _counted(line: StatementLine, contract: Contract) -> tuple[frozenset[str], bool]:
    """Return the channels that a line's clause counts, and whether it leaves out more than that."""
    claimed = find_claimed(contract, line.key.clause_id)
    clause = claimed[1] if claimed else None
    named = getattr(clause, "counted", None) or ()
    several = (named,) if isinstance(named, Counted) else tuple(named)
    own = [one for one in several if one.measure == line.measure]
    is_part = getattr(clause, "term", None) is not None or any(
        one.territories or one.media or one.windows or one.items or one.over_seconds for one in own
    )
    if not all(one.channels for one in own):
        return frozenset(), is_part
    return frozenset(channel for one in own for channel in one.channels), is_part


def by_day(source: Source) -> tuple[Portion, ...]:
    """Return what each day adds, in order; the quantities sum to the line's."""
    zone = source.period.start.tzinfo

    def measured(position: int) -> dict[object, int]:
        if source.channels:
            return _added(source, position, lambda own: _moment(own).astimezone(zone).date())
        rows = open_lake().daily(
            titles=source.title_ids, period=source.period, as_known_at=position
        )
        return _sums(source, ((row.day, row) for row in rows))

    return _portions(source, measured)


def by_episode(source: Source, *, day: date | None = None) -> tuple[Portion, ...]:
    """Return what each episode adds, in order; of one day, if one is given."""
    period = source.period if day is None else day_of(source, day)

    def measured(position: int) -> dict[object, int]:
        if source.channels:
            own = replace(source, period=period)
            return _added(own, position, lambda event: event.episode_number)
        rows = open_lake().by_episode(titles=source.title_ids, period=period, as_known_at=position)
        return _sums(source, ((row.episode_number, row) for row in rows))

    return _portions(source, measured)


def find_events(
    source: Source,
    *,
    day: date | None = None,
    episode_number: int | None = None,
    after: str | None = None,
) -> EventPage:
    """Return a page of the events themselves; of a correction only those that came too late.

    Raises:
        InvalidCursor: `after` does not come from a page.
    """
    while True:
        page = open_lake().events(
            period=source.period,
            titles=source.title_ids,
            kind=KINDS[source.measure],  # type: ignore[arg-type]
            day=day,
            episode_number=episode_number,
            currency=_currency(source),
            limit=EVENTS_A_PAGE,
            after=after,
            as_known_at=source.position,
            known_after=source.earlier_position,
        )
        counted = tuple(own for own in page.events if _is_counted(own, source))
        if counted or page.after is None:
            return EventPage(counted, page.after)
        after = page.after


def each_event(source: Source) -> Iterator[Event]:
    """Yield all that `find_events` pages, in the same order, a few at a time in memory."""
    return _each_event(source, source.position, source.earlier_position)


def _each_event(source: Source, position: int, known_after: int | None) -> Iterator[Event]:
    found = open_lake().each_event(
        period=source.period,
        titles=source.title_ids,
        kind=KINDS[source.measure],  # type: ignore[arg-type]
        currency=_currency(source),
        as_known_at=position,
        known_after=known_after,
    )
    return (own for own in found if _is_counted(own, source))


def _is_counted(event: Event, source: Source) -> bool:
    return not source.channels or event.channel in source.channels


def _added(source: Source, position: int, place_of: Callable[[Event], object]) -> dict[object, int]:
    """Return the sums of a line's events by place; the lake adds all channels together."""
    sums: dict[object, int] = {}
    for event in _each_event(source, position, None):
        place = place_of(event)
        sums[place] = sums.get(place, 0) + quantity_of(event, source.measure)
    return {place: quantity for place, quantity in sums.items() if quantity}


def _moment(event: Event) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=event.occurred_at_us)


def quantity_of(event: Event, measure: str) -> int:
    """Return what an event adds to a measure, in its integer unit."""
    return event.amount_minor if measure == MONEY else event.effective_ms


def _currency(source: Source) -> str | None:
    """Return in which currency events count, where they are money."""
    return source.currency if source.measure == MONEY else None


def day_of(source: Source, day: date) -> Period:
    """Return the part of a day that lies in a line's period."""
    zone = source.period.start.tzinfo
    start = _midnight(day, zone)
    following = _midnight(date.fromordinal(day.toordinal() + 1), zone)
    start = min(max(start, source.period.start), source.period.end)
    return Period(start, max(start, min(following, source.period.end)))


def _earlier_position(close: Close) -> int:
    before = str(Month.parse(close.period).previous())
    earlier = Close.objects.filter(platform_id=close.platform_id, period=before).first()
    return earlier.lake_position if earlier else 0


def _portions(source: Source, measured: Callable[[int], dict[object, int]]) -> tuple[Portion, ...]:
    now = measured(source.position)
    earlier = measured(source.earlier_position) if source.earlier_position is not None else {}
    cumulative = 0
    found = []
    for place in sorted({*now, *earlier}, key=_rank):
        quantity = now.get(place, 0)
        cumulative += quantity
        found.append(
            Portion(
                day=place if isinstance(place, date) else None,
                episode_number=place if isinstance(place, int) else None,
                quantity=quantity,
                earlier=earlier.get(place, 0),
                cumulative=cumulative,
            )
        )
    return tuple(found)


def _rank(place: object) -> int:
    return place.toordinal() if isinstance(place, date) else int(str(place))


def _sums(source: Source, rows: Iterable[tuple[object, Sums]]) -> dict[object, int]:
    sums: dict[object, int] = {}
    for place, row in rows:
        if source.measure == MONEY:
            quantity = row.amount_minor if row.currency == source.currency else 0  # type: ignore[attr-defined]
        else:
            quantity = row.effective_ms
        if quantity:
            sums[place] = sums.get(place, 0) + quantity
    return sums


def _midnight(day: date, zone: object) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)  # type: ignore[arg-type]


def total_of(portions: Sequence[Portion]) -> int:
    """Return what portions add up to."""
    return sum(own.quantity for own in portions)
