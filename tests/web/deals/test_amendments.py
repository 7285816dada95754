"""Amendments: agreed like an offer, pinned like a deal, settled to the fen."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from duanju.adapters.documents import policy_from_text, policy_to_text
from duanju.deals import parts_of
from duanju.kernel import Month
from duanju.workflows import replay
from duanju_web.deals.models import Deal, DealAmendment, DealAmendmentIsFinal
from duanju_web.deals.pages.agreements import digest_of_contract
from duanju_web.deals.pages.paper import Agreement, AmendmentOnPaper, agreement_as_data
from duanju_web.deals.selectors import contract_of
from duanju_web.deals.services import (
    AmendmentDraft,
    accept_amendment,
    decline_amendment,
    import_policies,
    propose_amendment,
    withdraw_amendment,
)
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors.bundles import bundle_of
from duanju_web.settlement.services import close_month
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import (
    EXCLUSIVE,
    NOVEMBER_5,
    OCTOBER_5,
    OCTOBER_NOON,
    POLICIES,
    SEPTEMBER_NOON,
    SIGNED_AT,
    T1,
    a_deal,
    a_policy,
    a_title_of,
    watched,
)
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
QUERIES_MAX = 24
FROM_OCTOBER = {"by": "play_date", "effective_on": date(2026, 10, 1)}
FROM_THE_START = {"by": "signing_date", "effective_on": None}


@pytest.fixture
def platform():
    return an_actor("platform", role="owner")


@pytest.fixture
def studio():
    return an_actor("studio", role="owner")


@pytest.fixture
def title(studio):
    return a_title_of(studio)


@pytest.fixture
def deal(platform, studio, title):
    return a_deal(platform, studio, [title])


@pytest.fixture
def dearer(tmp_path):
    """Publish version 2 of the policy: 1.8 yuan an hour where version 1 pays 1.5."""
    first = policy_from_text((POLICIES / f"{T1}.toml").read_text(encoding="utf-8"))
    a_policy()
    text = policy_to_text(replace(first, version=2))
    assert "exclusive_premiere = 1.5" in text
    changed = text.replace("exclusive_premiere = 1.5", "exclusive_premiere = 1.8", 1)
    folder = tmp_path / "dearer"
    folder.mkdir()
    (folder / "second.toml").write_text(changed, encoding="utf-8")
    (added,) = import_policies(folder=folder, now=SIGNED_AT).added
    return added


def a_draft(deal, version, **changes):
    fields = {
        "deal": deal,
        "policy_version": version,
        "parameters": EXCLUSIVE,
        "mode": "over",
        "valid_until": date(2026, 12, 31),
        **FROM_OCTOBER,
    }
    return AmendmentDraft(**fields | changes)


def proposed(platform, draft, now=SIGNED_AT):
    made = propose_amendment(actor=platform, draft=draft, now=now)
    assert isinstance(made, DealAmendment), made
    return made


def agreed(platform, studio, draft, now=SIGNED_AT):
    made = proposed(platform, draft, now)
    found = accept_amendment(actor=studio, amendment_id=made.pk, now=now)
    assert isinstance(found, DealAmendment), found
    return found


def closed(platform, month, now):
    close = close_month(
        platform=platform.organisation, month=Month(2026, month), actor=platform, now=now
    )
    assert isinstance(close, Close), close
    return close


def lines_of(month):
    return statement_of(StatementRecord.objects.get(close__period=f"2026-{month:02}")).lines


def test_proposal_binds_nobody_until_it_is_accepted(platform, studio, deal, dearer):
    made = proposed(platform, a_draft(deal, dearer))
    assert contract_of(deal).amendments == ()
    found = accept_amendment(actor=studio, amendment_id=made.pk, now=SIGNED_AT)
    assert (found.code, found.policy_digest) == ("a1", dearer.digest)
    deal.refresh_from_db()
    ids = [(part.amendment_id, part.terms.starts_on) for part in parts_of(contract_of(deal))]
    assert ids == [("", date(2026, 9, 1)), ("a1", date(2026, 10, 1))]
    assert contract_of(deal, known_at=SIGNED_AT - timedelta(days=1)).amendments == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"parameters": {}}, "deals.missing-parameter"),
        ({"effective_on": None}, "deals.amendment-day-missing"),
        ({"effective_on": date(2026, 8, 1)}, "deals.amendment-outside-the-deal"),
        ({"mode": "beside"}, "deals.amendment-claims-the-same"),
        ({"valid_until": date(2026, 8, 1)}, "deals.offer-never-valid"),
    ],
)
def test_faulty_proposal_is_refused_and_nothing_moves(platform, deal, dearer, changes, code):
    trail = AuditEntry.objects.count()
    found = propose_amendment(actor=platform, draft=a_draft(deal, dearer, **changes), now=SIGNED_AT)
    assert isinstance(found, tuple)
    assert code in [problem.code for problem in found]
    assert not DealAmendment.objects.exists()
    assert AuditEntry.objects.count() == trail


def test_answer_is_final(platform, studio, deal, dearer):
    made = proposed(platform, a_draft(deal, dearer))
    declined = decline_amendment(
        actor=studio, amendment_id=made.pk, reason="Too late", now=SIGNED_AT
    )
    assert (declined.state, declined.reason) == ("declined", "Too late")
    for answer in (withdraw_amendment, accept_amendment):
        own = platform if answer is withdraw_amendment else studio
        found = answer(actor=own, amendment_id=made.pk, now=SIGNED_AT)
        problem = found[0] if isinstance(found, tuple) else found
        assert problem.code == "deals.offer-already-answered"
    stored = DealAmendment.objects.get()
    with pytest.raises(DealAmendmentIsFinal):
        stored.save()
    with pytest.raises(DealAmendmentIsFinal):
        stored.delete()


def test_terms_from_a_day_on_are_settled_from_that_day_on(platform, studio, title, deal, dearer):
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    watched(title, minutes=600, at=OCTOBER_NOON, seed=2)
    agreed(platform, studio, a_draft(deal, dearer))
    closed(platform, 9, OCTOBER_5)
    closed(platform, 10, NOVEMBER_5)
    assert [own.amount_minor for own in lines_of(9)] == [1_500]
    (line,) = lines_of(10)
    assert line.key.clause_id.endswith("@a1")
    assert line.amount_minor == 1_800


def test_terms_over_the_whole_deal_post_only_the_difference(
    platform, studio, title, deal, dearer, language
):
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    closed(platform, 9, OCTOBER_5)
    first = StatementRecord.objects.get()
    agreed(platform, studio, a_draft(deal, dearer, **FROM_THE_START), now=OCTOBER_NOON)
    client = client_of(platform, language=language)
    preview = client.get(reverse("settlement_month", args=["2026-10"])).content.decode()
    assert "¥3.00" in preview
    closed(platform, 10, NOVEMBER_5)
    (line,) = lines_of(10)
    assert (line.corrects, line.amount_minor, line.posted_before_minor) == (
        Month(2026, 9),
        300,
        1_500,
    )
    for record in StatementRecord.objects.all():
        assert replay(bundle_of(record)).deviations == ()
    assert bundle_of(first).contract.amendments == ()
    for page in ("statement", "statement_pdf", "statement_csv", "statement_json"):
        second = StatementRecord.objects.get(close__period="2026-10")
        assert client.get(reverse(page, args=[second.pk])).status_code == 200


def test_statement_names_the_amendment(platform, studio, title, deal, dearer, language):
    watched(title, minutes=600, at=OCTOBER_NOON)
    agreed(platform, studio, a_draft(deal, dearer))
    closed(platform, 9, OCTOBER_5)
    closed(platform, 10, NOVEMBER_5)
    record = StatementRecord.objects.get(close__period="2026-10")
    client = client_of(studio, language=language)
    said = {"en": "(amendment 1)", "zh-hans": "（变更1）"}[language]
    for address in (
        reverse("statement", args=[record.pk]),
        reverse("statement_line", args=[record.pk, 1]),
    ):
        assert said in client.get(address).content.decode()


def filled(**changes):
    return {
        "parameter_rights": "exclusive_premiere",
        "parameter_tier_reading": "marginal",
        "mode": "over",
        "by": "signing_date",
        "valid_until": "2099-01-01",
        **changes,
    }


def test_platform_looks_proposes_and_the_studio_agrees(
    platform, studio, title, deal, dearer, language, django_assert_max_num_queries
):
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    closed(platform, 9, OCTOBER_5)
    client = client_of(platform, language=language)
    chosen = client.get(reverse("new_amendment", args=[deal.pk]))
    assert f'value="{T1}/2"' in chosen.content.decode()
    address = f"{reverse('new_amendment', args=[deal.pk])}?policy={T1}/2"
    looked = client.post(address, filled(look="yes")).content.decode()
    assert "<del>1.5</del>" in looked
    assert "¥3.00" in looked
    assert not DealAmendment.objects.exists()
    assert client.post(address, filled()).status_code == 302
    made = DealAmendment.objects.get()
    page = reverse("amendment", args=[made.pk])
    reader = client_of(studio, language=language)
    with django_assert_max_num_queries(QUERIES_MAX):
        shown = reader.get(page).content.decode()
    assert "¥3.00" in shown
    assert page in reader.get(reverse("deal", args=[deal.pk])).content.decode()
    assert client.post(reverse("accept_amendment", args=[made.pk])).status_code == 404
    assert reader.post(reverse("accept_amendment", args=[made.pk])).status_code == 302
    with django_assert_max_num_queries(QUERIES_MAX):
        amended = reader.get(reverse("deal", args=[deal.pk])).content.decode()
    assert {"en": "Amendment 1", "zh-hans": "变更1"}[language] in amended
    assert "¥1.80" in amended


def test_problem_stands_beside_its_field_and_nothing_is_proposed(platform, deal, dearer, language):
    client = client_of(platform, language=language)
    address = f"{reverse('new_amendment', args=[deal.pk])}?policy={T1}/2"
    page = client.post(address, filled(by="play_date")).content.decode()
    assert 'id="id_effective_on_error"' in page
    assert not DealAmendment.objects.exists()


def test_amendment_does_not_exist_for_others(platform, studio, deal, dearer):
    made = proposed(platform, a_draft(deal, dearer))
    for stranger in (an_actor("platform"), an_actor("studio")):
        client = client_of(stranger)
        assert client.get(reverse("amendment", args=[made.pk])).status_code == 404
        assert client.post(reverse("accept_amendment", args=[made.pk])).status_code == 404
        assert client.post(reverse("withdraw_amendment", args=[made.pk])).status_code == 404
        assert client.get(reverse("new_amendment", args=[deal.pk])).status_code == 404
    assert DealAmendment.objects.get().state == "offered"


def test_studio_declines_with_a_reason_and_the_platform_withdraws(platform, studio, deal, dearer):
    first, second = (proposed(platform, a_draft(deal, dearer)) for _number in range(2))
    reader, client = client_of(studio), client_of(platform)
    reader.post(reverse("decline_amendment", args=[first.pk]), {"reason": "Too little"})
    assert "Too little" in client.get(reverse("amendment", args=[first.pk])).content.decode()
    assert client.post(reverse("withdraw_amendment", args=[second.pk])).status_code == 302
    states = DealAmendment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["declined", "withdrawn"]


def test_printed_deal_names_its_amendments(platform, studio, deal, dearer, language):
    client = client_of(studio, language=language)
    address = reverse("deal_agreement", args=[deal.pk])
    before = agreement_of(deal)
    agreed(platform, studio, a_draft(deal, dearer))
    assert client.get(address).content.startswith(b"%PDF")
    contract = contract_of(Deal.objects.get(pk=deal.pk))
    assert digest_of_contract(contract) != before
    printed = Agreement(
        policy=contract.terms.policy,
        values=contract.terms.values,
        terms=None,
        names={},
        titles=(),
        number=deal.number,
        status="deal",
        digest="",
        amendments=[AmendmentOnPaper(1, own) for own in contract.amendments],
    )
    chinese = language == "zh-hans"
    data = agreement_as_data(printed, language="zh-Hans" if chinese else "en")
    (own,) = data["amendments"]
    assert own["title"] == ("变更1" if chinese else "Amendment 1")
    assert ("2026年10月1日" if chinese else "1 October 2026") in own["sentences"][2]


def agreement_of(deal):
    return digest_of_contract(contract_of(deal))
