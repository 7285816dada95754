"""`duanju terms check`: all problems of all files at once."""

from collections.abc import Iterator
from pathlib import Path

import click

from duanju.adapters.documents import load_policies, policy_from_text, read_deals, read_text
from duanju.cli.checking import check_files, policy_line
from duanju.cli.opening import FILE, POLICIES_OPTION, holds_deals, policies_near
from duanju.cli.problems import LANGUAGE_OPTION


@click.command(short_help="Find all that is wrong with policies and deals.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@POLICIES_OPTION
@LANGUAGE_OPTION
def check(files: tuple[Path, ...], policies_folder: Path | None, language: str) -> None:
    """Find everything that is wrong with FILES of policies and deals, each problem with its line.

    Prints a line a good policy (id, version, title, and the digest that deals pin) and a line a
    good deal.
    """
    check_files(files, lambda path: _good_lines(path, policies_folder, language), language=language)


def _good_lines(path: Path, policies_folder: Path | None, language: str) -> Iterator[str]:
    text = read_text(path)
    if holds_deals(text):
        policies = load_policies(policies_folder or policies_near(path))
        for contract in read_deals(path, policies=policies).contracts:
            policy = contract.terms.policy
            yield f"{contract.id}  {policy.id} {policy.version}  {policy.digest[:16]}"
        return
    yield policy_line(policy_from_text(text, file=str(path)), language=language)
