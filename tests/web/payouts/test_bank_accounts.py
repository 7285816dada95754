"""A bank account changes with a second factor and after a wait, in which it can be stopped."""

from dataclasses import replace
from datetime import timedelta

import pytest
from allauth.core.context import request_context
from django.core import mail
from django.core.cache import cache
from django.test import RequestFactory

from duanju_web.payouts.models import BankAccount, BankAccountStop
from duanju_web.payouts.selectors import receiving_account
from duanju_web.payouts.services import enter_bank_account, stop_bank_account
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry
from tests.support.due_money import an_account_of
from tests.support.payouts import BERLIN, LIME
from tests.support.people import A_MOMENT, an_actor
from tests.support.second_factor import a_second_factor, the_code

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
OTHER = replace(LIME, number="6222021202000000999")


@pytest.fixture(autouse=True)
def _codes_unused():
    """Forget which codes were used; the library that checks them asks for a request."""
    cache.clear()
    with request_context(RequestFactory().post("/")):
        yield


@pytest.fixture
def studio():
    return an_actor("studio")


def enter(actor, *, code, account=LIME, contact="old@example.org", now=A_MOMENT):
    return enter_bank_account(
        actor=actor,
        currency="CNY",
        account=account,
        contact_email=contact,
        code=code,
        token=f"token{BankAccount.objects.count()}",
        link="https://duanju.invalid/payouts/stop/secret/",
        now=now,
    )


def codes(problems):
    return [own.code for own in problems]


def receives(actor, now=A_MOMENT):
    own = receiving_account(actor.organisation, currency="CNY", now=now)
    return own.number if own else None


def test_without_the_second_factor_nothing_is_kept(studio):
    assert codes(enter(studio, code="123456")) == ["payouts.no-second-factor"]
    a_second_factor(studio.user)
    wrong = "000000" if the_code() != "000000" else "000001"
    assert codes(enter(studio, code=wrong)) == ["payouts.wrong-code"]
    assert codes(enter(studio, code="")) == ["payouts.wrong-code"]
    assert (BankAccount.objects.count(), receives(studio)) == (0, None)
    assert not AuditEntry.objects.filter(action="payouts.enter-bank-account").exists()


def test_a_code_counts_once(studio):
    a_second_factor(studio.user)
    code = the_code()
    assert isinstance(enter(studio, code=code), BankAccount)
    assert codes(enter(studio, code=code, account=OTHER)) == ["payouts.wrong-code"]
    assert BankAccount.objects.count() == 1


def test_the_first_account_receives_at_once_and_the_trail_masks_it(studio):
    a_second_factor(studio.user)
    kept = enter(studio, code=the_code())
    assert (kept.starts_at, receives(studio)) == (A_MOMENT, LIME.number)
    entry = AuditEntry.objects.get(action="payouts.enter-bank-account")
    assert (entry.organisation, entry.user) == (studio.organisation, studio.user)
    assert entry.after["account"] == "•••• 0018"
    assert LIME.number not in str(entry.after)
    assert mail.outbox == []


def test_a_faulty_account_is_refused_before_a_code_is_used_up(studio):
    a_second_factor(studio.user)
    code = the_code()
    faulty = replace(BERLIN, iban="DE89370400440532013001")
    assert codes(enter(studio, code=code, account=faulty)) == ["settlement.payout-iban-check"]
    assert isinstance(enter(studio, code=code), BankAccount)


def test_a_change_waits_a_week_in_which_the_old_account_receives(
    studio, django_capture_on_commit_callbacks
):
    an_account_of(studio, contact="old@example.org")
    with django_capture_on_commit_callbacks(execute=True):
        new = an_account_of(studio, account=OTHER, contact="new@example.org")
    assert new.starts_at == A_MOMENT + WEEK
    assert receives(studio) == LIME.number
    assert receives(studio, A_MOMENT + WEEK - timedelta(seconds=1)) == LIME.number
    assert receives(studio, A_MOMENT + WEEK) == OTHER.number
    expected = sorted(["old@example.org", "new@example.org", studio.user.email])
    assert [own.to[0] for own in mail.outbox] == expected
    assert all("https://duanju.invalid/stop" in own.body for own in mail.outbox)
    assert all(OTHER.number not in own.body and "•••• 0999" in own.body for own in mail.outbox)


def test_only_one_change_waits_at_a_time(studio):
    a_second_factor(studio.user)
    an_account_of(studio)
    an_account_of(studio, account=OTHER)
    refused = enter(studio, code=the_code(), account=replace(OTHER, number="1"))
    assert codes(refused) == ["payouts.change-waits"]
    assert BankAccount.objects.count() == 2


def test_a_stopped_change_never_receives(studio):
    an_account_of(studio)
    new = an_account_of(studio, account=OTHER)
    first = stop_bank_account(actor=studio, account=new, now=A_MOMENT + timedelta(days=6))
    again = stop_bank_account(actor=studio, account=new, now=A_MOMENT + WEEK)
    assert first == again
    assert receives(studio, A_MOMENT + 2 * WEEK) == LIME.number
    assert an_account_of(studio, account=OTHER).starts_at == A_MOMENT + WEEK


def test_whoever_has_the_link_leaves_a_trail_in_the_organisation(studio):
    an_account_of(studio)
    new = an_account_of(studio, account=OTHER)
    stop_bank_account(actor=Actor(), account=new, now=A_MOMENT)
    entry = AuditEntry.objects.get(action="payouts.stop-bank-account")
    assert (entry.organisation, entry.user) == (studio.organisation, None)


def test_an_account_that_receives_cannot_be_stopped(studio):
    kept = an_account_of(studio)
    refused = stop_bank_account(actor=studio, account=kept, now=A_MOMENT)
    assert codes(refused) == ["payouts.change-cannot-be-stopped"]
    assert (BankAccountStop.objects.count(), receives(studio)) == (0, LIME.number)


def test_the_same_account_again_is_no_change(studio):
    assert an_account_of(studio) == an_account_of(studio)
    assert BankAccount.objects.count() == 1


def test_currencies_have_accounts_of_their_own(studio):
    an_account_of(studio)
    euros = an_account_of(studio, account=BERLIN, currency="EUR")
    assert euros.starts_at == A_MOMENT
    assert receives(studio) == LIME.number
