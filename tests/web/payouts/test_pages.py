"""The pages of payouts: who sees what, in both languages, with a bounded number of queries."""

import re
from html import unescape

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from duanju_web.payouts.models import BankAccount, BankAccountStop, PayoutBatchRecord, PayoutRule
from tests.support.due_money import (
    a_colleague_of,
    a_paying_platform,
    an_account_of,
    approved,
    due_to,
    payouts_by_party,
    proposed,
    standing,
)
from tests.support.payouts import BERLIN, LIME, a_pain_002
from tests.support.people import a_member_of, an_actor, client_of
from tests.support.second_factor import a_second_factor, the_code
from tests.support.transfers import yuan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _codes_unused():
    cache.clear()


@pytest.fixture
def platform():
    return a_paying_platform()


@pytest.fixture
def studio(platform):
    own = an_actor("studio")
    an_account_of(own)
    due_to(platform, own, yuan(100))
    return own


def text_of(answer) -> str:
    content = unescape(answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", content))


def page(actor, name, *args, language="en") -> str:
    answer = client_of(actor, language=language).get(reverse(name, args=args))
    assert answer.status_code == 200, name
    return text_of(answer)


def test_a_batch_goes_its_way_through_the_pages(platform, studio, language):
    lost = an_actor("studio")
    due_to(platform, lost, yuan(7))
    client = client_of(platform, language=language)
    home = text_of(client.get(reverse("payouts")))
    assert "107.00" in home
    sent = {"currency": "CNY", "value_date": "2099-01-04", "remittance": "2026-10"}
    made = client.post(reverse("propose_payouts"), sent)
    batch = PayoutBatchRecord.objects.get()
    address = reverse("payout_batch", args=[batch.pk])
    assert made["Location"] == address
    waiting = text_of(client.get(address))
    assert "100.00" in waiting
    assert "•••• 0018" in waiting
    assert LIME.number not in waiting
    assert {"en": "no bank account in this currency", "zh-hans": "没有此币种的银行账户"}[
        language
    ] in waiting
    for name in ("payouts_pain", "payouts_csv"):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 404
    assert client.post(reverse("approve_payouts", args=[batch.pk])).status_code == 422
    assert standing(platform, studio) == (yuan(100), 0)
    colleague = client_of(a_colleague_of(platform), language=language)
    assert colleague.post(reverse("approve_payouts", args=[batch.pk])).status_code == 302
    sent_file = colleague.get(reverse("payouts_pain", args=[batch.pk]))
    content = b"".join(sent_file.streaming_content)
    again = client.get(reverse("payouts_pain", args=[batch.pk]))
    assert content == b"".join(again.streaming_content)
    assert b"<CtrlSum>100.00</CtrlSum>" in content
    table = b"".join(client.get(reverse("payouts_csv", args=[batch.pk])).streaming_content)
    assert LIME.number.encode() in table
    own_id = batch.payouts.get().payout_id
    told = a_pain_002((own_id, "RJCT"), batch=batch.batch_id)
    file = SimpleUploadedFile("bank.xml", told)
    assert client.post(reverse("payout_statuses"), {"file": file}).status_code == 302
    assert "bank.xml" in text_of(client.get(reverse("payout_statuses")))
    theirs = page(studio, "payouts", language=language)
    assert "AC04 Closed account" in theirs
    assert {"en": "the money is due again", "zh-hans": "款项重新计入应付"}[language] in theirs
    assert "AC04 Closed account" in text_of(client.get(address))


def test_a_file_with_a_stranger_is_refused_with_its_row(platform, studio, language):
    approved(platform)
    file = SimpleUploadedFile("bank.csv", b"payout,status\nSTRANGER,settled\n")
    client = client_of(platform, language=language)
    answer = client.post(reverse("payout_statuses"), {"file": file})
    assert answer.status_code == 422
    said = {"en": "No payout with the id STRANGER was sent.", "zh-hans": "STRANGER 的打款"}
    assert said[language] in text_of(answer)
    assert "bank.csv:2" in text_of(answer)
    assert standing(platform, studio) == (yuan(100), yuan(100))


def test_an_owner_enters_an_account_with_the_second_factor(language):
    studio = an_actor("studio")
    client = client_of(studio, language=language)
    address = reverse("enter_bank_account")
    assert reverse("mfa_activate_totp") in client.get(address).content.decode()
    a_second_factor(studio.user)
    sent = {
        "currency": "EUR",
        "holder": BERLIN.holder,
        "iban": "DE89 3704 0044 0532 0130 01",
        "bic": "cobadeff",
        "contact_email": "money@example.org",
        "code": the_code(),
    }
    refused = client.post(address, sent)
    assert refused.status_code == 422
    said = {"en": "check digits of the IBAN", "zh-hans": "校验位不符"}[language]
    assert said in text_of(refused)
    done = client.post(address, sent | {"iban": "DE89 3704 0044 0532 0130 00"})
    assert done["Location"] == reverse("bank_accounts")
    kept = BankAccount.objects.get()
    assert (kept.iban, kept.bic) == (BERLIN.iban, BERLIN.bic)
    shown = page(studio, "bank_accounts", language=language)
    assert "•••• 3000" in shown
    assert BERLIN.iban not in shown


def test_a_change_is_stopped_by_a_colleague_or_by_the_link(studio, language, mailoutbox):
    a_second_factor(studio.user)
    sent = {
        "currency": "CNY",
        "holder": LIME.holder,
        "number": "6222 0000 0000 0999",
        "clearing_system": "CNAPS",
        "clearing_member": LIME.clearing_member,
        "contact_email": "thief@example.org",
        "code": the_code(),
    }
    client = client_of(studio, language=language)
    assert client.post(reverse("enter_bank_account"), sent).status_code == 302
    assert "•••• 0999" in page(studio, "payouts", language=language)
    new = BankAccount.objects.get(contact_email="thief@example.org")
    accountant = client_of(a_member_of(studio.organisation, role="accountant"))
    stranger = client_of(an_actor("studio"))
    member = client_of(a_member_of(studio.organisation, role="member"))
    address = reverse("stop_bank_account", args=[new.pk])
    assert [own.post(address).status_code for own in (stranger, member)] == [404, 404]
    assert not BankAccountStop.objects.exists()
    assert accountant.post(address).status_code == 302
    assert BankAccountStop.objects.get().account == new


def test_the_link_from_the_mail_stops_without_a_log_in(
    studio, language, mailoutbox, django_capture_on_commit_callbacks
):
    a_second_factor(studio.user)
    sent = {
        "currency": "CNY",
        "holder": LIME.holder,
        "number": "6222000000000999",
        "bic": "ICBKCNBJ",
        "contact_email": "thief@example.org",
        "code": the_code(),
    }
    with django_capture_on_commit_callbacks(execute=True):
        client_of(studio, language=language).post(reverse("enter_bank_account"), sent)
    assert sorted(own.to[0] for own in mailoutbox) == sorted(
        ["money@example.org", "thief@example.org", studio.user.email]
    )
    link = re.search(r"http://testserver(/payouts/stop/\S+)", mailoutbox[0].body)[1]
    visitor = client_of(language=language)
    shown = text_of(visitor.get(link))
    assert "•••• 0018" in shown
    assert "•••• 0999" in shown
    assert not BankAccountStop.objects.exists()
    assert visitor.post(link).status_code == 200
    assert BankAccountStop.objects.get().stopped_by is None
    assert visitor.get("/payouts/stop/other/").status_code == 404


@pytest.mark.parametrize("role", ["member", "producer"])
def test_who_may_not_pay_moves_nothing(platform, studio, role):
    batch = proposed(platform)
    client = client_of(a_member_of(platform.organisation, role=role))
    assert client.get(reverse("payout_batch", args=[batch.pk])).status_code == 200
    for name in ("approve_payouts", "withdraw_payouts"):
        assert client.post(reverse(name, args=[batch.pk])).status_code == 404
    assert client.post(reverse("propose_payouts"), {"currency": "CNY"}).status_code == 404
    assert client.get(reverse("payout_statuses")).status_code == 404
    assert client.get(reverse("enter_bank_account")).status_code == 404
    batch.refresh_from_db()
    assert (batch.state, standing(platform, studio)) == ("proposed", (yuan(100), 0))


def test_anothers_batch_does_not_exist(platform, studio):
    batch = approved(platform)
    for stranger in (a_paying_platform(), studio):
        client = client_of(stranger)
        for name in ("payout_batch", "payouts_pain", "payouts_csv"):
            assert client.get(reverse(name, args=[batch.pk])).status_code == 404
        assert client.post(reverse("approve_payouts", args=[batch.pk])).status_code == 404
    other = an_actor("studio")
    assert payouts_by_party(batch)[studio.organisation.slug].payout_id not in page(other, "payouts")


def test_only_an_owner_changes_the_rule(platform, studio, language):
    sent = {"currency": "CNY", "second_person_above": "50000.50", "characters": "keep"}
    sent |= {"version": "pain.001.001.03"}
    address = reverse("payout_rules")
    assert client_of(platform).post(address, sent).status_code == 404
    owner = client_of(a_member_of(platform.organisation), language=language)
    for wrong in ("-1", "1.005", "NaN", "1e99", "many"):
        assert owner.post(address, sent | {"second_person_above": wrong}).status_code == 422
    assert PayoutRule.objects.count() == 0
    assert owner.post(address, sent).status_code == 302
    assert PayoutRule.objects.get().second_person_above_minor == 5_000_050
    assert "50,000.50" in text_of(owner.get(address))


def queries_of(actor, address) -> int:
    client = client_of(actor)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_queries_do_not_grow_with_batches_and_payouts(platform, studio):
    first = approved(platform)
    addresses = {
        name: (actor, reverse(name, args=args))
        for name, actor, args in (
            ("payouts", platform, ()),
            ("payout_batch", platform, (first.pk,)),
            ("bank_accounts", platform, ()),
            ("payout_statuses", platform, ()),
            ("payout_rules", platform, ()),
        )
    } | {"own": (studio, reverse("payouts"))}
    few = {name: queries_of(*own) for name, own in addresses.items()}
    for _ in range(6):
        party = an_actor("studio")
        an_account_of(party)
        due_to(platform, party, yuan(1))
        due_to(platform, studio, yuan(1))
    larger = approved(platform)
    addresses["payout_batch"] = (platform, reverse("payout_batch", args=[larger.pk]))
    many = {name: queries_of(*own) for name, own in addresses.items()}
    assert larger.payout_count == 7
    assert many == few
    assert max(few.values()) <= 22, few


def test_a_thousand_payouts_are_paged(platform, studio, monkeypatch):
    from duanju_web.payouts.pages import batches

    monkeypatch.setattr(batches, "PAYOUTS_A_PAGE", 2)
    for _ in range(4):
        party = an_actor("studio")
        an_account_of(party)
        due_to(platform, party, yuan(1))
    batch = proposed(platform)
    address = reverse("payout_batch", args=[batch.pk])
    client = client_of(platform)
    assert client.get(address).content.decode().count("•••• 0018") == 2
    assert "3 of 3" in text_of(client.get(address + "?page=3"))


def test_the_second_factor_is_set_up_and_asked_for_at_the_log_in(studio, language):
    client = client_of(studio, language=language)
    said = {"en": "Authenticator App", "zh-hans": "身份验证器"}[language]
    assert said in text_of(client.get(reverse("mfa_index")))
    a_second_factor(studio.user)
    visitor = client_of(language=language)
    sent = {"login": studio.user.email, "password": "correct horse battery staple"}
    answer = visitor.post(reverse("account_login"), sent)
    assert answer["Location"] == reverse("mfa_authenticate")
    assert visitor.get(reverse("payouts")).status_code == 302
    assert visitor.post(reverse("mfa_authenticate"), {"code": the_code()}).status_code == 302
    assert visitor.get(reverse("payouts")).status_code == 200
