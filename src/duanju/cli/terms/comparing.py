"""`duanju terms compare`: the same drama under several terms."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from duanju.adapters.documents import plain_number, read_facts
from duanju.adapters.prose import name_measure, name_role
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
from duanju.cli.uncounted import print_uncounted
from duanju.deals import MEASURES, Terms, Unit, find_uncounted
from duanju.kernel import Money, round_half_even
from duanju.workflows import Comparison, compare

_SENTENCES = {
    "en": {
        "supposed": "Supposed: {axis}, {quantity}.",
        "best": "Best for {role}: {name}.",
        "crossing": "From {quantity} on {after} pays more than {before}.",
        "none": "Between nothing and {quantity} no two of them change places.",
        "minutes": "{hours} hours",
    },
    "zh-Hans": {
        "supposed": "假设：{axis}为 {quantity}。",
        "best": "对 {role} 最有利：{name}。",
        "crossing": "自 {quantity} 起，{after} 的收入超过 {before}。",
        "none": "从零到 {quantity}，各条款的高低次序不变。",
        "minutes": "{hours} 小时",
    },
}


@click.command(name="compare", short_help="Compare what a drama would earn under terms.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--facts",
    "facts_file",
    type=FILE,
    required=True,
    help="File of facts: CSV, XLSX or Parquet.",
)
@click.option("--role", default="studio", show_default=True, help="Whose income is compared.")
@click.option(
    "--axis",
    default="",
    metavar="MEASURE",
    help="Measure along which the title does better.  [default: effective_minutes where the facts "
    "have them, else the largest income]",
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
def compare_command(
    files: tuple[Path, ...],
    facts_file: Path,
    role: str,
    axis: str,
    as_of: date | None,
    settings: tuple[str, ...],
    policies_folder: Path | None,
    language: str,
) -> None:
    """Compare what a drama would earn under the terms in FILES, and where their curves cross.

    Prints who gets what under each, which of them is best for --role, and every quantity of
    success, exact to one unit, at which another becomes the better one.
    """
    facts = read_facts(facts_file)
    named: dict[str, Terms] = {}
    opened: list[Opened] = []
    for path in files:
        for own in open_terms(
            path, settings=settings, facts=facts, policies_folder=policies_folder
        ):
            opened.append(own)
            named[own.name if own.name not in named else f"{own.name} ({path.name})"] = own.terms
    require_known_settings(settings, settable_policies(opened))
    if len(named) < 2:
        raise click.UsageError("Give at least two terms to compare.")
    last = as_of or after_all(facts)
    found = compare(terms_by_name=named, facts=facts, as_of=last, role=role, axis=axis)
    _print(found, language)
    uncounted = find_uncounted(terms=list(named.values()), facts=facts, as_of=last)
    print_uncounted(uncounted, language=language, facts_file=facts_file)


def _print(found: Comparison, language: str) -> None:
    words = _SENTENCES[language]
    supposed = _quantity(found.supposed, found, language)
    click.echo(words["supposed"].format(quantity=supposed, axis=name_measure(found.axis, language)))
    for outcome in found.outcomes:
        click.echo(f"\n{outcome.name}")
        for role, amount in outcome.by_role.items():
            money = Money(round_half_even(amount), outcome.currency)
            click.echo(f"  {name_role(role, language)}  {money}")
    click.echo("\n" + words["best"].format(role=name_role(found.role, language), name=found.best))
    for crossing in found.crossings:
        at = _quantity(crossing.at, found, language)
        sentence = words["crossing"]
        click.echo(sentence.format(quantity=at, after=crossing.after, before=crossing.before))
    if not found.crossings:
        furthest = max(at for at, _ in found.curves[0].points)
        per_unit = MEASURES[found.axis].per_term_unit
        click.echo(
            words["none"].format(quantity=_quantity(int(furthest * per_unit), found, language))
        )


def _quantity(quantity: int, found: Comparison, language: str) -> str:
    """Return a quantity of the axis as people read it: money, hours, or a plain number."""
    measure = MEASURES[found.axis]
    if measure.unit is Unit.MINOR:
        return str(Money(quantity, found.currency))
    if measure.unit is Unit.MILLISECOND:
        hours = Fraction(quantity, measure.per_term_unit * 60)
        shown = plain_number(Fraction(round(hours * 10_000), 10_000))
        return _SENTENCES[language]["minutes"].format(hours=shown)
    return plain_number(Fraction(quantity))
