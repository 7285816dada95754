"""What is changed behind the manifest's back is found."""

import sqlite3
from pathlib import Path

import pytest

from duanju.adapters.lake import Lake
from duanju.kernel import Problem
from tests.support.events import an_honest_session
from tests.support.lakes import a_sealed_lake


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    first, second, third = (an_honest_session(session_id=n, reports=2) for n in (1, 2, 3))
    return a_sealed_lake(tmp_path, first, second, third)


def part(folder: Path, number: int) -> Path:
    """Return the events of a seal; each seal lists them and, behind them, their partial sums."""
    return folder / f"lake/events/day=2026-09-10/part-{2 * number - 1:09d}.parquet"


def rewritten(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "lake" / "manifest.sqlite3") as connection:
        connection.execute("DROP TRIGGER part_stays")
        connection.execute("DROP TRIGGER part_remains")
        for statement in statements:
            connection.execute(statement)


def found(problems: tuple[Problem, ...]) -> list[tuple[str, int | str | None]]:
    return [(each.code, each.where.line or each.where.file[-14:]) for each in problems]


def test_untouched_lake_has_no_problem(lake: Lake) -> None:
    assert lake.verify() == ()


def test_changed_byte_is_found(tmp_path: Path, lake: Lake) -> None:
    data = bytearray(part(tmp_path, 2).read_bytes())
    data[len(data) // 2] ^= 1
    part(tmp_path, 2).write_bytes(bytes(data))
    assert found(lake.verify()) == [("lake.changed-file", "000003.parquet")]


def test_missing_file_is_found(tmp_path: Path, lake: Lake) -> None:
    part(tmp_path, 3).unlink()
    assert found(lake.verify()) == [("lake.missing-file", "000005.parquet")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE part SET rows = 4 WHERE sequence = 2",
        "UPDATE part SET sums = '{\"effective_ms\": 1}' WHERE sequence = 2",
        "UPDATE part SET sha256 = 'ab' WHERE sequence = 2",
        "UPDATE part SET day = '2026-09-11' WHERE sequence = 2",
        "UPDATE part SET sealed_at_us = 9 WHERE sequence = 2",
    ],
)
def test_changed_line_breaks_the_chain_there(tmp_path: Path, lake: Lake, statement: str) -> None:
    rewritten(tmp_path, statement)
    assert found(lake.verify())[0] == ("lake.broken-chain", 2)


def test_removed_line_breaks_the_chain_behind_it(tmp_path: Path, lake: Lake) -> None:
    rewritten(tmp_path, "DELETE FROM part WHERE sequence = 2")
    assert found(lake.verify()) == [("lake.broken-chain", line) for line in (3, 4, 5, 6)]


def test_manifest_refuses_to_be_rewritten(tmp_path: Path, lake: Lake) -> None:
    with sqlite3.connect(tmp_path / "lake" / "manifest.sqlite3") as connection:
        for statement in ("UPDATE part SET rows = 4", "DELETE FROM part"):
            with pytest.raises(sqlite3.IntegrityError):
                connection.execute(statement)
    assert lake.verify() == ()


def test_digest_of_a_position_does_not_change_with_what_comes_later(
    tmp_path: Path, lake: Lake
) -> None:
    before = lake.digest(as_known_at=2)
    assert before != lake.digest()
    a_sealed_lake(tmp_path, an_honest_session(session_id=9, reports=1))
    assert lake.digest(as_known_at=2) == before
