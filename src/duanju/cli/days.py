"""Days on the command line."""

from collections.abc import Iterable
from datetime import date

import click

from duanju.deals import Fact


def day(_context: click.Context, _parameter: click.Parameter, text: str | None) -> date | None:
    """Read a day for click.

    Raises:
        click.BadParameter: It is none.
    """
    try:
        found = date.fromisoformat(text) if text else None
    except ValueError:
        raise click.BadParameter(f"{text} is not a day of the form YYYY-MM-DD.") from None
    if found is not None and found.year >= date.max.year:
        raise click.BadParameter(f"{text} is too late a day to count months up to.")
    return found


def after_all(facts: Iterable[Fact]) -> date:
    """Return the first day after all facts.

    Raises:
        click.UsageError: There are none.
    """
    days = [fact.stretch.ends_on for fact in facts]
    if not days:
        raise click.UsageError("The file of facts has no row.")
    return max(days)
