"""Tables of thresholds with what holds from each of them on."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from duanju.adapters.prose.narrating import Narrator, Table
from duanju.deals.parameters import Number

Cell = Callable[[Narrator, Number], str]


def table_of_spans(
    narrator: Narrator,
    *,
    caption: str,
    head_span: str,
    head_value: str,
    thresholds: Sequence[tuple[Fraction, bool]],
    values: Sequence[Number],
    show: Callable[[Fraction], str],
    cell: Cell,
) -> Table:
    """Return a row a stretch, and a column an option where the values hang on an open choice.

    Args:
        narrator: Who tells.
        caption: What the table shows.
        head_span: Name of the column of stretches.
        head_value: Name of the column of values.
        thresholds: Where each stretch begins, and whether the threshold belongs to it.
        values: What holds in each stretch, as many as thresholds.
        show: How a threshold reads.
        cell: How a value reads.
    """
    spans = narrator.spans(thresholds, show)
    parameter, options = narrator.by_option(values)
    if not options:
        rows = zip(spans, (cell(narrator, value) for value in values), strict=True)
        return Table(caption, (head_span, head_value), tuple(rows))
    title = narrator.parameter_title(parameter)
    cells = [
        tuple(cell(narrator.choosing(parameter, option), value) for option in options)
        for value in values
    ]
    return Table(
        f"{caption} · {head_value} · {title}",
        (head_span, *options.values()),
        tuple((span, *row) for span, row in zip(spans, cells, strict=True)),
    )
