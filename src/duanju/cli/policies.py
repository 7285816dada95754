"""`duanju policies`: look after policy files."""

import json
from pathlib import Path

import click

from duanju.adapters.documents import (
    clause_reference,
    policy_schema,
    read_policies,
)
from duanju.cli.problems import EXIT_BAD_FILES, LANGUAGE_OPTION, print_problems


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
    check_files(files, language=language)


@policies.command()
def schema() -> None:
    """Print the JSON Schema of policy files, by which editors complete and check them."""
    click.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2, default=str))


@policies.command()
def reference() -> None:
    """Print the reference of all kinds of clause, as Markdown."""
    click.echo(clause_reference(), nl=False)


def check_files(files: tuple[Path, ...], *, language: str) -> None:
    """Print a line a good policy file, and all problems of the others.

    Raises:
        Exit: A file has problems.
    """
    good, problems = read_policies(list(files))
    for policy in good.values():
        title = policy.title.in_language(language)
        click.echo(f"{policy.id} {policy.version}  {title}  {policy.digest[:16]}")
    print_problems(problems, language=language)
    if problems:
        raise click.exceptions.Exit(EXIT_BAD_FILES)
