"""What is refused of clauses beside one another when a policy is written."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import (
    Chosen,
    Clause,
    Counted,
    FromDay,
    Given,
    Parameter,
    ParameterIs,
    ParameterKind,
    Recouped,
    Reserve,
    Scope,
    Treatment,
    check_policy,
    check_terms,
)
from duanju.kernel import Text
from tests.support.obligations import (
    PARTIES,
    a_cap,
    a_commission,
    a_fee,
    a_guarantee,
    a_pool_share,
    a_reserve,
    an_award,
    bargain,
    hours,
    on_signing,
)
from tests.support.terms import a_channel_fee, a_policy, a_revenue_share, terms_of

NAMED = Text({"en": "Named", "zh-Hans": "名称"})
GRADE = Parameter("grade", ParameterKind.CHOICE, NAMED, {"S": NAMED, "A": NAMED})
CURRENCY = Parameter("currency", ParameterKind.CHOICE, NAMED, {"CNY": NAMED, "USD": NAMED})
PART = Parameter("part", ParameterKind.SHARE, NAMED, {})
MONTHS = Parameter("months", ParameterKind.COUNT, NAMED, {})

HOURS = hours()
AGAIN = replace(HOURS, id="again")
SHARE = a_revenue_share(a_channel_fee(web="0"))
OTHER_SHARE = replace(SHARE, id="others")
ON_WEB = Counted(measure="unlock_income", channels=("web",))
ON_IOS = Counted(measure="unlock_income", channels=("wechat_ios",))
IN_CHINA = Counted(measure="unlock_income", territories=("CN",))


def found(*clauses: Clause, parameters: tuple[Parameter, ...] = ()) -> list[tuple[str, str]]:
    """Return code and path of each problem of a policy of these clauses."""
    problems = check_policy(a_policy(*clauses, parameters=parameters))
    return [(own.code.removeprefix("deals."), own.where.path) for own in problems]


def only(option: str) -> tuple[ParameterIs, ...]:
    """Return that a clause holds for one grade only."""
    return (ParameterIs(parameter="grade", options=(option,)),)


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        (a_cap(1), ("refers-to-a-later-clause", "clause.0.of.0")),
        (a_cap(1, of=("cap",)), ("refers-to-itself", "clause.0.of.0")),
        (a_cap(1, of=("nothing",)), ("refers-to-no-clause", "clause.0.of.0")),
        (a_guarantee(1, against=("nothing",)), ("refers-to-no-clause", "clause.0.against.0")),
        (replace(a_fee(), adds_to=("hours",)), ("refers-to-a-later-clause", "clause.0.adds_to.0")),
        (replace(a_fee(), replaces=("fee",)), ("refers-to-itself", "clause.0.replaces.0")),
        (
            replace(a_fee(), when=(Recouped(clause="nothing"),)),
            ("refers-to-no-clause", "clause.0.when.0.clause"),
        ),
    ],
)
def test_clause_names_clauses_before_it_only(clause: Clause, problem: tuple[str, str]) -> None:
    assert found(clause, HOURS) == [problem]


@pytest.mark.parametrize(
    ("other", "problem"),
    [
        (OTHER_SHARE, [("two-clauses-divide-one-income", "clause.1.measure")]),
        (
            replace(OTHER_SHARE, counted=(IN_CHINA,)),
            [("two-clauses-divide-one-income", "clause.1.measure")],
        ),
        (replace(OTHER_SHARE, currency="USD"), []),
        (replace(OTHER_SHARE, counted=(Counted(measure="advert_income"),)), []),
    ],
    ids=["the same", "a part of it", "another currency", "another income"],
)
def test_no_income_is_divided_twice(other: Clause, problem: list[tuple[str, str]]) -> None:
    assert found(SHARE, other) == problem


def test_incomes_of_different_channels_or_options_are_divided_apart() -> None:
    web = replace(SHARE, counted=(ON_WEB,))
    assert found(web, replace(OTHER_SHARE, counted=(ON_IOS,))) == []
    assert found(web, replace(OTHER_SHARE, counted=(IN_CHINA,))) == [
        ("two-clauses-divide-one-income", "clause.1.measure")
    ]
    sole, other = replace(SHARE, when=only("S")), replace(OTHER_SHARE, when=only("A"))
    assert found(sole, other, parameters=(GRADE,)) == []
    assert found(sole, replace(other, when=only("S")), parameters=(GRADE,)) == [
        ("two-clauses-divide-one-income", "clause.1.measure")
    ]


def test_both_clauses_that_claim_the_same_are_named() -> None:
    (problem,) = check_policy(a_policy(HOURS, AGAIN))
    assert problem.code == "deals.two-clauses-claim-the-same"
    assert problem.params == {"clause": "again", "other": "hours", "measure": "effective_minutes"}


@pytest.mark.parametrize(
    "later",
    [
        replace(AGAIN, adds_to=("hours",)),
        replace(AGAIN, replaces=("hours",)),
        replace(AGAIN, counted=Counted(measure="member_minutes")),
        replace(AGAIN, payee="director"),
        a_commission("0.1"),
        a_cap(10),
    ],
    ids=["adds", "replaces", "another measure", "another payee", "of the other", "a cap of it"],
)
def test_later_of_two_obligations_says_how_it_stands_to_the_earlier(later: Clause) -> None:
    assert found(HOURS, later) == []


def test_pool_counts_its_own_viewing_and_awards_their_receivers() -> None:
    assert found(HOURS, a_pool_share()) == [("two-clauses-claim-the-same", "clause.1.own")]
    second = replace(an_award(), id="second", receivers=("director",))
    assert found(an_award(), second) == [("two-clauses-claim-the-same", "clause.1.receivers")]
    assert found(an_award(), replace(second, receivers=("ip_studio",))) == []


@pytest.mark.parametrize("reads", ["fixed", "chosen"])
def test_currencies_are_not_mixed(reads: str) -> None:
    cap = replace(a_cap(10), currency="USD" if reads == "fixed" else Given("currency"))
    if reads == "fixed":
        assert found(HOURS, cap) == [("mixes-currencies", "clause.1.of.0")]
        return
    assert found(HOURS, cap, parameters=(CURRENCY,)) == []
    terms = terms_of(HOURS, cap, parameters=(CURRENCY,), chosen={"currency": "USD"})
    assert [own.code for own in check_terms(terms)] == ["deals.mixes-currencies"]
    assert check_terms(replace(terms, parameters={"currency": "CNY"})) == ()


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        (replace(a_cap(1), payee="director"), ("never-earns-by-these", "clause.1.of")),
        (
            a_commission(earned_by="director", payer="director"),
            ("never-earns-by-these", "clause.1.of"),
        ),
        (replace(a_guarantee(), payee="director"), ("never-earns-by-these", "clause.1.against")),
        (replace(a_cap(1), payer="advertiser"), ("owed-by-another", "clause.1.of.0")),
        (
            replace(a_fee(), when=(Recouped(clause="hours"),)),
            ("never-recouped", "clause.1.when.0.clause"),
        ),
        (replace(a_reserve(), of=()), ("names-no-clause", "clause.1.of")),
        (a_cap(1, of=("hours", "hours")), ("names-a-clause-twice", "clause.1.of.1")),
    ],
)
def test_clause_that_could_never_work_is_refused(clause: Clause, problem: tuple[str, str]) -> None:
    assert found(HOURS, clause) == [problem]


def test_clause_does_not_await_one_that_a_choice_leaves_out() -> None:
    guarantee = replace(a_guarantee(), when=only("S"))
    awaiting = replace(a_fee(), when=(Recouped(clause="guarantee"),))
    assert found(HOURS, guarantee, awaiting, parameters=(GRADE,)) == [
        ("awaits-a-clause-left-out", "clause.2.when.0.clause")
    ]
    for_the_same = replace(awaiting, when=(*awaiting.when, *only("S")))
    assert found(HOURS, guarantee, for_the_same, parameters=(GRADE,)) == []


def test_limit_a_title_needs_earnings_a_title() -> None:
    cap = a_cap(1, scope=Scope.TITLE)
    assert found(hours(Scope.POOL), cap) == [("counts-titles-together", "clause.1.of.0")]
    assert found(hours(Scope.POOL), replace(cap, scope=Scope.POOL)) == []
    commission = a_commission("0.1")
    of_commission = replace(
        a_cap(1, of=("commission",), scope=Scope.TITLE), payer="studio", payee="agent"
    )
    assert found(hours(Scope.POOL), commission, of_commission) == [
        ("counts-titles-together", "clause.2.of.0")
    ]


def test_distribution_is_neither_replaced_nor_held_back() -> None:
    assert found(SHARE, replace(a_fee(), replaces=("unlocks",))) == [
        ("replaces-a-distribution", "clause.1.replaces.0")
    ]
    held = replace(SHARE, when=(FromDay(day=date(2026, 10, 1)),))
    assert found(held) == [("condition-on-a-distribution", "clause.0.when.0")]
    assert found(replace(SHARE, when=only("S")), parameters=(GRADE,)) == []


def test_guarantee_is_recouped_from_something() -> None:
    for treatment in (Treatment.RECOUPABLE, Treatment.TOP_UP):
        bare = a_guarantee(1, treatment=treatment, against=())
        assert found(bare) == [("nothing-to-recoup-from", "clause.0.against")]
    assert found(a_guarantee(1, treatment=Treatment.ON_TOP, against=())) == []
    treatments = {own.value: NAMED for own in (Treatment.ON_TOP, Treatment.TOP_UP)}
    chosen = Parameter("treatment", ParameterKind.CHOICE, NAMED, treatments)
    open_one = a_guarantee(1, treatment=Given("treatment"), against=())
    assert found(open_one, parameters=(chosen,)) == [("nothing-to-recoup-from", "clause.0.against")]


def test_pool_that_can_be_empty_is_divided_by_nothing_unless_the_terms_say() -> None:
    assert found(a_pool_share(when_empty=None)) == [("division-by-nothing", "clause.0.when_empty")]
    wrong = replace(
        a_pool_share(),
        pool=Counted(measure="unlock_income"),
        own=Counted(measure="all_effective_minutes"),
        all=Counted(measure="plays"),
    )
    assert found(wrong) == [
        ("not-platform-wide", "clause.0.pool"),
        ("not-by-title", "clause.0.own"),
        ("not-platform-wide", "clause.0.all"),
        ("no-part-of-the-whole", "clause.0.all"),
    ]


def test_instalments_make_a_whole_whatever_is_chosen() -> None:
    short = a_fee(1, on_signing("1/2"), on_signing("1/3"))
    (problem,) = check_policy(a_policy(short))
    assert problem.code == "deals.money-unassigned"
    assert problem.params == {"clause": "fee", "total": "5/6", "options": ""}

    first = replace(on_signing("1"), share=Chosen("grade", {"S": Fraction(1, 2), "A": Fraction(1)}))
    (problem,) = check_policy(a_policy(a_fee(1, first, on_signing("1/2")), parameters=(GRADE,)))
    assert problem.params == {"clause": "fee", "total": "3/2", "options": "grade = A"}

    open_part = a_fee(1, replace(on_signing("1"), share=Given("part")), on_signing("1/2"))
    assert found(open_part, parameters=(PART,)) == []
    terms = terms_of(open_part, parameters=(PART,), chosen={"part": Fraction(1, 3)})
    assert [own.code for own in check_terms(terms)] == ["deals.money-unassigned"]
    assert check_terms(replace(terms, parameters={"part": Fraction(1, 2)})) == ()


def test_commissions_do_not_take_more_than_was_earned() -> None:
    first, second = a_commission("0.6"), a_commission("0.5", own_id="second")
    assert found(HOURS, first, second) == [("commissions-exceed-earnings", "clause.2.rate")]
    on_top = replace(second, payer="platform")
    assert found(HOURS, first, on_top) == []
    apart = [replace(first, when=only("S")), replace(second, when=only("A"))]
    assert found(HOURS, *apart, parameters=(GRADE,)) == []
    graded = replace(second, rate=Chosen("grade", {"S": Fraction(1, 2), "A": Fraction(1, 10)}))
    assert found(HOURS, first, graded, parameters=(GRADE,)) == [
        ("commissions-exceed-earnings", "clause.2.rate")
    ]
    open_rate = replace(second, rate=Given("part"))
    assert found(HOURS, first, open_rate, parameters=(PART,)) == []
    terms = replace(
        bargain(HOURS, first, open_rate),
        policy=a_policy(HOURS, first, open_rate, parameters=(PART,)),
        parameters={"part": Fraction(1, 2)},
    )
    assert terms.parties == {party.role: party for party in PARTIES}
    assert [own.code for own in check_terms(terms)] == ["deals.commissions-exceed-earnings"]
    assert check_terms(replace(terms, parameters={"part": Fraction(2, 5)})) == ()


def test_clause_is_seen_by_its_parties_and_tells_of_no_hidden_one() -> None:
    secret = a_commission(binds=("studio", "agent"))
    assert found(HOURS, secret) == []
    assert found(HOURS, a_commission(binds=("studio",))) == [
        ("hides-from-its-own-party", "clause.1.binds")
    ]
    cap = replace(a_cap(1, of=("commission",)), payer="studio", payee="agent")
    assert found(HOURS, secret, cap) == [("tells-of-a-hidden-clause", "clause.2.of.0")]
    assert found(HOURS, secret, replace(cap, binds=("agent", "studio"))) == []
    second = a_commission(own_id="second", of=("commission",), earned_by="agent", payer="agent")
    assert found(HOURS, secret, replace(second, payee="studio")) == []


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        (a_fee(-1), ("negative-amount", "clause.0.amount")),
        (replace(a_fee(), scope=Scope.STUDIO), ("scope-of-a-studio", "clause.0.scope")),
        (replace(a_fee(), currency="RMB"), ("unknown-currency", "clause.0.currency")),
        (a_fee(given_back=("cancelled", "2")), ("share-out-of-range", "clause.0.clawback.share")),
        (
            a_fee(1, on_signing("2"), on_signing("-1")),
            ("share-out-of-range", "clause.0.instalment.0.share"),
        ),
        (a_guarantee(1, treatment="gift", against=()), ("unknown-treatment", "clause.0.treatment")),
        (
            a_guarantee(1, treatment="on_top", at="2", against=()),
            ("share-out-of-range", "clause.0.at"),
        ),
        (replace(an_award(), receivers=()), ("no-receiver", "clause.0.receivers")),
        (
            replace(an_award(), receivers=("a", "a")),
            ("receiver-named-twice", "clause.0.receivers.1"),
        ),
        (an_award(-1), ("negative-amount", "clause.0.limit")),
        (a_pool_share(share="2"), ("share-out-of-range", "clause.0.share")),
    ],
)
def test_value_that_cannot_be_settled_is_refused(clause: Clause, problem: tuple[str, str]) -> None:
    assert found(clause)[:1] == [problem]


def test_reserve_is_held_for_whole_months() -> None:
    assert found(HOURS, a_reserve(months="1/2")) == [("not-whole-months", "clause.1.months")]
    assert found(HOURS, a_reserve("2")) == [("share-out-of-range", "clause.1.rate")]
    reserve: Reserve = a_reserve(months=Given("months"))
    assert found(HOURS, reserve, parameters=(MONTHS,)) == []
    terms = terms_of(HOURS, reserve, parameters=(MONTHS,), chosen={"months": Fraction(0)})
    assert [own.code for own in check_terms(terms)] == ["deals.not-whole-months"]
    assert check_terms(replace(terms, parameters={"months": Fraction(3)})) == ()
