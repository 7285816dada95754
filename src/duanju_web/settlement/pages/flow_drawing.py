"""The money flow of a statement as a drawing that needs no script.

Two drawings of one flow: across for wide screens, in four columns, and down for phones and paper,
where what is taken leaves the stream at its side. Each figure stands in a table beside them;
lengths are only drawn from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from unicodedata import east_asian_width

from duanju_web.settlement.selectors.flowing import SOURCES, Link, MoneyFlow, Place, Stage

MONEY_HEIGHT, MONEY_WIDTH = 200, 112
"""How long all the money is, across and down."""
LABEL_HEIGHT, ROW_HEIGHT = 38, 46
BAR = 6
WIDE, COLUMNS, COLUMN_ENDS = 960, (0, 270, 540, 770), (250, 520, 750, 960)
NARROW, STREAM_ENDS = 358, 128
WIDE_CHARACTER, NARROW_CHARACTER = Fraction(27, 2), Fraction(34, 5)
LINKS_OF_ONE_LINE = 2
"""From the source to the clause, and from there to the payee."""
_ENDS = (Stage.TAKEN, Stage.OTHERS)


@dataclass(frozen=True, slots=True)
class Shape:
    """A band of money or the bar of a place: `path` is SVG, `stage` chooses the colour."""

    path: str
    stage: str


@dataclass(frozen=True, slots=True)
class Label:
    """What a place is called, shortened to fit, and its money."""

    x: str
    name_y: str
    amount_y: str
    name: str
    amount: str


@dataclass(slots=True)
class Drawing:
    """A drawing: its size in its own units, the shapes from back to front, the labels."""

    kind: str
    width: int
    height: int = 0
    bands: list[Shape] = field(default_factory=list)
    bars: list[Shape] = field(default_factory=list)
    leaders: list[Shape] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def grow(self, bottom: Fraction) -> None:
        """Make room down to a place."""
        self.height = max(self.height, -(-bottom.numerator // bottom.denominator))

    def label(self, at: tuple[Fraction, Fraction], until: int, words: tuple[str, str]) -> None:
        """Write a place's name and money, no further right than a place."""
        x, y = at
        name, amount = words
        fitting = shortened(name, until - x)
        self.labels.append(Label(_one(x), _one(y + 14), _one(y + 32), fitting, amount))
        self.grow(y + LABEL_HEIGHT)


def draw_flow(
    flow: MoneyFlow, *, names: Mapping[Place, str], amounts: Mapping[Place, str]
) -> tuple[Drawing, ...]:
    """Return both drawings of a flow; none where one source goes through one clause whole.

    Args:
        flow: What is drawn.
        names: What each place is called.
        amounts: What goes through it, as it is read.
    """
    if len(flow.links) <= LINKS_OF_ONE_LINE:
        return ()
    words = {own: (names[own], amounts[own]) for own in names}
    return _across(flow, words), _down(flow, words)


def shortened(text: str, room: Fraction) -> str:
    """Return as much of a text as fits, with an ellipsis where it is cut."""
    if sum(_width(own) for own in text) <= room:
        return text
    used, kept = _width("…"), ""
    for own in text:
        used += _width(own)
        if used > room:
            break
        kept += own
    return kept.rstrip() + "…"


def _width(character: str) -> Fraction:
    return WIDE_CHARACTER if east_asian_width(character) in "WF" else NARROW_CHARACTER


def _across(flow: MoneyFlow, words: Mapping[Place, tuple[str, str]]) -> Drawing:
    """Draw sources, what is taken, clauses and the payee as four columns."""
    drawing = Drawing("across", WIDE)
    whole = sum(flow.amount_of(own) for own in flow.places(*SOURCES))
    scale = Fraction(MONEY_HEIGHT, whole)
    passing = scale * flow.drawn_minor
    columns: Sequence[tuple[Sequence[Place], Fraction]] = (
        (flow.places(*SOURCES), Fraction(0)),
        (flow.places(*_ENDS), passing + 28 if passing else Fraction(0)),
        (flow.places(Stage.CLAUSE), Fraction(0)),
        (flow.places(Stage.PAYEE), Fraction(0)),
    )
    top: dict[Place, Fraction] = {}
    for x, until, (places, begins) in zip(COLUMNS, COLUMN_ENDS, columns, strict=True):
        y = begins
        for place in places:
            height = scale * flow.amount_of(place)
            top[place] = y
            drawing.bars.append(
                _bar(Fraction(x), y, Fraction(BAR), max(height, Fraction(1)), place)
            )
            drawing.label((Fraction(x + BAR + 8), y), until, words[place])
            drawing.grow(y + height)
            y += max(height, Fraction(LABEL_HEIGHT)) + 12
    _bands_across(drawing, flow, top, scale)
    return drawing


def _bands_across(
    drawing: Drawing, flow: MoneyFlow, top: Mapping[Place, Fraction], scale: Fraction
) -> None:
    """Draw the links; those that pass what is taken run level above it."""
    first, second, third, fourth = (Fraction(own) for own in COLUMNS)
    leaves, enters = dict(top), dict(top)
    level = Fraction(0)
    order = {place: number for number, place in enumerate(_reading_order(flow))}
    for link in sorted(flow.links, key=lambda own: (order[own.source], order[own.target])):
        height = scale * link.amount_minor
        begin, end = leaves[link.source], enters[link.target]
        leaves[link.source] += height
        enters[link.target] += height
        if link.target.stage is Stage.PAYEE:
            paths = [_band((third + BAR, begin), (fourth, end), height)]
        elif link.target.stage is Stage.CLAUSE:
            paths = [
                _band((first + BAR, begin), (second, level), height),
                _band((second, level), (second + BAR, level), height),
                _band((second + BAR, level), (third, end), height),
            ]
            level += height
        else:
            paths = [_band((first + BAR, begin), (second, end), height)]
        drawing.bands += [Shape(path, _colour(link)) for path in paths]


def _reading_order(flow: MoneyFlow) -> list[Place]:
    return [
        own
        for stages in (SOURCES, (Stage.CLAUSE,), _ENDS, (Stage.PAYEE,))
        for own in flow.places(*stages)
    ]


def _band(
    start: tuple[Fraction, Fraction], end: tuple[Fraction, Fraction], height: Fraction
) -> str:
    """Return a band that leaves and arrives level."""
    (left, begin), (right, finish) = start, end
    middle = _one((left + right) / 2)
    return (
        f"M{_one(left)} {_one(begin)}"
        f"C{middle} {_one(begin)} {middle} {_one(finish)} {_one(right)} {_one(finish)}"
        f"V{_one(finish + height)}"
        f"C{middle} {_one(finish + height)} {middle} {_one(begin + height)}"
        f" {_one(left)} {_one(begin + height)}Z"
    )


def _down(flow: MoneyFlow, words: Mapping[Place, tuple[str, str]]) -> Drawing:
    """Draw one stream: sources join it, what is taken leaves it, the clauses divide the rest."""
    drawing = Drawing("down", NARROW)
    sources = flow.places(*SOURCES)
    scale = Fraction(MONEY_WIDTH, sum(flow.amount_of(own) for own in sources))
    y = _sources_down(drawing, flow, sources, scale, words)
    right = Fraction(MONEY_WIDTH)
    for place in flow.places(*_ENDS):
        width = scale * flow.amount_of(place)
        deep = max(width + 20, Fraction(ROW_HEIGHT))
        _leave(drawing, (right, y), width, place, words[place])
        right -= width
        drawing.bands.append(_strip(Fraction(0), y, right, deep, Stage.INCOME))
        y += deep
    if flow.drawn_minor:
        _clauses_down(drawing, flow, y, scale, words)
    return drawing


def _sources_down(
    drawing: Drawing,
    flow: MoneyFlow,
    sources: Sequence[Place],
    scale: Fraction,
    words: Mapping[Place, tuple[str, str]],
) -> Fraction:
    """Draw how sources join the stream side by side; return where it is whole."""
    left, whole_at = Fraction(0), Fraction(ROW_HEIGHT * len(sources))
    for number, place in enumerate(sources):
        y, width = Fraction(ROW_HEIGHT * number), scale * flow.amount_of(place)
        drawing.bands.append(_strip(left, y, width, whole_at - y, place.stage))
        drawing.bars.append(_bar(left, y, max(width, Fraction(1)), Fraction(4), place))
        _lead(drawing, left + width, y + 2, words[place], y)
        left += width
    return whole_at


def _leave(
    drawing: Drawing,
    at: tuple[Fraction, Fraction],
    width: Fraction,
    place: Place,
    words: tuple[str, str],
) -> None:
    """Draw how the right edge of the stream turns aside to a label."""
    right, y = at
    level, end = y + 8, Fraction(STREAM_ENDS)
    below = level + width
    drawing.bands.append(
        Shape(
            f"M{_one(right)} {_one(y)}Q{_one(right)} {_one(level)} {_one(end)} {_one(level)}"
            f"V{_one(below)}Q{_one(right - width)} {_one(below)} {_one(right - width)} {_one(y)}Z",
            place.stage,
        )
    )
    drawing.bars.append(_bar(end, level, Fraction(4), max(width, Fraction(1)), place))
    middle = max(y, level + width / 2 - Fraction(LABEL_HEIGHT, 2))
    drawing.label((end + 12, middle), NARROW, words)


def _clauses_down(
    drawing: Drawing,
    flow: MoneyFlow,
    y: Fraction,
    scale: Fraction,
    words: Mapping[Place, tuple[str, str]],
) -> None:
    """Draw how clauses divide what is left, and the payee's bar beneath."""
    clauses, left = flow.places(Stage.CLAUSE), Fraction(0)
    bottom = y + ROW_HEIGHT * len(clauses)
    for number, place in enumerate(clauses):
        width = scale * flow.amount_of(place)
        at = y + ROW_HEIGHT * number
        drawing.bands.append(_strip(left, y, width, bottom - y, Stage.CLAUSE))
        drawing.bars.append(_bar(left, at + 10, max(width, Fraction(1)), Fraction(3), place))
        _lead(drawing, left + width, at + Fraction(23, 2), words[place], at)
        left += width
    payee = Place(Stage.PAYEE)
    drawing.bars.append(_bar(Fraction(0), bottom, left, Fraction(BAR), payee))
    _lead(drawing, left, bottom + 3, words[payee], bottom)
    drawing.grow(bottom + ROW_HEIGHT)


def _lead(
    drawing: Drawing, x: Fraction, y: Fraction, words: tuple[str, str], label_y: Fraction
) -> None:
    """Draw a thin line from a place of the stream to its label."""
    if x + 3 < STREAM_ENDS:
        path = f"M{_one(x + 3)} {_one(y)}H{STREAM_ENDS + 4}"
        drawing.leaders.append(Shape(path, "leader"))
    drawing.label((Fraction(STREAM_ENDS + 12), max(Fraction(0), label_y - 2)), NARROW, words)


def _strip(left: Fraction, y: Fraction, width: Fraction, height: Fraction, stage: Stage) -> Shape:
    path = f"M{_one(left)} {_one(y)}h{_one(width)}v{_one(height)}h{_one(-width)}Z"
    return Shape(path, stage)


def _bar(x: Fraction, y: Fraction, width: Fraction, height: Fraction, place: Place) -> Shape:
    return _strip(x, y, width, height, place.stage)


def _colour(link: Link) -> str:
    """Return the stage whose colour a link has: what is taken shows where it goes."""
    return link.target.stage if link.target.stage in _ENDS else link.source.stage


def _one(length: Fraction) -> str:
    """Return a length to a tenth of a unit."""
    tenths = round(length * 10)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{abs(tenths) // 10}.{abs(tenths) % 10}"
