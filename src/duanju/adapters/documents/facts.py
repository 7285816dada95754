"""Facts as a CSV file."""

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path

from duanju.adapters.documents.tables import BadCell, integer_in, read_rows
from duanju.deals import MEASURES, Fact, Stretch, Unit, exact_number
from duanju.kernel import CURRENCIES, Month, Problem, ProblemsFound, Where

REQUIRED_COLUMNS = ("month", "title_id", "measure", "quantity", "unit")
OPTIONAL_COLUMNS = ("starts_on", "ends_on", "currency", "channel")

_MINUTES = "minutes"
_MS_PER_MINUTE = 60_000


def read_facts(path: Path) -> tuple[Fact, ...]:
    """Read facts from CSV.

    The columns are `month` (YYYY-MM), `title_id`, `measure`, `quantity`, `unit` (`ms`, `minutes` or
    `minor`) and, where they apply, `currency`, `channel`, `starts_on` and `ends_on` (the first day,
    and the first day after, where the row is for a part of the month).

    Raises:
        ProblemsFound: With every row that cannot be read.
    """
    facts: list[Fact] = []
    problems: list[Problem] = []
    for where, cells in read_rows(path, required=REQUIRED_COLUMNS, optional=OPTIONAL_COLUMNS):
        try:
            facts.append(_fact(cells))
        except BadCell as bad:
            problems.append(bad.as_problem(where))
    problems.extend(_find_repeated(path, facts))
    if problems:
        raise ProblemsFound(tuple(problems))
    return tuple(facts)


def _fact(cells: Mapping[str, str]) -> Fact:
    measure = cells["measure"]
    if measure not in MEASURES:
        raise BadCell("documents.unknown-measure", "measure", measure)
    unit = MEASURES[measure].unit
    currency = cells.get("currency", "")
    if (unit is Unit.MINOR) != (currency in CURRENCIES) or (unit is not Unit.MINOR and currency):
        raise BadCell("documents.unknown-currency", "currency", currency)
    if not cells["title_id"]:
        raise BadCell("documents.empty-cell", "title_id", "")
    return Fact(
        measure=measure,
        title_id=cells["title_id"],
        stretch=_stretch(cells),
        quantity=_quantity(cells, unit),
        unit=unit,
        currency=currency,
        channel=cells.get("channel", ""),
    )


def _quantity(cells: Mapping[str, str], unit: Unit) -> int:
    if cells["unit"] == unit.value:
        return integer_in(cells, "quantity")
    if cells["unit"] != _MINUTES or unit is not Unit.MILLISECOND:
        raise BadCell("documents.unknown-unit", "unit", cells["unit"])
    minutes = exact_number(cells["quantity"])
    quantity = None if minutes is None else minutes * _MS_PER_MINUTE
    if not isinstance(quantity, Fraction) or quantity.denominator != 1:
        raise BadCell("documents.not-a-number-of-minutes", "quantity", cells["quantity"])
    return quantity.numerator


def _stretch(cells: Mapping[str, str]) -> Stretch:
    try:
        whole = Stretch.of_month(Month.parse(cells["month"]))
    except ValueError:
        raise BadCell("documents.not-a-month", "month", cells["month"]) from None
    starts_on = _day(cells, "starts_on") or whole.starts_on
    ends_on = _day(cells, "ends_on") or whole.ends_on
    if not whole.starts_on <= starts_on < ends_on <= whole.ends_on:
        raise BadCell("documents.not-within-the-month", "starts_on", f"{starts_on} {ends_on}")
    return Stretch(starts_on, ends_on)


def _day(cells: Mapping[str, str], column: str) -> date | None:
    text = cells.get(column, "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadCell("documents.not-a-day", column, text) from None


def _find_repeated(path: Path, facts: list[Fact]) -> Iterator[Problem]:
    """Yield a problem for each second row about one thing that says something else."""
    seen: dict[tuple[object, ...], Fact] = {}
    for fact in facts:
        place = fact.subject, fact.stretch
        first = seen.setdefault(place, fact)
        if first.quantity != fact.quantity:
            params: dict[str, str | int] = {
                "measure": fact.measure,
                "title": fact.title_id,
                "stretch": str(fact.stretch),
                "channel": fact.channel,
                "other": str(first.quantity),
            }
            yield Problem("deals.contradicting-facts", Where(str(path)), params)
