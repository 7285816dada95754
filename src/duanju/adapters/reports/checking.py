"""What is wrong with a mapping by itself, before any file is read by it."""

from collections.abc import Iterator

from duanju.adapters.reports.days import DayForm
from duanju.adapters.reports.mapping import (
    AMOUNTS_MAX,
    HEADER_ROW_MAX,
    MEASURES_OF_REPORTS,
    AmountColumn,
    Named,
    ReportMapping,
)
from duanju.deals import MEASURES
from duanju.kernel import CURRENCIES, Problem, Where

_MARKS = (".", ",")
_THOUSANDS = ("", ",", ".", " ", "'", "，")


def check_mapping(mapping: ReportMapping) -> tuple[Problem, ...]:
    """Return everything for which a mapping could read no report, each with its path."""
    return tuple(_find(mapping))


def _find(mapping: ReportMapping) -> Iterator[Problem]:
    for key in ("source", "name"):
        if not getattr(mapping, key).strip():
            yield _problem("documents.missing-key", key, key=key)
    yield from _find_in_named(mapping.title, "title", is_needed=True)
    for key in ("channel", "territory", "item"):
        yield from _find_in_named(getattr(mapping, key), key, is_needed=False)
    yield from _find_in_layout(mapping)
    if {DayForm.AMERICAN_DAY, DayForm.EUROPEAN_DAY} <= set(mapping.when.forms):
        yield _problem("reports.ambiguous-days", "when.forms")
    if not mapping.when.forms:
        yield _problem("documents.missing-key", "when.forms", key="forms")
    if mapping.totals.column == "" and (mapping.totals.words or mapping.totals.subtotal_words):
        yield _problem("documents.missing-key", "total.column", key="column")
    if not 1 <= len(mapping.amounts) <= AMOUNTS_MAX:
        yield _problem("reports.no-amounts", "amount", max=AMOUNTS_MAX)
    names = [own.column for own in mapping.amounts]
    for place, column in enumerate(mapping.amounts):
        if names.index(column.column) != place:
            path = f"amount.{place}.column"
            yield _problem("reports.amount-twice", path, column=column.column)
        yield from _find_in_amount(mapping, column, f"amount.{place}")


def _find_in_layout(mapping: ReportMapping) -> Iterator[Problem]:
    layout = mapping.layout
    if not 1 <= layout.header_row <= HEADER_ROW_MAX:
        yield _problem("reports.header-too-far", "layout.header_row", max=HEADER_ROW_MAX)
    if not 0 <= layout.rows_to_skip <= HEADER_ROW_MAX:
        yield _problem("reports.header-too-far", "layout.rows_to_skip", max=HEADER_ROW_MAX)


def _find_in_named(named: Named, path: str, *, is_needed: bool) -> Iterator[Problem]:
    if named.fixed and named.column:
        yield _problem("reports.fixed-and-column", path)
    if is_needed and not named.is_told:
        yield _problem("reports.neither-fixed-nor-column", path)
    if named.words and not named.column:
        yield _problem("documents.missing-key", f"{path}.column", key="column")


def _find_in_amount(mapping: ReportMapping, column: AmountColumn, path: str) -> Iterator[Problem]:
    if not column.column:
        yield _problem("documents.missing-key", f"{path}.column", key="column")
    yield from _find_in_named(column.measure, f"{path}.measure", is_needed=True)
    yield from _find_in_named(column.currency, f"{path}.currency", is_needed=True)
    measures = [own for own in (column.measure.fixed, *column.measure.words.values()) if own]
    for word in measures:
        if word not in MEASURES_OF_REPORTS:
            known = ", ".join(sorted(MEASURES_OF_REPORTS))
            yield _problem(
                "reports.unknown-measure", f"{path}.measure", value=word, column="", known=known
            )
        elif (needs := MEASURES[word].needs_item) and not mapping.item.is_told:
            yield _problem("documents.missing-item", f"{path}.measure", measure=word, needs=needs)
    for word in (column.currency.fixed, *column.currency.words.values()):
        if word and word not in CURRENCIES:
            yield _problem("reports.unknown-currency", f"{path}.currency", value=word, column="")
    if column.decimal_mark not in _MARKS or column.decimal_mark == column.thousands_mark:
        yield _problem("reports.bad-mark", f"{path}.decimal_mark", value=column.decimal_mark)
    if column.thousands_mark not in _THOUSANDS:
        yield _problem("reports.bad-mark", f"{path}.thousands_mark", value=column.thousands_mark)


def _problem(code: str, path: str, **params: str | int) -> Problem:
    return Problem(code, Where(path=path), params)
