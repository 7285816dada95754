"""`duanju lake`: what is done to a lake from a terminal."""

import time
from pathlib import Path

import click

from duanju.cli.opening import FILE
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.kernel import Problem, ProblemsFound, Where

_SPOOL_BYTES_MAX = 256 * 1024 * 1024
_WAITING_MAX = 1000
_WORDS = {
    "en": {
        "taken": "{events} events count, {copies} copies passed over, {changed} kept apart",
        "known": "This batch was imported before; nothing moved.",
        "corrected": "{told} corrections told for the first time, {waiting} wait for their events",
    },
    "zh-Hans": {
        "taken": "计入 {events} 个事件，略过 {copies} 个副本，另存 {changed} 个",
        "known": "该批次此前已导入，未作任何改动。",
        "corrected": "首次告知 {told} 条更正，{waiting} 条在等待其事件",
    },
}


@click.group(short_help="Take events into a lake in bulk, and take events back.")
def lake() -> None:
    """Take events into a lake in bulk, and take events back."""


@lake.command("import", short_help="Import Parquet files of events that you vouch for.")
@click.argument("files", type=FILE, nargs=-1, required=True)
@click.option(
    "--lake",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder of the event lake; made if it is not there.",
)
@click.option(
    "--batch",
    required=True,
    metavar="KEY",
    help="Name of the batch; imported again with the same content, it changes nothing.",
)
@LANGUAGE_OPTION
@exits_with_problems
def import_command(files: tuple[Path, ...], folder: Path, batch: str, language: str) -> None:
    """Import FILES as one batch: Parquet with the lake's columns, from a collector or a warehouse.

    All files are taken or none. Types, ranges, texts and times are checked; sessions are not judged
    again. Of several rows with one id the one received first counts, and one that says something
    else is kept apart.
    """
    from duanju.adapters.lake.importing import import_files  # it brings a database engine

    report = import_files(folder=folder, files=files, key=batch, now_us=time.time_ns() // 1000)
    words = _WORDS[language]
    if report.is_known:
        click.echo(words["known"])
        return
    told = {"events": report.events, "copies": report.copies, "changed": report.changed}
    click.echo(words["taken"].format(**told))


@lake.command("correct", short_help="Take events back, or give them back, from a table.")
@click.argument("file", type=FILE)
@click.option(
    "--lake",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="Folder of the event lake.",
)
@LANGUAGE_OPTION
@exits_with_problems
def correct_command(file: Path, folder: Path, language: str) -> None:
    """Take back the events that FILE names, or give them back: CSV with id, kind, corrects, reason.

    A reversal is a refund and for good, a mark says that a play was fraud, an unmark that it was
    not. Rows told before change nothing, so the same file can be told again. With a row that is
    wrong nothing is told.
    """
    from duanju.adapters.lake import Lake, Spool, SpoolFull  # it brings a database engine
    from duanju.adapters.lake.correction_files import read_corrections
    from duanju.adapters.lake.spool import EVENTS_MAX

    now_us = time.time_ns() // 1000
    told = read_corrections(file, received_at_us=now_us)
    spool = Spool(folder / "spool", max_bytes=_SPOOL_BYTES_MAX)
    own = Lake(folder)
    corrections = 0
    for first in range(0, len(told), EVENTS_MAX):
        try:
            spool.append_corrections(told[first : first + EVENTS_MAX])
        except SpoolFull:
            raise ProblemsFound((Problem("lake.no-room", Where(file=str(folder))),)) from None
        spool.close()
        corrections += own.seal(now_us=now_us).corrections
    waiting = own.waiting_corrections(limit=_WAITING_MAX)
    number = f"{_WAITING_MAX}+" if len(waiting) == _WAITING_MAX else len(waiting)
    click.echo(_WORDS[language]["corrected"].format(told=corrections, waiting=number))
