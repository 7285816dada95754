"""The sealed files of a lake, measured by the plan on whatever engine reads them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from duanju.adapters.lake.manifest import Manifest, Part, Shelf
from duanju.adapters.lake.measures import parts_of
from duanju.adapters.lake.plans.measuring import plan_of_measures
from duanju.adapters.lake.plans.plan import Plan
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
    parts_by_period = [_counted(manifest, period, known_at) for period in periods]
    wanted = {part.sequence for parts in parts_by_period for part in parts}
    if not wanted:
        raise ProblemsFound((Problem(NOTHING_SEALED, Where(file=str(folder))),))
    problems = tuple(find_broken_links(all_parts))
    problems += engine.find_changed_files([part for part in all_parts if part.sequence in wanted])
    if problems:
        raise ProblemsFound(problems)
    return tuple(
        engine.run(_plan(parts, period, engine))
        for parts, period in zip(parts_by_period, periods, strict=True)
    )


def _counted(manifest: Manifest, period: Period, known_at: int) -> tuple[Part, ...]:
    """Return the parts of events and of effects that may lie in a period."""
    shelves: tuple[Shelf, ...] = ("events", EFFECTS)
    return tuple(
        part
        for shelf in shelves
        for part in parts_of(manifest=manifest, shelf=shelf, period=period, as_known_at=known_at)
    )


def _plan(parts: Sequence[Part], period: Period, engine: Engine) -> Plan:
    """Return the plan of a period; copies that were imported are kept apart day by day."""
    effects = [
        engine.address(part.contents.file) for part in parts if part.contents.shelf == EFFECTS
    ]
    parts = [part for part in parts if part.contents.shelf != EFFECTS]
    days = {part.contents.day for part in parts if part.contents.sums.get(COPIES)}
    copied = [
        [engine.address(part.contents.file) for part in parts if part.contents.day == day]
        for day in sorted(days)
    ]
    # A seal keeps each event once, so all other days are one partition: a cluster splits it as it
    # likes.
    single = [engine.address(part.contents.file) for part in parts if part.contents.day not in days]
    return plan_of_measures(
        [single] if single or not copied else [], period, days_with_copies=copied, effects=effects
    )
