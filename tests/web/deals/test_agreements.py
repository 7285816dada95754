"""Agreements on paper: for whoever may see the page, in both languages, and for nobody else."""

import pytest

from duanju.deals import Terms
from duanju_web.deals.mapping.contracts import contract_of
from duanju_web.deals.mapping.policies import policy_of
from duanju_web.deals.models import Deal
from duanju_web.deals.pages.paper import Agreement, agreement_as_data
from tests.support.agreements import T1, a_deal, a_policy, a_title_of, an_offer
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform", role="producer")


@pytest.fixture
def studio():
    return an_actor("studio", role="producer")


@pytest.fixture
def titles(studio):
    return [a_title_of(studio)]


def is_pdf(response) -> bool:
    """Tell whether an answer is a PDF to be kept."""
    return (
        response.status_code == 200
        and response["Content-Type"] == "application/pdf"
        and response["Content-Disposition"].endswith('.pdf"')
        and response.content.startswith(b"%PDF-")
    )


def test_anybody_prints_a_policy_as_a_form(language):
    a_policy()
    client = client_of(language=language)
    assert is_pdf(client.get(f"/policies/{T1}/1/agreement.pdf"))
    assert client.get("/policies/none/1/agreement.pdf").status_code == 404


def test_both_sides_print_a_deal_and_nobody_else_does(platform, studio, titles, language):
    deal = a_deal(platform, studio, titles)
    address = f"/deals/{deal.pk}/agreement.pdf"
    for organisation in (deal.platform, deal.studio):
        client = client_of(a_member_of(organisation), language=language)
        assert is_pdf(client.get(address))
        assert address in client.get(f"/deals/{deal.pk}/").content.decode()
    stranger = client_of(an_actor("studio", role="producer"), language=language)
    assert stranger.get(address).status_code == 404


def test_both_sides_print_an_offer_and_nobody_else_does(platform, studio, titles, language):
    offer = an_offer(platform, studio, titles)
    address = f"/deals/offers/{offer.pk}/agreement.pdf"
    for organisation in (offer.platform, offer.studio):
        client = client_of(a_member_of(organisation), language=language)
        assert is_pdf(client.get(address))
        assert address in client.get(f"/deals/offers/{offer.pk}/").content.decode()
    stranger = client_of(an_actor("platform", role="producer"), language=language)
    assert stranger.get(address).status_code == 404


def printed(deal: Deal, terms: Terms, language: str) -> dict:
    """Return the words of a deal on paper."""
    agreement = Agreement(
        policy=terms.policy,
        values=terms.values,
        terms=terms,
        names={"platform": "Aurora", "studio": "Lanxi"},
        titles=["Night Flight"],
        number=deal.number,
        status="deal",
        digest="d" * 64,
        starts_on=terms.starts_on,
        signed_on=terms.signed_on,
        signed_by=("platform",),
    )
    return agreement_as_data(agreement, language=language)


@pytest.mark.parametrize(("language", "rate"), [("en", "CN¥1.50"), ("zh-Hans", "¥1.50")])
def test_paper_says_what_was_agreed_and_shows_it_in_numbers(
    platform, studio, titles, language, rate
):
    deal = a_deal(platform, studio, titles)
    terms = contract_of(deal).terms
    data = printed(deal, terms, language)
    (clause,) = data["clauses"]
    assert rate in str(clause["blocks"])
    assert [own["name"] for own in data["parties"]] == ["Aurora", "Lanxi"]
    assert [bool(own["signed"]) for own in data["signatures"]] == [True, False]
    assert data["digest"] == "d" * 64
    assert [case["totals"] != [] for case in data["example"]] == [True, True]
    assert "＿" not in str(clause) + str(data["parties"])


def test_policy_alone_has_blanks_for_what_a_deal_says():
    policy = policy_of(a_policy())
    agreement = Agreement(
        policy=policy,
        values={},
        terms=None,
        names={},
        titles=(),
        number="",
        status="policy",
        digest=policy.digest,
    )
    data = agreement_as_data(agreement, language="en")
    assert {own["name"] for own in data["parties"]} == {"_" * 20}
    assert data["example"] == []
