"""Amendments: proposing, reading what they change, answering."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from duanju.kernel import Problem, ProblemsFound
from duanju_web.deals.models import Deal, DealAmendment, OfferState, PolicyVersion
from duanju_web.deals.pages.amendment_forms import AmendmentForm
from duanju_web.deals.pages.calculating import say_problems
from duanju_web.deals.pages.changes import tell_difference, tell_effect
from duanju_web.deals.pages.forms import DeclineForm
from duanju_web.deals.pages.offers import show_problems
from duanju_web.deals.selectors import (
    amendments_of,
    contract_of,
    day_in_zone,
    deals_of,
    find_effect,
    find_policy_version,
    find_recorded,
    parties_in_words,
    policy_of,
    policy_versions,
    possible_parties,
    put_parameters_in_words,
    put_policy_in_words,
    role_of,
    standing_terms,
    trail_of,
    values_of,
)
from duanju_web.deals.services import (
    accept_amendment,
    amended_contract,
    decline_amendment,
    find_amendment_problems,
    propose_amendment,
    withdraw_amendment,
)
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words
from duanju_web.shared.templatetags.duanju import localized


@acting_as("platform", roles=("producer",))
def new_amendment(request: HttpRequest, deal_id: int) -> HttpResponse:
    """Choose a policy, fill in what it asks for, see what would change, and propose it."""
    actor = request.actor  # type: ignore[attr-defined]
    deal = get_object_or_404(
        deals_of(actor.organisation).filter(platform=actor.organisation), pk=deal_id
    )
    policy_id, _slash, number = request.GET.get("policy", "").partition("/")
    version = (
        find_policy_version(policy_id=policy_id, version=int(number))
        if number.isdecimal()
        else None
    )
    if version is None:
        context = {"deal": deal, "versions": _choices(deal)}
        return render(request, "deals/choose_amendment.html", context)
    form = AmendmentForm(
        request.POST or None,
        policy=policy_of(version),
        deal=deal,
        organisations=[(own.slug, localized(own.name)) for own in possible_parties(deal.studio)],
    )
    context = {"deal": deal, "version": version, "form": form}
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        draft = form.draft(deal, version)
        if "look" not in request.POST:
            made = propose_amendment(actor=actor, draft=draft, now=now)
            if isinstance(made, DealAmendment):
                messages.success(request, _("The amendment is with the studio now."))
                return redirect("amendment", made.pk)
            show_problems(form, made)
        else:
            problems = find_amendment_problems(draft=draft, now=now)
            show_problems(form, problems)
            if not problems:
                context |= tell_amendment(draft.unsaved(), reader="platform", now=now)
    return render(request, "deals/fill_amendment.html", context)


@acting_as("platform", "studio")
def amendment(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Show an amendment to the two sides of its deal, with what can be done about it."""
    return _show(request, _own(request, amendment_id), DeclineForm())


@acting_as("studio", roles=("producer",))
@require_POST
def accept(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Agree."""
    found = _own(request, amendment_id)
    answer = accept_amendment(actor=request.actor, amendment_id=found.pk, now=timezone.now())  # type: ignore[attr-defined]
    if isinstance(answer, DealAmendment):
        messages.success(request, _("Agreed. The deal is settled by the new terms."))
        return redirect("deal", found.deal_id)
    return _show(request, _own(request, amendment_id), DeclineForm(), answer)


@acting_as("studio", roles=("producer",))
@require_POST
def decline(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Say no, with a reason."""
    found = _own(request, amendment_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    answer = decline_amendment(
        actor=request.actor,  # type: ignore[attr-defined]
        amendment_id=found.pk,
        reason=form.cleaned_data["reason"],
        now=timezone.now(),
    )
    return _answered(request, amendment_id, answer, _("Declined. The platform can read why."))


@acting_as("platform", roles=("producer",))
@require_POST
def withdraw(request: HttpRequest, amendment_id: int) -> HttpResponse:
    """Take the proposal back."""
    found = _own(request, amendment_id)
    answer = withdraw_amendment(actor=request.actor, amendment_id=found.pk, now=timezone.now())  # type: ignore[attr-defined]
    return _answered(request, amendment_id, answer, _("The amendment is withdrawn."))


def tell_amendment(found: DealAmendment, *, reader: str, now: datetime) -> dict[str, Any]:
    """Return what a template shows of what an amendment changes on what is recorded.

    An accepted one is compared with the deal as it stood before it was agreed.
    """
    deal = found.deal
    try:
        if found.state == OfferState.ACCEPTED and found.answered_at is not None:
            after = contract_of(deal, known_at=found.answered_at)
        else:
            after = amended_contract(found, signed_on=day_in_zone(now, deal.platform.time_zone))
    except ProblemsFound as problems:
        return {"problems": [put_in_words(own) for own in problems.problems]}
    before = type(after)(after.id, after.terms, after.amendments[:-1])
    recorded = find_recorded(deal, after, now=now)
    effect = find_effect(before=before, after=after, recorded=recorded, reader=reader)
    both = standing_terms(before), after.amendments[-1].terms
    told: dict[str, Any] = {
        "before_label": pgettext("terms", "As it stands"),
        "after_label": _("As amended"),
        "effect_title": _("Had the terms held since the first day"),
        "earned": tell_effect(effect.before, effect.after),
        "is_taking_over": (found.mode, found.by)
        == (DealAmendment.Mode.OVER, DealAmendment.Reach.PLAY_DATE),
    }
    if effect.difference is None:
        return told | {"problems": say_problems(effect.problems, both[1].policy)}
    return told | tell_difference(
        effect.difference, [own.policy for own in both], values=[own.values for own in both]
    )


def _show(
    request: HttpRequest,
    found: DealAmendment,
    form: DeclineForm,
    problems: Iterable[Problem] = (),
) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    policy = policy_of(found.policy_version)
    reader = role_of(found.deal, actor.organisation)
    is_open = found.state == OfferState.OFFERED
    context = {
        "amendment": found,
        "deal": found.deal,
        "clauses": put_policy_in_words(policy, values_of(policy, found.parameters), reader=reader),
        "parameters": put_parameters_in_words(policy, found.parameters),
        "parties": parties_in_words(found.parties),
        "trail": trail_of(found),
        "decline_form": form,
        "refusals": [put_in_words(problem) for problem in problems],
        "may_answer": is_open
        and reader == "studio"
        and may_act(actor, kinds=("studio",), roles=("producer",)),
        "may_withdraw": is_open
        and reader == "platform"
        and may_act(actor, kinds=("platform",), roles=("producer",)),
    }
    if found.state in (OfferState.OFFERED, OfferState.ACCEPTED):
        context |= tell_amendment(found, reader=reader, now=timezone.now())
    return render(request, "deals/amendment.html", context, status=409 if problems else 200)


def _answered(
    request: HttpRequest, amendment_id: int, answer: DealAmendment | Problem, said: str
) -> HttpResponse:
    if isinstance(answer, Problem):
        return _show(request, _own(request, amendment_id), DeclineForm(), (answer,))
    messages.success(request, said)
    return redirect("amendment", amendment_id)


def _own(request: HttpRequest, amendment_id: int) -> DealAmendment:
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    return get_object_or_404(amendments_of(organisation), pk=amendment_id)


def _choices(deal: Deal) -> list[PolicyVersion]:
    """Return all versions, those of the deal's own policy first."""
    own = deal.policy_version.policy_id
    several = policy_versions().select_related("owner").defer("document", "words")
    return sorted(several, key=lambda version: version.policy_id != own)
