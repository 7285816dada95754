"""From balances to what is due: worked by hand, and what holds for every balance."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Money, Month, Problem
from duanju.settlement import (
    AccountKey,
    CarriedBecause,
    ExchangeRate,
    NegativeBalance,
    Remittance,
    RemittanceTerms,
    TaxEffect,
    TaxRule,
    TransferLeg,
    pin_rates,
    remit,
    remittance_id,
)
from tests.support.proofs import recompute
from tests.support.taxes import AUTHOR, GENERAL, LABOUR, NON_RESIDENT

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
PAID_ON = date(2026, 10, 20)
FRIDAY = date(2026, 9, 30)
RATES = pin_rates(
    [
        ExchangeRate(FRIDAY, "USD", "CNY", Fraction("6.7907")),
        ExchangeRate(FRIDAY, "USD", "JPY", Fraction(150)),
    ],
    source="contract O1",
    day=FRIDAY,
)
STUDIO = RemittanceTerms(role="studio", party_id="lanxi", taxpayer="", currency="CNY")
WRITER = replace(STUDIO, role="writer", party_id="wen", taxpayer="author")
WITHHELD_VAT = replace(
    GENERAL, id="cn-vat-abroad", effect=TaxEffect.WITHHELD, taxpayer="foreign_company"
)


def payable(terms: RemittanceTerms, code: str, title: str = "") -> AccountKey:
    return AccountKey(f"payable:{terms.role}:{terms.party_id}", title, code)


def remitted(
    terms: RemittanceTerms, balances: dict[AccountKey, int], *rules: TaxRule
) -> Remittance:
    found = remit(
        period=SEPTEMBER, day=PAID_ON, terms=terms, balances=balances, rules=rules, rates=RATES
    )
    assert isinstance(found, Remittance), found
    return found


def legs(found: Remittance) -> dict[tuple[str, str, str], int]:
    assert found.transfer is not None
    keys = [(own.account, own.amount_minor) for own in found.transfer.legs]
    return {(key.name, key.title_id, key.currency): amount for key, amount in keys}


def test_dollars_are_paid_in_yuan_at_the_pinned_rate() -> None:
    found = remitted(STUDIO, {payable(STUDIO, "USD"): 12_000})
    assert found.due == Money(81_488, "CNY")  # O1: 814.884 yuan
    assert legs(found) == {
        ("payable:studio:lanxi", "", "USD"): -12_000,
        ("conversion:contract O1", "", "USD"): 12_000,
        ("conversion:contract O1", "", "CNY"): -81_488,
        ("due:studio:lanxi", "", "CNY"): 81_488,
    }


def test_titles_and_currencies_are_one_payment_converted_once_each() -> None:
    one, other = payable(STUDIO, "USD", "above"), payable(STUDIO, "USD", "below")
    found = remitted(STUDIO, {one: 50, other: 51, payable(STUDIO, "CNY", "above"): 100})
    assert found.gross == Money(786, "CNY")  # 1.01 dollars are 6.858607 yuan, and 1.00 beside
    assert legs(found)["payable:studio:lanxi", "above", "USD"] == -50
    assert legs(found)["due:studio:lanxi", "", "CNY"] == 786


def test_a_writers_tax_is_withheld_from_the_whole_month() -> None:
    accounts = {payable(WRITER, "CNY", "above"): 600_000, payable(WRITER, "CNY", "below"): 400_000}
    found = remitted(WRITER, accounts, AUTHOR, LABOUR)
    assert found.due == Money(888_000, "CNY")
    assert legs(found)["withheld:cn-author@1", "", "CNY"] == 112_000
    (charge,) = found.taxes
    assert (charge.base, charge.amount) == (Money(1_000_000, "CNY"), Money(112_000, "CNY"))


def test_tax_on_top_is_paid_out_beside_what_was_earned() -> None:
    company = replace(STUDIO, taxpayer="general_company")
    added = replace(GENERAL, effect=TaxEffect.ADDED)
    found = remitted(company, {payable(STUDIO, "CNY"): 10_000}, added)
    assert legs(found) == {
        ("payable:studio:lanxi", "", "CNY"): -10_000,
        ("tax:cn-vat@1", "", "CNY"): -600,
        ("due:studio:lanxi", "", "CNY"): 10_600,
    }


def test_tax_inside_is_told_and_changes_nothing_that_is_due() -> None:
    company = replace(STUDIO, taxpayer="general_company")
    found = remitted(company, {payable(STUDIO, "CNY"): 10_600}, GENERAL)
    assert (found.due, found.taxes[0].amount) == (Money(10_600, "CNY"), Money(600, "CNY"))


def test_income_is_taxed_without_the_tax_on_the_supply() -> None:
    abroad = replace(STUDIO, taxpayer="foreign_company")
    found = remitted(abroad, {payable(STUDIO, "CNY"): 10_600_000}, NON_RESIDENT, WITHHELD_VAT)
    assert [own.amount.amount_minor for own in found.taxes] == [600_000, 1_000_000]
    assert found.due == Money(9_000_000, "CNY")


def test_below_the_minimum_nothing_moves_and_at_it_all_does() -> None:
    terms = replace(STUDIO, minimum_minor=10_000)
    below = remitted(terms, {payable(STUDIO, "CNY"): 9_999})
    assert (below.carried, below.transfer) == (CarriedBecause.BELOW_MINIMUM, None)
    at = remitted(terms, {payable(STUDIO, "CNY"): 10_000})
    assert (at.carried, at.due) == (None, Money(10_000, "CNY"))


def test_the_minimum_is_held_against_what_is_left_after_taxes() -> None:
    terms = replace(WRITER, minimum_minor=900_000)
    found = remitted(terms, {payable(WRITER, "CNY"): 1_000_000}, AUTHOR)
    assert (found.carried, found.due) == (CarriedBecause.BELOW_MINIMUM, Money(888_000, "CNY"))


def test_a_currency_in_which_a_party_owes_waits() -> None:
    accounts = {payable(STUDIO, "USD"): -100, payable(STUDIO, "CNY"): 5_000}
    found = remitted(STUDIO, accounts)
    assert (found.due, found.left) == (Money(5_000, "CNY"), {"USD": -100})
    assert ("payable:studio:lanxi", "", "USD") not in legs(found)


def test_or_the_others_pay_it() -> None:
    terms = replace(STUDIO, negative=NegativeBalance.RECOUPED)
    accounts = {payable(STUDIO, "USD"): -100, payable(STUDIO, "CNY"): 5_000}
    found = remitted(terms, accounts)
    assert (found.due, dict(found.left)) == (Money(4_321, "CNY"), {})  # less 6.7907 yuan
    assert legs(found)["payable:studio:lanxi", "", "USD"] == 100


@pytest.mark.parametrize("negative", list(NegativeBalance))
def test_who_owes_is_paid_nothing_and_taxed_nothing(negative: NegativeBalance) -> None:
    terms = replace(WRITER, negative=negative)
    found = remitted(terms, {payable(WRITER, "CNY"): -1}, AUTHOR)
    assert (found.carried, found.transfer, found.taxes) == (CarriedBecause.OWED, None, ())


def test_nothing_earned_is_nothing_to_move() -> None:
    assert remitted(STUDIO, {}).carried is CarriedBecause.NOTHING_EARNED
    nothing = {payable(STUDIO, "CNY", "above"): 5, payable(STUDIO, "CNY", "below"): -5}
    assert remitted(STUDIO, nothing).carried is CarriedBecause.NOTHING_EARNED


def test_each_month_and_party_has_one_id() -> None:
    own = remitted(STUDIO, {payable(STUDIO, "CNY"): 5}).transfer
    again = remitted(STUDIO, {payable(STUDIO, "CNY"): 7}).transfer
    assert own is not None
    assert again is not None
    assert own.id == again.id == remittance_id(SEPTEMBER, STUDIO)
    others = {remittance_id(OCTOBER, STUDIO), remittance_id(SEPTEMBER, WRITER), own.id}
    assert len(others) == 3
    assert max(len(other) for other in others) <= 64


def test_what_is_missing_is_all_named_and_nothing_moves() -> None:
    terms = replace(STUDIO, taxpayer="labour", currency="USD")
    found = remit(
        period=SEPTEMBER,
        day=PAID_ON,
        terms=terms,
        balances={payable(STUDIO, "KRW"): 5, payable(STUDIO, "CNY"): 5},
        rules=[LABOUR],
        rates=RATES,
    )
    assert found == (
        Problem(
            "settlement.tax-in-another-currency",
            found[0].where,
            {"rule": "cn-labour", "currency": "CNY", "paid": "USD"},
        ),
        Problem(
            "settlement.no-rate",
            found[0].where,
            {"given": "KRW", "wanted": "USD", "day": "2026-09-30"},
        ),
    )
    assert found[0].where.path == "studio:lanxi"


def test_who_is_taxed_by_no_rule_of_that_day_is_not_paid() -> None:
    ended = replace(AUTHOR, ends_on=PAID_ON)
    found = remit(
        period=SEPTEMBER,
        day=PAID_ON,
        terms=WRITER,
        balances={payable(WRITER, "CNY"): 5},
        rules=[ended],
        rates=RATES,
    )
    (problem,) = found if isinstance(found, tuple) else ()
    assert (problem.code, problem.params) == (
        "settlement.no-tax-rule",
        {"taxpayer": "author", "day": "2026-10-20"},
    )


AMOUNTS = st.integers(-(10**9), 10**9)
ACCOUNTS = st.dictionaries(
    st.tuples(st.sampled_from(["CNY", "USD", "JPY"]), st.sampled_from(["", "above", "below"])),
    AMOUNTS,
    max_size=6,
)
TAXED = st.sampled_from(["", "author", "labour", "general_company", "foreign_company"])


@given(ACCOUNTS, TAXED, st.sampled_from(list(NegativeBalance)), st.integers(0, 10**6))
def test_every_fen_is_explained(
    accounts: dict[tuple[str, str], int], taxpayer: str, negative: NegativeBalance, minimum: int
) -> None:
    terms = replace(STUDIO, taxpayer=taxpayer, negative=negative, minimum_minor=minimum)
    balances = {payable(terms, code, title): own for (code, title), own in accounts.items()}
    found = remitted(terms, balances, AUTHOR, LABOUR, GENERAL, NON_RESIDENT, WITHHELD_VAT)
    assert recompute(found.proof) == found.proof.result == found.due.amount_minor
    if found.transfer is None:
        assert found.carried is not None
        return
    assert found.due.amount_minor >= max(minimum, 1)
    kept = sum(amount for (name, *_), amount in legs(found).items() if name.startswith("withheld:"))
    assert found.due.amount_minor + kept == found.gross.amount_minor
    for code in ("CNY", "USD", "JPY"):
        emptied = [own for own in found.transfer.legs if own.account in balances]
        taken = sum(own.amount_minor for own in emptied if own.account.currency == code)
        had = sum(own for key, own in balances.items() if key.currency == code)
        assert taken in (0, -had)


@given(ACCOUNTS)
def test_what_was_booked_leaves_nothing_to_book_again(accounts: dict[tuple[str, str], int]) -> None:
    terms = replace(STUDIO, negative=NegativeBalance.RECOUPED)
    balances = {payable(terms, code, title): own for (code, title), own in accounts.items()}
    found = remitted(terms, balances)
    if found.transfer is None:
        return
    booked: tuple[TransferLeg, ...] = found.transfer.legs
    left = dict(balances)
    for leg in booked:
        if leg.account in left:
            left[leg.account] += leg.amount_minor
    assert remitted(terms, left).carried is CarriedBecause.NOTHING_EARNED
