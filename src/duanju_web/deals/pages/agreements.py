"""Policies, offers and deals on paper, ready to be signed, for whoever may see their page."""

from dataclasses import replace
from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from duanju.adapters.prose import suppose_example_terms
from duanju.deals import Contract, Terms
from duanju.kernel import ProblemsFound, Text, digest
from duanju_web.deals.mapping.contracts import contract_of, terms_of_offer
from duanju_web.deals.mapping.words import in_reader_language, reader_language
from duanju_web.deals.models import Deal, Offer
from duanju_web.deals.pages.paper import Agreement, AmendmentOnPaper, print_agreement
from duanju_web.deals.selectors import (
    day_in_zone,
    deals_of,
    find_policy_version,
    offers_of,
    parties_in_words,
    policy_of,
    role_of,
    values_of,
)
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import acting_as

ONE_DAY = timedelta(days=1)
SIGNERS = ("platform", "studio")


def policy_agreement(_request: HttpRequest, policy_id: str, version: int) -> HttpResponse:
    """Give a policy as a form of agreement, with blanks for what a deal fills in."""
    found = find_policy_version(policy_id=policy_id, version=version)
    if found is None:
        raise Http404
    policy = policy_of(found)
    agreement = Agreement(
        policy=policy,
        values={},
        terms=suppose_example_terms(policy, {}),
        names={},
        titles=(),
        number="",
        status="policy",
        digest=policy.digest,
    )
    return _file(agreement, f"{policy_id}-{version}")


@acting_as("platform", "studio")
def offer_agreement(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Give an offer to its two sides, to be read and signed."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    offer: Offer = get_object_or_404(offers_of(organisation), pk=offer_id)
    made_on = day_in_zone(offer.made_at, offer.platform.time_zone)
    try:
        terms = terms_of_offer(offer, signed_on=made_on)
    except ProblemsFound:
        raise Http404 from None
    return _file(_agreement(offer, terms, organisation), f"offer-{offer.pk}")


@acting_as("platform", "studio")
def deal_agreement(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Give a signed deal to its two sides."""
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    deal: Deal = get_object_or_404(deals_of(organisation), pk=deal_id)
    contract = contract_of(deal)
    printed = replace(
        _agreement(deal, contract.terms, organisation),
        amendments=[
            AmendmentOnPaper(number, own) for number, own in enumerate(contract.amendments, start=1)
        ],
        digest=digest_of_contract(contract),
    )
    return _file(printed, deal.number)


def _agreement(record: Offer | Deal, terms: Terms, reader: Organisation) -> Agreement:
    is_signed = isinstance(record, Deal)
    others = zip(record.parties, parties_in_words(record.parties), strict=True)
    return Agreement(
        policy=terms.policy,
        values=values_of(terms.policy, record.parameters),
        terms=terms,
        names={
            "platform": in_reader_language(Text(record.platform.name)),
            "studio": in_reader_language(Text(record.studio.name)),
            **{role: name for role, (_role, name) in others},
        },
        titles=[in_reader_language(Text(title.name)) for title in record.titles.all()],
        number=record.number if isinstance(record, Deal) else "",
        status="deal" if is_signed else "offer",
        digest=digest_of(terms),
        starts_on=record.starts_on,
        last_day=record.ends_on - ONE_DAY if record.ends_on else None,
        signed_on=terms.signed_on if is_signed else None,
        signed_by=SIGNERS if is_signed else (),
        reader=role_of(record, reader),
    )


def digest_of(terms: Terms) -> str:
    """Return the SHA-256 of all that terms state: the pinned policy, and what the deal chose."""
    return digest(
        {
            "policy": terms.policy.digest,
            "parties": {role: str(party) for role, party in sorted(terms.parties.items())},
            "parameters": {own: str(value) for own, value in sorted(terms.parameters.items())},
            "title_ids": sorted(terms.title_ids),
            "days": [str(own) for own in (terms.starts_on, terms.ends_on, terms.signed_on)],
        }
    )


def digest_of_contract(contract: Contract) -> str:
    """Return the SHA-256 of a deal's terms; of an amended one, of all that was agreed."""
    own = digest_of(contract.terms)
    if not contract.amendments:
        return own
    agreed = [
        [item.id, item.mode.value, item.by.value, str(item.effective_on), digest_of(item.terms)]
        for item in contract.amendments
    ]
    return digest({"terms": own, "amendments": agreed})


def _file(agreement: Agreement, name: str) -> HttpResponse:
    printed = print_agreement(agreement, language=reader_language())
    answer = HttpResponse(printed, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
