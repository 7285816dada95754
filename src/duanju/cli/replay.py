"""`duanju replay`: compute statements again from their bundles, and say where they differ."""

from collections.abc import Mapping
from pathlib import Path

import click

from duanju.adapters.documents import read_bundle
from duanju.cli.problems import EXIT_BAD_FILES, LANGUAGE_OPTION, print_problems
from duanju.kernel import ProblemsFound
from duanju.workflows import Deviation, Replay, replay

EXIT_DIFFERS = 1

DEVIATIONS_SHOWN_MAX = 50
"""A bundle that differs everywhere is not listed to its end."""

_SAYINGS: Mapping[str, Mapping[str, str]] = {
    "equal": {
        "en": "{file}: equal. {deal} {period}: {lines} lines, {totals}",
        "zh-Hans": "{file}：一致。{deal} {period}：共 {lines} 行，{totals}",
    },
    "differs": {
        "en": "{file}: differs. {deal} {period}: {count} differences",
        "zh-Hans": "{file}：不一致。{deal} {period}：共 {count} 处不同",
    },
    "blocked": {
        "en": "{file}: differs. {deal} {period} cannot be settled from what the bundle holds",
        "zh-Hans": "{file}：不一致。{deal} {period} 无法依据结算包内容结算",
    },
    "deviation": {
        "en": "  {place}: {field} is stated as {theirs}, and comes to {ours}",
        "zh-Hans": "  {place}：{field} 结算单为 {theirs}，重算为 {ours}",
    },
    "more": {
        "en": "  and {count} more",
        "zh-Hans": "  另有 {count} 处",
    },
    "nothing": {"en": "nothing", "zh-Hans": "无"},
}


@click.command("replay", short_help="Compute statements again from their bundles.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@LANGUAGE_OPTION
def replay_command(files: tuple[Path, ...], language: str) -> None:
    """Compute the statements of bundle FILES again, and compare them to the fen.

    A bundle holds the terms, the facts, the ledger before and the statement; nothing else is
    needed, no network and no database. Prints a line a file, `equal` or `differs`, and for each
    difference the line of the statement, what was stated and what it comes to.

    Exit codes: 0 all are equal; 1 one differs; 3 one cannot be read, or is not what its hashes say.
    """
    status = 0
    for path in files:
        try:
            done = replay(read_bundle(path))
        except ProblemsFound as found:
            print_problems(found.problems, language=language)
            status = EXIT_BAD_FILES
            continue
        _print(path, done, language)
        if not done.is_equal:
            status = status or EXIT_DIFFERS
    if status:
        raise click.exceptions.Exit(status)


def _print(path: Path, done: Replay, language: str) -> None:
    bundle = done.bundle
    named = {"file": path, "deal": bundle.contract.id, "period": bundle.period}
    if done.problems:
        click.echo(_say("blocked", language, **named))
        print_problems(done.problems, language=language)
    elif done.is_equal:
        lines = sum(len(own.lines) for own in bundle.statements)
        totals = ", ".join(str(total) for own in bundle.statements for total in own.totals)
        click.echo(_say("equal", language, lines=lines, totals=totals, **named))
    else:
        click.echo(_say("differs", language, count=len(done.deviations), **named))
        for deviation in done.deviations[:DEVIATIONS_SHOWN_MAX]:
            click.echo(_deviation(deviation, language))
        if (more := len(done.deviations) - DEVIATIONS_SHOWN_MAX) > 0:
            click.echo(_say("more", language, count=more))


def _deviation(deviation: Deviation, language: str) -> str:
    nothing = _say("nothing", language)
    return _say(
        "deviation",
        language,
        place=deviation.place,
        field=deviation.field,
        theirs=deviation.theirs or nothing,
        ours=deviation.ours or nothing,
    )


def _say(saying: str, language: str, **params: object) -> str:
    return _SAYINGS[saying][language].format(**params)
