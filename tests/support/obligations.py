"""Fees, guarantees, awards, pools, commissions, caps and reserves in words, for tests."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction

from duanju.deals import MEASURES, Entitlement, Fact, Stretch, Terms, entitle
from duanju.deals.clauses import (
    SIGNING,
    Award,
    Cap,
    Clause,
    Clawback,
    Coefficient,
    Commission,
    Condition,
    Counted,
    EmptyPool,
    Fee,
    Instalment,
    MinimumGuarantee,
    PoolShare,
    Reserve,
    Reset,
    Scope,
    TieredRate,
    Treatment,
)
from duanju.deals.parameters import Number, Word
from duanju.kernel import Month, Party, Text
from tests.support.proofs import recompute
from tests.support.terms import (
    PLATFORM,
    SEPTEMBER,
    STUDIO,
    TITLE,
    a_tiered_rate,
    terms_of,
)

NAMED = Text({"en": "Named", "zh-Hans": "名称"})
MINUTES = Counted(measure="effective_minutes")
ALL_MINUTES = Counted(measure="all_effective_minutes")
POOL = Counted(measure="member_pool")
NEW_YEAR = date(2027, 1, 1)

AGENT = Party("agent", "quick")
DIRECTOR = Party("director", "lin")
SCREENWRITER = Party("screenwriter", "shen")
PARTIES = (PLATFORM, STUDIO, AGENT, DIRECTOR, SCREENWRITER)

BY_MILESTONES = (
    Instalment(milestone="shooting", share=Fraction(3, 5)),
    Instalment(milestone="release", share=Fraction(2, 5)),
)
"""Sixty at the start of shooting, forty at release."""


def number(value: str | int | Number) -> Number:
    """Return an exact number, or the parameter that holds one."""
    return Fraction(value) if isinstance(value, str | int) else value


def a_fee(
    amount: str | int | Number = 1000,
    *instalments: Instalment,
    own_id: str = "fee",
    scope: Scope = Scope.TITLE,
    given_back: tuple[str, ...] | None = None,
    payee: str = "studio",
) -> Fee:
    """Return a fee in yuan; what is given back is (milestone, share, whether later stays due)."""
    return Fee(
        id=own_id,
        title=NAMED,
        explanation=NAMED,
        amount=number(amount),
        currency="CNY",
        scope=scope,
        instalments=instalments,
        clawback=_clawback(given_back),
        payee=payee,
    )


def a_guarantee(
    amount: str | int | Number = 1000,
    *instalments: Instalment,
    treatment: Word = Treatment.RECOUPABLE,
    against: tuple[str, ...] = ("hours",),
    at: str | Number = "1",
    together: bool = False,
    scope: Scope = Scope.TITLE,
    given_back: tuple[str, ...] | None = None,
) -> MinimumGuarantee:
    """Return a guarantee in yuan against what the hours earn."""
    return MinimumGuarantee(
        id="guarantee",
        title=NAMED,
        explanation=NAMED,
        amount=number(amount),
        currency="CNY",
        treatment=treatment,
        against=against,
        at=number(at),
        cross_collateralised=together,
        scope=scope,
        instalments=instalments,
        clawback=_clawback(given_back),
    )


def an_award(limit: str | int | None = None, *, scope: Scope = Scope.TITLE) -> Award:
    """Return awards to screenwriter and director, in this order, up to a limit in yuan."""
    return Award(
        id="awards",
        title=NAMED,
        explanation=NAMED,
        receivers=("screenwriter", "director"),
        limit=None if limit is None else Fraction(limit),
        scope=scope,
        currency="CNY",
    )


def a_pool_share(
    *coefficients: Coefficient,
    share: str = "1",
    when_empty: EmptyPool | None = EmptyPool.PAYER_KEEPS,
    at_most: str | None = None,
) -> PoolShare:
    """Return a share of the members' pool by effective minutes."""
    return PoolShare(
        id="pool",
        title=NAMED,
        explanation=NAMED,
        pool=POOL,
        own=MINUTES,
        all=ALL_MINUTES,
        share=Fraction(share),
        when_empty=when_empty,
        coefficients=coefficients,
        coefficient_cap=None if at_most is None else Fraction(at_most),
        currency="CNY",
    )


def a_commission(
    rate: str | Number = "0.1",
    *,
    of: tuple[str, ...] = ("hours",),
    own_id: str = "commission",
    payer: str = "studio",
    earned_by: str = "studio",
    binds: tuple[str, ...] = (),
    when: tuple[Condition, ...] = (),
) -> Commission:
    """Return what the agent receives of the studio's earnings."""
    return Commission(
        id=own_id,
        title=NAMED,
        explanation=NAMED,
        of=of,
        earned_by=earned_by,
        rate=number(rate),
        currency="CNY",
        payer=payer,
        payee="agent",
        binds=binds,
        when=when,
    )


def a_cap(
    amount: str | int | Number,
    *,
    of: tuple[str, ...] = ("hours",),
    scope: Scope = Scope.POOL,
    reset: Reset = Reset.NEVER,
    binds: tuple[str, ...] = (),
) -> Cap:
    """Return a limit in yuan to what the studio earns."""
    return Cap(
        id="cap",
        title=NAMED,
        explanation=NAMED,
        of=of,
        amount=number(amount),
        scope=scope,
        reset=reset,
        currency="CNY",
        binds=binds,
    )


def a_reserve(
    rate: str = "0.2", months: str | int | Number = 2, *, of: tuple[str, ...] = ("hours",)
) -> Reserve:
    """Return a part of what the studio earns, held for some months."""
    return Reserve(
        id="reserve",
        title=NAMED,
        explanation=NAMED,
        of=of,
        rate=Fraction(rate),
        months=number(months),
        currency="CNY",
    )


def hours(scope: Scope = Scope.TITLE) -> TieredRate:
    """Return one yuan an effective minute, so that minutes read as yuan."""
    return a_tiered_rate((0, "60"), scope=scope)


def reached(milestone: str, day: date = date(2026, 9, 10), *, title: str = TITLE) -> Fact:
    """Return that a milestone was reached; an empty title for the whole deal."""
    return _fact("milestone", title, _day(day), 1, item=milestone)


def awarded(role: str, amount_minor: int, day: date, *, title: str = TITLE) -> Fact:
    """Return that a role was awarded an amount."""
    return _fact("award", title, _day(day), amount_minor, currency="CNY", item=role)


def pooled(amount_minor: int, month: Month = SEPTEMBER) -> Fact:
    """Return the members' pool of a month."""
    return _fact("member_pool", "", Stretch.of_month(month), amount_minor, currency="CNY")


def all_watched(minutes: int, month: Month = SEPTEMBER) -> Fact:
    """Return what was watched on the whole platform in a month."""
    return _fact("all_effective_minutes", "", Stretch.of_month(month), minutes * 60_000)


def bargain(*clauses: Clause, titles: tuple[str, ...] = (TITLE,)) -> Terms:
    """Return terms between all the parties of these tests."""
    return terms_of(*clauses, titles=titles, parties=PARTIES)


def earned(
    terms: Terms, facts: Iterable[Fact], as_of: date = NEW_YEAR
) -> Mapping[tuple[str, str, str], Fraction]:
    """Return minor units by clause, role and title, without zeros; every proof is recomputed."""
    found: dict[tuple[str, str, str], Fraction] = {}
    for own in entitle(terms=terms, facts=facts, as_of=as_of):
        assert recompute(own.proof) == own.amount
        key = own.clause_id, own.party.role, own.title_id
        assert key not in found
        if own.amount:
            found[key] = own.amount
    return found


def of_clause(
    clause_id: str, terms: Terms, facts: Iterable[Fact], as_of: date = NEW_YEAR
) -> Fraction:
    """Return what all have earned by a clause, in minor units."""
    found = earned(terms, facts, as_of)
    return sum((amount for key, amount in found.items() if key[0] == clause_id), Fraction(0))


def entitlement_of(
    clause_id: str, terms: Terms, facts: Iterable[Fact], as_of: date = NEW_YEAR
) -> Entitlement:
    """Return the only entitlement by a clause."""
    (own,) = (
        own for own in entitle(terms=terms, facts=facts, as_of=as_of) if own.clause_id == clause_id
    )
    return own


def on_signing(share: str) -> Instalment:
    """Return an instalment that falls due on signing."""
    return Instalment(milestone=SIGNING, share=Fraction(share))


def _clawback(given_back: tuple[str, ...] | None) -> Clawback | None:
    if given_back is None:
        return None
    milestone, share, *more = given_back
    return Clawback(milestone=milestone, share=Fraction(share), later_still_due=bool(more))


def _day(day: date) -> Stretch:
    return Stretch(day, day + timedelta(1))


def _fact(
    measure: str, title: str, stretch: Stretch, quantity: int, *, currency: str = "", item: str = ""
) -> Fact:
    unit = MEASURES[measure].unit
    return Fact(measure, title, stretch, quantity, unit, currency=currency, item=item)
