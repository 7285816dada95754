"""Which terms of an amended deal hold when, and what is wrong with amendments."""

from dataclasses import replace
from datetime import date

import pytest

from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Terms,
    check_contract,
    parts_of,
)
from duanju.kernel import Party
from tests.support.terms import (
    OTHER_TITLE,
    a_contract,
    a_policy,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
)

OLD = terms_of(a_tiered_rate((0, "1")), ends_on=date(2027, 1, 1))
NEW = terms_of(a_tiered_rate((0, "2")))
SHARE = terms_of(a_revenue_share())
OCTOBER_10, NOVEMBER_1 = date(2026, 10, 10), date(2026, 11, 1)
OVER, BESIDE = AmendmentMode.OVER, AmendmentMode.BESIDE
PLAY, SIGNING = AmendedBy.PLAY_DATE, AmendedBy.SIGNING_DATE


def amended(*amendments: Amendment, own: Terms = OLD) -> Contract:
    """Return a deal with amendments."""
    return replace(a_contract(own), amendments=amendments)


def days_of(contract: Contract) -> list[tuple[str, str, str]]:
    """Return amendment, first day and first day after of each part."""
    return [
        (part.amendment_id, str(part.terms.starts_on), str(part.terms.ends_on))
        for part in parts_of(contract)
    ]


WHOLE, SECOND = ("2026-09-01", "2027-01-01"), ("2026-10-10", "2027-01-01")


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        ((), [("", *WHOLE)]),
        ((Amendment("a", NEW, OCTOBER_10),), [("", "2026-09-01", "2026-10-10"), ("a", *SECOND)]),
        ((Amendment("a", NEW, OCTOBER_10, OVER, SIGNING),), [("", *WHOLE)]),
        ((Amendment("a", SHARE, OCTOBER_10, BESIDE),), [("", *WHOLE), ("a", *SECOND)]),
        ((Amendment("a", SHARE, OCTOBER_10, BESIDE, SIGNING),), [("", *WHOLE), ("a", *WHOLE)]),
        ((Amendment("a", NEW, date(2026, 9, 1)),), [("a", *WHOLE)]),
        (
            (Amendment("a", NEW, NOVEMBER_1), Amendment("b", NEW, OCTOBER_10)),
            [("", "2026-09-01", "2026-10-10"), ("b", *SECOND)],
        ),
        (
            (Amendment("a", NEW, OCTOBER_10), Amendment("b", NEW, NOVEMBER_1)),
            [
                ("", "2026-09-01", "2026-10-10"),
                ("a", "2026-10-10", "2026-11-01"),
                ("b", "2026-11-01", "2027-01-01"),
            ],
        ),
        (
            (Amendment("a", SHARE, OCTOBER_10, BESIDE), Amendment("b", NEW, NOVEMBER_1)),
            [
                ("", "2026-09-01", "2026-11-01"),
                ("a", "2026-10-10", "2026-11-01"),
                ("b", "2026-11-01", "2027-01-01"),
            ],
        ),
        (
            (Amendment("a", NEW, OCTOBER_10), Amendment("b", NEW, OCTOBER_10, OVER, SIGNING)),
            [("", *WHOLE)],
        ),
    ],
)
def test_parts_hold_for_their_days(
    amendments: tuple[Amendment, ...], expected: list[tuple[str, str, str]]
) -> None:
    assert days_of(amended(*amendments)) == expected


def test_terms_from_a_day_on_are_claimed_apart_and_those_by_signing_are_not() -> None:
    by_play = parts_of(amended(Amendment("second", NEW, OCTOBER_10)))
    assert [part.claimed_as("hours") for part in by_play] == ["hours", "hours@second"]
    by_signing = parts_of(amended(Amendment("second", NEW, OCTOBER_10, OVER, SIGNING)))
    assert [(part.claimed_as("hours"), part.terms.policy) for part in by_signing] == [
        ("hours", NEW.policy)
    ]


def problems_of(contract: Contract) -> list[tuple[str, str]]:
    """Return code and path of each problem of a deal."""
    return [(own.code, own.where.path) for own in check_contract(contract)]


OTHER_STUDIO = replace(NEW, parties={**NEW.parties, "studio": Party("studio", "other")})
OF_ANOTHER_TITLE = replace(NEW, title_ids=frozenset({OTHER_TITLE}))
NEEDS_WRITER = terms_of(a_revenue_share(shares={"writer": a_revenue_share().shares["studio"]}))


@pytest.mark.parametrize(
    ("amendments", "expected"),
    [
        (
            (Amendment("a", NEW, OCTOBER_10), Amendment("a", NEW, NOVEMBER_1)),
            [("deals.duplicate-amendment", f"amendment.{index}.id") for index in (0, 1)],
        ),
        (
            (Amendment("a", NEW, date(2027, 1, 1)), Amendment("b", NEW, date(2026, 8, 31))),
            [
                ("deals.amendment-outside-the-deal", f"amendment.{index}.effective_on")
                for index in (0, 1)
            ],
        ),
        ((Amendment("a", NEW, date(2027, 1, 1), OVER, SIGNING),), []),
        (
            (Amendment("a", OTHER_STUDIO, OCTOBER_10),),
            [("deals.amendment-of-other-parties", "amendment.0.parties.studio")],
        ),
        (
            (Amendment("a", NEEDS_WRITER, OCTOBER_10),),
            [("deals.missing-party", "amendment.0.parties.writer")],
        ),
        (
            (Amendment("a", NEW, OCTOBER_10, BESIDE),),
            [("deals.amendment-claims-the-same", "amendment.0.policy")],
        ),
        ((Amendment("a", SHARE, OCTOBER_10, BESIDE),), []),
        (
            (Amendment("a", replace(NEW, title_ids=frozenset({OTHER_TITLE})), OCTOBER_10, BESIDE),),
            [],
        ),
        (
            (Amendment("a", SHARE, OCTOBER_10, BESIDE), Amendment("b", SHARE, NOVEMBER_1, BESIDE)),
            [("deals.amendment-claims-the-same", "amendment.1.policy")],
        ),
        (
            (
                Amendment("a", SHARE, OCTOBER_10, BESIDE),
                Amendment("b", NEW, NOVEMBER_1),
                Amendment("c", SHARE, NOVEMBER_1, BESIDE),
            ),
            [],
        ),
    ],
)
def test_what_is_wrong_with_amendments_is_found(
    amendments: tuple[Amendment, ...], expected: list[tuple[str, str]]
) -> None:
    assert problems_of(amended(*amendments)) == expected


def test_two_clauses_that_claim_the_same_are_both_named() -> None:
    (problem,) = check_contract(amended(Amendment("second", NEW, OCTOBER_10, BESIDE)))
    assert dict(problem.params) == {
        "amendment": "second",
        "clause": "hours",
        "other": "hours",
        "measure": "effective_minutes",
    }


def test_shares_of_incomes_in_two_currencies_may_stand_beside_one_another() -> None:
    dollars = terms_of(replace(a_revenue_share(), currency="USD"))
    own = replace(SHARE, ends_on=date(2027, 1, 1))
    assert problems_of(amended(Amendment("a", dollars, OCTOBER_10, BESIDE), own=own)) == []


def test_policy_of_an_amendment_must_have_been_in_force_when_it_was_signed() -> None:
    policy = replace(a_policy(*NEW.policy.clauses), version=2, valid_from=NOVEMBER_1)
    later = replace(NEW, policy=policy, signed_on=NOVEMBER_1)
    signed = replace(OLD, signed_on=date(2026, 8, 1))
    assert problems_of(amended(Amendment("a", later, OCTOBER_10), own=signed)) == []
    early = replace(later, signed_on=OCTOBER_10)
    assert problems_of(amended(Amendment("a", early, OCTOBER_10), own=signed)) == [
        ("deals.policy-not-in-force", "amendment.0.signed_on")
    ]
