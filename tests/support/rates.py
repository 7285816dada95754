"""Rates with coefficients and terms, bonuses, bands and conditions in words, for tests."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from duanju.deals import (
    MEASURES,
    Band,
    BonusBands,
    Coefficient,
    Condition,
    Counted,
    EarningTerm,
    Fact,
    Lengthening,
    Number,
    Reading,
    Reset,
    Scope,
    StepDown,
    StepDownReading,
    Stretch,
    TermMeasured,
    Terms,
    Tier,
    TieredBonus,
    TieredRate,
    entitle,
    entitle_by_month,
)
from duanju.kernel import Month, Text
from tests.support.proofs import recompute
from tests.support.terms import SEPTEMBER, TITLE

NAMED = Text({"en": "Named", "zh-Hans": "名称"})
MINUTES = Counted(measure="effective_minutes")
HEAT = Counted(measure="heat")
PLAYS = Counted(measure="plays")
SEARCH = Counted(measure="search_index")
INCOME = Counted(measure="unlock_income")
NEW_YEAR = date(2027, 1, 1)


def tiers_of(*tiers: tuple[int, str], inclusive: bool = False) -> tuple[Tier, ...]:
    """Return tiers; each is (threshold, rate)."""
    return tuple(Tier(Fraction(above), inclusive, Fraction(rate)) for above, rate in tiers)


def bands_of(*bands: tuple[int, str | int], inclusive: bool = False) -> tuple[Band, ...]:
    """Return bands; each is (threshold, value)."""
    return tuple(
        Band(threshold=Fraction(above), value=Fraction(value), inclusive=inclusive)
        for above, value in bands
    )


def a_coefficient(
    name: str,
    value: str | Number,
    *,
    counted: Counted | None = None,
    bands: tuple[Band, ...] = (),
    steps_down_to: str = "",
    reading: StepDownReading = StepDownReading.FROM_THEN_ON,
) -> Coefficient:
    """Return a factor, which can step down once exclusivity has ended."""
    step_down = None
    if steps_down_to:
        value_then = Fraction(steps_down_to)
        step_down = StepDown(milestone="exclusivity_ended", value=value_then, reading=reading)
    return Coefficient(
        name=name,
        title=NAMED,
        value=Fraction(value) if isinstance(value, str) else value,
        counted=counted,
        bands=bands,
        step_down=step_down,
    )


def a_rate(
    *tiers: tuple[int, str],
    coefficients: tuple[Coefficient, ...] = (),
    cap: str = "",
    term: EarningTerm | None = None,
    reading: str = Reading.MARGINAL,
    reset: Reset = Reset.NEVER,
    scope: Scope = Scope.TITLE,
    counted: Counted = MINUTES,
    own_id: str = "rate",
    when: tuple[Condition, ...] = (),
    replaces: tuple[str, ...] = (),
) -> TieredRate:
    """Return a rate in yuan per one of the measure, 1 if no tiers are given."""
    return TieredRate(
        id=own_id,
        title=NAMED,
        explanation=NAMED,
        counted=counted,
        per=Fraction(1),
        currency="CNY",
        tiers=tiers_of(*(tiers or ((0, "1"),))),
        reading=reading,
        reset=reset,
        scope=scope,
        coefficients=coefficients,
        coefficient_cap=Fraction(cap) if cap else None,
        term=term,
        when=when,
        replaces=replaces,
    )


def a_bonus(
    *tiers: tuple[int, str],
    of: tuple[str, ...] = (),
    counted: tuple[Counted, ...] = (),
    by: Counted | None = None,
    reading: str = Reading.MARGINAL,
    reset: Reset = Reset.NEVER,
    scope: Scope = Scope.TITLE,
    own_id: str = "bonus",
) -> TieredBonus:
    """Return a bonus in yuan; tiers are (threshold, share)."""
    return TieredBonus(
        id=own_id,
        title=NAMED,
        explanation=NAMED,
        of=of,
        counted=counted,
        by=by,
        tiers=tiers_of(*tiers),
        reading=reading,
        reset=reset,
        scope=scope,
        currency="CNY",
    )


def some_bands(
    *bands: tuple[int, int],
    counted: Counted = HEAT,
    reading: str = "highest",
    reset: Reset = Reset.NEVER,
    scope: Scope = Scope.TITLE,
    inclusive: bool = False,
) -> BonusBands:
    """Return bands; each is (threshold, yuan)."""
    return BonusBands(
        id="bands",
        title=NAMED,
        explanation=NAMED,
        counted=counted,
        bands=bands_of(*bands, inclusive=inclusive),
        reading=reading,
        scope=scope,
        reset=reset,
        currency="CNY",
    )


def a_term(
    months: int,
    *longer: tuple[int, int],
    counted: Counted | None = None,
    measured: TermMeasured = TermMeasured.FIRST_END,
) -> EarningTerm:
    """Return a term; longer ones are (result above, months)."""
    return EarningTerm(
        months=Fraction(months),
        counted=counted,
        lengthened=tuple(
            Lengthening(above=Fraction(above), months=Fraction(length)) for above, length in longer
        ),
        measured=measured,
    )


def a_fact(
    measure: str,
    quantity: int,
    when: Month | Stretch | date = SEPTEMBER,
    **told: object,
) -> Fact:
    """Return a fact of a title; a day is a stretch of one day, money is in fen."""
    stretch = when
    if isinstance(when, Month):
        stretch = Stretch.of_month(when)
    elif isinstance(when, date):
        stretch = Stretch(when, when + timedelta(1))
    unit = MEASURES[measure].unit
    given: Mapping[str, object] = {
        "title_id": TITLE,
        "currency": "CNY" if unit.value == "minor" else "",
        **told,
    }
    return Fact(measure=measure, stretch=stretch, quantity=quantity, unit=unit, **given)  # type: ignore[arg-type]


def minutes(amount: int, when: Month | Stretch | date = SEPTEMBER, **told: object) -> Fact:
    """Return effective minutes."""
    return a_fact("effective_minutes", amount * 60_000, when, **told)


def reached(milestone: str, day: date, **told: object) -> Fact:
    """Return that a milestone was reached."""
    return a_fact("milestone", 1, day, item=milestone, **told)


def earned_by(
    terms: Terms, facts: Iterable[Fact], as_of: date = NEW_YEAR
) -> Mapping[str, Fraction]:
    """Return yuan by clause, added up over titles; every proof is recomputed on the way."""
    amounts: dict[str, Fraction] = {}
    for own in entitle(terms=terms, facts=facts, as_of=as_of):
        assert recompute(own.proof) == own.amount
        amounts[own.clause_id] = amounts.get(own.clause_id, Fraction(0)) + own.amount / 100
    return amounts


def settled_month_by_month(terms: Terms, facts: Iterable[Fact], until: Month) -> None:
    """Assert that the end of each month says the same, whether it was reached in months or not."""
    known = list(facts)
    months = [Month(terms.starts_on.year, terms.starts_on.month)]
    while months[-1] < until:
        months.append(months[-1].next())
    by_month = entitle_by_month(terms=terms, facts=known, months=months)
    for month in months:
        after = month.next()
        as_of = date(after.year, after.number, 1)
        assert by_month[month] == entitle(terms=terms, facts=known, as_of=as_of), month
