"""A batch is proposed, approved by a second person, sent, and brought to its end by the bank."""

from datetime import UTC, date, datetime, timedelta

import pytest

from duanju.settlement import bank_of
from duanju_web.payouts.models import (
    PayoutBatchRecord,
    PayoutRecord,
    StatusFile,
)
from duanju_web.payouts.services import (
    approve_batch,
    change_rule,
    import_statuses,
    propose_batch,
    withdraw_batch,
)
from duanju_web.settlement.models import LedgerTransfer
from duanju_web.settlement.selectors import balance_of
from duanju_web.settlement.services import make_transfers
from duanju_web.shared.models import AuditEntry
from tests.support.due_money import (
    a_colleague_of,
    a_paying_platform,
    an_account_of,
    approved,
    due_key,
    due_to,
    payouts_by_party,
    proposed,
    standing,
)
from tests.support.payouts import BERLIN, PAID_ON, a_pain_002
from tests.support.people import A_MOMENT, an_actor
from tests.support.transfers import a_move, yuan

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return a_paying_platform()


@pytest.fixture
def lime(platform):
    return a_party(platform, yuan(100))


@pytest.fixture
def night(platform):
    return a_party(platform, yuan(30))


def a_party(platform, amount_minor, *, with_account=True):
    party = an_actor("studio")
    if with_account:
        an_account_of(party)
    due_to(platform, party, amount_minor)
    return party


def codes(problems):
    return [own.code for own in problems]


def propose(platform, *, day=PAID_ON, currency="CNY"):
    return propose_batch(
        actor=platform, currency=currency, value_date=day, remittance="x", now=A_MOMENT
    )


def bring(platform, content, *, name="bank.xml"):
    return import_statuses(actor=platform, content=content, name=name, now=A_MOMENT)


def bank_balance(platform):
    return balance_of(platform.organisation, bank_of("CNY"))


def test_what_is_due_is_proposed_and_nothing_moves(platform, lime, night):
    lost = a_party(platform, yuan(7), with_account=False)
    transfers = LedgerTransfer.objects.count()
    batch = proposed(platform)
    assert (batch.state, batch.payout_count, batch.total_minor) == ("proposed", 2, yuan(130))
    slug = lost.organisation.slug
    assert batch.left_out == [
        {"account": f"due:studio:{slug}", "amount_minor": yuan(7), "why": "without_account"}
    ]
    assert standing(platform, lime) == (yuan(100), 0)
    assert LedgerTransfer.objects.count() == transfers
    entry = AuditEntry.objects.get(action="payouts.propose")
    assert (entry.user, entry.after["total_minor"]) == (platform.user, yuan(130))


def test_what_waits_in_a_batch_is_not_proposed_twice(platform, lime):
    proposed(platform)
    assert codes(propose(platform)) == ["payouts.nobody-to-pay"]
    due_to(platform, lime, yuan(5))
    assert proposed(platform).total_minor == yuan(5)


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        ({"currency": "USD"}, "payouts.no-own-account"),
        ({"day": date(2026, 11, 13)}, "payouts.day-is-over"),
    ],
)
def test_what_cannot_be_proposed_leaves_nothing(platform, lime, wrong, expected):
    assert codes(propose(platform, **wrong)) == [expected]
    assert (PayoutBatchRecord.objects.count(), PayoutRecord.objects.count()) == (0, 0)


def test_a_name_that_the_bank_cannot_write_is_named_with_its_party(platform, lime):
    change_rule(
        actor=platform,
        currency="CNY",
        second_person_above_minor=0,
        characters="transliterate",
        version="pain.001.001.09",
        now=A_MOMENT,
    )
    problems = propose(platform)
    assert {own.code for own in problems} == {"settlement.payout-letters"}
    assert f"{lime.organisation.slug} account.holder" in [own.where.path for own in problems]
    assert PayoutBatchRecord.objects.count() == 0


def test_approval_takes_a_second_person_above_the_amount(platform, lime):
    batch = proposed(platform)
    refused = approve_batch(actor=platform, batch_pk=batch.pk, now=A_MOMENT)
    assert codes(refused) == ["payouts.second-person"]
    assert standing(platform, lime) == (yuan(100), 0)
    rule = {"currency": "CNY", "characters": "keep", "version": "pain.001.001.03"}
    change_rule(actor=platform, second_person_above_minor=yuan(100), now=A_MOMENT, **rule)
    done = approve_batch(actor=platform, batch_pk=batch.pk, now=A_MOMENT)
    assert (done.state, done.approved_by) == ("approved", platform.user)
    entry = AuditEntry.objects.get(action="payouts.change-rule")
    assert entry.after["second_person_above_minor"] == yuan(100)


def test_approval_holds_the_money_once(platform, lime, night):
    batch = approved(platform)
    assert standing(platform, lime) == (yuan(100), yuan(100))
    assert bank_balance(platform).pending_in_minor == yuan(130)
    count = LedgerTransfer.objects.count()
    again = approve_batch(actor=platform, batch_pk=batch.pk, now=A_MOMENT)
    assert again.approved_by == batch.approved_by
    assert LedgerTransfer.objects.count() == count
    assert codes(propose(platform)) == ["payouts.nobody-to-pay"]


def test_a_batch_whose_money_is_gone_is_refused_whole(platform, lime, night):
    batch = proposed(platform)
    back = a_move("back", 1, out_of=due_key(lime), into=bank_of("CNY"))
    from duanju_web.settlement.services import open_account

    open_account(
        platform=platform.organisation, account=bank_of("CNY"), may_be_negative=True, now=A_MOMENT
    )
    make_transfers(platform=platform.organisation, transfers=[back], actor=platform, now=A_MOMENT)
    refused = approve_batch(actor=a_colleague_of(platform), batch_pk=batch.pk, now=A_MOMENT)
    assert codes(refused) == ["settlement.account-below-zero"]
    assert standing(platform, night) == (yuan(30), 0)
    batch.refresh_from_db()
    assert batch.state == "proposed"
    assert withdraw_batch(actor=platform, batch_pk=batch.pk, now=A_MOMENT).state == "withdrawn"
    assert proposed(platform).total_minor == yuan(130) - 1


def test_an_account_that_changed_since_is_not_paid(platform, lime):
    an_account_of(lime, account=BERLIN)
    batch = propose(platform, day=date(2026, 12, 1))
    later = A_MOMENT + timedelta(days=7)
    refused = approve_batch(actor=a_colleague_of(platform), batch_pk=batch.pk, now=later)
    assert codes(refused) == ["payouts.account-changed"]
    assert standing(platform, lime) == (yuan(100), 0)


def test_a_batch_that_waited_past_its_day_is_not_paid(platform, lime):
    batch = proposed(platform)
    midnight = datetime(2026, 11, 17, 16, tzinfo=UTC)  # where the platform is
    colleague = a_colleague_of(platform)
    refused = approve_batch(actor=colleague, batch_pk=batch.pk, now=midnight)
    assert codes(refused) == ["payouts.day-is-over"]
    assert standing(platform, lime) == (yuan(100), 0)
    in_time = midnight - timedelta(seconds=1)
    assert approve_batch(actor=colleague, batch_pk=batch.pk, now=in_time).state == "approved"


def test_a_withdrawn_batch_is_not_approved_nor_an_approved_one_withdrawn(platform, lime):
    batch = proposed(platform)
    withdraw_batch(actor=platform, batch_pk=batch.pk, now=A_MOMENT)
    refused = approve_batch(actor=a_colleague_of(platform), batch_pk=batch.pk, now=A_MOMENT)
    assert codes(refused) == ["payouts.batch-is-decided"]
    other = approved(platform)
    refused = withdraw_batch(actor=platform, batch_pk=other.pk, now=A_MOMENT)
    assert codes(refused) == ["payouts.batch-is-decided"]
    assert standing(platform, lime) == (yuan(100), yuan(100))


def test_settled_is_posted_and_rejected_returns_to_the_balance(platform, lime, night):
    batch = approved(platform)
    own = payouts_by_party(batch)
    paid, back = own[lime.organisation.slug], own[night.organisation.slug]
    content = a_pain_002((paid.payout_id, "ACSC"), (back.payout_id, "RJCT"), batch=batch.batch_id)
    done = bring(platform, content)
    assert (done.report_count, done.change_count) == (2, 2)
    assert standing(platform, lime) == (0, 0)
    assert standing(platform, night) == (yuan(30), 0)
    assert bank_balance(platform).balance_minor == yuan(100)
    back.refresh_from_db()
    assert (back.state, back.reason) == ("rejected", "AC04 Closed account")
    assert proposed(platform).total_minor == yuan(30)


def test_an_import_again_changes_nothing(platform, lime, night):
    batch = approved(platform)
    content = a_pain_002(group="ACSC", batch=batch.batch_id)
    first = bring(platform, content)
    count = LedgerTransfer.objects.count()
    assert bring(platform, content, name="other.xml") == first
    told_anew = bring(platform, content + b"\n")
    assert (first.change_count, told_anew.change_count) == (2, 0)
    assert (StatusFile.objects.count(), LedgerTransfer.objects.count()) == (2, count)
    assert bank_balance(platform).balance_minor == yuan(130)


def test_a_table_does_the_same_and_accepted_moves_nothing(platform, lime):
    batch = approved(platform)
    own_id = payouts_by_party(batch)[lime.organisation.slug].payout_id
    bring(platform, f"payout,status,reason\n{own_id},accepted,\n".encode(), name="a.csv")
    assert standing(platform, lime) == (yuan(100), yuan(100))
    assert PayoutRecord.objects.get().state == "accepted"
    bring(platform, f"payout,status,reason\n{own_id},settled,\n".encode(), name="b.csv")
    assert standing(platform, lime) == (0, 0)


def test_one_unknown_row_and_nothing_moves(platform, lime):
    batch = approved(platform)
    own_id = payouts_by_party(batch)[lime.organisation.slug].payout_id
    table = f"payout,status\n{own_id},settled\nSTRANGER,settled\n".encode()
    (problem,) = bring(platform, table, name="bank.csv")
    assert (problem.code, str(problem.where)) == ("settlement.payout-unknown", "bank.csv:3")
    assert standing(platform, lime) == (yuan(100), yuan(100))
    assert StatusFile.objects.count() == 0


def test_a_batch_that_was_never_sent_and_anothers_are_unknown(platform, lime):
    batch = proposed(platform)
    own_id = payouts_by_party(batch)[lime.organisation.slug].payout_id
    told = a_pain_002((own_id, "ACSC"), batch=batch.batch_id)
    assert codes(bring(platform, told)) == ["settlement.payout-batch-unknown"]
    approve_batch(actor=a_colleague_of(platform), batch_pk=batch.pk, now=A_MOMENT)
    stranger = a_paying_platform()
    assert codes(bring(stranger, told)) == ["settlement.payout-batch-unknown"]
    assert isinstance(bring(platform, told), StatusFile)


def test_a_word_against_an_earlier_one_is_refused(platform, lime):
    batch = approved(platform)
    bring(platform, a_pain_002(group="ACSC", batch=batch.batch_id))
    refused = bring(platform, a_pain_002(group="RJCT", batch=batch.batch_id))
    assert codes(refused) == ["settlement.payout-decided-otherwise"]
    assert standing(platform, lime) == (0, 0)
