"""`duanju lake`: what is done to a lake from a terminal."""

import time
from pathlib import Path

import click

from duanju.cli.opening import FILE
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems

_WORDS = {
    "en": {
        "taken": "{events} events count, {copies} copies passed over, {changed} kept apart",
        "known": "This batch was imported before; nothing moved.",
    },
    "zh-Hans": {
        "taken": "计入 {events} 个事件，略过 {copies} 个副本，另存 {changed} 个",
        "known": "该批次此前已导入，未作任何改动。",
    },
}


@click.group(short_help="Take events into a lake in bulk.")
def lake() -> None:
    """Take events into a lake in bulk."""


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
