"""An organisation that fills two roles of a deal has a statement for each."""

from pathlib import Path

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju_web.deals.models import Deal, Offer
from duanju_web.deals.services import OfferDraft, accept_offer, import_policies, make_offer
from duanju_web.settlement.models import (
    Close,
    LedgerPosting,
    LedgerTransaction,
    StatementRecord,
)
from duanju_web.settlement.services import close_month
from tests.support.agreements import OCTOBER_5, SIGNED_AT, a_policy, a_title_of
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db

TWO_FEES = """\
id = "two-fees"
version = 1
valid_from = 2026-01-01
title = { en = "Two fees", zh-Hans = "两笔费用" }
summary = { en = "Two fees on signing.", zh-Hans = "签约即付。" }

[[source]]
title = { en = "Made up", zh-Hans = "虚构" }
"""
FEE = """
[[clause]]
id = "{role}-fee"
kind = "fee"
title = {{ en = "Fee", zh-Hans = "费用" }}
explanation = {{ en = "Paid once.", zh-Hans = "一次性支付。" }}
amount = {amount}
currency = "CNY"
payee = "{role}"
"""


def a_deal_of_two_roles(platform, studio, folder: Path) -> Deal:
    """Make a deal whose studio is its director, too; the screenwriter is nobody here."""
    fees = (("studio", 100), ("director", 20), ("screenwriter", 3))
    text = TWO_FEES + "".join(FEE.format(role=role, amount=amount) for role, amount in fees)
    (folder / "two-fees.toml").write_text(text, "utf-8")
    import_policies(folder=folder, now=SIGNED_AT)
    draft = OfferDraft(
        studio=studio.organisation,
        policy_version=a_policy("two-fees"),
        parameters={},
        titles=[a_title_of(studio)],
        starts_on=SIGNED_AT.date().replace(month=9, day=1),
        ends_on=None,
        valid_until=SIGNED_AT.date().replace(month=9, day=3),
        parties={
            "director": {"slug": studio.organisation.slug},
            "screenwriter": {"name": "Shen Yan"},
        },
    )
    offer = make_offer(actor=platform, draft=draft, now=SIGNED_AT)
    assert isinstance(offer, Offer), offer
    deal = accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)
    assert isinstance(deal, Deal), deal
    return deal


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_role_has_its_statement(language: str, tmp_path: Path) -> None:
    platform = an_actor("platform", role="accountant")
    studio = an_actor("studio", role="accountant")
    a_deal_of_two_roles(platform, studio, tmp_path)
    close = close_month(
        platform=platform.organisation, month=Month(2026, 9), actor=platform, now=OCTOBER_5
    )
    assert isinstance(close, Close), close
    records = StatementRecord.objects.order_by("role")
    assert [(own.role, own.totals[0]["amount_minor"]) for own in records] == [
        ("director", 2_000),
        ("studio", 10_000),
    ]
    accounts = LedgerPosting.objects.filter(account__startswith="payable:")
    assert dict(accounts.values_list("account", "amount_minor")) == {
        f"payable:studio:{studio.organisation.slug}": 10_000,
        f"payable:director:{studio.organisation.slug}": 2_000,
        "payable:screenwriter:~Shen Yan": 300,
    }
    client = client_of(studio, language=language)
    role = {"en": "director", "zh-hans": "导演"}[language]
    for address in (
        reverse("statements"),
        reverse("statement", args=[records[0].pk]),
    ):
        assert role in client.get(address).content.decode().lower()
    assert client.get(reverse("statement_pdf", args=[records[0].pk])).status_code == 200


def test_ledger_holds_the_longest_clause_of_an_amendment() -> None:
    field = LedgerTransaction._meta.get_field("clause_id")
    longest = f"{'c' * 64}@{'a' * 64}"
    assert field.clean(longest, None) == longest
