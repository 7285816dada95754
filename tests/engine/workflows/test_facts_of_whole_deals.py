"""A milestone of a whole deal reaches that deal, and no other."""

from dataclasses import replace
from datetime import date

from duanju.deals import Contract, Fact, Scope
from duanju.settlement import Settlement
from duanju.workflows import Settled, bundles_of, replay, settle_facts
from tests.support.obligations import (
    PARTIES,
    a_fee,
    a_pool_share,
    all_watched,
    bargain,
    on_signing,
    pooled,
    reached,
)
from tests.support.terms import (
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_contract,
    a_tiered_rate,
    terms_of,
    watched,
)

CANCELLED = date(2026, 9, 20)


def a_fee_that_is_given_back(title: str, own_id: str) -> Contract:
    """Return a deal for a thousand yuan on signing, of which half is given back if cancelled."""
    fee = a_fee(1000, on_signing("1"), given_back=("cancelled", "0.5"), scope=Scope.POOL)
    return a_contract(bargain(fee, titles=(title,)), own_id)


ONE, OTHER = a_fee_that_is_given_back(TITLE, "one"), a_fee_that_is_given_back(OTHER_TITLE, "other")


def settled(*contracts: Contract, facts: list[Fact]) -> Settlement:
    """Settle September."""
    return settle_facts(contracts=contracts, facts=facts, posted=[], period=SEPTEMBER)


def totals(settlement: Settlement) -> dict[str, int]:
    """Return what each deal brings, in minor units."""
    return {own.deal_id: own.totals[0].amount_minor for own in settlement.statements}


def test_milestone_under_a_deals_id_is_that_deals() -> None:
    settlement = settled(ONE, OTHER, facts=[reached("cancelled", CANCELLED, title="one")])
    assert settlement.problems == ()
    assert totals(settlement) == {"one": 50_000, "other": 100_000}


def test_its_bundle_replays_to_the_same_statement() -> None:
    facts = [reached("cancelled", CANCELLED, title="one")]
    settlement = settled(ONE, OTHER, facts=facts)
    bundles = bundles_of(Settled((ONE, OTHER), facts, (), settlement, zone="Asia/Shanghai"))
    assert [[own.title_id for own in bundle.facts] for bundle in bundles] == [[""], []]
    assert all(replay(bundle).is_equal for bundle in bundles)


def test_milestone_without_a_title_is_the_only_deals() -> None:
    settlement = settled(ONE, facts=[reached("cancelled", CANCELLED, title="")])
    assert settlement.problems == ()
    assert totals(settlement) == {"one": 50_000}


def test_milestone_of_nobody_keeps_back_those_of_several_deals_that_count_it() -> None:
    hours = a_contract(terms_of(a_tiered_rate((0, "60")), titles=("103",)), "hours")
    facts = [reached("cancelled", CANCELLED, title=""), watched(3, title="103")]
    settlement = settled(ONE, OTHER, hours, facts=facts)
    assert [(own.code, dict(own.params)) for own in settlement.problems] == [
        (
            "workflows.milestone-of-no-deal",
            {"deal": deal, "milestone": "cancelled", "stretch": "2026-09-20/2026-09-21"},
        )
        for deal in ("one", "other")
    ]
    assert totals(settlement) == {"hours": 300}
    assert {own.key.deal_id for own in settlement.transactions} == {"hours"}


def test_fact_of_a_title_without_its_title_keeps_back_the_deal_that_counts_it() -> None:
    hours = a_contract(terms_of(a_tiered_rate((0, "60")), titles=("103",)), "hours")
    settlement = settled(ONE, hours, facts=[watched(3, title="")])
    assert [(own.code, own.params["deal"]) for own in settlement.problems] == [
        ("deals.fact-without-title", "hours")
    ]
    assert totals(settlement) == {"one": 100_000}


def test_id_that_is_a_titles_is_always_the_titles() -> None:
    hours = a_contract(
        terms_of(a_tiered_rate((0, "60")), titles=("one",), parties=PARTIES), "hours"
    )
    facts = [reached("cancelled", CANCELLED, title="one"), watched(3, title="one")]
    settlement = settled(ONE, hours, facts=facts)
    assert settlement.problems == ()
    assert totals(settlement) == {"hours": 300, "one": 100_000}


def test_platform_wide_measures_reach_every_deal() -> None:
    contracts = [
        a_contract(bargain(a_pool_share(), titles=(title,)), own_id)
        for title, own_id in ((TITLE, "one"), (OTHER_TITLE, "other"))
    ]
    facts = [
        pooled(1000),
        all_watched(10),
        watched(4),
        replace(watched(6), title_id=OTHER_TITLE),
    ]
    assert totals(settled(*contracts, facts=facts)) == {"one": 400, "other": 600}
