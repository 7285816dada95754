"""The tables in the explanation of terms are what the engine computes."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from duanju.deals import (
    SIGNING,
    AmendedBy,
    Amendment,
    Band,
    BandReading,
    BonusBands,
    Cap,
    Clause,
    Clawback,
    Coefficient,
    Contract,
    Counted,
    Deduction,
    EarningTerm,
    Fact,
    Fee,
    Fraud,
    Instalment,
    Lengthening,
    MinimumGuarantee,
    Reading,
    Reserve,
    Reset,
    RevenueShare,
    Scope,
    StepDown,
    StepDownReading,
    Stretch,
    Terms,
    TieredRate,
    Treatment,
    Unit,
    entitle,
    month_ends_on,
    parts_of,
)
from duanju.kernel import Month, Text
from tests.support.terms import (
    TITLE,
    a_channel_fee,
    a_contract,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

PAGE = Path(__file__).parents[3] / "docs" / "explanation" / "terms.md"
NAMED = Text({"en": "Named", "zh-Hans": "名称"})
RATE = a_tiered_rate((0, "1"), (60_000, "2"))
MILESTONES = {"exclusivity_ended": date(2026, 11, 1), "reckoning": date(2026, 10, 31)}
CANCELLED = date(2026, 12, 1)
MONTH = re.compile(r"^\| (20\d\d-\d\d) \|(.+)\|$", re.M)
READING = re.compile(r"^\| ([^|]+) \|((?: -?[\d,]+ \|){5})$", re.M)


def numbers(cells: str) -> list[int]:
    """Return the whole numbers of a row."""
    return [int(cell.replace(",", "")) for cell in cells.strip("| ").split("|")]


def readings() -> dict[str, list[int]]:
    """Return the rows of all readings, by what they say."""
    text = PAGE.read_text("utf-8")
    rows = {name.strip(): numbers(cells) for name, cells in READING.findall(text)}
    return {name: row for name, row in rows.items() if name != "reading"}


MONTHS = {
    Month.parse(month): numbers(cells) for month, cells in MONTH.findall(PAGE.read_text("utf-8"))
}


def facts(*, with_fraud: bool) -> list[Fact]:
    """Return what the first table of the page says, and the milestones of its readings."""
    found = []
    for month, (hours, fraudulent, income, traffic) in MONTHS.items():
        found.append(watched(hours * 60, month))
        found.append(unlocked(income * 100, month))
        spent = unlocked(traffic * 100, month, channel="")
        found.append(replace(spent, measure="traffic_cost"))
        if with_fraud:
            found.append(replace(watched(fraudulent * 60, month), is_fraud=True))
    return found + [a_milestone(name, day) for name, day in MILESTONES.items()]


def a_milestone(name: str, day: date) -> Fact:
    """Return that a milestone was reached on a day."""
    one_day = Stretch(day, day + timedelta(days=1))
    return Fact("milestone", TITLE, one_day, 1, Unit.COUNT, item=name)


def counting(**changes: object) -> TieredRate:
    """Return the page's rate, changed."""
    return replace(RATE, **changes)


def exclusive(reading: StepDownReading) -> TieredRate:
    """Return the rate times 2 until exclusivity ends."""
    down = StepDown(milestone="exclusivity_ended", value=Fraction(1), reading=reading)
    twice = Coefficient(name="rights", title=NAMED, value=Fraction(2), step_down=down)
    return counting(coefficients=(twice,))


def for_two_months(*, four_above_hours: int | None = None) -> TieredRate:
    """Return the rate for two months, lengthened to four by a result."""
    if four_above_hours is None:
        return counting(term=EarningTerm(months=Fraction(2)))
    longer = Lengthening(above=Fraction(four_above_hours * 60), months=Fraction(4))
    term = EarningTerm(months=Fraction(2), counted=RATE.counted, lengthened=(longer,))
    return counting(term=term)


def bonus(**changes: object) -> BonusBands:
    """Return ¥500 for more than 1,000 hours."""
    own = BonusBands(
        id="bonus",
        title=NAMED,
        explanation=NAMED,
        counted=RATE.counted,
        bands=(Band(threshold=Fraction(60_000), value=Fraction(500)),),
        reading=BandReading.HIGHEST,
        currency="CNY",
    )
    return replace(own, **changes)


def guarantee(treatment: Treatment, **changes: object) -> MinimumGuarantee:
    """Return a guarantee of ¥1,500."""
    own = MinimumGuarantee(
        id="guarantee",
        title=NAMED,
        explanation=NAMED,
        amount=Fraction(1_500),
        currency="CNY",
        treatment=treatment,
        against=() if treatment is Treatment.ON_TOP else ("hours",),
    )
    return replace(own, **changes)


def half(base: str, *more: Deduction, **changes: object) -> RevenueShare:
    """Return half of a base, the channel keeping a tenth first."""
    return replace(a_revenue_share(a_channel_fee(web="0.1"), *more, base=base), **changes)


TRAFFIC = Deduction("traffic", NAMED, "platform", cost=Counted(measure="traffic_cost"))
ADVANCE = Fee(id="advance", title=NAMED, explanation=NAMED, amount=Fraction(1_500), currency="CNY")
RECOUPED = Deduction("advance", NAMED, "platform", recoups="advance")
CAP = Cap(
    id="cap",
    title=NAMED,
    explanation=NAMED,
    of=("hours",),
    amount=Fraction(2_500),
    scope=Scope.POOL,
    currency="CNY",
)
RESERVE = Reserve(
    id="reserve",
    title=NAMED,
    explanation=NAMED,
    of=("unlocks",),
    rate=Fraction(1, 5),
    months=Fraction(2),
    currency="CNY",
)
FROM_600 = Band(threshold=Fraction(36_000), value=Fraction(500), inclusive=True)
SIGNED = (Instalment(milestone=SIGNING, share=Fraction(1)),)
GIVEN_BACK = Clawback(milestone="cancelled", share=Fraction(1))
RECKONED = (Instalment(milestone="reckoning", share=Fraction(1)),)

CLAUSES: dict[str, Callable[[], tuple[Clause, ...]]] = {
    "marginal, the threshold belongs below": lambda: (RATE,),
    "whole amount, the threshold belongs below": lambda: (counting(reading=Reading.WHOLE_AMOUNT),),
    "whole amount, the threshold belongs above": lambda: (
        a_tiered_rate((0, "1"), (60_000, "2"), reading=Reading.WHOLE_AMOUNT, inclusive=True),
    ),
    "counting begins again every month": lambda: (counting(reset=Reset.MONTH),),
    "fraudulent hours are taken back": lambda: (RATE,),
    "fraudulent hours were paid and stay paid": lambda: (
        counting(counted=replace(RATE.counted, fraud=Fraud.COUNTED)),
    ),
    "times 2 while exclusive, given up on 1 November, from then on": lambda: (
        exclusive(StepDownReading.FROM_THEN_ON),
    ),
    "times 2 while exclusive, given up on 1 November, from the start": lambda: (
        exclusive(StepDownReading.FROM_THE_START),
    ),
    "for two months, no result lengthens it": lambda: (for_two_months(),),
    "for two months, four if they bring more than 900 hours": lambda: (
        for_two_months(four_above_hours=900),
    ),
    "for two months, four if they bring more than 1,000 hours": lambda: (
        for_two_months(four_above_hours=1_000),
    ),
    "no more than ¥2,500 a partner": lambda: (RATE, CAP),
    "adds to the rate, once a title": lambda: (RATE, bonus(adds_to=("hours",))),
    "replaces the rate": lambda: (RATE, bonus(replaces=("hours",))),
    "adds to the rate, each month with at least 600 hours": lambda: (
        RATE,
        bonus(adds_to=("hours",), bands=(FROM_600,), reset=Reset.MONTH),
    ),
    "on top": lambda: (RATE, guarantee(Treatment.ON_TOP)),
    "recoupable, from all that is earned": lambda: (RATE, guarantee(Treatment.RECOUPABLE)),
    "recoupable, from half of what is earned": lambda: (
        RATE,
        guarantee(Treatment.RECOUPABLE, at=Fraction(1, 2)),
    ),
    "topped up on 31 October, what is earned later comes on top": lambda: (
        RATE,
        guarantee(Treatment.TOP_UP, instalments=RECKONED),
    ),
    "on top, all given back when cancelled on 1 December": lambda: (
        RATE,
        guarantee(Treatment.ON_TOP, instalments=SIGNED, clawback=GIVEN_BACK),
    ),
    "half of the gross income": lambda: (half("gross"),),
    "half of what the channel leaves": lambda: (half("after_channel_fee"),),
    "half of what channel and traffic leave": lambda: (half("after_traffic", TRAFFIC),),
    "half of what channel and a recouped ¥1,500 leave": lambda: (
        ADVANCE,
        half("after_advance", RECOUPED),
    ),
    "a fifth of it held for two months against returns": lambda: (
        half("after_channel_fee"),
        RESERVE,
    ),
}

AMENDED = {
    "amended to ¥3 on 1 November, by play date": AmendedBy.PLAY_DATE,
    "amended to ¥3 on 1 November, by signing date": AmendedBy.SIGNING_DATE,
}


def contract_of(name: str) -> Contract:
    """Return the deal of a row."""
    if name not in AMENDED:
        return a_contract(terms_of(*CLAUSES[name]()))
    later = terms_of(a_tiered_rate((0, "3")))
    amendment = Amendment("second", later, date(2026, 11, 1), by=AMENDED[name])
    return replace(a_contract(terms_of(RATE)), amendments=(amendment,))


def earned(name: str) -> list[Fraction]:
    """Return what the studio has earned at the end of each month, in yuan, but for the advance."""
    known = facts(with_fraud="fraud" in name)
    if "cancelled" in name:
        known.append(a_milestone("cancelled", CANCELLED))
    return [
        sum(
            own.amount
            for part in parts_of(contract_of(name))
            for own in entitle(
                terms=part.terms, facts=_of(part.terms, known), as_of=month_ends_on(month)
            )
            if own.party.role == "studio" and own.clause_id != "advance"
        )
        / 100
        for month in MONTHS
    ]


def _of(terms: Terms, known: list[Fact]) -> list[Fact]:
    """Return the facts within the days of terms; no fact of the page lies over their edges."""
    starts_on, ends_on = terms.starts_on, terms.ends_on
    return [
        fact
        for fact in known
        if fact.stretch.starts_on >= starts_on
        and (ends_on is None or fact.stretch.ends_on <= ends_on)
    ]


@pytest.mark.parametrize("name", [*CLAUSES, *AMENDED])
def test_reading_comes_to_what_the_page_says(name: str) -> None:
    assert earned(name) == readings()[name]


def test_every_row_of_the_page_is_asserted() -> None:
    assert set(readings()) == {*CLAUSES, *AMENDED}
    assert len(MONTHS) == 5
