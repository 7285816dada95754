"""How `settle` is told of an event lake, and what it asks of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from duanju.adapters.documents import Deals
from duanju.deals import Fact, parts_of
from duanju.kernel import Month, Problem, ProblemsFound
from duanju.workflows import facts_of_measures, find_stretches

if TYPE_CHECKING:
    from duanju.adapters.lake.plans import EngineName

_ENGINES = ("duckdb", "spark", "plain")


@dataclass(frozen=True, slots=True)
class LakeChoice:
    """Which lake to measure, on what.

    Attributes:
        folder: The lake's.
        engine: Which engine finds and adds.
        master: Of Spark.
        prefix: Where Spark's cluster finds the files of the lake; empty for the folder.
    """

    folder: Path
    engine: "EngineName"
    master: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What a lake comes to.

    Attributes:
        facts: What is settled.
        partial_sums: The sums that the facts were made of, as lines of CSV.
    """

    facts: tuple[Fact, ...]
    partial_sums: tuple[str, ...]


def lake_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a lake; it takes them as `lake`, None where none is named."""

    @wraps(command)
    def run(
        lake_folder: Path | None, engine: "EngineName", master: str, prefix: str, **others: Any
    ) -> Any:
        if (engine == "spark") != bool(master):
            raise click.UsageError("--master belongs to --engine spark, and that to --master.")
        if prefix and engine != "spark":
            raise click.UsageError("--files belongs to --engine spark.")
        if lake_folder is None and engine != "duckdb":
            raise click.UsageError("--engine belongs to --lake.")
        lake = None if lake_folder is None else LakeChoice(lake_folder, engine, master, prefix)
        return command(lake=lake, **others)

    for option in (
        click.option(
            "--files",
            "prefix",
            default="",
            metavar="PREFIX",
            help="Where Spark's cluster finds the files of the lake, such as s3a://bucket/lake.  "
            "[default: the folder itself]",
        ),
        click.option(
            "--master", default="", metavar="URL", help="Master of Spark: spark://HOST:PORT."
        ),
        click.option(
            "--engine",
            type=click.Choice(_ENGINES),
            default="duckdb",
            show_default=True,
            help="What adds up the lake; each gives the same bytes.",
        ),
        click.option(
            "--lake",
            "lake_folder",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            help="Folder of an event lake; with --facts, both count.",
        ),
    ):
        run = option(run)
    return run


def measure_lake(deals: Deals, lake: LakeChoice, until: Month) -> Measured:
    """Return what a lake has measured of all titles, by the stretches that the deals need.

    Raises:
        ProblemsFound: A title is no number, the lake is not as it was sealed, or the engine fails.
    """
    # They bring a database engine, and most commands need none.
    from duanju.adapters.lake.plans import (
        measure_sealed,
        measures_of,
        opened_engine,
        partial_sums_as_csv,
    )

    titles = frozenset(_title_numbers(deals))
    stretches = find_stretches(contracts=deals.contracts, until=until)
    periods = [stretch.period(deals.zone) for stretch in stretches]
    with opened_engine(
        lake.engine, folder=lake.folder, master=lake.master, prefix=lake.prefix
    ) as engine:
        results = measure_sealed(folder=lake.folder, periods=periods, engine=engine)
    told = list(zip(stretches, results, strict=True))
    facts = facts_of_measures(
        {stretch: measures_of(result, titles=titles) for stretch, result in told}
    )
    return Measured(facts, tuple(partial_sums_as_csv(told, titles=titles)))


def _title_numbers(deals: Deals) -> Sequence[int]:
    """Return the titles of all deals as the lake numbers them."""
    parts = [part for deal in deals.contracts for part in parts_of(deal)]
    title_ids = sorted({own for part in parts for own in part.terms.title_ids})
    _require_numbers(title_ids)
    return [int(title_id) for title_id in title_ids]


def _require_numbers(title_ids: Iterable[str]) -> None:
    problems = tuple(
        Problem("documents.title-not-a-number", params={"title": title_id})
        for title_id in title_ids
        if not (title_id.isascii() and title_id.isdigit())
    )
    if problems:
        raise ProblemsFound(problems)
