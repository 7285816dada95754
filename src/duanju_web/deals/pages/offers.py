"""Offers: making, reading, answering."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.kernel import Problem
from duanju_web.deals.models import Deal, Offer
from duanju_web.deals.pages.calculating import calculator, name_parameter
from duanju_web.deals.pages.forms import PARAMETER, PARTY_NAME, DeclineForm, OfferForm, PartiesForm
from duanju_web.deals.selectors import (
    find_policy_version,
    offers_of,
    parties_in_words,
    policy_of,
    policy_versions,
    possible_parties,
    put_parameters_in_words,
    put_policy_in_words,
    role_of,
    trail_of,
    values_of,
)
from duanju_web.deals.services import (
    OfferDraft,
    accept_offer,
    decline_offer,
    make_offer,
    withdraw_offer,
)
from duanju_web.productions.selectors import titles_of
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words
from duanju_web.shared.selectors import organisations_of_kind
from duanju_web.shared.templatetags.duanju import localized

AMENDMENT_PATH = re.compile(r"^amendment\.\d+\.")
OFFERS_A_PAGE = 20
ONE_DAY = timedelta(days=1)
FIELDS = {"ends_on": "last_day", "signed_on": ""}
"""Paths of problems to the fields that are called otherwise."""


@acting_as("platform", "studio")
def offers(request: HttpRequest) -> HttpResponse:
    """List the offers that the organisation made or received."""
    actor = request.actor  # type: ignore[attr-defined]
    page = Paginator(offers_of(actor.organisation), OFFERS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "deals/offers.html", {"page": page, "may_offer": _may_offer(actor)})


@acting_as("platform", roles=("producer",))
def new_offer(request: HttpRequest) -> HttpResponse:
    """Choose a studio and a policy, then fill in the rest."""
    studios = organisations_of_kind("studio")
    studio = studios.filter(slug=request.GET.get("studio", "")).first()
    policy_id, _slash, number = request.GET.get("policy", "").partition("/")
    version = (
        find_policy_version(policy_id=policy_id, version=int(number))
        if number.isdecimal()
        else None
    )
    if studio is None or version is None:
        context = {
            "studios": studios,
            "versions": policy_versions().select_related("owner").defer("document", "words"),
            "chosen_studio": studio,
            "chosen_version": version,
        }
        return render(request, "deals/new_offer.html", context)
    policy = policy_of(version)
    titles = titles_of(studio)
    form = OfferForm(
        request.POST or None,
        policy=policy,
        titles=titles,
        organisations=[(own.slug, localized(own.name)) for own in possible_parties(studio)],
    )
    if request.method == "POST" and form.is_valid():
        made = make_offer(
            actor=request.actor,  # type: ignore[attr-defined]
            draft=_draft(form, studio, version),
            now=timezone.now(),
        )
        if isinstance(made, Offer):
            messages.success(request, _("The offer is with the studio now."))
            return redirect("offer", made.pk)
        show_problems(form, made)
    context = {"form": form, "studio": studio, "version": version, "has_titles": titles.exists()}
    return render(request, "deals/fill_offer.html", context)


@acting_as("platform", "studio")
def offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Show an offer to its two sides, with what can be done about it."""
    found = _own_offer(request, offer_id)
    return show_offer(request, found, DeclineForm())


def show_offer(
    request: HttpRequest,
    found: Offer,
    form: DeclineForm,
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    """Render an offer around the form that declines it."""
    policy = policy_of(found.policy_version)
    reader = role_of(found, request.actor.organisation)  # type: ignore[attr-defined]
    computed = calculator(request, policy=policy, fixed=found.parameters, reader=reader)
    if getattr(request, "htmx", False):
        return render(request, "deals/calculation.html", computed)
    context = {
        "offer": found,
        "last_day": found.ends_on - ONE_DAY if found.ends_on else None,
        "clauses": put_policy_in_words(policy, values_of(policy, found.parameters), reader=reader),
        "parameters": put_parameters_in_words(policy, found.parameters),
        "titles": found.titles.all(),
        "parties": parties_in_words(found.parties),
        "trail": trail_of(found),
        "decline_form": form,
        "refusals": [put_in_words(problem) for problem in problems],
        **_possible_actions(request, found),
        **computed,
    }
    return render(request, "deals/offer.html", context, status=409 if problems else 200)


@acting_as("studio", roles=("producer",))
@require_POST
def accept(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Sign the offer."""
    found = _own_offer(request, offer_id)
    deal = accept_offer(actor=request.actor, offer_id=found.pk, now=timezone.now())  # type: ignore[attr-defined]
    if isinstance(deal, Deal):
        messages.success(request, _("Signed. The deal pins these terms for both sides."))
        return redirect("deal", deal.pk)
    return show_offer(request, _own_offer(request, offer_id), DeclineForm(), deal)


@acting_as("studio", roles=("producer",))
@require_POST
def decline(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Say no, with a reason."""
    found = _own_offer(request, offer_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return show_offer(request, found, form)
    answer = decline_offer(
        actor=request.actor,  # type: ignore[attr-defined]
        offer_id=found.pk,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
    )
    return _answered(request, offer_id, answer, _("Declined. The platform can read why."))


@acting_as("platform", roles=("producer",))
@require_POST
def withdraw(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Take the offer back."""
    found = _own_offer(request, offer_id)
    answer = withdraw_offer(actor=request.actor, offer_id=found.pk, now=timezone.now())  # type: ignore[attr-defined]
    return _answered(request, offer_id, answer, _("The offer is withdrawn."))


def _answered(
    request: HttpRequest, offer_id: int, answer: Offer | Problem, said: str
) -> HttpResponse:
    if isinstance(answer, Problem):
        return show_offer(request, _own_offer(request, offer_id), DeclineForm(), (answer,))
    messages.success(request, said)
    return redirect("offer", offer_id)


def _own_offer(request: HttpRequest, offer_id: int) -> Offer:
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    return get_object_or_404(offers_of(organisation), pk=offer_id)


def _possible_actions(request: HttpRequest, found: Offer) -> dict[str, bool]:
    actor = request.actor  # type: ignore[attr-defined]
    is_open = found.state == "offered"
    is_studio = actor.organisation.pk == found.studio_id
    return {
        "may_answer": is_open
        and is_studio
        and may_act(actor, kinds=("studio",), roles=("producer",)),
        "may_withdraw": is_open and not is_studio and _may_offer(actor),
    }


def _may_sign(actor: Any) -> bool:
    return may_act(actor, kinds=("studio",), roles=("producer",))


def _may_offer(actor: Any) -> bool:
    return may_act(actor, kinds=("platform",), roles=("producer",))


def _draft(form: OfferForm, studio: Any, version: Any) -> OfferDraft:
    cleaned = form.cleaned_data
    return OfferDraft(
        studio=studio,
        policy_version=version,
        parameters=form.chosen(),
        titles=list(cleaned["titles"]),
        starts_on=cleaned["starts_on"],
        ends_on=cleaned["last_day"] + ONE_DAY if cleaned["last_day"] else None,
        valid_until=cleaned["valid_until"],
        message=cleaned["message"],
        parties=form.parties(),
    )


def show_problems(form: PartiesForm, problems: Iterable[Problem]) -> None:
    """Put each problem beside the field that it is about."""
    for problem in problems:
        words = put_in_words(name_parameter(problem, form.policy))
        path = AMENDMENT_PATH.sub("", problem.where.path)
        field = FIELDS.get(path, path)
        if path.startswith("parameters."):
            field = PARAMETER + path.removeprefix("parameters.")
        if path.startswith("parties."):
            field = PARTY_NAME + path.removeprefix("parties.")
        said = f"{words.sentence} {words.hint}".strip()
        form.add_error(field if field in form.fields else None, said)
