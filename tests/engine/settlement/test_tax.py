"""Taxes on a payment, by published tables, and rules that cannot be meant."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.settlement import TaxBracket, TaxEffect, TaxKind, TaxRule, check_tax_rules
from tests.support.taxes import AUTHOR, GENERAL, LABOUR, NON_RESIDENT


@pytest.mark.parametrize(
    ("rule", "payment", "tax"),
    [
        # Announcement 61 of 2018, article 8 and table 2, worked by hand.
        (LABOUR, "700", "0"),
        (LABOUR, "800", "0"),
        (LABOUR, "3000", "440"),  # 2,200 at 20%
        (LABOUR, "4000", "640"),  # 3,200 at 20%
        (LABOUR, "4000.01", "640.0016"),  # a fifth is free: the two meet at 4,000
        (LABOUR, "10000", "1600"),
        (LABOUR, "25000", "4000"),  # 20,000, the end of the first bracket
        (LABOUR, "30000", "5200"),  # 24,000 at 30%, less 2,000
        (LABOUR, "62500", "13000"),  # 50,000, the end of the second
        (LABOUR, "100000", "25000"),  # 80,000 at 40%, less 7,000
        (AUTHOR, "3000", "308"),  # 2,200, of which 70%, at 20%
        (AUTHOR, "10000", "1120"),
        (AUTHOR, "100000", "11200"),  # no second bracket for authors
        (GENERAL, "106", "6"),
        (replace(GENERAL, effect=TaxEffect.ADDED), "100", "6"),
        (NON_RESIDENT, "100000", "10000"),
    ],
)
def test_tax_is_what_the_published_table_says(rule: TaxRule, payment: str, tax: str) -> None:
    assert rule.tax(Fraction(payment)) == Fraction(tax)


@given(st.fractions(0, 10**7), st.fractions(0, 10**5))
def test_more_income_is_never_taxed_less_nor_above_itself(low: Fraction, more: Fraction) -> None:
    for rule in (LABOUR, AUTHOR, NON_RESIDENT):
        assert rule.tax(low) <= rule.tax(low + more) <= low + more


def test_good_rules_are_good() -> None:
    newer = replace(LABOUR, version=2, starts_on=date(2027, 1, 1))
    older = replace(LABOUR, ends_on=date(2027, 1, 1))
    assert check_tax_rules([older, newer, AUTHOR, GENERAL, NON_RESIDENT]) == ()


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (replace(LABOUR, allowance_share=Fraction(20)), "settlement.tax-figure"),
        (replace(LABOUR, allowance=Fraction(-800)), "settlement.tax-figure"),
        (replace(LABOUR, brackets=()), "settlement.tax-brackets"),
        (replace(LABOUR, brackets=LABOUR.brackets[1:]), "settlement.tax-brackets"),
        (replace(LABOUR, brackets=LABOUR.brackets[::-1]), "settlement.tax-brackets"),
        (replace(LABOUR, ends_on=LABOUR.starts_on), "settlement.tax-days"),
        (replace(LABOUR, currency=""), "settlement.tax-currency"),
        (replace(LABOUR, effect=TaxEffect.ADDED), "settlement.tax-effect"),
        (replace(LABOUR, kind=TaxKind.VALUE_ADDED), "settlement.tax-flat"),
    ],
)
def test_a_rule_that_cannot_be_meant_is_refused(rule: TaxRule, code: str) -> None:
    (problem,) = check_tax_rules([rule])
    assert (problem.code, problem.where.path) == (code, "cn-labour@1")


def test_a_miscopied_deduction_makes_the_tax_leap() -> None:
    first, second, third = LABOUR.brackets
    wrong = replace(LABOUR, brackets=(first, second, replace(third, less=Fraction(700))))
    (problem,) = check_tax_rules([wrong])
    assert (problem.code, problem.params) == ("settlement.tax-leaps", {"above": "50000"})


def test_two_rules_of_one_day_are_refused() -> None:
    newer = replace(LABOUR, id="cn-labour-new", starts_on=date(2027, 1, 1))
    (problem,) = check_tax_rules([newer, LABOUR])
    assert problem.code == "settlement.tax-clash"
    assert problem.params == {"other": "cn-labour@1", "taxpayer": "labour", "day": "2027-01-01"}


def test_what_a_version_says_is_in_its_digest() -> None:
    changed = replace(
        LABOUR, brackets=(*LABOUR.brackets[:2], TaxBracket(Fraction(60_000), Fraction(1)))
    )
    assert changed.digest != LABOUR.digest
    assert replace(LABOUR).digest == LABOUR.digest
