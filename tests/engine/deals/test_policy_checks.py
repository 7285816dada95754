"""What is refused when a policy is written, not when it is settled."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import (
    Chosen,
    Clause,
    Counted,
    Given,
    Parameter,
    ParameterKind,
    Policy,
    Tier,
    check_policy,
)
from duanju.kernel import Text
from tests.support.terms import a_channel_fee, a_policy, a_revenue_share, a_tiered_rate

NAMED = Text({"en": "Named"})
SHARE = Parameter("split", ParameterKind.SHARE, NAMED, {}, Fraction(1, 2))
RIGHTS = Parameter("rights", ParameterKind.CHOICE, NAMED, {"a": NAMED, "b": NAMED})
RATE = a_tiered_rate()
DIVIDED = a_revenue_share()


def found(policy: Policy) -> list[tuple[str, str]]:
    """Return code and path of each problem."""
    return [(problem.code, problem.where.path) for problem in check_policy(policy)]


def found_in(clause: Clause, *parameters: Parameter) -> list[tuple[str, str]]:
    """Return code and path of each problem of a policy of one clause."""
    return found(a_policy(clause, parameters=parameters))


def test_good_policy_has_no_problem() -> None:
    assert found(a_policy(RATE, DIVIDED)) == []


def test_source_dates_and_clauses_are_demanded() -> None:
    bare = replace(a_policy(), sources=(), valid_until=date(2025, 1, 1))
    assert found(bare) == [
        ("deals.ends-before-it-starts", "valid_until"),
        ("deals.no-source", "source"),
        ("deals.no-clause", "clause"),
    ]


def test_second_clause_or_parameter_of_one_name_is_refused() -> None:
    assert found(a_policy(RATE, RATE, parameters=(SHARE, SHARE))) == [
        ("deals.duplicate-parameter", "parameter.1.id"),
        ("deals.duplicate-clause", "clause.1.id"),
    ]


@pytest.mark.parametrize(
    ("parameter", "problem"),
    [
        (replace(RIGHTS, options={}), ("deals.choice-without-options", "parameter.0")),
        (replace(RIGHTS, default="c"), ("deals.not-an-option", "parameter.0.default")),
        (replace(SHARE, default=Fraction(2)), ("deals.not-a-share", "parameter.0.default")),
        (
            replace(SHARE, options={"a": NAMED}),
            ("deals.options-without-choice", "parameter.0.options"),
        ),
        (
            replace(SHARE, kind=ParameterKind.COUNT, default=Fraction(1, 2)),
            ("deals.not-a-count", "parameter.0.default"),
        ),
        (
            replace(SHARE, kind=ParameterKind.AMOUNT, default=Fraction(-1)),
            ("deals.not-an-amount", "parameter.0.default"),
        ),
        (
            replace(SHARE, kind=ParameterKind.FACTOR, default=Fraction(-1)),
            ("deals.not-a-factor", "parameter.0.default"),
        ),
    ],
)
def test_parameter_that_cannot_hold_is_refused(
    parameter: Parameter, problem: tuple[str, str]
) -> None:
    assert found_in(RATE, parameter) == [problem]


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        (
            replace(RATE, counted=Counted(measure="laughs")),
            ("deals.unknown-measure", "clause.0.measure"),
        ),
        (replace(RATE, currency="RMB"), ("deals.unknown-currency", "clause.0.currency")),
        (replace(RATE, reading="sliding"), ("deals.unknown-reading", "clause.0.reading")),
        (replace(RATE, reading=Given("none")), ("deals.unknown-parameter", "clause.0.reading")),
        (replace(RATE, per=Fraction(0)), ("deals.not-positive", "clause.0.per")),
        (replace(RATE, tiers=()), ("deals.no-tier", "clause.0.tier")),
        (a_tiered_rate((5, "1")), ("deals.first-tier-not-zero", "clause.0.tier.0")),
        (
            a_tiered_rate((0, "1"), (5, "2"), (5, "3")),
            ("deals.tiers-not-rising", "clause.0.tier.2"),
        ),
        (a_tiered_rate((0, "-1")), ("deals.negative-rate", "clause.0.tier.0.rate")),
    ],
)
def test_tiered_rate_that_cannot_be_settled_is_refused(
    clause: Clause, problem: tuple[str, str]
) -> None:
    assert found_in(clause) == [problem]


@pytest.mark.parametrize(
    ("rate", "problem"),
    [
        (Given("rights"), ("deals.parameter-not-a-number", "clause.0.tier.0.rate")),
        (
            Chosen("split", {"a": Fraction(1)}),
            ("deals.parameter-not-a-choice", "clause.0.tier.0.rate"),
        ),
        (
            Chosen("rights", {"a": Fraction(1)}),
            ("deals.option-without-value", "clause.0.tier.0.rate"),
        ),
        (
            Chosen("rights", {"a": Fraction(1), "b": Fraction(1), "c": Fraction(1)}),
            ("deals.unknown-option", "clause.0.tier.0.rate.c"),
        ),
        (
            Chosen("rights", {"a": Fraction(1), "b": Fraction(-1)}),
            ("deals.negative-rate", "clause.0.tier.0.rate.b"),
        ),
    ],
)
def test_rate_that_hangs_on_the_wrong_parameter_is_refused(
    rate: Given | Chosen, problem: tuple[str, str]
) -> None:
    clause = replace(RATE, tiers=(Tier(Fraction(0), False, rate),))
    assert found_in(clause, RIGHTS, SHARE) == [problem]


@pytest.mark.parametrize(
    ("clause", "problem"),
    [
        (replace(DIVIDED, residual=""), ("deals.no-residual", "clause.0.residual")),
        (replace(DIVIDED, shares={}), ("deals.no-share", "clause.0.shares")),
        (replace(DIVIDED, base="net"), ("deals.unknown-base", "clause.0.base")),
        (
            replace(DIVIDED, counted=(Counted(measure="effective_minutes"),)),
            ("deals.not-an-income", "clause.0.measure"),
        ),
        (
            a_revenue_share(shares={"studio": Fraction(6, 5)}),
            ("deals.share-out-of-range", "clause.0.shares.studio"),
        ),
        (
            a_revenue_share(shares={"studio": Fraction(3, 5), "writer": Fraction(1, 2)}),
            ("deals.pays-out-more-than-comes-in", "clause.0.shares"),
        ),
        (
            a_revenue_share(shares={"studio": Fraction(1, 2), "platform": Fraction(1, 2)}),
            ("deals.residual-has-a-share", "clause.0.shares.platform"),
        ),
        (
            a_revenue_share(a_channel_fee(web="1.2")),
            ("deals.share-out-of-range", "clause.0.deduction.0.rate_by_channel.web"),
        ),
        (
            a_revenue_share(replace(a_channel_fee(), rate_by_channel={})),
            ("deals.deduction-takes-nothing", "clause.0.deduction.0"),
        ),
        (
            a_revenue_share(a_channel_fee(), replace(a_channel_fee(), receiver="tax_office")),
            ("deals.duplicate-deduction", "clause.0.deduction.1.name"),
        ),
    ],
)
def test_share_that_cannot_be_settled_is_refused(clause: Clause, problem: tuple[str, str]) -> None:
    assert found_in(clause) == [problem]


def test_currency_may_hang_on_a_choice_of_known_currencies() -> None:
    coins = Parameter("coins", ParameterKind.CHOICE, NAMED, {"CNY": NAMED, "RMB": NAMED})
    assert found_in(replace(DIVIDED, currency=Given("coins")), coins) == [
        ("deals.unknown-currency", "clause.0.currency")
    ]
