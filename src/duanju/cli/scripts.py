"""`duanju scripts`: look at a screenplay by its lines, and write it in another form."""

from collections.abc import Mapping
from pathlib import Path

import click

from duanju.adapters.scripts import ScriptForm, read_script, write_script
from duanju.cli.grading import grade
from duanju.cli.problems import EXIT_BAD_FILES, LANGUAGE_OPTION, print_problems
from duanju.screenplays import Screenplay, episodes_of

EXIT_PROBLEMS = 1

_SAYINGS: Mapping[str, str] = {
    "en": "{file}: {episodes} episodes, {scenes} scenes, {lines} lines, {problems} to look at",
    "zh-Hans": "{file}：{episodes} 集，{scenes} 场，{lines} 行，{problems} 处需要查看",
}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group("scripts", short_help="Check screenplays, convert them, grade them.")
def scripts() -> None:
    """Check screenplays line by line, write them in other forms, calibrate readers' scores."""


scripts.add_command(grade)


@scripts.command("check")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@LANGUAGE_OPTION
def check(files: tuple[Path, ...], language: str) -> None:
    """Print what a writer should look at in FILES, each with its line, and a summary.

    Exit codes: 0 nothing; 1 something to look at; 3 a file cannot be read.
    """
    status = 0
    for path in files:
        screenplay = read_script(path)
        print_problems(screenplay.problems, language=language)
        click.echo(_summary(path, screenplay, language))
        unread = screenplay.problems and not screenplay.elements
        status = max(status, EXIT_BAD_FILES if unread else int(bool(screenplay.problems)))
    raise click.exceptions.Exit(status)


@scripts.command("convert")
@click.argument("file", type=_FILE)
@click.option(
    "--to",
    "form",
    required=True,
    type=click.Choice([form.value for form in ScriptForm]),
    help="Form to write.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True)
@LANGUAGE_OPTION
def convert(file: Path, form: str, out: Path, language: str) -> None:
    """Write the script of FILE in another form; nothing that it says is left out.

    Exit codes: 0 written; 3 the file cannot be read, and nothing was written.
    """
    screenplay = read_script(file)
    print_problems(screenplay.problems, language=language)
    if screenplay.problems and not screenplay.elements:
        raise click.exceptions.Exit(EXIT_BAD_FILES)
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        stream.writelines(write_script(screenplay, ScriptForm(form)))
    click.echo(_summary(out, screenplay, language))


def _summary(path: Path, screenplay: Screenplay, language: str) -> str:
    episodes = episodes_of(screenplay)
    return _SAYINGS[language].format(
        file=path.name,
        episodes=len(episodes),
        scenes=sum(len(episode.scenes) for episode in episodes),
        lines=screenplay.line_count,
        problems=len(screenplay.problems),
    )
