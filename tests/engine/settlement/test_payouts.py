"""Payouts: who is paid what, what is wrong with it, and what a bank's word changes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Where
from duanju.settlement import (
    PAYOUTS_MAX,
    AccountKey,
    Characters,
    DueBalance,
    PayoutAccount,
    PayoutChange,
    PayoutState,
    TransferAction,
    TransferLeg,
    bank_of,
    check_payout_account,
    check_payout_batch,
    decide_payouts,
    holds_of,
    in_letters_of,
    propose_payouts,
    transfers_of,
)
from tests.support.payouts import BERLIN, LIME, OHIO, RIVER, a_batch, a_payout, told

WAITING, ACCEPTED, SETTLED, REJECTED = PayoutState
STATES = {"P1": WAITING, "P2": WAITING, "P3": WAITING}
BATCHES = {"B1": ("P1", "P2"), "B2": ("P3",)}


def codes(problems) -> list[tuple[str, str]]:
    return [(own.where.path, own.code.removeprefix("settlement.payout-")) for own in problems]


def due(slug: str, available_minor: int, paid_to: PayoutAccount | None = LIME) -> DueBalance:
    return DueBalance(AccountKey(f"due:studio:{slug}", "", "CNY"), available_minor, paid_to)


@pytest.mark.parametrize("account", [RIVER, LIME, BERLIN, OHIO])
def test_accounts_of_four_ways_of_banking_are_good(account) -> None:
    assert check_payout_account(account) == []


@pytest.mark.parametrize(
    "iban",
    [
        "AE070331234567890123456",
        "BR1800360305000010009795493C1",
        "CH9300762011623852957",
        "FR1420041010050500013M02606",
        "GB29NWBK60161331926819",
        "KW81CBKU0000000000001234560101",
        "MT84MALT011000012345MTLCAST001S",
        "NO9386011117947",
        "SA0380000000608010167519",
    ],
)
def test_published_examples_of_ibans_are_good(iban: str) -> None:
    assert check_payout_account(PayoutAccount("A", iban=iban)) == []


@given(place=st.integers(4, 21), digit=st.integers(1, 9))
def test_an_iban_with_one_other_digit_is_refused(place: int, digit: int) -> None:
    own = BERLIN.iban
    other = own[:place] + str((int(own[place]) + digit) % 10) + own[place + 1 :]
    assert codes(check_payout_account(replace(BERLIN, iban=other))) == [("iban", "iban-check")]


@pytest.mark.parametrize(
    ("account", "expected"),
    [
        (replace(BERLIN, iban="DE8937040044053201300"), [("iban", "iban-length")]),
        (replace(BERLIN, iban="DE89 3704 0044 0532 0130 00"), [("iban", "iban-form")]),
        (replace(BERLIN, iban="CN89370400440532013000"), [("iban", "iban-length")]),
        (replace(BERLIN, bic="COBADEF"), [("bic", "bic")]),
        (replace(BERLIN, bic="1OBADEFF"), [("bic", "bic")]),
        (replace(BERLIN, number="1"), [("number", "account-unsaid")]),
        (replace(BERLIN, iban=""), [("number", "account-unsaid")]),
        (replace(RIVER, bic=""), [("bic", "bank-unsaid")]),
        (replace(RIVER, number="44 02"), [("number", "number")]),
        (replace(RIVER, holder=" "), [("holder", "holder")]),
        (replace(RIVER, holder="长" * 141), [("holder", "holder")]),
        (replace(LIME, clearing_member="10233100001"), [("clearing_member", "clearing-member")]),
        (replace(OHIO, clearing_member="021000022"), [("clearing_member", "clearing-member")]),
        (replace(LIME, clearing_system="CIPS"), [("clearing_system", "clearing-system")]),
    ],
)
def test_a_faulty_account_says_where_and_what(account, expected) -> None:
    assert codes(check_payout_account(account)) == expected


def test_a_faulty_batch_says_all_at_once() -> None:
    batch = a_batch(
        a_payout("P1", 0),
        a_payout("P1", 1, account=replace(LIME, holder="\x07", bic="x")),
        a_payout("/P//", 10**15 + 1, remittance="长" * 141),
        currency="XXX",
        own_id="批",
        debtor=replace(RIVER, bic=""),
    )
    assert codes(check_payout_batch(batch)) == [
        ("currency", "currency"),
        ("id", "id"),
        ("debtor.bic", "bank-unsaid"),
        ("payouts.1.amount", "amount"),
        ("payouts.2.account.bic", "bic"),
        ("payouts.2.account.holder", "letters"),
        ("payouts.3.id", "id"),
        ("payouts.3.amount", "amount"),
        ("payouts.3.remittance", "letters"),
        ("payouts.3.remittance", "remittance"),
        ("payouts", "twice"),
    ]
    assert codes(check_payout_batch(replace(batch, payouts=())))[1] == ("payouts", "count")


def test_chinese_is_kept_unless_the_bank_says_otherwise() -> None:
    batch = a_batch(a_payout(account=BERLIN))
    latin = replace(batch, debtor=replace(RIVER, holder="Longriver Theater"))
    assert codes(check_payout_batch(batch, characters=Characters.KEEP)) == []
    refused = [("debtor.holder", "letters")]
    assert codes(check_payout_batch(batch, characters=Characters.TRANSLITERATE)) == refused
    assert codes(check_payout_batch(latin, characters=Characters.TRANSLITERATE)) == []
    refused = [("payouts.1.account.holder", "letters")]
    assert codes(check_payout_batch(latin, characters=Characters.LATIN)) == refused


@pytest.mark.parametrize(
    ("text", "latin"),
    [("Müller & Søn", "Muller + Son"), ("Łódź_1", "Lodz-1"), ("Petit Écran", "Petit Ecran")],
)
def test_accents_are_taken_away_and_nothing_else(text: str, latin: str) -> None:
    assert in_letters_of(text, Characters.TRANSLITERATE) == latin
    assert in_letters_of(latin, Characters.LATIN) == latin
    assert in_letters_of(text, Characters.KEEP) == text


def test_each_balance_above_zero_is_paid_whole_and_who_has_no_account_is_named() -> None:
    lost = due("night", 700, None)
    proposal = propose_payouts(
        batch_id="B1",
        balances=[due("sun", 300), lost, due("lime", 12_345), due("zero", 0), due("less", -5)],
        remittance="2026-10",
    )
    paid = [(own.account.name, own.payout.amount_minor) for own in proposal.payouts]
    assert paid == [("due:studio:lime", 12_345), ("due:studio:sun", 300)]
    assert (proposal.without_account, proposal.later) == ((lost,), ())
    assert check_payout_batch(a_batch(*(own.payout for own in proposal.payouts))) == []


def test_what_does_not_fit_into_a_batch_waits_for_the_next() -> None:
    balances = [due(f"s{number:04}", 1) for number in range(PAYOUTS_MAX + 2)]
    proposal = propose_payouts(batch_id="B1", balances=balances, remittance="")
    assert len(proposal.payouts) == PAYOUTS_MAX
    assert proposal.later == tuple(balances[-2:])


@given(st.permutations([due("a", 1), due("b", 2), due("c", 3, None), due("d", -4)]))
def test_the_order_of_balances_changes_nothing(balances) -> None:
    told_in_order = propose_payouts(
        batch_id="B1", balances=sorted(balances, key=lambda own: own.account), remittance="x"
    )
    assert propose_payouts(batch_id="B1", balances=balances, remittance="x") == told_in_order


def test_a_payout_is_held_out_of_due_until_the_bank_has_spoken() -> None:
    proposal = propose_payouts(batch_id="B1", balances=[due("lime", 500)], remittance="")
    (hold,) = holds_of(proposal.payouts, batch_id="B1")
    own_id = proposal.payouts[0].payout.id
    assert (hold.id, hold.action) == (f"payout-{own_id}", TransferAction.HOLD)
    key = AccountKey("due:studio:lime", "", "CNY")
    assert hold.legs == (TransferLeg(key, -500), TransferLeg(bank_of("CNY"), 500))
    changes = [PayoutChange("P1", SETTLED), PayoutChange("P2", REJECTED, "AC04")]
    posted, freed = transfers_of([*changes, PayoutChange("P3", ACCEPTED)])
    assert (posted.id, posted.action, posted.resolves) == ("payout-P1-settled", "post", "payout-P1")
    assert (freed.action, freed.resolves, freed.purpose) == ("void", "payout-P2", "AC04")


def decide(*reports, states=None, batches=None):
    return decide_payouts(
        reports=reports, states=states or STATES, batches=batches or BATCHES, file="s.xml"
    )


def test_a_banks_word_changes_what_it_names() -> None:
    decision = decide(told("settled", "P1"), told("rejected", "P2"), told("accepted", "P3"))
    assert decision.changes == (
        PayoutChange("P1", SETTLED),
        PayoutChange("P2", REJECTED, "AC04"),
        PayoutChange("P3", ACCEPTED),
    )


def test_a_word_about_a_batch_is_one_about_each_that_has_none_of_its_own() -> None:
    decision = decide(told("settled", "P1", batch="B1"), told("accepted", batch="B1"))
    assert decision.changes == (PayoutChange("P1", SETTLED), PayoutChange("P2", ACCEPTED))
    whole = decide(told("rejected", batch="B1"))
    assert [own.state for own in whole.changes] == [REJECTED, REJECTED]


def test_told_again_or_less_changes_nothing() -> None:
    states = {"P1": SETTLED, "P2": REJECTED, "P3": ACCEPTED}
    reports = [told("settled", "P1"), told("rejected", "P2"), told("accepted", "P3")]
    assert decide(*reports, states=states).changes == ()
    late = [told("accepted", own_id) for own_id in states]
    assert decide(*late, states=states) == decide(*reports, states=states)


@pytest.mark.parametrize(
    ("reports", "expected"),
    [
        ([told("settled", "P9", line=7)], "payout-unknown"),
        ([told("settled", batch="B9", line=7)], "payout-batch-unknown"),
        ([told("settled", "P3", batch="B1", line=7)], "payout-of-another-batch"),
        ([told("settled", line=7)], "payout-unnamed"),
        ([told("settled", "P1"), told("rejected", "P1", line=7)], "payout-told-otherwise"),
        ([told("rejected", batch="B1"), told("settled", "P1", line=7)], "payout-told-otherwise"),
    ],
)
def test_unknown_and_contradicting_words_change_nothing_at_all(reports, expected) -> None:
    decision = decide(told("settled", "P2"), *reports) if len(reports) == 1 else decide(*reports)
    assert decision.changes == ()
    (problem,) = decision.problems
    assert (problem.code, problem.where) == (f"settlement.{expected}", Where("s.xml", 7))


def test_what_a_bank_has_decided_stays() -> None:
    decision = decide(
        told("rejected", "P1"), told("settled", "P2"), states=STATES | {"P1": SETTLED}
    )
    (problem,) = decision.problems
    assert problem.code == "settlement.payout-decided-otherwise"
    assert problem.params == {"id": "P1", "before": "settled", "now": "rejected"}
    assert decision.changes == ()


@given(
    st.lists(
        st.builds(
            told,
            st.sampled_from(["accepted", "settled", "rejected"]),
            st.sampled_from(sorted(STATES)),
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_words_changes_nothing_and_repeating_them_neither(reports, random) -> None:
    first = decide(*reports)
    shuffled = list(reports)
    random.shuffle(shuffled)
    again = decide(*shuffled)
    assert again.changes == first.changes
    assert bool(again.problems) is bool(first.problems)
    states = STATES | {own.payout_id: own.state for own in first.changes}
    if not first.problems:
        assert decide(*reports, *reports, states=states).changes == ()
