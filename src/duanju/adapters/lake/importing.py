"""Bulk import: files of events that somebody vouches for become parts of the lake, as they are.

To write eighteen columns again costs four times what it costs to add them up. So a file whose rows
are all of one day is adopted byte for byte; which of its rows are copies stands beside it. Partial
sums, the manifest's chain and the lock are those of the seal; killed anywhere, an import leaves
files that nobody lists, and the next seal or import removes them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from duckdb import DuckDBPyConnection

from duanju.adapters.lake.buckets import Source, find_repeated, weigh_repeated
from duanju.adapters.lake.durable import (
    file_sha256,
    make_folder,
    only_one,
    sync_file,
    sync_folder,
)
from duanju.adapters.lake.event import DAY_US
from duanju.adapters.lake.judgement import CONTENT
from duanju.adapters.lake.manifest import Contents, Manifest, Shelf
from duanju.adapters.lake.partials import add_up, write_added
from duanju.adapters.lake.sealing import apply_corrections, remove_unlisted
from duanju.adapters.lake.tables import (
    COLUMN_NAMES,
    COPIES,
    SUMMED,
    Engine,
    exact_sum,
    file_of_copies,
    quoted,
    read_parts,
)
from duanju.adapters.lake.trusted import find_unfit, read_footer
from duanju.kernel import Problem, ProblemsFound, Where, digest

ADOPTED_ROWS_MIN = 100_000
"""Smaller files of a day are written into one, so that many batches leave no crumbs."""
ADOPTED_ALONE_ROWS_MIN = 10_000
"""The same where a day has one file only, which would be written again as one."""

_COPIED_BYTES = 256 * 1024
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import has done.

    Attributes:
        events: Events that now count.
        copies: Rows that say again what counts or is kept apart already.
        changed: Events kept apart, since another one has their id.
        is_known: Whether this very batch was imported before; then nothing moved.
    """

    events: int = 0
    copies: int = 0
    changed: int = 0
    is_known: bool = False


@dataclass(frozen=True, slots=True)
class _Day:
    day: date
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class _Taken:
    contents: tuple[Contents, ...]
    passed_over: int
    changed: int


def import_files(
    *,
    folder: Path,
    files: Sequence[Path],
    key: str,
    now_us: int,
    memory_limit: str = "1GB",
    threads: int = 2,
) -> ImportReport:
    """Take files of events into a lake as one batch, all or nothing; durable on return.

    Args:
        folder: The lake's; made if it is not there.
        files: Parquet with exactly the lake's columns, in any order of columns, rows and days.
        key: Name of the batch: the same key with the same content, in whatever files' order,
            changes nothing.
        now_us: Microseconds since the Unix epoch; only written down.
        memory_limit: Of all queries together, as DuckDB writes it.
        threads: Days at once; each is worked on by one thread.

    Raises:
        ProblemsFound: A file does not fit, or the key has other content; nothing moved.
    """
    make_folder(folder)
    manifest = Manifest(folder / "manifest.sqlite3")
    with only_one(folder / "seal.lock"):
        remove_unlisted(folder=folder, manifest=manifest)
        own_files, hashes = _copy_all(files, folder / "sealing")
        batch = (key, digest(sorted(hashes)))
        known = manifest.digest_of_batch(key)
        if known not in (None, batch[1]):
            raise ProblemsFound((Problem("lake.batch-changed", params={"batch": key}),))
        if known is not None:
            remove_unlisted(folder=folder, manifest=manifest)
            return ImportReport(is_known=True)
        engine = Engine(spill=folder / "spill", memory_limit=memory_limit, threads=1)
        days = _days(engine, own_files, files)
        importer = _Importer(folder, manifest, engine, dict(zip(own_files, hashes, strict=True)))
        # One thread a day merges no two halves of a day.
        with ThreadPoolExecutor(threads) as pool:
            taken = list(pool.map(importer.take, days))
        contents = [item for own in taken for item in own.contents]
        contents.sort(key=lambda item: item.shelf == "partials")
        manifest.commit(contents=contents, offsets={}, sealed_at_us=now_us, batch=batch)
        with engine.cursor() as cursor:
            apply_corrections(cursor, folder=folder, manifest=manifest, now_us=now_us)
        remove_unlisted(folder=folder, manifest=manifest)
    changed = sum(own.changed for own in taken)
    return ImportReport(
        events=sum(item.rows for item in contents if item.shelf == "events"),
        copies=sum(own.passed_over for own in taken) - changed,
        changed=changed,
    )


class _Importer:
    def __init__(
        self, folder: Path, manifest: Manifest, engine: Engine, hashes: dict[Path, str]
    ) -> None:
        self._folder = folder
        self._manifest = manifest
        self._engine = engine
        self._hashes = hashes
        self._position = manifest.position()

    def take(self, own: _Day) -> _Taken:
        """Write what a day's rows come to; nothing is listed yet."""
        with self._engine.cursor() as cursor:
            rows = _all_rows(own.sources)
            count = sum(source.rows for source in own.sources)
            known = self._known(own.day)
            find_repeated(cursor, rows=rows, count=count, known=known)
            weigh_repeated(cursor, rows=rows, known=known)
            contents = self._write(cursor, own)
            passed_over, changed = cursor.execute(
                "SELECT (SELECT count(*) FROM passed_over), (SELECT count(*) FROM changed)"
            ).fetchone() or (0, 0)
            return _Taken(tuple(contents), int(passed_over), int(changed))

    def _known(self, day: date) -> str:
        """Return a subquery over the content of what the lake holds of a day, or nothing."""
        queries = []
        shelves: tuple[Shelf, ...] = ("events", "rejected")
        for shelf in shelves:
            parts = self._manifest.parts(shelf=shelf, first_day=day, last_day=day)
            if parts:
                own = read_parts(folder=self._folder, parts=parts, columns=CONTENT)
                queries.append(f"SELECT * FROM {own}")
        return f"({' UNION ALL '.join(queries)})" if queries else ""

    def _write(self, cursor: DuckDBPyConnection, own: _Day) -> list[Contents]:
        mixed = {
            number for (number,) in cursor.execute("SELECT DISTINCT source FROM changed").fetchall()
        }
        least = ADOPTED_ROWS_MIN
        if len(own.sources) == 1:
            least = min(least, ADOPTED_ALONE_ROWS_MIN)
        adopted = [
            source
            for source in own.sources
            if source.first_id is None and source.rows >= least and source.number not in mixed
        ]
        rewritten = tuple(source for source in own.sources if source not in adopted)
        written: list[Contents] = []
        for place, source in enumerate(adopted):
            written += self._adopt(cursor, own.day, source, self._file("events", own.day, place))
        place = len(adopted)
        if rewritten:
            standing = (
                f"({_all_rows(rewritten)}) told ANTI JOIN passed_over USING (source, row_number)"
            )
            file = self._file("events", own.day, place)
            written += self._rewrite(cursor, own.day, standing, file)
        if mixed:
            file = self._file("rejected", own.day, place + 1)
            written.append(self._keep_apart(cursor, own.day, file))
        return written

    def _adopt(
        self, cursor: DuckDBPyConnection, day: date, source: Source, file: str
    ) -> list[Contents]:
        """Move a file to its place; write beside it which rows are copies, and partial sums."""
        path = self._folder / file
        own = f"passed_over WHERE source = {source.number}"
        (copies,) = cursor.execute(f"SELECT count(*) FROM {own}").fetchone() or (0,)
        if copies == source.rows:
            return []
        make_folder(path.parent)
        source.path.rename(path)
        _sync(path)
        written = []
        if copies:
            list_file = file_of_copies(file)
            query = f"SELECT row_number FROM {own} ORDER BY 1"
            written.append(self._copy(cursor, query, "copies", day, list_file, int(copies), {}))
        rows = Source(source.number, path, source.rows).query()
        standing = (
            f"(({rows}) told ANTI JOIN ({f'SELECT * FROM {own}'}) USING (source, row_number))"
        )
        if not copies:
            standing = f"({rows})"
        sums = add_up(cursor, rows=standing, id_day=day)
        partial = write_added(
            cursor, folder=self._folder, day=day, events_file=file, sums=sums, order=()
        )
        told = {name: sums[name] for name in SUMMED} | ({COPIES: int(copies)} if copies else {})
        sha256 = self._hashes[source.path]
        events = Contents("events", day, file, sums["events"], told, sha256)
        return [events, *written, partial]

    def _rewrite(
        self, cursor: DuckDBPyConnection, day: date, standing: str, file: str
    ) -> list[Contents]:
        """Write the rows that count, in the order of a seal, and their partial sums."""
        sums = add_up(cursor, rows=f"({standing})", id_day=day)
        if not sums["events"]:
            return []
        partial = write_added(
            cursor, folder=self._folder, day=day, events_file=file, sums=sums, order=()
        )
        query = (
            f"SELECT {', '.join(COLUMN_NAMES)} FROM {standing} "
            "ORDER BY title_id, occurred_at_us, id_high, id_low"
        )
        told = {name: sums[name] for name in SUMMED}
        events = self._copy(cursor, query, "events", day, file, sums["events"], told)
        return [events, partial]

    def _keep_apart(self, cursor: DuckDBPyConnection, day: date, file: str) -> Contents:
        sums = ", ".join(exact_sum(name) for name in SUMMED)
        found = cursor.execute(f"SELECT count(*), {sums} FROM changed").fetchone() or ()
        count, *totals = (int(value) for value in found)
        query = (
            f"SELECT {', '.join(COLUMN_NAMES)}, reason FROM changed "
            "ORDER BY title_id, occurred_at_us, id_high, id_low"
        )
        told = dict(zip(SUMMED, totals, strict=True))
        return self._copy(cursor, query, "rejected", day, file, count, told)

    def _copy(
        self,
        cursor: DuckDBPyConnection,
        query: str,
        shelf: Shelf,
        day: date,
        file: str,
        rows: int,
        sums: dict[str, int],
    ) -> Contents:
        path = self._folder / file
        make_folder(path.parent)
        cursor.execute(f"COPY ({query}) TO {quoted(str(path))} (FORMAT parquet, COMPRESSION zstd)")
        _sync(path)
        return Contents(shelf, day, file, rows, sums, file_sha256(path))

    def _file(self, shelf: Shelf, day: date, place: int) -> str:
        """Return a name that no part of that day has or will get."""
        return f"{shelf}/day={day:%Y-%m-%d}/part-{self._position + 1 + place:09d}.parquet"


def _copy_all(files: Sequence[Path], folder: Path) -> tuple[list[Path], list[str]]:
    """Copy files to where nobody else changes them, and hash what was copied."""
    make_folder(folder)
    own_files, hashes = [], []
    chunk = memoryview(bytearray(_COPIED_BYTES))
    for number, path in enumerate(files, start=1):
        own_file = folder / f"{number}.parquet"
        whole = hashlib.sha256()
        with path.open("rb", buffering=0) as source, own_file.open("wb", buffering=0) as target:
            while count := source.readinto(chunk):
                whole.update(chunk[:count])
                target.write(chunk[:count])
        own_files.append(own_file)
        hashes.append(whole.hexdigest())
    return own_files, hashes


def _days(engine: Engine, own_files: Sequence[Path], files: Sequence[Path]) -> list[_Day]:
    """Return which rows are of which day.

    Raises:
        ProblemsFound: With all that is wrong with all files.
    """
    sources: dict[date, list[Source]] = defaultdict(list)
    problems: list[Problem] = []
    with engine.cursor() as cursor:
        for number, (path, file) in enumerate(zip(own_files, files, strict=True), start=1):
            found = find_unfit(cursor, path=path, name=str(file))
            problems += found
            if not found:
                for day, source in _cut(cursor, number, path):
                    sources[day].append(source)
    if not files:
        problems.append(Problem("lake.import-nothing", Where()))
    if problems:
        raise ProblemsFound(tuple(problems))
    return [_Day(day, tuple(own)) for day, own in sorted(sources.items())]


def _cut(cursor: DuckDBPyConnection, number: int, path: Path) -> list[tuple[date, Source]]:
    footer = read_footer(cursor, path=path)
    if not footer.rows:
        return []
    first, last = _day_number(footer.first_id), _day_number(footer.last_id)
    if first == last:
        return [(_date(first), Source(number, path, footer.rows))]
    found = cursor.execute(
        f"SELECT (id_high >> 16) * 1000 // {DAY_US} AS day, count(*) "
        "FROM read_parquet(?) GROUP BY 1 ORDER BY 1",
        [str(path)],
    ).fetchall()
    return [
        (_date(day), Source(number, path, count, _first_id(day), _first_id(day + 1)))
        for day, count in found
    ]


def _all_rows(sources: Sequence[Source]) -> str:
    return " UNION ALL ".join(source.query() for source in sources)


def _day_number(id_high: int) -> int:
    return (id_high >> 16) * 1000 // DAY_US


def _first_id(day_number: int) -> int:
    return (day_number * DAY_US // 1000) << 16


def _date(day_number: int) -> date:
    return _EPOCH.date() + timedelta(days=day_number)


def _sync(path: Path) -> None:
    sync_file(path)
    sync_folder(path.parent)
