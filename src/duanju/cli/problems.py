"""How commands tell people what is wrong."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import ParamSpec, TypeVar

import click

from duanju.adapters.documents import explain_problem
from duanju.kernel import Problem, ProblemsFound

EXIT_SOME_DEALS_BLOCKED = 1
EXIT_BAD_FILES = 3

_P = ParamSpec("_P")
_R = TypeVar("_R")

LANGUAGE_OPTION = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh-Hans"]),
    default="en",
    show_default=True,
    envvar="DUANJU_LANG",
    help="Language of messages and headings.",
)


def print_problems(problems: Iterable[Problem], *, language: str) -> None:
    """Print each problem to standard error: its place, what is wrong, and what to do."""
    for problem in problems:
        explained = explain_problem(problem, language=language)
        place = str(problem.where)
        click.echo(f"{place}: {explained.sentence}" if place else explained.sentence, err=True)
        if explained.hint:
            click.echo(f"    {explained.hint}", err=True)


def exits_with_problems(command: Callable[_P, _R]) -> Callable[_P, _R]:
    """Make a command print the problems of bad files and end with `EXIT_BAD_FILES`."""

    @wraps(command)
    def run(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        try:
            return command(*args, **kwargs)
        except ProblemsFound as found:
            print_problems(found.problems, language=str(kwargs.get("language", "en")))
            raise click.exceptions.Exit(EXIT_BAD_FILES) from None

    return run
