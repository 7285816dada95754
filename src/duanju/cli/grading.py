"""`duanju scripts grade`: from readers' scores to grades with probabilities, or why not."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from duanju.adapters.panels import read_rubric, read_scores
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.screenplays.panel import (
    PanelEstimate,
    Rubric,
    Score,
    estimate_quality,
    grade_script,
    watch_readers,
)

EXIT_UNLINKED = 1

_SAYINGS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "script": "{script}: {grade} ({low} to {high}), "
        "quality {value:+.2f} ± {error:.2f}  {parts}",
        "reader": "{reader}: severity {value:+.2f} ± {error:.2f}{signs}",
        "unlinked": "Nothing is adjusted: no script links these groups of readers.",
        "raw": "{script}: raw mean {mean:.2f}, no grade",
    },
    "zh-Hans": {
        "script": "{script}：{grade}（{low} 至 {high}），"
        "质量值 {value:+.2f} ± {error:.2f}  {parts}",
        "reader": "{reader}：严格度 {value:+.2f} ± {error:.2f}{signs}",
        "unlinked": "未作校准：下列各组评审之间没有共同评过的剧本。",
        "raw": "{script}：原始平均分 {mean:.2f}，不予评级",
    },
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("grade", short_help="Calibrate readers' scores into grades.")
@click.option("--rubric", "rubric_path", required=True, type=_FILE, help="The rubric, TOML.")
@click.option("--scores", "scores_path", required=True, type=_FILE, help="The scores, CSV.")
@click.option("--without", default="", help="A reader to leave out.")
@LANGUAGE_OPTION
@exits_with_problems
def grade(rubric_path: Path, scores_path: Path, without: str, language: str) -> None:
    """Print each script's grade with probabilities, and each reader's severity and signs.

    Severe and lenient readers are adjusted for, if all are linked by scripts that they share.

    Exit codes: 0 graded; 1 readers are not linked, and nothing is graded; 3 a file has problems.
    """
    rubric = read_rubric(rubric_path)
    scores = read_scores(scores_path, rubric)
    estimate = estimate_quality(rubric, scores)
    if without and estimate.is_adjusted:
        estimate = estimate_quality(rubric, scores, without=without, like=estimate)
    words = _SAYINGS[language]
    if not estimate.is_adjusted:
        _print_raw(estimate, words)
        raise click.exceptions.Exit(EXIT_UNLINKED)
    kept = [score for score in scores if score.reader != without]
    _print_grades(rubric, estimate, words)
    _print_readers(rubric, kept, estimate, words)


def _print_raw(estimate: PanelEstimate, words: Mapping[str, str]) -> None:
    click.echo(words["unlinked"], err=True)
    for group in estimate.unlinked:
        click.echo("  " + ", ".join(sorted(group)), err=True)
    for script, mean in sorted(estimate.raw.items()):
        click.echo(words["raw"].format(script=script, mean=mean))


def _print_grades(rubric: Rubric, estimate: PanelEstimate, words: Mapping[str, str]) -> None:
    best_first = sorted(estimate.scripts.items(), key=lambda own: (-own[1].value, own[0]))
    for script, quality in best_first:
        opinion = grade_script(rubric, quality)
        parts = "  ".join(
            f"{grade} {float(part):.2%}" for grade, part in opinion.probabilities.items() if part
        )
        high, low = opinion.interval
        said = {"script": script, "grade": opinion.grade, "low": low, "high": high, "parts": parts}
        click.echo(words["script"].format(**said, value=quality.value, error=quality.error))


def _print_readers(
    rubric: Rubric, scores: Sequence[Score], estimate: PanelEstimate, words: Mapping[str, str]
) -> None:
    signs: dict[str, list[str]] = {}
    for sign in watch_readers(rubric, scores, estimate):
        signs.setdefault(sign.reader, []).append(f"{sign.kind.value} {sign.strength}")
    for reader, own in sorted(estimate.readers.items()):
        shown = "".join(f"  [{sign}]" for sign in signs.get(reader, []))
        line = words["reader"].format(reader=reader, value=own.value, error=own.error, signs=shown)
        click.echo(line)
