"""Two terms, clause by clause."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from duanju.workflows import Change, find_differences
from tests.support.terms import a_revenue_share, a_tiered_rate, terms_of, unlocked, watched

AFTER = date(2026, 10, 1)
FACTS = [watched(600), unlocked(10_000)]


def test_same_terms_differ_in_nothing() -> None:
    terms = terms_of(a_tiered_rate((0, "2")))
    found = find_differences(before=terms, after=terms, facts=FACTS, as_of=AFTER)
    assert [(own.clause_id, own.change, own.fields) for own in found.clauses] == [
        ("hours", Change.SAME, ())
    ]
    assert found.before.by_role == found.after.by_role == {"studio": Fraction(2_000)}


def test_changed_value_is_named_with_what_it_is_worth() -> None:
    found = find_differences(
        before=terms_of(a_tiered_rate((0, "2"))),
        after=terms_of(a_tiered_rate((0, "3"))),
        facts=FACTS,
        as_of=AFTER,
    )
    (clause,) = found.clauses
    assert clause.change is Change.CHANGED
    assert [(own.path, own.before, own.after) for own in clause.fields] == [
        ("tiers.0.rate", Fraction(2), Fraction(3))
    ]
    assert (clause.before, clause.after) == ({"studio": 2_000}, {"studio": 3_000})


def test_added_and_removed_clauses_stand_apart() -> None:
    found = find_differences(
        before=terms_of(a_tiered_rate((0, "2"))),
        after=terms_of(a_revenue_share()),
        facts=FACTS,
        as_of=AFTER,
    )
    assert [(own.clause_id, own.change) for own in found.clauses] == [
        ("unlocks", Change.ADDED),
        ("hours", Change.REMOVED),
    ]
    assert found.clauses[0].before == {}
    assert found.clauses[0].after["studio"] == 5_000
    assert found.clauses[1].after == {}


def test_a_default_that_is_stated_is_no_difference() -> None:
    rate = a_tiered_rate((0, "2"))
    same = replace(rate, payer="platform")
    found = find_differences(before=terms_of(rate), after=terms_of(same), facts=FACTS, as_of=AFTER)
    assert [own.change for own in found.clauses] == [Change.SAME]
