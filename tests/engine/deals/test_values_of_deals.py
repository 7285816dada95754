"""What a deal fills in must fit the clause that uses it, though it is of the right kind."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.adapters.documents import policy_from_text
from duanju.deals import Terms, check_terms
from duanju.kernel import Party
from tests.support.hostile_terms import (
    BONUS,
    CAP,
    COMMISSION,
    FEE,
    GUARANTEE,
    INVESTMENT,
    RATE,
    RESERVE,
    SHARE,
    STEP,
    WATERFALL,
    again,
    deduction,
    policy_text,
)

VALUE = '{ parameter = "open" }'
ROLES = ("platform", "studio", "agent", "director")


def a_deal(clauses: list[str], kind: str, open_value: str) -> Terms:
    """Return a deal under a policy whose open parameter is of a kind."""
    text = policy_text(clauses).replace('kind = "share"', f'kind = "{kind}"')
    return Terms(
        policy=policy_from_text(text),
        parameters={"open": Fraction(open_value)},
        parties={role: Party(role, role) for role in ROLES},
        title_ids=frozenset({"101"}),
        starts_on=date(2026, 9, 1),
    )


@pytest.mark.parametrize(
    ("code", "kind", "value", "clauses"),
    [
        ("share-out-of-range", "factor", "5", [RATE, again(COMMISSION, ("0.6", VALUE))]),
        ("share-out-of-range", "factor", "5", [again(BONUS, ("0.1", VALUE))]),
        ("share-out-of-range", "factor", "5", [RATE, again(RESERVE, ("0.6", VALUE))]),
        ("share-out-of-range", "factor", "5", [RATE, GUARANTEE + f"at = {VALUE}\n"]),
        ("share-out-of-range", "factor", "5", [WATERFALL + again(STEP, ("0.5", VALUE))]),
        (
            "share-out-of-range",
            "factor",
            "5",
            [
                again(SHARE, ('base = "gross"', 'base = "after_tax"'))
                + deduction("tax", f"rate = {VALUE}")
            ],
        ),
        (
            "share-out-of-range",
            "factor",
            "5",
            [FEE + f'clawback = {{ milestone = "cancelled", share = {VALUE} }}\n'],
        ),
        ("not-whole-months", "count", "0", [RATE + f"term = {{ months = {VALUE} }}\n"]),
        (
            "stake-without-capital",
            "amount",
            "0",
            [again(INVESTMENT, ("amount = 100", f"amount = {VALUE}"))],
        ),
    ],
)
def test_number_that_no_clause_can_bear_is_refused(
    code: str, kind: str, value: str, clauses: list[str]
) -> None:
    found = check_terms(a_deal(clauses, kind, value))
    assert [(own.code, own.where.path) for own in found] == [(f"deals.{code}", "parameters.open")]


def test_deal_that_fills_in_what_fits_is_good() -> None:
    deal = a_deal([RATE, again(CAP, ("100", VALUE))], "amount", "5000")
    assert check_terms(deal) == ()


def test_shares_kept_back_are_added_up_with_the_deals_own() -> None:
    clauses = [RATE, RESERVE, again(RESERVE, ('id = "reserve"', 'id = "second"'), ("0.6", VALUE))]
    good = a_deal(clauses, "share", "0.4")
    assert check_terms(good) == ()
    (problem,) = check_terms(replace(good, parameters={"open": Fraction(1, 2)}))
    assert problem.code == "deals.keeps-back-more-than-earned"
    assert problem.params["total"] == "11/10"
