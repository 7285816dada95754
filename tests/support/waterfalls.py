"""Waterfalls and co-investments in words, for tests of the engines."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from duanju.deals import MEASURES, Entitlement, Fact, Stretch, Terms, entitle
from duanju.deals.clauses import (
    Clause,
    CoInvestment,
    Counted,
    Gate,
    Gauge,
    Interest,
    InterestKind,
    Limit,
    Order,
    Receiver,
    Scope,
    Stake,
    Waterfall,
    WaterfallStep,
)
from duanju.deals.parameters import Number
from duanju.kernel import Month, Party, Text
from tests.support.terms import PLATFORM, SEPTEMBER, STUDIO, TITLE, terms_of

NAMED = Text({"en": "Named", "zh-Hans": "名称"})
INCOME = Counted(measure="unlock_income")
NEW_YEAR = date(2027, 1, 1)

INVESTOR = Party("investor", "hippo")
BANK = Party("bank", "harbour")
WRITER = Party("writer", "shen")
PARTIES = (PLATFORM, STUDIO, INVESTOR, BANK, WRITER)


def exact(value: int | str | Fraction) -> Fraction:
    """Return an exact number."""
    return Fraction(value)


def a_receiver(
    role: str, *, weight: int | str = 1, limit: int | str | Limit | None = None
) -> Receiver:
    """Return a receiver; a limit is in yuan."""
    return Receiver(role=role, weight=exact(weight), limit=a_limit(limit))


def a_limit(limit: int | str | Limit | None) -> Limit | None:
    """Return a limit of so many yuan."""
    if limit is None or isinstance(limit, Limit):
        return limit
    return Limit(amount=exact(limit))


def a_step(
    name: str,
    *receivers: str | Receiver,
    takes: int | str = 1,
    limit: int | str | Limit | None = None,
    order: Order = Order.PRO_RATA,
    gates: tuple[Gate, ...] = (),
    days: tuple[date | None, date | None] = (None, None),
    is_deduction: bool = False,
) -> WaterfallStep:
    """Return a step; its limit is in yuan."""
    return WaterfallStep(
        name=name,
        title=NAMED,
        takes=exact(takes),
        receivers=tuple(
            own if isinstance(own, Receiver) else Receiver(role=own) for own in receivers
        ),
        order=order,
        limit=a_limit(limit),
        gates=gates,
        from_day=days[0],
        until_day=days[1],
        is_deduction=is_deduction,
    )


def a_gate(
    gauge: Gauge,
    of: str = "",
    *,
    above: int | None = None,
    until: int | None = None,
    counted: Counted | None = None,
) -> Gate:
    """Return a gate; money is in yuan."""
    return Gate(
        gauge=gauge,
        of=of,
        counted=counted,
        above=None if above is None else exact(above),
        until=None if until is None else exact(until),
    )


def a_waterfall(
    *steps: WaterfallStep,
    owed: Mapping[str, Number] | None = None,
    residual: str = "studio",
    deficit_payer: str = "",
    scope: Scope = Scope.TITLE,
    counted: tuple[Counted, ...] = (INCOME,),
) -> Waterfall:
    """Return a waterfall of unlock income in yuan; the studio has the rest."""
    return Waterfall(
        id="falls",
        title=NAMED,
        explanation=NAMED,
        counted=counted,
        currency="CNY",
        steps=steps,
        owed_of_gross=owed or {},
        scope=scope,
        residual=residual,
        deficit_payer=deficit_payer,
    )


def a_stake(
    role: str,
    amount: int | None = None,
    *,
    share: str | None = None,
    seniority: int = 1,
) -> Stake:
    """Return a stake of so many yuan, of a share of the cost, or, with neither, of facts."""
    return Stake(
        role=role,
        amount=None if amount is None else exact(amount),
        share=None if share is None else exact(share),
        seniority=seniority,
    )


def a_co_investment(
    *stakes: Stake,
    before: tuple[WaterfallStep, ...] = (),
    order: Order = Order.PRO_RATA,
    hurdle: Interest | None = None,
    profit: Mapping[str, Number] | None = None,
    residual: str = "studio",
) -> CoInvestment:
    """Return a co-investment whose investor has 40% of the profit; the rest is the studio's."""
    return CoInvestment(
        id="joint",
        title=NAMED,
        explanation=NAMED,
        counted=(INCOME,),
        currency="CNY",
        stakes=stakes,
        before=before,
        order=order,
        hurdle=hurdle,
        profit={"investor": exact("0.4")} if profit is None else profit,
        residual=residual,
    )


def simple(rate: str) -> Interest:
    """Return simple interest of so much a year."""
    return Interest(rate=exact(rate), kind=InterestKind.SIMPLE)


def compound(rate: str) -> Interest:
    """Return compound interest of so much a year."""
    return Interest(rate=exact(rate), kind=InterestKind.COMPOUND)


def told(
    measure: str,
    quantity: int,
    month: Month | Stretch = SEPTEMBER,
    *,
    title: str = TITLE,
    item: str = "",
) -> Fact:
    """Return a fact in the integer unit of its measure; money is in fen."""
    unit = MEASURES[measure].unit
    stretch = Stretch.of_month(month) if isinstance(month, Month) else month
    currency = "CNY" if unit.value == "minor" else ""
    return Fact(measure, title, stretch, quantity, unit, currency, item=item)


def terms_with(*clauses: Clause, titles: tuple[str, ...] = (TITLE,)) -> Terms:
    """Return terms with every party that these tests know."""
    return terms_of(*clauses, titles=titles, parties=PARTIES)


def earned_of(clause: Clause, *facts: Fact, as_of: date = NEW_YEAR) -> tuple[Entitlement, ...]:
    """Return what everyone has earned by one clause."""
    return entitle(terms=terms_with(clause), facts=facts, as_of=as_of)


def yuan_of(clause: Clause, *facts: Fact, as_of: date = NEW_YEAR) -> dict[str, Fraction]:
    """Return what each role has, in yuan; a deduction by its name."""
    return {own.name: own.amount / 100 for own in earned_of(clause, *facts, as_of=as_of)}
