"""Revenue shares with costs, caps, recoupment, tiers and terms: every reading, exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import (
    Entitlement,
    Fact,
    Given,
    Parameter,
    ParameterKind,
    Terms,
    check_policy,
    check_terms,
    entitle,
    entitle_by_month,
)
from duanju.deals.clauses import (
    Counted,
    Deduction,
    EarningTerm,
    Fee,
    Reading,
    Reset,
    RevenueShare,
    ShareTier,
)
from duanju.kernel import Month
from tests.support.proofs import recompute
from tests.support.terms import (
    AUTUMN,
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    a_channel_fee,
    a_revenue_share,
    unlocked,
    watched,
)
from tests.support.waterfalls import NAMED, earned_of, exact, terms_with, told, yuan_of

COST = Counted(measure="traffic_cost")


def income(yuan: int, month: Month = SEPTEMBER, channel: str = "web") -> Fact:
    """Return income of unlocks, in yuan."""
    return unlocked(yuan * 100, month, channel=channel)


def to_platform(name: str, **parts: object) -> Deduction:
    """Return a deduction for the platform."""
    return Deduction(name, NAMED, "platform", **parts)  # type: ignore[arg-type]


def tiered(
    *tiers: tuple[int, str],
    reading: Reading = Reading.MARGINAL,
    reset: Reset = Reset.NEVER,
    by: str = "",
    inclusive: bool = False,
    term: EarningTerm | None = None,
) -> RevenueShare:
    """Return a share of half of the gross, and of more from thresholds on."""
    return replace(
        a_revenue_share(base="gross"),
        deductions=(),
        share_tiers=tuple(
            ShareTier(threshold=exact(above), inclusive=inclusive, shares={"studio": exact(share)})
            for above, share in tiers
        ),
        tiers_by=Counted(measure=by) if by else None,
        reading=reading,
        reset=reset,
        term=term,
    )


def test_flat_rate_is_taken_of_what_the_channels_left() -> None:
    clause = a_revenue_share(
        a_channel_fee(), to_platform("tax", rate=exact("0.1")), base="after_tax"
    )
    facts = income(100), income(100, channel="wechat_ios")
    earned = {(own.kind.value, str(own.party)): own.amount for own in earned_of(clause, *facts)}
    assert earned == {
        ("deduction", "channel:web"): 0,
        ("deduction", "channel:wechat_ios"): 1_200,
        ("deduction", "platform:aurora"): 1_880,
        ("share", "studio:lanxi"): 8_460,
        ("share", "platform:aurora"): 8_460,
    }


@pytest.mark.parametrize(("cost", "taken"), [(30, 30), (100, 100), (101, 100), (0, 0)])
def test_cost_is_taken_as_far_as_the_income_reaches(cost: int, taken: int) -> None:
    clause = a_revenue_share(to_platform("traffic", cost=COST), base="after_traffic")
    half = Fraction(100 - taken, 2)
    assert yuan_of(clause, income(100), told("traffic_cost", cost * 100)) == {
        "traffic": taken,
        "studio": half,
        "platform": half,
    }


def test_cost_is_never_taken_of_refunds() -> None:
    clause = a_revenue_share(to_platform("traffic", cost=COST), base="after_traffic")
    assert yuan_of(clause, income(-100), told("traffic_cost", 3_000)) == {
        "traffic": 0,
        "studio": -50,
        "platform": -50,
    }


def test_cap_is_a_share_of_the_gross() -> None:
    fee = replace(a_channel_fee(web="0.3"), cap=exact("0.2"))
    clause = a_revenue_share(
        fee, to_platform("traffic", cost=COST, cap=exact("0.5")), base="after_traffic"
    )
    assert yuan_of(clause, income(100), told("traffic_cost", 6_000)) == {
        "channel_fee": 20,
        "traffic": 50,
        "studio": 15,
        "platform": 15,
    }
    assert yuan_of(clause, income(-100))["channel_fee"] == -20


def test_advance_is_recouped_before_the_rest_is_divided() -> None:
    fee = Fee(id="advance", title=NAMED, explanation=NAMED, amount=exact(30), currency="CNY")
    clause = a_revenue_share(to_platform("recouped", recoups="advance"), base="after_recouped")
    terms = terms_with(fee, clause)
    months = entitle_by_month(terms=terms, facts=[income(20), income(80, OCTOBER)], months=AUTUMN)
    shares = [
        {own.name: own.amount for own in earned if own.clause_id == "unlocks"}
        for earned in months.values()
    ]
    assert shares[0] == {"recouped": 2_000, "studio": 0, "platform": 0}
    assert shares[1] == {"recouped": 3_000, "studio": 3_500, "platform": 3_500}


@pytest.mark.parametrize(
    ("came_in", "marginal", "whole"),
    [
        (99, "49.5", "49.5"),
        (100, "50", "50"),
        (101, "50.6", "60.6"),
        (300, "180", "210"),
        (-10, "-5", "-5"),
    ],
)
def test_tiers_by_the_base_split_it_or_hold_for_the_whole(
    came_in: int, marginal: str, whole: str
) -> None:
    tiers = (100, "0.6"), (200, "0.7")
    assert yuan_of(tiered(*tiers), income(came_in))["studio"] == Fraction(marginal)
    by_whole = tiered(*tiers, reading=Reading.WHOLE_AMOUNT)
    assert yuan_of(by_whole, income(came_in))["studio"] == Fraction(whole)


def test_threshold_itself_belongs_to_the_tier_that_says_so() -> None:
    above = tiered((100, "0.6"), reading=Reading.WHOLE_AMOUNT)
    included = tiered((100, "0.6"), reading=Reading.WHOLE_AMOUNT, inclusive=True)
    assert yuan_of(above, income(100))["studio"] == 50
    assert yuan_of(included, income(100))["studio"] == 60


@pytest.mark.parametrize(
    ("minutes", "marginal", "whole"), [(0, 50, 50), (100, 50, 50), (200, 60, 70), (400, 65, 70)]
)
def test_tiers_by_another_measure_divide_the_base_as_they_divide_it(
    minutes: int, marginal: int, whole: int
) -> None:
    facts = income(100), watched(minutes)
    by = "effective_minutes"
    assert yuan_of(tiered((100, "0.7"), by=by), *facts)["studio"] == marginal
    by_whole = tiered((100, "0.7"), by=by, reading=Reading.WHOLE_AMOUNT)
    assert yuan_of(by_whole, *facts)["studio"] == whole


def test_tiers_that_count_anew_each_month_forget_the_month_before() -> None:
    clause = tiered((100, "0.6"), reset=Reset.MONTH)
    facts = income(150), income(150, OCTOBER), income(-50, NOVEMBER), income(100, DECEMBER)
    by_month = entitle_by_month(terms=terms_with(clause), facts=facts, months=AUTUMN)
    studio = [_amount(earned, "studio") / 100 for earned in by_month.values()]
    assert studio == [80, 160, 135, 185]
    assert yuan_of(clause, *facts)["studio"] == 185


def test_tiers_that_count_anew_each_year_begin_with_the_deals_own() -> None:
    clause = tiered((100, "0.6"), reset=Reset.YEAR)
    months = Month(2027, 8), Month(2027, 9)
    facts = income(90, NOVEMBER), income(20, Month(2027, 1)), income(110, Month(2027, 9))
    by_month = entitle_by_month(terms=terms_with(clause), facts=facts, months=months)
    assert [_amount(earned, "studio") / 100 for earned in by_month.values()] == [56, 112]


def test_channel_that_refunds_emptied_still_counts_in_its_months() -> None:
    clause = tiered((100, "0.6"), reset=Reset.MONTH)
    facts = income(200), income(-200, OCTOBER)
    assert yuan_of(clause, *facts)["studio"] == 110 - 100
    monthly = entitle_by_month(terms=terms_with(clause), facts=facts, months=AUTUMN)
    assert monthly[DECEMBER] == earned_of(clause, *facts)


def test_income_after_the_term_goes_to_the_residual_receiver() -> None:
    clause = replace(a_revenue_share(), term=EarningTerm(months=exact(2)))
    facts = income(100), income(100, OCTOBER), income(100, NOVEMBER)
    assert yuan_of(clause, *facts) == {"channel_fee": 0, "studio": 100, "platform": 200}


@pytest.mark.parametrize(
    ("cost", "expected"),
    [
        (20, {"traffic": 20, "studio": 50, "platform": 30, "investor": 0}),
        (80, {"traffic": 80, "studio": 50, "platform": 0, "investor": -30}),
    ],
)
def test_deficit_payer_pays_what_is_promised_beyond_the_income(
    cost: int, expected: Mapping[str, int]
) -> None:
    clause = replace(
        a_revenue_share(to_platform("traffic", cost=COST), base="gross"), deficit_payer="investor"
    )
    assert yuan_of(clause, income(100), told("traffic_cost", cost * 100)) == expected


def test_every_reading_sums_to_the_income_and_recomputes() -> None:
    deductions = (
        replace(a_channel_fee(web="0.3"), cap=exact("0.2")),
        to_platform("tax", rate=exact("1/7"), cap=exact("0.1")),
        to_platform("traffic", cost=COST, cap=exact("0.5")),
    )
    facts = [
        income(333),
        income(-77, OCTOBER),
        told("traffic_cost", 5_555, OCTOBER),
        income(1_000, NOVEMBER),
        watched(70, NOVEMBER),
    ]
    for reading in Reading:
        for reset in Reset:
            for by in ("", "effective_minutes"):
                tiers = tiered((100, "0.6"), (200, "0.7"), reading=reading, reset=reset, by=by)
                clause = replace(
                    tiers, base="after_tax", deductions=deductions, deficit_payer="investor"
                )
                earned = earned_of(clause, *facts)
                assert sum(own.amount for own in earned) == 125_600
                for own in earned:
                    assert recompute(own.proof) == own.amount


def _amount(earned: Iterable[Entitlement], name: str) -> Fraction:
    return sum((own.amount for own in earned if own.name == name), Fraction(0))


@pytest.mark.parametrize(
    ("income_yuan", "studio"), [(99, "49.5"), (100, "50"), (101, "60.6"), (150, "90")]
)
def test_threshold_can_be_what_the_deal_says(income_yuan: int, studio: str) -> None:
    terms = aiming_at(100)
    assert check_policy(terms.policy) == ()
    assert check_terms(terms) == ()
    earned = entitle(terms=terms, facts=(income(income_yuan),), as_of=date(2027, 1, 1))
    assert {own.name: own.amount / 100 for own in earned}["studio"] == exact(studio)


def test_thresholds_that_a_deal_makes_fall_are_refused() -> None:
    problems = check_terms(aiming_at(500))
    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("deals.tiers-not-rising", "clause.0.share_tier.1")
    ]


def aiming_at(target: int) -> Terms:
    """Return half of the gross, 60% above a target of the deal, and 70% above ¥500."""
    clause = tiered((1, "0.6"), (500, "0.7"), reading=Reading.WHOLE_AMOUNT)
    first, second = clause.share_tiers
    clause = replace(clause, share_tiers=(replace(first, threshold=Given("target")), second))
    terms = terms_with(clause)
    parameter = Parameter("target", ParameterKind.AMOUNT, NAMED, {}, required=True)
    policy = replace(terms.policy, parameters=(parameter,))
    return replace(terms, policy=policy, parameters={"target": Fraction(target)})
