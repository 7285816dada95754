"""`duanju policies`: look after policy files."""

from pathlib import Path

import click

from duanju.adapters.documents import read_policy
from duanju.cli.problems import EXIT_BAD_FILES, LANGUAGE_OPTION, print_problems
from duanju.kernel import Problem, ProblemsFound


@click.group()
def policies() -> None:
    """Look after cooperation policies."""


@policies.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@LANGUAGE_OPTION
def check(files: tuple[Path, ...], language: str) -> None:
    """Find everything that is wrong with policy FILES, each problem with its line.

    Prints a line a good policy: id, version, title, and the digest that deals pin.
    """
    problems: list[Problem] = []
    for path in files:
        try:
            policy = read_policy(path)
        except ProblemsFound as found:
            problems.extend(found.problems)
        else:
            title = policy.title.in_language(language)
            click.echo(f"{policy.id} {policy.version}  {title}  {policy.digest[:16]}")
    print_problems(problems, language=language)
    if problems:
        raise click.exceptions.Exit(EXIT_BAD_FILES)
