"""Files of events that are imported in bulk count as if they had been sealed one by one."""

import random
import struct
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import duckdb
import pytest
from click.testing import CliRunner
from msgspec.structs import replace

from duanju.adapters.lake import CHANGED_DUPLICATE, Event, importing
from duanju.adapters.lake.importing import ImportReport, import_files
from duanju.adapters.lake.manifest import Manifest
from duanju.adapters.lake.plans import measure_sealed, measures_of, opened_engine
from duanju.adapters.lake.tables import COLUMNS
from duanju.cli.command import main
from duanju.kernel import Problem, ProblemsFound, Where
from tests.engine.lake.test_partials import PERIODS, a_generated_month, added_from_events
from tests.support.corrections import a_correction, spooled_corrections
from tests.support.events import an_event, an_unlock, received_later
from tests.support.lakes import YEAR, a_lake, a_sealed_lake, counted, kept_apart


def a_file(folder: Path, name: str, events: Iterable[Event], change: str = "*") -> Path:
    """Write events as a warehouse hands them out; `change` is what to select of their columns."""
    path = folder / f"{name}.parquet"
    columns = ", ".join(f"{column} {kind}" for column, kind, _ in COLUMNS)
    marks = ", ".join("?" for _ in COLUMNS)
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE told ({columns})")
        connection.executemany(f"INSERT INTO told VALUES ({marks})", map(_row, events))
        connection.execute(f"COPY (SELECT {change} FROM told) TO '{path}' (FORMAT parquet)")
    return path


def _row(event: Event) -> list[int | str]:
    halves = struct.unpack(">qq", UUID(event.id).bytes)
    return [*halves, *(getattr(event, column) for column, _, _ in COLUMNS[2:])]


def imported(folder: Path, *files: Path, key: str = "batch") -> ImportReport:
    return import_files(
        folder=folder / "lake", files=files, key=key, now_us=1, memory_limit="256MB", threads=2
    )


def problems_of(folder: Path, *files: Path, key: str = "batch") -> list[tuple[str, object]]:
    with pytest.raises(ProblemsFound) as refused:
        imported(folder, *files, key=key)
    return [(problem.code, problem.params.get("column")) for problem in refused.value.problems]


@pytest.fixture(params=[0, 100_000], ids=["adopted", "rewritten"])
def _either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "ADOPTED_ROWS_MIN", request.param)


A, B, C = (an_event(seed=n, after_s=n, title_id=n) for n in (1, 2, 3))
MONEY = [an_unlock(seed=n, amount_minor=2**63 - 1, after_s=n) for n in (4, 5)]


@pytest.mark.usefixtures("_either_way")
def test_copies_within_a_file_between_files_and_of_the_lake_count_once(tmp_path: Path) -> None:
    one = a_file(tmp_path, "one", [A, received_later(A, seconds=9), B, *MONEY])
    two = a_file(tmp_path, "two", [received_later(B, seconds=9), C])
    assert imported(tmp_path, one, two) == ImportReport(events=5, copies=2)
    late = a_file(tmp_path, "late", [received_later(C, seconds=9), an_event(seed=9)])
    assert imported(tmp_path, late, key="late") == ImportReport(events=1, copies=1)
    lake = a_lake(tmp_path)
    assert counted(lake) == sorted(
        [A, B, C, *MONEY, an_event(seed=9)], key=lambda event: event.occurred_at_us
    )
    assert sum(each.amount_minor for each in lake.measure(period=YEAR)) == 2 * (2**63 - 1)
    assert lake.verify() == ()
    for name in ("duckdb", "plain"):
        with opened_engine(name, folder=tmp_path / "lake") as engine:
            (result,) = measure_sealed(folder=tmp_path / "lake", periods=[YEAR], engine=engine)
        assert tuple(measures_of(result)) == lake.measure(period=YEAR)


@pytest.mark.usefixtures("_either_way")
def test_what_was_corrected_before_it_was_imported_does_not_count(tmp_path: Path) -> None:
    spooled_corrections(tmp_path, [a_correction(MONEY[0])])
    a_lake(tmp_path).seal(now_us=1)
    imported(tmp_path, a_file(tmp_path, "one", [A, *MONEY]))
    (measure,) = [own for own in a_lake(tmp_path).measure(period=YEAR) if own.currency]
    assert (measure.unlocks, measure.amount_minor) == (1, MONEY[1].amount_minor)
    assert a_lake(tmp_path).waiting_corrections() == ()
    assert a_lake(tmp_path).verify() == ()


@pytest.mark.usefixtures("_either_way")
def test_other_content_under_an_id_is_kept_apart(tmp_path: Path) -> None:
    other = replace(received_later(A, seconds=5), title_id=7)
    again = replace(received_later(A, seconds=9), title_id=7)
    file = a_file(tmp_path, "one", [other, A, again])
    assert imported(tmp_path, file) == ImportReport(events=1, copies=1, changed=1)
    assert counted(a_lake(tmp_path)) == [A]
    assert kept_apart(a_lake(tmp_path)) == [(A.id, CHANGED_DUPLICATE)]
    later = a_file(tmp_path, "later", [again, replace(A, title_id=8)])
    assert imported(tmp_path, later, key="later") == ImportReport(copies=1, changed=1)
    assert counted(a_lake(tmp_path)) == [A]
    assert a_lake(tmp_path).verify() == ()


def test_generated_month_is_measured_as_added_up_in_plain_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "ADOPTED_ROWS_MIN", 0)
    dice = random.Random("importing")
    batches = a_generated_month(dice, seals=1)
    told = [event for event in batches[0] if not event.refusal]
    source = a_sealed_lake(tmp_path / "source", told)
    files = sorted((tmp_path / "source").glob("lake/events/*/*"))
    report = import_files(
        folder=tmp_path / "lake", files=files, key="month", now_us=1, memory_limit="256MB"
    )
    lake = a_lake(tmp_path)
    assert report.events == len(counted(source))
    for period in PERIODS[1:4]:
        assert lake.measure(period=period) == added_from_events(
            tmp_path / "source", period, source.position()
        )
    assert lake.verify() == ()


def test_batch_that_comes_again_changes_nothing(tmp_path: Path) -> None:
    one, two = a_file(tmp_path, "one", [A]), a_file(tmp_path, "two", [B])
    imported(tmp_path, one, two)
    digest = a_lake(tmp_path).digest()
    assert imported(tmp_path, two, one) == ImportReport(is_known=True)
    with pytest.raises(ProblemsFound) as refused:
        imported(tmp_path, one)
    assert refused.value.problems == (Problem("lake.batch-changed", params={"batch": "batch"}),)
    assert imported(tmp_path, one, key="other") == ImportReport(copies=1)
    assert a_lake(tmp_path).digest() == digest


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("* EXCLUDE (coins)", ("lake.import-column", "coins")),
        ("* REPLACE (CAST(coins AS DOUBLE) AS coins)", ("lake.import-column", "coins")),
        ("*, 1 AS telephone", ("lake.import-extra-column", "telephone")),
        ("* REPLACE (CAST(NULL AS BIGINT) AS viewer_id)", ("lake.import-missing", "viewer_id")),
        ("* REPLACE (-effective_ms - 1 AS effective_ms)", ("lake.import-range", "effective_ms")),
        ("* REPLACE (CAST(1 AS BIGINT) AS id_low)", ("lake.import-range", "id_low")),
        ("* REPLACE ('seen' AS kind)", ("lake.import-text", "kind")),
        ("* REPLACE ('yuan' AS currency)", ("lake.import-text", "currency")),
        (
            "* REPLACE (occurred_at_us + 86400000001 AS occurred_at_us)",
            ("lake.import-far-from-id", None),
        ),
    ],
)
def test_what_the_lake_cannot_hold_is_refused_whole(
    tmp_path: Path, change: str, expected: tuple[str, object]
) -> None:
    good, bad = a_file(tmp_path, "good", [A]), a_file(tmp_path, "bad", [B], change)
    assert problems_of(tmp_path, good, bad) == [expected]
    assert a_lake(tmp_path).position() == 0
    assert imported(tmp_path, good) == ImportReport(events=1)


def test_what_is_no_parquet_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "no.parquet").write_bytes(b"id,kind\n")
    with pytest.raises(ProblemsFound) as refused:
        imported(tmp_path, tmp_path / "no.parquet")
    (problem,) = refused.value.problems
    assert (problem.code, problem.where) == (
        "lake.import-not-parquet",
        Where(file=str(tmp_path / "no.parquet")),
    )


def test_files_of_an_import_that_was_killed_are_removed_and_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = a_file(tmp_path, "one", [A, B])

    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(Manifest, "commit", killed)
        with pytest.raises(SystemExit):
            imported(tmp_path, file)
    assert list(tmp_path.glob("lake/events/*/*")) != []
    a_lake(tmp_path).seal(now_us=2)
    assert list(tmp_path.glob("lake/events/*/*")) == []
    assert imported(tmp_path, file) == ImportReport(events=2)


def test_command_imports_once_and_tells_so(tmp_path: Path) -> None:
    file = a_file(tmp_path, "one", [A, received_later(A, seconds=9)])
    command = ["lake", "import", "--lake", str(tmp_path / "lake"), "--batch", "b", str(file)]
    first, again = CliRunner().invoke(main, command), CliRunner().invoke(main, command)
    assert first.output == "1 events count, 1 copies passed over, 0 kept apart\n"
    assert again.output == "This batch was imported before; nothing moved.\n"
    refused = CliRunner().invoke(main, [*command[:5], "c", str(tmp_path / "t.ini")])
    assert refused.exit_code == 2
