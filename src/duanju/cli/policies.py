"""`duanju policies`: look after policy files."""

import json
from pathlib import Path

import click

from duanju.adapters.documents import (
    clause_reference,
    policy_schema,
    read_policy,
)
from duanju.cli.checking import check_files, policy_line
from duanju.cli.problems import LANGUAGE_OPTION


@click.group()
def policies() -> None:
    """Look after cooperation policies."""


@policies.command(short_help="Find all that is wrong with policies.")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@LANGUAGE_OPTION
def check(files: tuple[Path, ...], language: str) -> None:
    """Find everything that is wrong with policy FILES, each problem with its line.

    Prints a line a good policy: id, version, title, and the digest that deals pin.
    """
    check_files(
        files, lambda path: [policy_line(read_policy(path), language=language)], language=language
    )


@policies.command(short_help="Print the JSON Schema of policy files.")
def schema() -> None:
    """Print the JSON Schema of policy files, by which editors complete and check them."""
    click.echo(json.dumps(policy_schema(), ensure_ascii=False, indent=2, default=str))


@policies.command()
@LANGUAGE_OPTION
def reference(language: str) -> None:
    """Print the reference of all kinds of clause, as Markdown."""
    click.echo(clause_reference(language), nl=False)
