"""One row of a table of facts, and the fact that it is."""

import csv
import io
from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction

from duanju.adapters.documents.tables import BYTE_ORDER_MARK, BadCell, integer_in
from duanju.deals import MEASURES, Fact, Stretch, Unit, exact_number
from duanju.kernel import CURRENCIES, Month

REQUIRED_COLUMNS = ("title_id", "measure", "quantity", "unit")
OPTIONAL_COLUMNS = (
    *("month", "day", "starts_on", "ends_on", "currency", "channel", "territory", "medium"),
    *("window", "item", "over_seconds", "fraud"),
)
"""A row names its `month` or its `day`; all else is named where it applies."""

MEASURES_OF_FACTS = frozenset(measure.facts_of for measure in MEASURES.values())
"""The measures that facts come under; heat is made of plays."""

OVER_SECONDS_MAX = 24 * 60 * 60
"""A play is counted from no later than a day on."""

_TITLES_OF_DEALS = "milestone"
"""The measure whose facts may be about a whole deal, and then name no title."""

_YES, _NO = frozenset({"yes", "true"}), frozenset({"", "no", "false"})

_EXAMPLES: tuple[Mapping[str, str], ...] = (
    {"month": "2026-09", "title_id": "example", "measure": "effective_minutes"}
    | {"quantity": "41666.5", "unit": "hours"},
    {"month": "2026-09", "title_id": "example", "measure": "unlock_income", "quantity": "1234.56"}
    | {"unit": "major", "currency": "CNY", "channel": "web"},
    {"day": "2026-09-01", "title_id": "example", "measure": "plays", "quantity": "20000"}
    | {"unit": "count", "over_seconds": "30"},
    {"day": "2026-09-01", "title_id": "example", "measure": "milestone", "quantity": "1"}
    | {"unit": "count", "item": "delivered"},
)


def facts_template() -> str:
    """Return a table of facts as CSV, with every column and a row for each form of fact.

    It is text for people to fill in, beginning with a byte order mark; the examples are about a
    title that no deal has.
    """
    stream = io.StringIO(newline="")
    stream.write(BYTE_ORDER_MARK)
    columns = ("month", "day", *REQUIRED_COLUMNS, *OPTIONAL_COLUMNS[2:])
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(_EXAMPLES)
    return stream.getvalue()


def fact_of(cells: Mapping[str, str]) -> Fact:
    """Return the fact that a row is.

    Args:
        cells: Column to stripped text; columns may be absent.

    Raises:
        BadCell: A cell does not hold what its column needs.
    """
    name = cells["measure"]
    if name not in MEASURES_OF_FACTS:
        known = ", ".join(sorted(MEASURES_OF_FACTS))
        raise BadCell("documents.unknown-measure", "measure", name, known=known)
    measure = MEASURES[name]
    currency = cells.get("currency", "")
    if (measure.unit is Unit.MINOR) != (currency in CURRENCIES) or (
        measure.unit is not Unit.MINOR and currency
    ):
        raise BadCell("documents.unknown-currency", "currency", currency)
    item = cells.get("item", "")
    if measure.needs_item and not item:
        raise BadCell("documents.missing-item", "item", "", measure=name, needs=measure.needs_item)
    return Fact(
        measure=name,
        title_id=_title_id(cells, is_platform_wide=measure.is_platform_wide),
        stretch=_stretch(cells),
        quantity=_quantity(cells, measure.unit, currency),
        unit=measure.unit,
        currency=currency,
        channel=cells.get("channel", ""),
        territory=cells.get("territory", ""),
        medium=cells.get("medium", ""),
        window=cells.get("window", ""),
        item=item,
        over_seconds=_over_seconds(cells),
        is_fraud=_is_fraud(cells),
    )


def _title_id(cells: Mapping[str, str], *, is_platform_wide: bool) -> str:
    title_id, measure = cells["title_id"], cells["measure"]
    if is_platform_wide and title_id:
        raise BadCell("documents.title-of-the-platform", "title_id", title_id, measure=measure)
    if not title_id and not is_platform_wide and measure != _TITLES_OF_DEALS:
        raise BadCell("documents.empty-cell", "title_id", "")
    return title_id


def _quantity(cells: Mapping[str, str], unit: Unit, currency: str) -> int:
    if cells["unit"] == unit.value:
        return integer_in(cells, "quantity")
    sizes = _sizes(unit, currency)
    if cells["unit"] not in sizes:
        known = ", ".join([unit.value, *sizes])
        raise BadCell("documents.unknown-unit", "unit", cells["unit"], known=known)
    text = cells["quantity"]
    number = None if text.endswith("%") else exact_number(text)
    if number is None:
        raise BadCell("documents.not-a-quantity", "quantity", text)
    quantity: Fraction = number * sizes[cells["unit"]]
    if quantity.denominator != 1:
        code = "documents.not-whole-units"
        raise BadCell(code, "quantity", text, unit=cells["unit"], whole=unit.value)
    return quantity.numerator


def _sizes(unit: Unit, currency: str) -> Mapping[str, int]:
    """Return the larger units in which people tell quantities, and how many of `unit` each is."""
    if unit is Unit.MILLISECOND:
        return {"minutes": 60_000, "hours": 3_600_000}
    return {"major": CURRENCIES[currency].minor_per_major} if unit is Unit.MINOR else {}


def _stretch(cells: Mapping[str, str]) -> Stretch:
    day = _day(cells, "day")
    whole = _month(cells) if cells.get("month") else None
    if day is not None:
        return _of_day(cells, day, whole)
    if whole is None:
        raise BadCell("documents.no-month-and-no-day", "month", "")
    starts_on = _day(cells, "starts_on") or whole.starts_on
    ends_on = _day(cells, "ends_on") or whole.ends_on
    if not whole.starts_on <= starts_on < ends_on <= whole.ends_on:
        raise BadCell("documents.not-within-the-month", "starts_on", f"{starts_on} {ends_on}")
    return Stretch(starts_on, ends_on)


def _of_day(cells: Mapping[str, str], day: date, whole: Stretch | None) -> Stretch:
    if day == date.max:
        raise BadCell("documents.not-a-day", "day", str(day))
    own = Stretch(day, day + timedelta(days=1))
    other = next((name for name in ("starts_on", "ends_on") if cells.get(name)), "")
    if other or (whole is not None and not whole.starts_on <= day < whole.ends_on):
        raise BadCell("documents.day-and-more", other or "month", cells[other or "month"])
    return own


def _month(cells: Mapping[str, str]) -> Stretch:
    text = cells["month"]
    # Spreadsheets turn 2026-09 into the first day of that month, by themselves.
    month = text.removesuffix("-01") if len(text) == len("2026-09-01") else text
    try:
        return Stretch.of_month(Month.parse(month))
    except ValueError:
        raise BadCell("documents.not-a-month", "month", text) from None


def _day(cells: Mapping[str, str], column: str) -> date | None:
    text = cells.get(column, "")
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise BadCell("documents.not-a-day", column, text) from None
    if str(day) != text:
        raise BadCell("documents.not-a-day", column, text)
    return day


def _over_seconds(cells: Mapping[str, str]) -> int:
    if not cells.get("over_seconds"):
        return 0
    seconds = integer_in(cells, "over_seconds")
    if not 0 <= seconds <= OVER_SECONDS_MAX:
        raise BadCell("documents.not-seconds", "over_seconds", cells["over_seconds"])
    return seconds


def _is_fraud(cells: Mapping[str, str]) -> bool:
    text = cells.get("fraud", "").lower()
    if text not in _YES | _NO:
        raise BadCell("documents.not-yes-or-no", "fraud", cells["fraud"])
    return text in _YES
