"""`duanju terms simulate`: terms under a seeded forecast of uncertain performance."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import TypedDict, Unpack

import click

from duanju.adapters.documents import plain_number, read_facts
from duanju.adapters.prose import name_role
from duanju.cli.days import after_all, day
from duanju.cli.opening import (
    FILE,
    POLICIES_OPTION,
    SET_OPTION,
    open_terms,
    require_known_settings,
    settable_policies,
)
from duanju.cli.problems import LANGUAGE_OPTION, exits_with_problems
from duanju.cli.uncounted import print_uncounted
from duanju.deals import exact_number, find_uncounted
from duanju.forecasts import HitShape
from duanju.kernel import Money, round_half_even
from duanju.workflows import Anchor, Forecast, Simulation, simulate

_SENTENCES = {
    "en": {
        "head": "{name}: {runs} draws, seed {seed}, for {role}",
        "low": "10th percentile",
        "median": "median",
        "high": "90th percentile",
        "mean": "mean",
        "recouped": "earns back {invested} in {part} of the draws",
        "break_even": "breaks even at {times} times the facts",
        "never": "never breaks even, however well the title does",
    },
    "zh-Hans": {
        "head": "{name}：{runs} 次抽样，种子 {seed}，{role}",
        "low": "第 10 百分位",
        "median": "中位数",
        "high": "第 90 百分位",
        "mean": "平均值",
        "recouped": "{part} 的抽样中收回 {invested}",
        "break_even": "达到所给数据的 {times} 倍时保本",
        "never": "无论成绩多好都无法保本",
    },
}


def _share(_context: click.Context, _parameter: click.Parameter, text: str) -> Fraction:
    number = exact_number(text)
    if number is None or not 0 < number < 1:
        raise click.BadParameter(f"{text} is not a share between 0 and 1, such as 85%.")
    return number


class _Options(TypedDict):
    facts_file: Path
    seed: int
    runs: int
    invested: str
    role: str
    loss_share: Fraction
    top_share: Fraction
    facts_are: str
    as_of: date | None
    settings: tuple[str, ...]
    policies_folder: Path | None
    language: str


@click.command(name="simulate", short_help="Compute terms for a title whose success is uncertain.")
@click.argument("files", nargs=-1, required=True, type=FILE)
@click.option(
    "--facts",
    "facts_file",
    type=FILE,
    required=True,
    help="File of facts: CSV, XLSX or Parquet.",
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Start of the draws, any whole number."
)
@click.option(
    "--runs",
    type=click.IntRange(10, 20_000),
    default=1000,
    show_default=True,
    help="How many titles are drawn.",
)
@click.option(
    "--invested",
    default="0",
    metavar="AMOUNT",
    help="What the role put in, 500000 for ¥500,000; then it is said how often it comes back.",
)
@click.option("--role", default="studio", show_default=True, help="Whose income is looked at.")
@click.option(
    "--loss-share",
    callback=_share,
    default="85%",
    show_default=True,
    help="Part of the titles that lose money.",
)
@click.option(
    "--top-share",
    callback=_share,
    default="65%",
    show_default=True,
    help="Part of all income that the best 5% of titles bring.",
)
@click.option(
    "--facts-are",
    type=click.Choice([own.value for own in Anchor]),
    default=Anchor.MIDDLE.value,
    show_default=True,
    help="Which title the facts describe: the middle one, or one that just loses nothing.",
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
def simulate_command(files: tuple[Path, ...], **options: Unpack[_Options]) -> None:
    """Compute the terms in FILES over and over for a title whose success is uncertain.

    The same seed gives the same answer. Titles are as unequal as the trade says: most lose money,
    and few bring most of the income.
    """
    facts = read_facts(options["facts_file"])
    put_in = exact_number(options["invested"])
    if put_in is None or put_in < 0:
        raise click.UsageError(f"--invested {options['invested']}: write an amount, 500000.")
    shape = HitShape(options["loss_share"], options["top_share"])
    forecast = Forecast(options["seed"], options["runs"], shape, Anchor(options["facts_are"]))
    opened = [
        own
        for path in files
        for own in open_terms(
            path,
            settings=options["settings"],
            facts=facts,
            policies_folder=options["policies_folder"],
        )
    ]
    require_known_settings(options["settings"], settable_policies(opened))
    as_of = options["as_of"] or after_all(facts)
    for own in opened:
        found = simulate(
            terms=own.terms,
            facts=facts,
            as_of=as_of,
            forecast=forecast,
            role=options["role"],
            invested_major=put_in,
        )
        _print(own.name, found, options["seed"], options["language"])
    uncounted = find_uncounted(terms=[own.terms for own in opened], facts=facts, as_of=as_of)
    print_uncounted(uncounted, language=options["language"], facts_file=options["facts_file"])


def _print(name: str, found: Simulation, seed: int, language: str) -> None:
    words = _SENTENCES[language]
    click.echo(
        words["head"].format(
            name=name, runs=found.runs, seed=seed, role=name_role(found.role, language)
        )
    )
    for word in ("low", "median", "high", "mean"):
        amount = Money(round_half_even(getattr(found, word)), found.currency)
        click.echo(f"  {words[word]}  {amount}")
    if found.invested:
        part = f"{plain_number(Fraction(round(found.recouped * 1000), 10))}%"
        invested = Money(found.invested, found.currency)
        click.echo("  " + words["recouped"].format(invested=invested, part=part))
        factor = found.break_even_factor
        if factor is None:
            click.echo("  " + words["never"])
        else:
            times = plain_number(Fraction(round(factor * 100), 100))
            click.echo("  " + words["break_even"].format(times=times))
