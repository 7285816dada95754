"""The event lake: one folder of listed Parquet files, and the questions asked of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from duckdb import DuckDBPyConnection

from duanju.adapters.lake import measures, pages, partials, sealing
from duanju.adapters.lake.correcting import read_waiting
from duanju.adapters.lake.correction import Correction
from duanju.adapters.lake.durable import make_folder, only_one
from duanju.adapters.lake.event import Event, EventKind
from duanju.adapters.lake.manifest import Manifest, Part, Shelf
from duanju.adapters.lake.tables import Engine
from duanju.adapters.lake.verification import find_tampering
from duanju.kernel import Period, Problem


class Lake:
    """What was sealed; safe to use from several threads and processes.

    Args:
        folder: Holds `manifest.sqlite3` and the files that it lists, a folder for each shelf.
        spool: Folder of the spool that `seal` empties; `folder / "spool"` unless told.
        memory_limit: Of one query, as DuckDB writes it.
        threads: Of one query.
    """

    def __init__(
        self,
        folder: Path,
        *,
        spool: Path | None = None,
        memory_limit: str = "1GB",
        threads: int = 2,
    ) -> None:
        """Open nothing yet."""
        self._folder = folder
        self._spool = spool or folder / "spool"
        self._manifest = Manifest(folder / "manifest.sqlite3")
        self._engine = Engine(spill=folder / "spill", memory_limit=memory_limit, threads=threads)

    def seal(self, *, now_us: int) -> sealing.SealReport:
        """Seal what the spool holds, and return when it is listed and durable.

        A seal that was killed at any point is made good by the next one: nothing acknowledged is
        lost and nothing counts twice. Two that run at once wait for each other.

        Args:
            now_us: Microseconds since the Unix epoch; only written down.
        """
        make_folder(self._folder)
        with only_one(self._folder / "seal.lock"):
            sealing.remove_unlisted(folder=self._folder, manifest=self._manifest)
            report = sealing.SealReport()
            is_whole = False
            while not is_whole:
                report, is_whole = self._seal_batch(report, now_us)
            with self._engine.cursor() as cursor:
                sealing.apply_corrections(
                    cursor, folder=self._folder, manifest=self._manifest, now_us=now_us
                )
            torn = sealing.remove_sealed(spool=self._spool, manifest=self._manifest)
            return replace(report, torn_files=torn)

    def position(self) -> int:
        """Return the place in the manifest up to which the lake is known now."""
        return self._manifest.position()

    def measure(
        self,
        *,
        period: Period,
        titles: Sequence[int] | None = None,
        as_known_at: int | None = None,
    ) -> tuple[measures.TitleMeasure, ...]:
        """Return the exact sums of what occurred in a period, by title, channel and currency.

        Args:
            period: Half-open, in any zone.
            titles: Only these; all where None.
            as_known_at: An earlier `position`, to measure the lake as it was known then.

        Returns:
            Ordered by title, channel and currency. The order, the copies and the lateness of the
            events change nothing in it.
        """
        with self._engine.cursor() as cursor:
            rows = self._partial_rows(cursor, period, as_known_at)
            return measures.sum_by_title(cursor, rows=rows, titles=titles)

    def daily(
        self, *, titles: Sequence[int], period: Period, as_known_at: int | None = None
    ) -> tuple[measures.DayMeasure, ...]:
        """Return the sums of titles together by day, days being those of `period.start`'s zone."""
        parts = self._counted(period, as_known_at)
        with self._engine.cursor() as cursor:
            return measures.sum_by_day(
                cursor, folder=self._folder, parts=parts, period=period, titles=titles
            )

    def by_episode(
        self, *, titles: Sequence[int], period: Period, as_known_at: int | None = None
    ) -> tuple[measures.EpisodeMeasure, ...]:
        """Return the sums of titles by episode; those of one number are added up."""
        with self._engine.cursor() as cursor:
            rows = self._partial_rows(cursor, period, as_known_at)
            return measures.sum_by_episode(cursor, rows=rows, titles=titles)

    def events(  # noqa: PLR0913
        self,
        *,
        period: Period,
        title_id: int | None = None,
        titles: Sequence[int] | None = None,
        kind: EventKind | None = None,
        day: date | None = None,
        episode_number: int | None = None,
        currency: str | None = None,
        limit: int = 100,
        after: str | None = None,
        as_known_at: int | None = None,
        known_after: int | None = None,
    ) -> pages.EventPage:
        """Return a page of the events that were counted, in order of occurrence.

        An event that ceased to count is followed by a `CorrectedEvent`, so that the page adds up to
        what counts.

        Args:
            period: Half-open, in any zone.
            title_id: Only of this title.
            titles: Only of these; all where None.
            kind: Only of this kind.
            day: Only of this day of the zone of `period.start`.
            episode_number: Only of this episode.
            currency: Only of money in this currency.
            limit: At most 500.
            after: `EventPage.after` of the page before.
            as_known_at: An earlier `position`.
            known_after: A yet earlier one: only what was sealed behind it, such as what came too
                late for a close.

        Raises:
            InvalidCursor: `after` does not come from a page.
        """
        own_period = measures.narrowed(period=period, day=day)
        selection = pages.Selection(
            own_period, title_id, titles, kind, episode_number, currency=currency
        )
        parts = self._counted(selection.period, as_known_at, known_after)
        return self._page(parts, selection, limit, after)

    def each_event(
        self,
        *,
        period: Period,
        titles: Sequence[int],
        kind: EventKind | None = None,
        currency: str | None = None,
        as_known_at: int | None = None,
        known_after: int | None = None,
    ) -> Iterator[Event]:
        """Yield all events that were counted, of some titles, in the order of the pages.

        Args:
            period: Half-open, in any zone.
            titles: Only of these.
            kind: Only of this kind.
            currency: Only of money in this currency.
            as_known_at: An earlier `position`.
            known_after: A yet earlier one, as for `events`.
        """
        selection = pages.Selection(period, titles=titles, kind=kind, currency=currency)
        parts = self._counted(period, as_known_at, known_after)
        with self._engine.cursor() as cursor:
            yield from pages.read_all(cursor, folder=self._folder, parts=parts, selection=selection)

    def find_events(self, ids: Sequence[str]) -> tuple[Event, ...]:
        """Return the events with these ids that count, or counted before a correction.

        Args:
            ids: Of any form; what is no UUID version 7 is no event.
        """
        days = {day for own in ids if (day := pages.day_of_event(own)) is not None}
        parts = [
            part
            for day in sorted(days)
            for part in self._manifest.parts(shelf="events", first_day=day, last_day=day)
        ]
        with self._engine.cursor() as cursor:
            return pages.read_named(cursor, folder=self._folder, parts=parts, ids=ids)

    def rejected(  # noqa: PLR0913
        self,
        *,
        period: Period,
        title_id: int | None = None,
        titles: Sequence[int] | None = None,
        kind: EventKind | None = None,
        day: date | None = None,
        episode_number: int | None = None,
        limit: int = 100,
        after: str | None = None,
        as_known_at: int | None = None,
    ) -> pages.EventPage:
        """Return a page of the events kept apart, as `events` does; `refusal` is the reason."""
        own_period = measures.narrowed(period=period, day=day)
        selection = pages.Selection(own_period, title_id, titles, kind, episode_number)
        parts = self._parts("rejected", selection.period, as_known_at)
        return self._page(parts, selection, limit, after)

    def waiting_corrections(self, *, limit: int = 100) -> tuple[Correction, ...]:
        """Return corrections that name what the lake does not count, those told first in front.

        Their events may still arrive, or were kept apart and never will.

        Args:
            limit: At most so many.
        """
        with self._engine.cursor() as cursor:
            return read_waiting(cursor, folder=self._folder, manifest=self._manifest, limit=limit)

    def verify(self) -> tuple[Problem, ...]:
        """Read every listed file again and return what differs from the manifest.

        Events are added up again, and partial sums that say something else are found, too.
        """
        parts = self._manifest.parts()
        problems = find_tampering(folder=self._folder, parts=parts)
        changed = {problem.where.file for problem in problems}
        whole = [part for part in parts if part.contents.file not in changed]
        with self._engine.cursor() as cursor:
            return (
                *problems,
                *partials.find_differences(cursor, folder=self._folder, parts=whole),
            )

    def digest(self, *, as_known_at: int | None = None) -> str:
        """Return the digest of the manifest's chain at a position, to be kept elsewhere."""
        parts = self._manifest.parts(as_known_at=as_known_at)
        return parts[-1].digest if parts else ""

    def _partial_rows(
        self, cursor: DuckDBPyConnection, period: Period, as_known_at: int | None
    ) -> str:
        """Return a subquery of partial sums that add up to a period."""
        # Partial sums follow from events that are known; when they were listed says nothing.
        sources = partials.find_sources(
            cursor,
            folder=self._folder,
            events=self._counted(period, as_known_at),
            partials=[part.contents.file for part in self._parts("partials", period, None)],
            period=period,
        )
        return partials.read_sources(sources, folder=self._folder, period=period)

    def _counted(
        self, period: Period, as_known_at: int | None, known_after: int | None = None
    ) -> tuple[Part, ...]:
        """Return the parts of events and of effects that may lie in a period."""
        return (
            *self._parts("events", period, as_known_at, known_after),
            *self._parts("effects", period, as_known_at, known_after),
        )

    def _parts(
        self,
        shelf: Shelf,
        period: Period,
        as_known_at: int | None,
        known_after: int | None = None,
    ) -> tuple[Part, ...]:
        return measures.parts_of(
            manifest=self._manifest,
            shelf=shelf,
            period=period,
            as_known_at=as_known_at,
            known_after=known_after,
        )

    def _page(
        self,
        parts: Sequence[Part],
        selection: pages.Selection,
        limit: int,
        after: str | None,
    ) -> pages.EventPage:
        with self._engine.cursor() as cursor:
            return pages.read_page(
                cursor,
                folder=self._folder,
                parts=parts,
                selection=selection,
                limit=limit,
                after=after,
            )

    def _seal_batch(
        self, before: sealing.SealReport, now_us: int
    ) -> tuple[sealing.SealReport, bool]:
        """Seal one bounded batch; also say whether the spool is empty behind it."""
        work = self._folder / "sealing"
        make_folder(work)
        events, corrections = work / "events.ndjson", work / "corrections.ndjson"
        batch = sealing.gather(
            spool=self._spool,
            offsets=self._manifest.offsets(),
            events=events,
            corrections=corrections,
        )
        if not batch.offsets:
            return before, batch.is_whole
        with self._engine.cursor() as cursor:
            contents = sealing.take_batch(
                cursor,
                events=events,
                corrections=corrections,
                folder=self._folder,
                manifest=self._manifest,
            )
            accepted, refused = sealing.count_judged(cursor)
        self._manifest.commit(contents=contents, offsets=batch.offsets, sealed_at_us=now_us)
        events.unlink()
        corrections.unlink()
        return before.plus(accepted, refused, contents), batch.is_whole
