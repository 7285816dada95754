"""What each party sees of terms that bind only some, and what is left to facts."""

from dataclasses import replace
from fractions import Fraction

import pytest

from duanju.deals import (
    Coefficient,
    Counted,
    Given,
    MilestoneReached,
    Parameter,
    ParameterKind,
    Recouped,
    StepDown,
    check_terms,
    entitle,
    entitlements_for,
    find_conditions,
    view_of,
)
from duanju.kernel import Text
from tests.support.obligations import (
    NEW_YEAR,
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
from tests.support.terms import (
    a_channel_fee,
    a_policy,
    a_revenue_share,
    watched,
)

NAMED = Text({"en": "Named", "zh-Hans": "名称"})
RATE = Parameter("agents_rate", ParameterKind.SHARE, NAMED, {})
HIDDEN = a_commission(Given("agents_rate"), binds=("studio", "agent"))
OF_HIDDEN = a_commission(
    "0.5", own_id="second", of=("commission",), earned_by="agent", payer="agent"
)
OF_HIDDEN = replace(OF_HIDDEN, payee="screenwriter", binds=("agent", "screenwriter", "studio"))
TERMS = replace(
    bargain(hours(), HIDDEN, a_cap(300)),
    policy=a_policy(hours(), HIDDEN, a_cap(300), parameters=(RATE,)),
    parameters={"agents_rate": Fraction(1, 10)},
)
FACTS = [watched(500)]


def test_party_does_not_see_what_binds_others_only() -> None:
    seen = view_of(TERMS, "platform")
    assert [clause.id for clause in seen.policy.clauses] == ["hours", "cap"]
    assert (seen.policy.parameters, seen.parameters) == ((), {})
    assert "agent" not in seen.parties
    assert {"platform", "studio"} <= set(seen.parties)


@pytest.mark.parametrize("role", ["studio", "agent"])
def test_party_that_is_bound_sees_everything(role: str) -> None:
    assert view_of(TERMS, role) == TERMS


def test_terms_that_bind_everyone_are_seen_whole_by_all() -> None:
    terms = bargain(hours(), a_cap(300))
    assert view_of(terms, "director") is terms


def test_commission_of_a_hidden_clause_is_hidden_with_it() -> None:
    everyones = replace(OF_HIDDEN, binds=())
    terms = replace(TERMS, policy=a_policy(hours(), HIDDEN, everyones, parameters=(RATE,)))
    assert [clause.id for clause in view_of(terms, "platform").policy.clauses] == ["hours"]


@pytest.mark.parametrize("role", [party.role for party in PARTIES])
def test_what_a_party_sees_is_what_its_view_entitles_to(role: str) -> None:
    whole = entitle(terms=TERMS, facts=FACTS, as_of=NEW_YEAR)
    seen = view_of(TERMS, role)
    assert check_terms(seen) == ()
    own = entitlements_for(whole, terms=TERMS, role=role)
    assert own == entitle(terms=seen, facts=FACTS, as_of=NEW_YEAR)
    assert len(own) == (3 if role in ("studio", "agent") else 2)


def test_what_facts_will_decide_is_named() -> None:
    rights = Coefficient(
        name="rights",
        title=NAMED,
        value=Fraction(2),
        step_down=StepDown(milestone="exclusivity_ended", value=Fraction(1)),
    )
    heat = Coefficient(name="heat", title=NAMED, value=Fraction(1), counted=Counted(measure="heat"))
    share = a_revenue_share(
        replace(a_channel_fee(), name="channel_fee"),
        replace(a_channel_fee(), name="tax", rate_by_channel={}, cost=Counted(measure="tax")),
    )
    policy = a_policy(
        share,
        a_fee(1, on_signing("1/2"), replace(on_signing("1/2"), milestone="release")),
        replace(a_pool_share(rights, heat), when=(MilestoneReached(milestone="release"),)),
        a_guarantee(1, against=("unlocks",)),
        an_award(),
        replace(a_reserve(of=("unlocks",)), when=(Recouped(clause="guarantee"),)),
    )
    found = [(own.clause_id, own.code, *own.params.values()) for own in find_conditions(policy)]
    assert found == [
        ("unlocks", "condition.channel-needs-a-rate", "channel_fee"),
        ("unlocks", "condition.refund-after-close", "platform"),
        ("unlocks", "condition.cost-must-be-reported", "tax"),
        ("fee", "condition.milestone-decides", "release"),
        ("pool", "condition.heat-needs-daily-plays", "plays"),
        ("pool", "condition.milestone-decides", "release"),
        ("pool", "condition.milestone-decides", "exclusivity_ended"),
        ("pool", "condition.pool-may-be-empty", "all_effective_minutes"),
        ("pool", "condition.pool-must-be-reported", "member_pool"),
        ("guarantee", "condition.guarantee-may-stay-unrecouped", "platform"),
        ("awards", "condition.award-is-decided", "screenwriter"),
        ("awards", "condition.award-is-decided", "director"),
        ("reserve", "condition.recoupment-decides", "guarantee"),
        ("reserve", "condition.reserve-is-released", "studio"),
    ]
    assert find_conditions(a_policy(hours(), a_fee(1))) == ()
