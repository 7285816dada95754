"""`duanju terms diff`: what differs between two terms, and what it is worth."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from duanju.adapters.documents import read_facts
from duanju.adapters.prose import name_role
from duanju.cli.days import after_all, day
from duanju.cli.opening import (
    FILE,
    POLICIES_OPTION,
    SET_OPTION,
    Opened,
    open_terms,
    require_known_settings,
    settable_policies,
)
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.deals import Fact
from duanju.kernel import Money, round_half_even
from duanju.workflows import Change, Difference, find_differences

_WORDS = {
    "en": {
        Change.ADDED: "added",
        Change.REMOVED: "removed",
        Change.CHANGED: "changed",
        Change.SAME: "same",
        "all": "In all",
        "none": "not stated",
    },
    "zh-Hans": {
        Change.ADDED: "新增",
        Change.REMOVED: "删除",
        Change.CHANGED: "变更",
        Change.SAME: "相同",
        "all": "合计",
        "none": "未写明",
    },
}


@click.command(short_help="Say what differs between two terms, and its worth.")
@click.argument("before_file", metavar="BEFORE", type=FILE)
@click.argument("after_file", metavar="AFTER", type=FILE)
@click.option(
    "--facts",
    "facts_file",
    type=FILE,
    required=True,
    help="File of facts: CSV, XLSX or Parquet.",
)
@click.option(
    "--as-of",
    "as_of",
    metavar="YYYY-MM-DD",
    callback=day,
    help="First day that is no longer counted.  [default: the day after the last fact]",
)
@SET_OPTION
@POLICIES_OPTION
@LANGUAGE_OPTION
@exits_with_problems
def diff(
    before_file: Path,
    after_file: Path,
    facts_file: Path,
    as_of: date | None,
    settings: tuple[str, ...],
    policies_folder: Path | None,
    language: str,
) -> None:
    """Say clause by clause what differs between the terms BEFORE and AFTER, and what it is worth.

    Clauses are the same where their ids are. Amounts are what each brings by the facts.
    """
    facts = read_facts(facts_file)
    first, second = (
        _one(path, facts, settings, policies_folder) for path in (before_file, after_file)
    )
    require_known_settings(settings, settable_policies([first, second]))
    found = find_differences(
        before=first.terms, after=second.terms, facts=facts, as_of=as_of or after_all(facts)
    )
    _print(found, language)


def _one(
    path: Path, facts: tuple[Fact, ...], settings: tuple[str, ...], policies_folder: Path | None
) -> Opened:
    opened = open_terms(path, settings=settings, facts=facts, policies_folder=policies_folder)
    if len(opened) != 1:
        raise click.UsageError(f"{path} holds {len(opened)} deals; two terms are told apart.")
    return opened[0]


def _print(found: Difference, language: str) -> None:
    words = _WORDS[language]
    code = found.after.currency or found.before.currency
    for clause in found.clauses:
        title = clause.title.in_language(language)
        click.echo(f"{words[clause.change]}  {clause.clause_id}  {title}")
        for field in clause.fields:
            before, after = (
                words["none"] if value is None else str(value)
                for value in (field.before, field.after)
            )
            click.echo(f"    {field.path}: {before} → {after}")
        _print_money(clause.before, clause.after, code, language)
    click.echo(words["all"])
    _print_money(found.before.by_role, found.after.by_role, code, language)


def _print_money(
    before: Mapping[str, Fraction], after: Mapping[str, Fraction], code: str, language: str
) -> None:
    for role in dict.fromkeys([*before, *after]):
        old, new = (
            Money(round_half_even(own.get(role, Fraction(0))), code) for own in (before, after)
        )
        click.echo(f"    {name_role(role, language)}: {old} → {new} ({new - old})")
