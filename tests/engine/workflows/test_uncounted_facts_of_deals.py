"""What no clause of any deal counts, with facts that are told of a whole deal."""

from dataclasses import replace
from datetime import date

from duanju.deals import Fact, UncountedReason
from duanju.workflows import refused_facts_of, settle_facts, uncounted_of
from tests.support.obligations import a_fee, bargain, on_signing, reached
from tests.support.terms import (
    OCTOBER,
    OTHER_TITLE,
    SEPTEMBER,
    TITLE,
    a_contract,
    a_tiered_rate,
    terms_of,
    watched,
)

CANCELLED = date(2026, 9, 20)
FEE = a_fee(1000, on_signing("1"), given_back=("cancelled", "0.5"))
ONE = a_contract(bargain(FEE, titles=(TITLE,)), "one")
HOURS = a_contract(terms_of(a_tiered_rate((0, "60")), titles=(OTHER_TITLE,)), "hours")


def uncounted(*facts: Fact) -> list[tuple[str, str, str, str]]:
    """Return reason, title, word and resembling word of what September counts nowhere."""
    found = uncounted_of(contracts=[ONE, HOURS], facts=facts, period=SEPTEMBER)
    return [(own.reason.value, own.first.title_id, own.word, own.resembling) for own in found]


def test_milestone_of_a_whole_deal_is_counted_by_that_deal() -> None:
    assert uncounted(reached("cancelled", CANCELLED, title="one")) == []


def test_milestone_of_another_whole_deal_is_named_under_that_deals_id() -> None:
    told = reached("cancelled", CANCELLED, title="hours")
    assert uncounted(told) == [("item", "hours", "cancelled", "")]


def test_milestone_mistyped_of_a_whole_deal_is_named_with_what_was_meant() -> None:
    told = reached("canceled", CANCELLED, title="one")
    assert uncounted(told) == [("item", "one", "canceled", "cancelled")]


def test_mistyped_id_of_a_deal_is_a_title_that_no_deal_has() -> None:
    ((reason, title, word, _),) = uncounted(reached("cancelled", CANCELLED, title="onne"))
    assert (reason, title, word) == ("title", "onne", "onne")


def test_measure_of_a_whole_deal_that_it_does_not_count_is_named() -> None:
    ((reason, title, _, _),) = uncounted(replace(watched(3), title_id="one"))
    assert (reason, title) == ("measure", "one")


def test_what_is_told_of_later_months_is_passed_over() -> None:
    late = reached("canceled", date(2026, 10, 2), title="one")
    assert uncounted(late) == []
    (found,) = uncounted_of(contracts=[ONE, HOURS], facts=[late], period=OCTOBER)
    assert found.reason is UncountedReason.ITEM


def test_id_that_is_a_titles_is_the_titles() -> None:
    same = a_contract(terms_of(a_tiered_rate((0, "60")), titles=("one",)), "hours")
    facts = [watched(3, title="one")]
    assert uncounted_of(contracts=[ONE, same], facts=facts, period=SEPTEMBER) == ()


def test_refused_facts_are_returned_as_they_were_given() -> None:
    """A milestone of a whole deal is handed to it without a title, and comes back under its id."""
    first = reached("cancelled", CANCELLED, title="one")
    undone = replace(first, stretch=reached("cancelled", date(2026, 9, 25)).stretch, quantity=0)
    facts = [undone, first, watched(3, title=OTHER_TITLE)]
    settled = settle_facts(contracts=[ONE, HOURS], facts=facts, posted=[], period=SEPTEMBER)
    found = refused_facts_of(contracts=[ONE, HOURS], facts=facts, deal_ids={"one", "hours"})
    assert [problem for problem, _ in found] == list(settled.problems)
    assert [fact for _, fact in found] == [undone]
    assert refused_facts_of(contracts=[ONE, HOURS], facts=facts, deal_ids={"hours"}) == ()
