"""Waterfalls, co-investments and revenue shares that are refused when they are written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.deals import Chosen, Given, Parameter, ParameterKind, check_policy, check_terms
from duanju.deals.clauses import (
    Clause,
    Counted,
    Deduction,
    Fee,
    Gauge,
    Interest,
    InterestKind,
    Limit,
    Order,
    Receiver,
    Scope,
    ShareTier,
)
from tests.support.terms import PLATFORM, STUDIO, a_channel_fee, a_policy, a_revenue_share, terms_of
from tests.support.waterfalls import (
    NAMED,
    a_co_investment,
    a_gate,
    a_receiver,
    a_stake,
    a_step,
    a_waterfall,
    exact,
)

HALF = a_step("half", "bank", takes="0.5")
FALLS = a_waterfall(HALF)
JOINT = a_co_investment(a_stake("investor", 300))
PLAYS = Counted(measure="plays")
COST = Counted(measure="production_cost")
GRADE = Parameter("grade", ParameterKind.CHOICE, NAMED, {"S": NAMED, "A": NAMED})
SPLIT = Parameter("split", ParameterKind.SHARE, NAMED, {}, at_most=Fraction(3, 5))
WEIGHT = Parameter("weight", ParameterKind.COUNT, NAMED, {})


def found(*clauses: Clause, parameters: tuple[Parameter, ...] = ()) -> list[tuple[str, str]]:
    """Return code and path of each problem of a policy."""
    policy = a_policy(*clauses, parameters=parameters)
    return [(problem.code, problem.where.path) for problem in check_policy(policy)]


def limited(**parts: object) -> Clause:
    """Return a waterfall whose step has this limit."""
    return a_waterfall(a_step("recoup", "bank", limit=Limit(**parts)))  # type: ignore[arg-type]


def gated(*gates: object) -> Clause:
    """Return a waterfall whose second step has these gates, between two others."""
    gate = a_step("gated", "writer", takes="0.5", gates=gates)  # type: ignore[arg-type]
    return a_waterfall(HALF, gate, a_step("last", "investor", takes="0.5"))


def test_good_distributions_have_no_problem() -> None:
    assert (
        found(FALLS, replace(FALLS, id="other", counted=(Counted(measure="advert_income"),))) == []
    )
    assert found(JOINT) == []
    party = a_gate(Gauge.PARTY, "writer", until=5)
    measure = a_gate(Gauge.MEASURE, counted=PLAYS, above=5)
    assert found(gated(a_gate(Gauge.STEP, "half", above=5), party, measure)) == []


@pytest.mark.parametrize(
    ("clause", "code", "path"),
    [
        (replace(FALLS, residual=""), "no-residual", "residual"),
        (replace(FALLS, counted=()), "divides-nothing", "measure"),
        (replace(FALLS, counted=(PLAYS,)), "not-an-income", "measure"),
        (replace(FALLS, counted=(COST,)), "not-an-income", "measure"),
        (replace(FALLS, scope=Scope.STUDIO), "scope-of-a-studio", "scope"),
        (replace(FALLS, currency="RMB"), "unknown-currency", "currency"),
        (a_waterfall(), "no-step", "step"),
        (a_waterfall(HALF, HALF), "duplicate-step", "step.1.name"),
        (a_waterfall(a_step("all", "bank"), HALF), "unreachable-step", "step.1"),
        (a_waterfall(a_step("much", "bank", takes=2)), "share-out-of-range", "step.0.takes"),
        (a_waterfall(a_step("none")), "step-pays-nobody", "step.0.receiver"),
        (
            a_waterfall(a_step("twice", "bank", "bank")),
            "duplicate-receiver",
            "step.0.receiver.1.role",
        ),
        (
            a_waterfall(a_step("fee", "channel", takes="0.5")),
            "channel-of-no-channel",
            "step.0.receiver.0.role",
        ),
        (
            a_waterfall(a_step("first", "bank", "writer", order=Order.PRIORITY)),
            "unreachable-receiver",
            "step.0.receiver.1",
        ),
        (
            a_waterfall(a_step("split", a_receiver("bank", weight=0), "writer")),
            "weight-not-positive",
            "step.0.receiver.0.weight",
        ),
        (
            a_waterfall(
                a_step("late", "bank", takes="0.5", days=(date(2026, 10, 1), date(2026, 10, 1)))
            ),
            "ends-before-it-starts",
            "step.0.until_day",
        ),
        (
            a_waterfall(HALF, owed={"writer": exact("0.6")}),
            "pays-out-more-than-comes-in",
            "owed_of_gross",
        ),
        (
            a_waterfall(HALF, owed={"writer": exact(2)}, deficit_payer="bank"),
            "share-out-of-range",
            "owed_of_gross.writer",
        ),
        (limited(), "limit-of-nothing", "step.0.limit"),
        (limited(amount=exact(-1)), "negative-amount", "step.0.limit.amount"),
        (limited(cost=PLAYS), "not-a-cost", "step.0.limit.cost"),
        (limited(cost=Counted(measure="x")), "unknown-measure", "step.0.limit.cost"),
        (limited(amount=exact(1), cost_cap=exact(1)), "caps-no-cost", "step.0.limit.cost_cap"),
        (
            limited(amount=exact(1), interest=Interest(rate=exact(-1), kind=InterestKind.SIMPLE)),
            "negative-interest",
            "step.0.limit.interest.rate",
        ),
        (gated(a_gate(Gauge.POOL)), "gate-without-threshold", "step.1.gate.0"),
        (gated(a_gate(Gauge.POOL, above=5, until=5)), "gate-never-open", "step.1.gate.0"),
        (gated(a_gate(Gauge.POOL, above=-5)), "negative-amount", "step.1.gate.0.above"),
        (gated(a_gate(Gauge.MEASURE, above=5)), "gate-counts-nothing", "step.1.gate.0"),
        (
            gated(a_gate(Gauge.POOL, above=5, counted=PLAYS)),
            "gate-counts-in-vain",
            "step.1.gate.0.measure",
        ),
        (gated(a_gate(Gauge.STEP, "none", above=5)), "gate-of-no-step", "step.1.gate.0.of"),
        (gated(a_gate(Gauge.STEP, "gated", above=5)), "gate-of-a-later-step", "step.1.gate.0.of"),
        (gated(a_gate(Gauge.STEP, "last", above=5)), "gate-of-a-later-step", "step.1.gate.0.of"),
        (gated(a_gate(Gauge.PARTY, "none", above=5)), "gate-of-no-party", "step.1.gate.0.of"),
        (
            gated(a_gate(Gauge.PARTY, "investor", above=5)),
            "gate-of-a-later-party",
            "step.1.gate.0.of",
        ),
    ],
)
def test_waterfall_that_cannot_be_settled_is_refused(clause: Clause, code: str, path: str) -> None:
    assert found(clause) == [(f"deals.{code}", f"clause.0.{path}")]


def test_step_that_nothing_reaches_names_the_one_that_takes_everything() -> None:
    (problem,) = check_policy(a_policy(a_waterfall(a_step("all", "bank"), HALF)))
    assert problem.params == {"step": "half", "other": "all"}


def test_step_that_takes_everything_up_to_a_limit_lets_something_flow_on() -> None:
    limits = a_step("all", a_receiver("bank", limit=5), a_receiver("writer", limit=5))
    assert found(a_waterfall(limits, HALF)) == []
    assert found(a_waterfall(a_step("all", "bank", limit=5), HALF)) == []
    until = a_step("all", "bank", gates=(a_gate(Gauge.POOL, until=5),))
    assert found(a_waterfall(until, HALF)) == []


def test_weight_that_a_deal_could_fill_in_as_nothing_is_refused() -> None:
    step = replace(HALF, receivers=(Receiver(role="bank", weight=Given("weight")),))
    path = "clause.0.step.0.receiver.0.weight"
    assert found(a_waterfall(step), parameters=(WEIGHT,)) == [("deals.weight-can-be-nothing", path)]
    least = replace(WEIGHT, at_least=Fraction(1))
    assert found(a_waterfall(step), parameters=(least,)) == []


@pytest.mark.parametrize(
    ("clause", "code", "path"),
    [
        (replace(JOINT, residual=""), "no-residual", "residual"),
        (replace(JOINT, stakes=()), "no-stake", "stake"),
        (replace(JOINT, scope=Scope.STUDIO), "scope-of-a-studio", "scope"),
        (a_co_investment(a_stake("bank", 0)), "stake-without-capital", "stake.0"),
        (a_co_investment(a_stake("bank", 1, share="0.5")), "stake-of-two-sources", "stake.0"),
        (
            a_co_investment(a_stake("bank", 1), a_stake("bank", 2)),
            "duplicate-stake",
            "stake.1.role",
        ),
        (a_co_investment(a_stake("bank", -1)), "negative-amount", "stake.0.amount"),
        (
            a_co_investment(a_stake("bank", share="0.6"), a_stake("investor", share="0.5")),
            "stakes-exceed-the-cost",
            "stake",
        ),
        (
            replace(JOINT, before=(replace(HALF, name="recoup"),)),
            "step-of-its-own",
            "before.0.name",
        ),
        (replace(JOINT, before=(HALF, HALF)), "duplicate-step", "before.1.name"),
        (replace(JOINT, profit={"studio": exact(1)}), "residual-has-a-share", "profit.studio"),
        (
            replace(JOINT, profit={"investor": exact("0.6"), "bank": exact("0.5")}),
            "pays-out-more-than-comes-in",
            "profit",
        ),
        (
            replace(JOINT, hurdle=Interest(rate=exact(-1), kind=InterestKind.SIMPLE)),
            "negative-interest",
            "hurdle.rate",
        ),
    ],
)
def test_co_investment_that_cannot_be_settled_is_refused(
    clause: Clause, code: str, path: str
) -> None:
    assert found(clause) == [(f"deals.{code}", f"clause.0.{path}")]


def a_deduction(name: str, **parts: object) -> Deduction:
    """Return a deduction for the platform."""
    return Deduction(name, NAMED, "platform", **parts)  # type: ignore[arg-type]


def tiered(threshold: int, shares: Mapping[str, str]) -> Clause:
    """Return a revenue share with one tier."""
    numbers = {role: exact(share) for role, share in shares.items()}
    tier = ShareTier(threshold=exact(threshold), inclusive=False, shares=numbers)
    return replace(a_revenue_share(), share_tiers=(tier,))


@pytest.mark.parametrize(
    ("clause", "code", "path"),
    [
        (
            a_revenue_share(a_deduction("tax"), base="after_tax"),
            "deduction-takes-nothing",
            "deduction.0",
        ),
        (
            a_revenue_share(a_deduction("tax", rate=exact("0.1"), cost=COST), base="after_tax"),
            "deduction-takes-twice",
            "deduction.0",
        ),
        (
            a_revenue_share(a_deduction("tax", rate=exact("0.1")), a_channel_fee()),
            "channels-after-others",
            "deduction.1",
        ),
        (
            a_revenue_share(
                Deduction("tax", NAMED, "channel", rate=exact("0.1")), base="after_tax"
            ),
            "channel-of-no-channel",
            "deduction.0.receiver",
        ),
        (
            a_revenue_share(
                a_deduction("tax", rate=exact(2)), base="after_tax", shares={"studio": exact(0)}
            ),
            "share-out-of-range",
            "deduction.0.rate",
        ),
        (
            a_revenue_share(a_deduction("tax", rate=exact("0.1"), cap=exact(2)), base="after_tax"),
            "share-out-of-range",
            "deduction.0.cap",
        ),
        (
            a_revenue_share(a_deduction("made", cost=PLAYS), base="after_made"),
            "not-a-cost",
            "deduction.0.cost",
        ),
        (
            a_revenue_share(a_deduction("made", cost=COST), base="gross"),
            "pays-out-more-than-comes-in",
            "shares",
        ),
        (
            a_revenue_share(a_deduction("tax", rate=exact("0.6")), base="gross"),
            "pays-out-more-than-comes-in",
            "shares",
        ),
        (tiered(0, {"studio": "0.6"}), "tiers-not-rising", "share_tier.0"),
        (tiered(5, {"writer": "0.6"}), "tier-of-other-roles", "share_tier.0.shares"),
        (tiered(5, {"studio": "2"}), "share-out-of-range", "share_tier.0.shares.studio"),
        (replace(tiered(5, {"studio": "0.6"}), reading="odd"), "unknown-reading", "reading"),
        (
            replace(tiered(5, {"studio": "0.6"}), tiers_by=Counted(measure="laughs")),
            "unknown-measure",
            "tiers_by",
        ),
    ],
)
def test_revenue_share_that_cannot_be_settled_is_refused(
    clause: Clause, code: str, path: str
) -> None:
    problems = found(clause)
    assert problems[0] == (f"deals.{code}", f"clause.0.{path}")
    assert [own for own in problems[1:] if "pays-out-more" not in own[0]] == []


def test_cost_that_is_capped_leaves_enough_for_a_share_of_the_gross() -> None:
    capped = a_deduction("made", cost=COST, cap=exact("0.5"))
    assert found(a_revenue_share(capped, base="gross")) == []
    over = a_revenue_share(capped, base="gross", shares={"studio": exact("0.6")})
    assert found(over) == [("deals.pays-out-more-than-comes-in", "clause.0.shares")]
    assert found(replace(over, deficit_payer="platform")) == []


def test_worst_option_and_the_most_that_a_deal_may_say_are_what_counts() -> None:
    by_grade = Chosen("grade", {"S": Fraction(1, 2), "A": Fraction(1, 4)})
    clause = a_revenue_share(shares={"studio": by_grade, "writer": Given("split")})
    problem = ("deals.pays-out-more-than-comes-in", "clause.0.shares")
    assert found(clause, parameters=(GRADE, SPLIT)) == [problem]
    less = replace(SPLIT, at_most=Fraction(1, 2))
    assert found(clause, parameters=(GRADE, less)) == []


def test_deal_that_fills_in_too_much_is_refused() -> None:
    free = replace(SPLIT, at_most=None)
    clause = a_waterfall(HALF, owed={"studio": Given("split")}, residual="platform")
    halved = replace(clause, steps=(replace(HALF, receivers=(Receiver(role="platform"),)),))
    assert found(halved, parameters=(free,)) == []
    terms = terms_of(
        halved, parties=(PLATFORM, STUDIO), parameters=(free,), chosen={"split": exact("0.6")}
    )
    assert [own.code for own in check_terms(terms)] == ["deals.pays-out-more-than-comes-in"]
    enough = replace(terms, parameters={"split": exact("0.5")})
    assert check_terms(enough) == ()


def test_only_what_is_owed_to_one_role_by_title_can_be_recouped() -> None:
    fee = Fee(id="fee", title=NAMED, explanation=NAMED, amount=exact(5), currency="CNY")
    clause = a_revenue_share(a_deduction("advance", recoups="fee"), base="after_advance")
    assert found(fee, clause) == []
    assert found(replace(fee, scope=Scope.POOL), clause) == [
        ("deals.cannot-be-recouped", "clause.1.deduction.0.recoups")
    ]
    other = replace(clause, counted=(Counted(measure="advert_income"),))
    falls = replace(FALLS, id="fee", steps=(a_step("half", "platform", takes="0.5"),))
    assert found(falls, other) == [("deals.cannot-be-recouped", "clause.1.deduction.0.recoups")]
