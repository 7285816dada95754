"""What exact entitlements cost beside a bare loop of the same arithmetic on Fractions."""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from duanju.deals import (
    MEASURES,
    Award,
    Band,
    BandReading,
    BonusBands,
    Cap,
    Clause,
    Coefficient,
    Commission,
    Counted,
    Deduction,
    Fact,
    Fee,
    MinimumGuarantee,
    Policy,
    Receiver,
    Reserve,
    RevenueShare,
    Scope,
    Source,
    Stretch,
    Terms,
    Tier,
    TieredBonus,
    TieredRate,
    Treatment,
    Waterfall,
    WaterfallStep,
    entitle,
)
from duanju.kernel import Party, Text

DEALS, CLAUSES, MONTHS = 20_000, 12, 36
SAMPLE, ROUNDS = 40, 3
"""Deals per growth figure and per bare loop. The 20,000 are evaluated once, all of them: at some
30 ms each that takes about ten minutes, which is most of what `make bench` takes."""

_BEGAN = date(2024, 1, 1)
_NAMED = Text({"en": "Named", "zh-Hans": "名称"})
_MEASURES = ("effective_minutes", "unlock_income", "advert_income")


def run() -> list[str]:
    """Return lines: cost a deal as a ratio to the bare loop, and growth by months and clauses.

    The bare loop adds every daily quantity that a clause counts and multiplies it by a rate, on
    Fractions, clause by clause: the least that exact arithmetic over the same facts could do if
    it summed nothing once for several clauses, kept no proof and checked nothing.
    """
    facts = _facts(MONTHS)
    whole_s = _cpu_s(lambda: _evaluate(DEALS, CLAUSES, facts))
    own_s = _least_s(lambda: _evaluate(SAMPLE, CLAUSES, facts)) / SAMPLE
    bare_s = _least_s(lambda: _bare_loops(SAMPLE, CLAUSES, facts)) / SAMPLE
    by_months = [
        _least_s(lambda many=many: _evaluate(SAMPLE, CLAUSES, _facts(many))) for many in (9, 18, 36)
    ]
    by_clauses = [
        _least_s(lambda many=many: _evaluate(SAMPLE, many, facts)) for many in (12, 24, 48)
    ]
    return [
        f"terms: ratio {own_s / bare_s:.2f} of a bare loop of additions and multiplications "
        f"({DEALS:,} deals of {CLAUSES} clauses, {MONTHS} months of daily facts of "
        f"{len(_MEASURES)} measures; all of them {whole_s / DEALS / bare_s:.2f})",
        f"terms: {_growth(by_months)} for 9, 18 and 36 months; "
        f"{_growth(by_clauses)} for 12, 24 and 48 clauses, each as a ratio to the first",
    ]


def _growth(seconds: Sequence[float]) -> str:
    return " : ".join(f"{own / seconds[0]:.2f}" for own in seconds)


def _cpu_s(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _least_s(work: Callable[[], object]) -> float:
    return min(_cpu_s(work) for _ in range(ROUNDS))


def _evaluate(deals: int, clauses: int, facts: Sequence[Fact]) -> None:
    as_of = max(fact.stretch.ends_on for fact in facts)
    for number in range(deals):
        entitle(terms=_terms(number, clauses), facts=facts, as_of=as_of)


def _bare_loops(deals: int, clauses: int, facts: Sequence[Fact]) -> None:
    quantities = {
        name: [fact.quantity for fact in facts if fact.measure == name] for name in _MEASURES
    }
    for number in range(deals):
        rate = Fraction(number + 1, 100)
        for clause in range(clauses):
            total = Fraction(0)
            for quantity in quantities[_MEASURES[clause % len(_MEASURES)]]:
                total += Fraction(quantity, 60_000) * rate


def _facts(months: int) -> list[Fact]:
    days = months * 365 // 12
    return [
        Fact(
            measure=name,
            title_id="1",
            stretch=Stretch(day, day + timedelta(days=1)),
            quantity=(number * 7_919 + 104_729 * len(name)) % 1_000_003,
            unit=MEASURES[name].unit,
            currency="CNY" if name.endswith("_income") else "",
            channel="web" if name == "unlock_income" else "",
        )
        for number in range(days)
        for day in [_BEGAN + timedelta(days=number)]
        for name in _MEASURES
    ]


def _terms(number: int, clauses: int) -> Terms:
    policy = Policy(
        id="measured",
        version=1,
        title=_NAMED,
        summary=_NAMED,
        valid_from=_BEGAN,
        valid_until=None,
        sources=(Source(_NAMED),),
        parameters=(),
        clauses=_clauses(Fraction(number % 97 + 1, 100), clauses),
    )
    roles = ("platform", "studio", "writer", "agent", "director", "investor")
    return Terms(
        policy=policy,
        parties={role: Party(role, role) for role in roles},
        title_ids=frozenset({"1"}),
        starts_on=_BEGAN,
    )


def _clauses(rate: Fraction, number: int) -> tuple[Clause, ...]:
    """Return one clause of nearly each kind, and then rates beside rates."""
    named = {"title": _NAMED, "explanation": _NAMED}
    kinds = _counting(rate, named) + _adjusting(named)
    more = [
        replace(kinds[0], id=f"hours-{extra}", adds_to=("hours",))
        for extra in range(number - len(kinds))
    ]
    return (*kinds, *more)


def _counting(rate: Fraction, named: dict[str, Text]) -> list[Clause]:
    minutes, unlocks, adverts = (Counted(measure=name) for name in _MEASURES)
    tiers = (Tier(Fraction(0), False, rate), Tier(Fraction(100_000), False, 2 * rate))
    return [
        TieredRate(
            id="hours",
            counted=minutes,
            per=Fraction(60),
            currency="CNY",
            tiers=tiers,
            reading="marginal",
            coefficients=(Coefficient(name="rights", title=_NAMED, value=Fraction(12, 5)),),
            **named,
        ),
        TieredRate(
            id="whole-hours",
            counted=minutes,
            per=Fraction(60),
            currency="CNY",
            tiers=tiers,
            reading="whole_amount",
            adds_to=("hours",),
            **named,
        ),
        RevenueShare(
            id="unlocks",
            counted=(unlocks,),
            currency="CNY",
            base="after_channel_fee",
            deductions=(Deduction("channel_fee", _NAMED, "channel", {"web": Fraction(6, 1000)}),),
            shares={"studio": Fraction(1, 2)},
            residual="platform",
            **named,
        ),
        Waterfall(
            id="adverts",
            counted=(adverts,),
            currency="CNY",
            steps=(
                WaterfallStep(
                    name="studio",
                    title=_NAMED,
                    takes=Fraction(3, 5),
                    receivers=(Receiver(role="studio"), Receiver(role="investor")),
                ),
            ),
            residual="platform",
            **named,
        ),
        TieredBonus(
            id="bonus",
            of=("hours",),
            tiers=(Tier(Fraction(0), False, Fraction(0)), Tier(Fraction(10_000), False, rate / 10)),
            reading="marginal",
            currency="CNY",
            **named,
        ),
        BonusBands(
            id="bands",
            counted=minutes,
            bands=(Band(threshold=Fraction(10_000), value=Fraction(500)),),
            reading=BandReading.HIGHEST,
            currency="CNY",
            adds_to=("hours", "whole-hours"),
            **named,
        ),
    ]


def _adjusting(named: dict[str, Text]) -> list[Clause]:
    return [
        Fee(id="fee", amount=Fraction(1_000), currency="CNY", **named),
        MinimumGuarantee(
            id="guarantee",
            amount=Fraction(5_000),
            currency="CNY",
            treatment=Treatment.RECOUPABLE,
            against=("hours",),
            **named,
        ),
        Award(id="award", receivers=("director",), currency="CNY", **named),
        Commission(
            id="commission",
            of=("unlocks",),
            rate=Fraction(1, 10),
            currency="CNY",
            payee="agent",
            **named,
        ),
        Cap(
            id="cap",
            of=("hours", "bonus"),
            amount=Fraction(1_000_000),
            scope=Scope.POOL,
            currency="CNY",
            **named,
        ),
        Reserve(
            id="reserve",
            of=("unlocks",),
            rate=Fraction(1, 10),
            months=Fraction(3),
            currency="CNY",
            **named,
        ),
    ]
