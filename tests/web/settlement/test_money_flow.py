"""How money flows in a statement: what comes into a place leaves it, drawn and in figures."""

import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Month, Party, ProofStep
from duanju.settlement import ClaimKey, DeductionLine, StatementLine
from duanju_web.settlement.pages.flow_drawing import Drawing, draw_flow, shortened
from duanju_web.settlement.selectors.flowing import (
    SOURCES,
    Beside,
    Link,
    MoneyFlow,
    Place,
    Stage,
    flows_of,
    gather_small,
)

SEPTEMBER, AUGUST = Month(2026, 9), Month(2026, 8)
PAYEE, OTHERS = Place(Stage.PAYEE), Place(Stage.OTHERS)
WEB, TAX = Party("channel", "web"), Party("platform", "longriver")
PROOF = ProofStep("measured", "quantity", {}, Fraction(0), "minor", "CNY")


def a_line(
    amount: int,
    *,
    gross: int | None = None,
    taken: dict[str, int] | None = None,
    clause: str = "share",
    measure: str = "unlock_income",
    corrects: Month | None = None,
    currency: str = "CNY",
) -> StatementLine:
    """Return a line that brings an amount; of an income if a gross sum is given."""
    receivers = {"channel_fee": WEB}
    return StatementLine(
        key=ClaimKey("D1", clause, "7", currency),
        concerns_period=corrects or SEPTEMBER,
        corrects=corrects,
        measure=measure,
        quantity=0,
        cumulative_quantity=0,
        gross_minor=gross,
        deductions=tuple(
            DeductionLine(name, receivers.get(name, TAX), own)
            for name, own in (taken or {}).items()
        ),
        previous_cumulative_minor=0,
        cumulative_minor=amount,
        posted_before_minor=0,
        amount_minor=amount,
        proof=PROOF,
    )


def test_income_is_divided_and_what_is_owed_joins_it() -> None:
    lines = [
        a_line(937, gross=2_000, taken={"channel_fee": 126}),
        a_line(1_500, clause="hours", measure="effective_minutes"),
        a_line(63, gross=200, taken={"channel_fee": 10, "vat": 12}),
    ]
    (flow,) = flows_of(lines)
    income, owed = Place(Stage.INCOME, "unlock_income"), Place(Stage.OWED, "effective_minutes")
    fee = Place(Stage.TAKEN, "channel_fee", "channel:web")
    vat = Place(Stage.TAKEN, "vat", "platform:longriver")
    share, hours = Place(Stage.CLAUSE, "share"), Place(Stage.CLAUSE, "hours")
    assert set(flow.links) == {
        Link(income, fee, 136),
        Link(income, vat, 12),
        Link(income, OTHERS, 1_052),
        Link(income, share, 1_000),
        Link(owed, hours, 1_500),
        Link(share, PAYEE, 1_000),
        Link(hours, PAYEE, 1_500),
    }
    assert flow.amount_of(income) == 2_200
    assert (flow.drawn_minor, flow.amount_minor, flow.beside) == (2_500, 2_500, ())
    assert flow.places(Stage.TAKEN, Stage.OTHERS) == [fee, vat, OTHERS]


def test_what_runs_backwards_stands_beside_and_adds_up() -> None:
    lines = [
        a_line(900, gross=1_000, taken={"channel_fee": 100}),
        a_line(-50, clause="cap", measure=""),
        a_line(-9, gross=-20, taken={"channel_fee": -2}, corrects=AUGUST),
        a_line(4, gross=0, taken={"channel_fee": -4}, corrects=AUGUST),
    ]
    (flow,) = flows_of(lines)
    assert flow.beside == (Beside("cap", None, 1, -50), Beside("share", AUGUST, 2, -5))
    assert (flow.drawn_minor, flow.amount_minor) == (900, 845)


def test_each_currency_flows_by_itself() -> None:
    flows = flows_of([a_line(5, measure=""), a_line(7, measure="", currency="USD")])
    assert [(own.currency, own.drawn_minor) for own in flows] == [("CNY", 5), ("USD", 7)]


AMOUNTS = st.integers(-30, 10**12)
LINES = st.lists(
    st.builds(
        a_line,
        AMOUNTS,
        gross=st.none() | st.integers(-50, 10**13),
        taken=st.dictionaries(st.sampled_from(["channel_fee", "vat", "traffic"]), AMOUNTS),
        clause=st.sampled_from([f"clause-{number}" for number in range(9)]),
        measure=st.sampled_from(["unlock_income", "advertising_income", "effective_minutes", ""]),
        corrects=st.sampled_from([None, AUGUST]),
        currency=st.sampled_from(["CNY", "USD"]),
    ),
    max_size=25,
)


def assert_nothing_is_lost(flow: MoneyFlow) -> None:
    """What flows into a clause flows out; what leaves sources arrives somewhere."""
    assert all(own.amount_minor > 0 for own in flow.links)
    for place in flow.places(Stage.CLAUSE):
        enters = sum(own.amount_minor for own in flow.links if own.target == place)
        leaves = sum(own.amount_minor for own in flow.links if own.source == place)
        assert enters == leaves
    ends = flow.places(Stage.TAKEN, Stage.OTHERS, Stage.PAYEE)
    sources = flow.places(*SOURCES)
    assert sum(map(flow.amount_of, sources)) == sum(map(flow.amount_of, ends))


@given(LINES)
def test_what_flows_in_flows_out_at_every_place(lines: list[StatementLine]) -> None:
    flows = flows_of(lines)
    assert {own.currency for own in flows} == {own.key.currency for own in lines}
    for flow in flows:
        assert_nothing_is_lost(flow)
        own = [line for line in lines if line.key.currency == flow.currency]
        assert flow.amount_minor == sum(line.amount_minor for line in own)
        beside_minor = sum(row.amount_minor for row in flow.beside)
        assert flow.drawn_minor + beside_minor == flow.amount_minor


@given(LINES)
def test_gathering_small_places_loses_nothing_and_names_no_more(lines: list[StatementLine]) -> None:
    for flow in flows_of(lines):
        gathered = gather_small(flow, places_max=3)
        assert_nothing_is_lost(gathered)
        assert gathered.drawn_minor == flow.drawn_minor
        for stages in (SOURCES, (Stage.TAKEN,), (Stage.CLAUSE,)):
            assert len(gathered.places(*stages)) <= 3
            whole = sum(map(flow.amount_of, flow.places(*stages)))
            assert sum(map(gathered.amount_of, gathered.places(*stages))) == whole


@given(LINES)
def test_both_drawings_name_each_place_with_its_money_and_stay_in_their_frame(
    lines: list[StatementLine],
) -> None:
    for flow in flows_of(lines):
        places = flow.places(*Stage)
        amounts = {own: str(flow.amount_of(own)) for own in places}
        for drawing in draw_flow(flow, names=dict.fromkeys(places, "收入"), amounts=amounts):
            assert sorted(own.amount for own in drawing.labels) == sorted(amounts.values())
            assert len(drawing.bars) == len(places)
            assert_in_frame(drawing)


def assert_in_frame(drawing: Drawing) -> None:
    for label in drawing.labels:
        assert 0 <= Fraction(label.x) < drawing.width
        assert 0 <= Fraction(label.amount_y) <= drawing.height
    for bar in drawing.bars:
        left, top, _width, height = map(Fraction, re.findall(r"-?\d+\.\d", bar.path)[:4])
        assert 0 <= left <= drawing.width
        assert 0 <= top <= top + height <= drawing.height + Fraction(1, 5)


def test_heights_are_in_proportion() -> None:
    (flow,) = flows_of([a_line(500, gross=1_000, taken={"vat": 250})])
    places = flow.places(*Stage)
    across, _down = draw_flow(
        flow, names=dict.fromkeys(places, ""), amounts=dict.fromkeys(places, "")
    )
    heights = [re.findall(r"v(\d+\.\d)", own.path)[0] for own in across.bars]
    assert heights == ["200.0", "50.0", "50.0", "100.0", "100.0"]


@pytest.mark.parametrize("lines", [[], [a_line(0)], [a_line(5)], [a_line(-5)]])
def test_what_needs_no_drawing_has_none(lines: list[StatementLine]) -> None:
    for flow in flows_of(lines):
        names = dict.fromkeys(flow.places(*Stage), "")
        assert draw_flow(flow, names=names, amounts=names) == ()


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("渠道费用", 54, "渠道费用"),
        ("渠道费用", 53, "渠道费…"),
        ("channel fee", 60, "channel…"),
        ("", 0, ""),
    ],
)
def test_names_are_cut_where_they_no_longer_fit(text: str, room: int, shown: str) -> None:
    assert shortened(text, Fraction(room)) == shown
