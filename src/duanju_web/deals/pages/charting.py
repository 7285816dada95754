"""Charts as drawings that need no script: places in percent, so that they fit every screen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import get_language

from duanju.workflows.comparing import Comparison
from duanju_web.deals.selectors import number_in_words

SIZE = 1000
"""The lines' own grid; the drawing stretches it over the chart."""
TICKS = 4
STYLES = ("a", "b", "c", "d")
NICE = (Fraction(1), Fraction(2), Fraction(5, 2), Fraction(5), Fraction(10))


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid with its number."""

    place: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """The curve of one of the terms.

    Attributes:
        name: Of the terms.
        style: Which of the line styles.
        points: On the grid, as a polyline takes them.
        end: Where it ends, in percent from the top.
    """

    name: str
    style: str
    points: str
    end: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A crossing, or what is supposed, at a place of the axis."""

    left: str
    top: str
    name: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Curves over one axis.

    Attributes:
        lines: A line a curve.
        marks: Where curves cross.
        supposed: Where the supposition lies, in percent.
        across: Ticks of the axis.
        up: Ticks of the amounts.
    """

    lines: tuple[Line, ...]
    marks: tuple[Mark, ...]
    supposed: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]


def draw_comparison(
    comparison: Comparison, *, per_axis: Fraction, per_axis_unit: int, minor_per_major: int
) -> Chart:
    """Return the chart of a comparison.

    Args:
        comparison: What was computed.
        per_axis: How many term units one unit of the drawn axis is: 60 for hours.
        per_axis_unit: How many integer units one term unit is.
        minor_per_major: Of the currency.
    """
    points = [point for curve in comparison.curves for point in curve.points]
    most = max((at for at, _amount in points), default=Fraction(1)) or Fraction(1)
    amounts = [amount for _at, amount in points]
    low, high = min([Fraction(0), *amounts]), max([Fraction(0), *amounts])
    high = high if high > low else low + 1
    room = (high - low) / 12
    low, high = (low - room if low else low), high + room

    def left(at: Fraction) -> str:
        return percent(at / most)

    def top(amount: Fraction) -> str:
        return percent((high - amount) / (high - low))

    lines = tuple(
        Line(
            curve.name,
            STYLES[number % len(STYLES)],
            " ".join(
                f"{round(at / most * SIZE)},{round((high - amount) / (high - low) * SIZE)}"
                for at, amount in curve.points
            ),
            top(curve.points[-1][1]),
        )
        for number, curve in enumerate(comparison.curves)
    )
    marks = tuple(
        Mark(
            left(Fraction(own.at, per_axis_unit)),
            top(_amount_at(comparison, own.after, Fraction(own.at, per_axis_unit))),
            str(number),
        )
        for number, own in enumerate(comparison.crossings, start=1)
    )
    return Chart(
        lines=lines,
        marks=marks,
        supposed=left(Fraction(comparison.supposed, per_axis_unit)),
        across=tuple(
            Tick(left(at * per_axis), short(at)) for at in nice_ticks(Fraction(0), most / per_axis)
        ),
        up=tuple(
            Tick(top(at * minor_per_major), short(at))
            for at in nice_ticks(low / minor_per_major, high / minor_per_major)
        ),
    )


def nice_ticks(low: Fraction, high: Fraction) -> list[Fraction]:
    """Return round numbers between two others, both ends included where they are round."""
    rough = (high - low) / TICKS
    if rough <= 0:
        return [low]
    size = Fraction(1)
    while size * 10 <= rough:
        size *= 10
    while size > rough:
        size /= 10
    step = next(own * size for own in NICE if own * size >= rough)
    first = -(-low // step) * step
    return [first + number * step for number in range(int((high - first) // step) + 1)]


def short(number: Fraction) -> str:
    """Show a number in few characters: 1.5万, 300K."""
    steps = (
        [(10**8, "亿"), (10**4, "万")]
        if get_language() == "zh-hans"
        else [(10**9, "B"), (10**6, "M"), (10**3, "K")]
    )
    for size, unit in steps:
        if abs(number) >= size:
            return number_in_words(Fraction(round(number * 100 / size), 100)) + unit
    return number_in_words(Fraction(round(number * 100), 100))


def percent(part: Fraction) -> str:
    """Return a part as percent with one digit, kept within the chart."""
    per_mille = max(0, min(SIZE, round(part * SIZE)))
    return f"{per_mille // 10}.{per_mille % 10}"


@dataclass(frozen=True, slots=True)
class Range:
    """From the 10th to the 90th percentile of one of the terms, in percent of the chart."""

    name: str
    style: str
    left: str
    width: str
    middle: str
    top: int


@dataclass(frozen=True, slots=True)
class RangeChart:
    """Ranges beneath one another over one axis of money."""

    ranges: tuple[Range, ...]
    ticks: tuple[Tick, ...]
    invested: str
    height: int


def draw_ranges(
    figures: Mapping[str, tuple[Fraction, Fraction, Fraction]],
    *,
    invested: Fraction,
    minor_per_major: int,
) -> RangeChart:
    """Return the chart of forecasts.

    Args:
        figures: Name to 10th percentile, median and 90th percentile, in minor units.
        invested: What must be earned back, in minor units.
        minor_per_major: Of the currency.
    """
    all_of = [own for three in figures.values() for own in three]
    low, high = min([Fraction(0), *all_of]), max([Fraction(1), invested, *all_of])
    high += (high - low) / 20

    def left(amount: Fraction) -> Fraction:
        return (amount - low) / (high - low)

    ranges = tuple(
        Range(
            name=name,
            style=STYLES[number % len(STYLES)],
            left=percent(left(ten)),
            width=percent(max(left(ninety) - left(ten), Fraction(1, 200))),
            middle=percent(left(median)),
            top=number * 48 + 14,
        )
        for number, (name, (ten, median, ninety)) in enumerate(figures.items())
    )
    ticks = tuple(
        Tick(percent(left(at * minor_per_major)), short(at))
        for at in nice_ticks(low / minor_per_major, high / minor_per_major)
    )
    return RangeChart(ranges, ticks, percent(left(invested)), len(ranges) * 48 + 8)


def rows_of(comparison: Comparison, per_axis: Fraction, every: int) -> list[list[Fraction]]:
    """Return some points of all curves: the axis, then each amount in minor units."""
    curves: Sequence[Sequence[tuple[Fraction, Fraction]]] = [
        own.points for own in comparison.curves
    ]
    rows = []
    for index in _shown(range(len(curves[0])), every):
        at = curves[0][index][0]
        rows.append([at / per_axis, *(curve[index][1] for curve in curves)])
    return rows


def _shown(indexes: Iterable[int], every: int) -> list[int]:
    several = list(indexes)
    return sorted({*several[::every], several[-1]})


def _amount_at(comparison: Comparison, name: str, at: Fraction) -> Fraction:
    """Return the amount of a curve at a place, on the straight between its neighbours."""
    points = next(own.points for own in comparison.curves if own.name == name)
    before = max((own for own in points if own[0] <= at), default=points[0])
    after = min((own for own in points if own[0] >= at), default=points[-1])
    if after[0] == before[0]:
        return before[1]
    return before[1] + (after[1] - before[1]) * (at - before[0]) / (after[0] - before[0])
