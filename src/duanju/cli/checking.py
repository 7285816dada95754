"""What `duanju policies check` and `duanju terms check` share."""

from collections.abc import Callable, Iterable
from pathlib import Path

import click

from duanju.cli.problems import EXIT_BAD_FILES, print_problems
from duanju.deals import Policy
from duanju.kernel import Problem, ProblemsFound


def check_files(
    files: Iterable[Path], lines_of: Callable[[Path], Iterable[str]], *, language: str
) -> None:
    """Print the lines of every good file, and then all problems of the others.

    Args:
        files: In the order in which they are looked at.
        lines_of: Reads a file and says what is in it; raises `ProblemsFound`.
        language: Of the problems.

    Raises:
        Exit: A file has problems.
    """
    problems: list[Problem] = []
    for path in files:
        try:
            for line in lines_of(path):
                click.echo(line)
        except ProblemsFound as found:
            problems.extend(found.problems)
    print_problems(problems, language=language)
    if problems:
        raise click.exceptions.Exit(EXIT_BAD_FILES)


def policy_line(policy: Policy, *, language: str) -> str:
    """Return a policy's id, version, title, and the beginning of the digest that deals pin."""
    title = policy.title.in_language(language)
    return f"{policy.id} {policy.version}  {title}  {policy.digest[:16]}"
