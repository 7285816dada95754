"""The table that explains what is believed is what happens."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from duanju.adapters.lake import Event
from tests.support.events import NOON, a_report, received_later
from tests.support.lakes import a_sealed_lake, counted, kept_apart
from tests.support.repository import ROOT

PAGE = ROOT / "docs" / "explanation" / "event-lake.md"
TOLD_AGAIN_AFTER_S = 3600


def explained_rows() -> list[list[str]]:
    _, believed = PAGE.read_text("utf-8").split("## What is believed", 1)
    section = believed.split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[1:]]


def explained_report(row: Sequence[str]) -> Event:
    received = datetime.strptime(row[1], "%H:%M:%S").replace(tzinfo=NOON.tzinfo)
    passed_s = (received - received.replace(hour=12, minute=0, second=0)).seconds
    sequence, seconds = int(row[0]), int(row[2])
    return a_report(seconds=seconds, seed=sequence, sequence=sequence, after_s=passed_s, delay_s=0)


def at_once(events: list[Event]) -> list[list[Event]]:
    return [events]


def turned_round(events: list[Event]) -> list[list[Event]]:
    return [events[::-1]]


def one_by_one(events: list[Event]) -> list[list[Event]]:
    return [[event] for event in events]


def sent_again(events: list[Event]) -> list[list[Event]]:
    again = [received_later(event, seconds=TOLD_AGAIN_AFTER_S) for event in events]
    return [[*again, *events], again]


@pytest.mark.parametrize("told", [at_once, turned_round, one_by_one, sent_again])
def test_the_five_reports_are_judged_as_the_page_says(
    tmp_path: Path, told: Callable[[list[Event]], list[list[Event]]]
) -> None:
    rows = explained_rows()
    events = [explained_report(row) for row in rows]
    lake = a_sealed_lake(tmp_path, *told(events))
    verdicts = dict.fromkeys((event.id for event in counted(lake)), "counts")
    verdicts |= {each: "kept apart" for each, _ in kept_apart(lake)}
    assert [verdicts[event.id] for event in events] == [row[5] for row in rows]
    assert {reason for _, reason in kept_apart(lake)} == {"lake.too-many-seconds"}


def test_the_page_adds_rightly() -> None:
    claimed = 0
    for row, event in zip(explained_rows(), map(explained_report, explained_rows()), strict=True):
        claimed += int(row[2])
        passed_s = (event.received_at_us - event.session_started_at_us) // 1_000_000
        assert (int(row[3]), int(row[4])) == (claimed, passed_s + 2)
    assert len(explained_rows()) == 5
