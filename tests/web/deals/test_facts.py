"""What no event tells: recorded, replaced, and settled with what viewers did."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju_web.deals.models import (
    DealAmendment,
    Offer,
    ReportedFact,
    ReportedFactIsFinal,
)
from duanju_web.deals.selectors import contract_of, party_names, reported_facts
from duanju_web.deals.services import (
    AmendmentDraft,
    OfferDraft,
    accept_amendment,
    accept_offer,
    make_offer,
    propose_amendment,
    publish_draft,
)
from duanju_web.settlement.models import Close
from duanju_web.settlement.services import close_month
from tests.support.agreements import OCTOBER_5, SIGNED_AT, a_deal, a_title_of
from tests.support.drafts import a_draft_of
from tests.support.people import a_member_of, an_actor, an_organisation, client_of

pytestmark = pytest.mark.django_db
COLUMNS = "day,title_id,measure,quantity,unit,currency,item\n"


@pytest.fixture
def platform():
    return an_actor("platform")


@pytest.fixture
def studio():
    return an_actor("studio")


@pytest.fixture
def deal(platform, studio):
    return a_deal(platform, studio, [a_title_of(studio)])


def text_of(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def a_cost(deal, **changes):
    return {
        "what": "production_cost",
        "title": deal.titles.get().pk,
        "when": "2026-09-10",
        "whole_month": "on",
        "quantity": "500000",
        "note": "Budget",
    } | changes


def a_file(text, name="facts.csv"):
    file = BytesIO(text.encode())
    file.name = name
    return {"file": file}


def test_accountant_records_a_cost_and_both_sides_read_it(deal, platform, studio, language):
    accountant = a_member_of(platform.organisation, role="accountant")
    address = reverse("deal_facts", args=[deal.pk])
    assert client_of(accountant).post(address, a_cost(deal)).status_code == 302
    for reader in (platform, studio):
        page = text_of(client_of(reader, language=language).get(address))
        assert "500,000.00" in page
    (fact,) = reported_facts(deals=[deal])[deal.number]
    assert (fact.quantity, fact.currency) == (50_000_000, "CNY")
    assert str(fact.stretch) == "2026-09-01/2026-10-01"


def test_recorded_fact_is_replaced_and_never_changed(deal, platform):
    client = client_of(platform)
    address = reverse("deal_facts", args=[deal.pk])
    client.post(address, a_cost(deal))
    refused = client.post(address, a_cost(deal, quantity="600000"))
    assert "problem" in text_of(refused, 422)
    assert ReportedFact.objects.count() == 1
    client.post(address, a_cost(deal, quantity="600000", may_replace="on"))
    (fact,) = reported_facts(deals=[deal])[deal.number]
    assert fact.quantity == 60_000_000
    first, second = ReportedFact.objects.order_by("pk")
    assert second.replaces == first
    known = reported_facts(deals=[deal], known_at=first.recorded_at)
    assert [own.quantity for own in known[deal.number]] == [50_000_000]
    for forbidden in (first.save, first.delete):
        with pytest.raises(ReportedFactIsFinal):
            forbidden()


def test_facts_of_others_do_not_exist_and_nothing_is_recorded(deal, platform, studio):
    address = reverse("deal_facts", args=[deal.pk])
    member = a_member_of(platform.organisation, role="member")
    for stranger in (an_actor("platform"), an_actor("studio"), an_actor("buyer")):
        assert client_of(stranger).get(address).status_code == 404
    for reader in (studio, member, an_actor("platform")):
        client = client_of(reader)
        assert client.post(address, a_cost(deal)).status_code == 404
        upload = reverse("upload_facts", args=[deal.pk])
        assert client.post(upload, a_file(COLUMNS)).status_code == 404
    assert not ReportedFact.objects.exists()


def test_table_is_looked_through_and_then_recorded(deal, platform, language):
    title = deal.titles.get()
    rows = f"2026-09-01,{title.slug},milestone,1,count,,released\n"
    rows += f"2026-09-03,{title.pk},award,5000.50,major,CNY,director\n"
    client = client_of(platform, language=language)
    answer = client.post(reverse("upload_facts", args=[deal.pk]), a_file(COLUMNS + rows))
    page = text_of(answer)
    assert "5,000.50" in page
    assert not ReportedFact.objects.exists()
    deposit = page.split('name="deposit" value="')[1].split('"')[0]
    confirm = reverse("confirm_facts", args=[deal.pk])
    assert client.post(confirm, {"deposit": deposit}).status_code == 302
    assert sorted(ReportedFact.objects.values_list("measure", "quantity")) == [
        ("award", 500_050),
        ("milestone", 1),
    ]
    client.post(confirm, {"deposit": deposit})
    assert ReportedFact.objects.count() == 2


def test_forged_table_is_refused(deal, platform):
    confirm = reverse("confirm_facts", args=[deal.pk])
    assert client_of(platform).post(confirm, {"deposit": "forged"}).status_code == 302
    assert not ReportedFact.objects.exists()


def test_faulty_rows_are_named_with_their_lines(deal, platform, language):
    rows = "2026-09-01,,milestone,1,count,,released\n2026-09-41,,milestone,1,count,,x\n"
    answer = client_of(platform, language=language).post(
        reverse("upload_facts", args=[deal.pk]), a_file(COLUMNS + rows)
    )
    page = text_of(answer, 422)
    assert "facts.csv" in page
    assert "3" in page.split('class="problem__place">')[1][:40]
    assert not ReportedFact.objects.exists()


def test_what_the_lake_measures_is_not_recorded_but_its_fraud_is(deal, platform):
    title = deal.titles.get()
    rows = f"2026-09-01,{title.pk},effective_minutes,600,minutes,,\n"
    upload = reverse("upload_facts", args=[deal.pk])
    text_of(client_of(platform).post(upload, a_file(COLUMNS + rows)), 422)
    columns = COLUMNS.replace("item", "item,fraud")
    rows = f"2026-09-01,{title.pk},effective_minutes,600,minutes,,,yes\n"
    text_of(client_of(platform).post(upload, a_file(columns + rows)))


def amended(deal, platform, studio, version, **changes):
    proposal = AmendmentDraft(
        deal=deal,
        policy_version=version,
        parameters={},
        mode="over",
        by="play_date",
        effective_on=date(2026, 10, 1),
        valid_until=date(2026, 12, 31),
        **changes,
    )
    made = propose_amendment(actor=platform, draft=proposal, now=SIGNED_AT)
    assert isinstance(made, DealAmendment), made
    assert isinstance(
        accept_amendment(actor=studio, amendment_id=made.pk, now=SIGNED_AT), DealAmendment
    )


def a_version(platform, *kinds):
    draft = a_draft_of(platform, *kinds)
    return publish_draft(actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT)


def test_what_an_amendment_asks_for_can_be_recorded(deal, platform, studio, language):
    """A fee falls due by milestones of which the deal's own policy says nothing."""
    address = reverse("deal_facts", args=[deal.pk])
    reached = {"what": "milestone/released", "when": "2026-10-02", "title": deal.titles.get().pk}
    client = client_of(platform, language=language)
    assert client.post(address, reached).status_code == 200
    assert not ReportedFact.objects.exists()
    amended(deal, platform, studio, a_version(platform, "fee"))
    page = text_of(client.get(address))
    assert 'value="milestone/released"' in page
    assert 'value="effective_minutes!"' in page
    assert client.post(address, reached).status_code == 302
    assert ReportedFact.objects.get().item == "released"


def test_fact_that_only_an_amendment_cannot_apply_is_refused(deal, platform, studio, language):
    """An award in a currency in which the amendment pays none: the first policy counts no award."""
    row = f"2026-10-03,{deal.titles.get().pk},award,5000.50,major,USD,director\n"
    upload = reverse("upload_facts", args=[deal.pk])
    client = client_of(platform, language=language)
    text_of(client.post(upload, a_file(COLUMNS + row)))
    makers = {role: {"slug": studio.organisation.slug} for role in ("director", "screenwriter")}
    amended(deal, platform, studio, a_version(platform, "award"), parties=makers)
    assert "USD" in text_of(client.post(upload, a_file(COLUMNS + row)), 422)
    text_of(client.post(upload, a_file(COLUMNS + row.replace("USD", "CNY"))))
    assert not ReportedFact.objects.exists()


def test_offer_fills_every_role_of_its_policy(platform, studio, language):
    draft = a_draft_of(platform, "tiered_rate", "commission")
    version = publish_draft(
        actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT
    )
    title = a_title_of(studio)
    asked = OfferDraft(
        studio=studio.organisation,
        policy_version=version,
        parameters={},
        titles=[title],
        starts_on=date(2026, 9, 1),
        ends_on=None,
        valid_until=date(2026, 9, 30),
    )
    refused = make_offer(actor=platform, draft=asked, now=SIGNED_AT)
    assert [own.code for own in refused] == ["deals.role-unfilled"]
    assert not Offer.objects.exists()
    agency = an_organisation("buyer")
    address = f"{reverse('new_offer')}?studio={studio.organisation.slug}"
    address += f"&policy={version.policy_id}/{version.version}"
    client = client_of(platform, language=language)
    assert 'name="party_agent"' in text_of(client.get(address))
    sent = {
        "party_agent": agency.slug,
        "titles": [title.pk],
        "starts_on": "2026-12-01",
        "valid_until": "2099-01-01",
    }
    assert client.post(address, sent).status_code == 302
    offer = Offer.objects.get()
    assert offer.parties == {"agent": {"slug": agency.slug}}
    deal = accept_offer(actor=studio, offer_id=offer.pk, now=datetime(2026, 11, 30, tzinfo=UTC))
    assert contract_of(deal).terms.parties["agent"].id == agency.slug


def test_role_can_be_filled_by_somebody_who_has_no_organisation(platform, studio, language):
    draft = a_draft_of(platform, "tiered_rate", "commission")
    version = publish_draft(
        actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT
    )
    asked = OfferDraft(
        studio=studio.organisation,
        policy_version=version,
        parameters={},
        titles=[a_title_of(studio)],
        starts_on=date(2026, 9, 1),
        ends_on=None,
        valid_until=date(2026, 9, 30),
        parties={"agent": {"name": "李华"}},
    )
    offer = make_offer(actor=platform, draft=asked, now=SIGNED_AT)
    deal = accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)
    assert contract_of(deal).terms.parties["agent"].id == "~李华"
    assert party_names(platform.organisation)["~李华"] == "李华"
    page = text_of(client_of(studio, language=language).get(reverse("deal", args=[deal.pk])))
    assert "李华" in page


def test_fact_of_a_closed_month_is_a_correction_in_the_open_one(platform, studio):
    draft = a_draft_of(platform, "fee", now=datetime(2026, 8, 1, tzinfo=UTC))
    version = publish_draft(
        actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT
    )
    asked = OfferDraft(
        studio=studio.organisation,
        policy_version=version,
        parameters={},
        titles=[a_title_of(studio)],
        starts_on=date(2026, 9, 1),
        ends_on=None,
        valid_until=date(2026, 9, 30),
    )
    offer = make_offer(actor=platform, draft=asked, now=SIGNED_AT)
    deal = accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)
    first = a_close(platform, Month(2026, 9), OCTOBER_5)
    released = {"what": "milestone/released", "when": "2026-09-20", "title": deal.titles.get().pk}
    address = reverse("deal_facts", args=[deal.pk])
    assert client_of(platform).post(address, released).status_code == 302
    second = a_close(platform, Month(2026, 10), datetime(2036, 11, 5, tzinfo=UTC))
    totals = [own.totals for own in (first.statements.get(), second.statements.get())]
    assert totals == [
        [{"amount_minor": 6_000_000, "currency": "CNY"}],
        [{"amount_minor": 4_000_000, "currency": "CNY"}],
    ]
    concerned = second.transactions.values_list("concerns_period", flat=True).distinct()
    assert list(concerned) == ["2026-09"]


def a_close(platform, month, now):
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close
