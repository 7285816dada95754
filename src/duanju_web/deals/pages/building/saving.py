"""Saving what a form of the builder sent, and answering it whole or in pieces."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from duanju.kernel import Problem
from duanju_web.deals.mapping.fields import Field
from duanju_web.deals.models import PolicyDraft
from duanju_web.deals.pages.building.changing import apply_action
from duanju_web.deals.services import change_draft
from duanju_web.shared.problems import ProblemInWords, put_in_words

DONE = "done"
"""The button that saves and goes back."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a form.

    Attributes:
        draft: As it is stored now.
        data: What the form shows: what was written, also where it could not be stored.
        refusal: Why it was not stored.
        is_other_form: Whether the form must be drawn anew.
        leaves: Whether the writer is done with it.
    """

    draft: PolicyDraft
    data: dict[str, Any]
    refusal: ProblemInWords | None
    is_other_form: bool
    leaves: bool


def saved(
    request: HttpRequest,
    draft: PolicyDraft,
    data: dict[str, Any],
    *,
    fields: Iterable[Field],
    place: dict[str, Any],
    action: str,
    is_other_form: bool = False,
) -> Saved:
    """Store a changed document; nothing that was typed is lost if that is refused.

    Args:
        request: What was sent, with the revision that its writer saw.
        draft: As it was stored.
        data: The document as it is to be.
        fields: What the form asked for.
        place: Where in the document the form's data is.
        action: The button that was pressed.
        is_other_form: Whether the form must be drawn anew in any case.
    """
    if not is_other_form:
        is_other_form = apply_action(fields, place, action)
    answer = change_draft(
        actor=request.actor,  # type: ignore[attr-defined]
        draft_id=draft.pk,
        revision=revision_of(request),
        data=data,
        now=timezone.now(),
    )
    if isinstance(answer, Problem):
        draft.data = data
        return Saved(draft, data, put_in_words(answer), is_other_form=True, leaves=False)
    return Saved(answer, data, None, is_other_form, leaves=action == DONE)


def go_back(request: HttpRequest, draft: PolicyDraft) -> HttpResponse:
    """Lead back to the whole draft."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": reverse("draft", args=[draft.pk])})
    return redirect("draft", draft.pk)


def revision_of(request: HttpRequest) -> int:
    """Return the revision of the draft that the writer saw; 0 if the form does not say."""
    text = request.POST.get("revision", "")
    return int(text) if text.isdecimal() else 0


def respond(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    done: Saved | None,
    *,
    is_refused: bool = False,
) -> HttpResponse:
    """Answer with the whole page, or to a script with what has changed of it."""
    refusal = done.refusal if done else None
    context = {
        **context,
        "refusal": refusal,
        "seen_revision": revision_of(request) if refusal else context["draft"].revision,
        "form_anew": done.is_other_form if done else False,
        "first_controls": [own for own in context["controls"] if not own.field.is_more],
        "more": [own for own in context["controls"] if own.field.is_more],
        "all_controls": [own for control in context["controls"] for own in control.walk()],
    }
    context["is_more_open"] = any(own.is_filled and own.problems for own in context["more"])
    status = 409 if refusal or is_refused else 200
    if getattr(request, "htmx", False) and request.method == "POST":
        return render(request, "deals/building/changed.html", context)
    return render(request, template, context, status=status)
