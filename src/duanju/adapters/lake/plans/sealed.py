"""The sealed files of a lake, measured by the plan on whatever engine reads them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from duanju.adapters.lake.event import DAY_US
from duanju.adapters.lake.manifest import Manifest, Part, Shelf
from duanju.adapters.lake.measures import microseconds, parts_of
from duanju.adapters.lake.partials import cut_into_days, file_of_partial, may_hold
from duanju.adapters.lake.plans.measuring import Stretches, merge_of
from duanju.adapters.lake.plans.plan import Plan, Within
from duanju.adapters.lake.plans.result import Result
from duanju.adapters.lake.tables import COPIES, EFFECTS
from duanju.adapters.lake.verification import find_broken_links
from duanju.kernel import Period, Problem, ProblemsFound, Where

NOTHING_SEALED = "lake.nothing-sealed"


class Engine(Protocol):
    """Runs plans over the files of one lake."""

    def address(self, file: str) -> str:
        """Return where the engine finds a file, of which the path below the lake is given."""

    def find_changed_files(self, parts: Sequence[Part]) -> tuple[Problem, ...]:
        """Return each file that, as the engine reads it, is not what the manifest lists."""

    def run(self, plan: Plan) -> Result:
        """Return what a plan comes to.

        Raises:
            ProblemsFound: The engine cannot say.
        """


def measure_sealed(
    *, folder: Path, periods: Sequence[Period], engine: Engine
) -> tuple[Result, ...]:
    """Return the sums of each period, all of one position of the manifest.

    Args:
        folder: The lake's; its manifest is read here, whoever reads the files.
        periods: Half-open, in any zone.
        engine: Every engine gives the same rows.

    Raises:
        ProblemsFound: Nothing is sealed, the manifest's chain is broken, a file is missing or has
            other bytes than were sealed, or the engine fails. Nothing was measured then.
    """
    manifest_path = folder / "manifest.sqlite3"
    if not manifest_path.is_file():
        raise ProblemsFound((Problem(NOTHING_SEALED, Where(file=str(folder))),))
    manifest = Manifest(manifest_path)
    all_parts = manifest.parts()
    known_at = len(all_parts)
    partials = {part.contents.file: part for part in all_parts if part.contents.shelf == "partials"}
    sources = [
        _sources(_counted(manifest, period, known_at), partials, period) for period in periods
    ]
    wanted = {part.sequence: part for own in sources for part in own.all_parts}
    if not wanted:
        raise ProblemsFound((Problem(NOTHING_SEALED, Where(file=str(folder))),))
    problems = tuple(find_broken_links(all_parts))
    problems += engine.find_changed_files([wanted[sequence] for sequence in sorted(wanted)])
    if problems:
        raise ProblemsFound(problems)
    return tuple(
        engine.run(_plan(own, period, engine)) for own, period in zip(sources, periods, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Sources:
    """Which parts hold a period, each event in exactly one of them.

    Attributes:
        partials: Read for the whole days from `first_day` until before `last_day`.
        beside: Events and effects that are read for what the whole days leave over.
        unsummed: Those without partial sums, read for all of the period.
        first_day, last_day: Counted from 1 January 1970; equal where there is no whole day.
    """

    partials: tuple[Part, ...]
    beside: tuple[Part, ...]
    unsummed: tuple[Part, ...]
    first_day: int
    last_day: int

    @property
    def all_parts(self) -> tuple[Part, ...]:
        """All that is read."""
        return (*self.partials, *self.beside, *self.unsummed)


def _sources(counted: Sequence[Part], partials: Mapping[str, Part], period: Period) -> _Sources:
    first_day, last_day, cut = cut_into_days(period)
    if first_day >= last_day:
        return _Sources((), (), tuple(counted), first_day, first_day)
    names = {part.sequence: file_of_partial(part.contents.file) for part in counted}
    summed = [part for part in counted if names[part.sequence] in partials]
    return _Sources(
        partials=tuple(partials[names[part.sequence]] for part in summed),
        beside=tuple(part for part in summed if may_hold(part, cut)),
        unsummed=tuple(part for part in counted if names[part.sequence] not in partials),
        first_day=first_day,
        last_day=last_day,
    )


def _counted(manifest: Manifest, period: Period, known_at: int) -> tuple[Part, ...]:
    """Return the parts of events and of effects that may lie in a period."""
    shelves: tuple[Shelf, ...] = ("events", EFFECTS)
    return tuple(
        part
        for shelf in shelves
        for part in parts_of(manifest=manifest, shelf=shelf, period=period, as_known_at=known_at)
    )


def _plan(sources: _Sources, period: Period, engine: Engine) -> Plan:
    starts_us, ends_us = microseconds(period.start), microseconds(period.end)
    first_us, last_us = sources.first_day * DAY_US, sources.last_day * DAY_US
    stretches = []
    if sources.unsummed:
        stretches.append(_stretch(sources.unsummed, starts_us, ends_us, engine))
    if sources.beside:
        for start, end in ((starts_us, first_us), (last_us, ends_us)):
            if start < end:
                stretches.append(_stretch(sources.beside, start, end, engine))
    return merge_of(
        stretches,
        [engine.address(part.contents.file) for part in sources.partials],
        first_day=sources.first_day,
        last_day=sources.last_day,
    )


def _stretch(parts: Sequence[Part], start_us: int, end_us: int, engine: Engine) -> Stretches:
    """Return how a stretch is read from events; copies that were imported stand day by day."""
    effects = [
        engine.address(part.contents.file) for part in parts if part.contents.shelf == EFFECTS
    ]
    events = [part for part in parts if part.contents.shelf != EFFECTS]
    days = {part.contents.day for part in events if part.contents.sums.get(COPIES)}
    copied = [
        [engine.address(part.contents.file) for part in events if part.contents.day == day]
        for day in sorted(days)
    ]
    # A seal keeps each event once, so all other days are one partition: a cluster splits it as it
    # likes.
    single = [
        engine.address(part.contents.file) for part in events if part.contents.day not in days
    ]
    within = Within("occurred_at_us", start_us, end_us)
    return Stretches(within, [single] if single else [], copied, effects)
