"""`duanju reports`: read what others report of an income, by a saved mapping."""

from fractions import Fraction
from pathlib import Path

import click

from duanju.adapters.documents import in_major_units
from duanju.adapters.reports import (
    ReportReading,
    facts_of_rows,
    mapping_to_text,
    preview_report,
    read_mapping,
    read_report,
)
from duanju.cli.opening import FILE
from duanju.cli.problems import (
    EXIT_BAD_FILES,
    LANGUAGE_OPTION,
    exits_with_problems,
    print_problems,
)
from duanju.kernel import Month

_WORDS = {
    "en": {
        "rows": "{number} amounts read, {problems} rows with problems",
        "total": "{column}: rows {summed} {currency}, report {stated} {currency}",
        "untold": "{column}: rows {summed} {currency}, the report tells no total",
    },
    "zh-Hans": {
        "rows": "读取 {number} 笔金额，{problems} 行有问题",
        "total": "{column}：各行合计 {summed} {currency}，报表合计 {stated} {currency}",
        "untold": "{column}：各行合计 {summed} {currency}，报表未给出合计",
    },
}


def _month(_context: click.Context, _parameter: click.Parameter, text: str | None) -> Month | None:
    try:
        return Month.parse(text) if text else None
    except ValueError as error:
        raise click.BadParameter(str(error)) from None


@click.group(short_help="Read reports of stores, networks and promoters.")
def reports() -> None:
    """Read reports of app stores, advertising networks, channels and promoters."""


@reports.command(short_help="Read a report and compare its totals.")
@click.argument("file", type=FILE)
@click.option("--mapping", "mapping_file", type=FILE, required=True, help="TOML or JSON.")
@click.option("--period", metavar="YYYY-MM", callback=_month, help="The month it is about.")
@LANGUAGE_OPTION
@exits_with_problems
def read(file: Path, mapping_file: Path, period: Month | None, language: str) -> None:
    """Read FILE, say what its rows come to, and compare its own totals.

    Prints the SHA-256 of the file, each fact in minor units, and each total beside the sum of its
    rows. Ends with exit code 3 if a row has a problem or a total does not agree.
    """
    reading = read_report(file, read_mapping(mapping_file), period=period)
    _print(reading, _WORDS[language])
    problems = (*reading.problems, *reading.problems_of_totals)
    print_problems(problems, language=language)
    if problems:
        raise click.exceptions.Exit(EXIT_BAD_FILES)


@reports.command(short_help="Print a mapping to correct.")
@click.argument("file", type=FILE)
@click.option("--source", required=True, metavar="ID", help="Who reports, as pangle.")
@exits_with_problems
def guess(file: Path, source: str) -> None:
    """Print a mapping, as TOML, that the header of FILE suggests; correct it before you use it."""
    click.echo(mapping_to_text(preview_report(file, source=source).mapping), nl=False)


def _print(reading: ReportReading, words: dict[str, str]) -> None:
    click.echo(f"sha256 {reading.sha256}")
    number, problems = len(reading.rows), reading.rows_with_problems
    click.echo(words["rows"].format(number=number, problems=problems))
    for fact in facts_of_rows(reading.rows):
        about = (fact.channel, fact.territory, fact.item)
        place = " ".join(own for own in about if own)
        line = f"{fact.stretch}  {fact.title_id}  {fact.measure}  {fact.currency} {fact.quantity}"
        click.echo(f"{line}  {place}".rstrip())
    for own in reading.totals:
        said = words["untold" if own.stated_minor is None else "total"]
        click.echo(
            said.format(
                column=own.column,
                currency=own.currency,
                summed=_major(own.summed_minor, own.currency),
                stated=_major(own.stated_minor or 0, own.currency),
            )
        )


def _major(amount_minor: int, currency: str) -> str:
    return in_major_units(Fraction(amount_minor), currency)
