"""The builder: policies that are being written, by people who read no TOML."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.kernel import Problem
from duanju_web.deals.mapping.documents import document_as_text, read_document
from duanju_web.deals.mapping.fields import CLAUSE_KINDS, HEAD_FIELDS
from duanju_web.deals.models import PolicyDraft, PolicyVersion
from duanju_web.deals.pages.building import draw_controls, read_fields
from duanju_web.deals.pages.building.drafting import (
    add_clause,
    add_parameter,
    change_order,
    described_clauses,
    described_parameters,
    live_panel,
    surroundings,
)
from duanju_web.deals.pages.building.saving import Saved, respond, revision_of, saved
from duanju_web.deals.selectors import drafts_of, find_policy_version, policy_versions
from duanju_web.deals.services import begin_draft, bring_draft, discard_draft, publish_draft
from duanju_web.deals.services.drafts import CONTENT_CHARACTERS_MAX
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import put_in_words

DRAFTS_A_PAGE = 20
WRITERS = ("producer",)


@acting_as("platform", roles=WRITERS)
def drafts(request: HttpRequest) -> HttpResponse:
    """List the organisation's drafts, and begin another."""
    actor = request.actor  # type: ignore[attr-defined]
    refusals = []
    brought = ""
    if request.method == "POST" and "document" in {*request.POST, *request.FILES}:
        text, file = _document_sent(request)
        made = bring_draft(actor=actor, now=timezone.now(), text=text, file=file)
        if isinstance(made, PolicyDraft):
            return redirect("draft", made.pk)
        refusals, brought = [put_in_words(own) for own in made], text[:CONTENT_CHARACTERS_MAX]
    elif request.method == "POST":
        version = _version_named(request.POST.get("from", ""))
        begun = begin_draft(actor=actor, now=timezone.now(), version=version)
        if isinstance(begun, PolicyDraft):
            return redirect("draft", begun.pk)
        refusals = [put_in_words(begun)]
    page = Paginator(drafts_of(actor.organisation), DRAFTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "refusals": refusals,
        "brought": brought,
        "versions": policy_versions().select_related("owner").defer("document", "words"),
        "chosen": request.GET.get("from", ""),
    }
    return render(request, "deals/building/drafts.html", context)


@acting_as("platform", roles=WRITERS)
def draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show a whole draft: its head, its clauses, what it leaves to the deal; and save its head."""
    found = _own_draft(request, draft_id)
    done = None
    if request.method == "POST":
        data = found.data
        action = request.POST.get("do", "")
        if "title.en" in request.POST:
            _take_head(data, request)
        target = _act(data, action)
        is_of_parts = bool(target) or _is_of_parts(action)
        own_action = "" if is_of_parts else action
        done = saved(request, found, data, fields=HEAD_FIELDS, place=data, action=own_action)
        if not done.refusal and target:
            return redirect(target[0], found.pk, *target[1:])
        if is_of_parts or (not done.refusal and not getattr(request, "htmx", False)):
            return redirect("draft", found.pk)
        found = done.draft
    return _show_draft(request, found, done)


@acting_as("platform", roles=WRITERS)
def choose_clause(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Show every kind of clause, to add one."""
    found = _own_draft(request, draft_id)
    kinds = [
        {"kind": kind, "is_possible": not kind.needs_others or found.data.get("clause")}
        for kind in CLAUSE_KINDS.values()
    ]
    return render(request, "deals/building/choose_clause.html", {"draft": found, "kinds": kinds})


@acting_as("platform", roles=WRITERS)
def figures(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Compute the draft on the figures that somebody typed beside it."""
    found = _own_draft(request, draft_id)
    panel = live_panel(request, found.data)
    return render(request, "deals/building/money.html", {"draft": found, **panel})


@acting_as("platform", roles=WRITERS)
def download_draft(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Hand out a draft that has no problem as TOML."""
    found = _own_draft(request, draft_id)
    policy, _problems = read_document(found.data)
    if policy is None:
        messages.error(request, _("Put right what is wrong first; then it can be written down."))
        return redirect("draft", found.pk)
    return as_toml(document_as_text(policy), f"{policy.id}-{policy.version}")


def as_toml(text: str, name: str) -> HttpResponse:
    """Return a document as a file to be kept."""
    answer = HttpResponse(text, content_type="application/toml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.toml"'
    return answer


@acting_as("platform", roles=WRITERS)
@require_POST
def publish(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Publish the draft, or say everything that is wrong with it."""
    found = _own_draft(request, draft_id, may_be_published=True)
    made = publish_draft(
        actor=request.actor,  # type: ignore[attr-defined]
        draft_id=found.pk,
        revision=revision_of(request),
        now=timezone.now(),
    )
    if isinstance(made, PolicyVersion):
        messages.success(request, _("Published. This version never changes again."))
        return redirect("policy", made.policy_id, made.version)
    return _show_draft(request, found, None, made)


@acting_as("platform", roles=WRITERS)
@require_POST
def discard(request: HttpRequest, draft_id: int) -> HttpResponse:
    """Throw the draft away."""
    found = _own_draft(request, draft_id)
    discard_draft(actor=request.actor, draft_id=found.pk, now=timezone.now())  # type: ignore[attr-defined]
    messages.success(request, _("The draft is thrown away."))
    return redirect("drafts")


def _own_draft(
    request: HttpRequest, draft_id: int, *, may_be_published: bool = False
) -> PolicyDraft:
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    known = (
        PolicyDraft.objects.filter(owner=organisation)
        if may_be_published
        else drafts_of(organisation)
    )
    return get_object_or_404(known, pk=draft_id)


def _show_draft(
    request: HttpRequest,
    found: PolicyDraft,
    done: Saved | None,
    refused: tuple[Problem, ...] = (),
) -> HttpResponse:
    data = found.data
    panel = live_panel(request, data)
    around = surroundings(data, panel["problems_by_path"], "")
    controls = draw_controls(HEAD_FIELDS, data, around)
    context = {
        "draft": found,
        "document": data,
        "controls": controls,
        "clauses_written": described_clauses(data, panel["problems_by_path"]),
        "parameters_written": described_parameters(data, panel["problems_by_path"]),
        "rest": [own for several in around.problems.values() for own in several],
        "refusals": [put_in_words(own) for own in refused],
        **panel,
    }
    return respond(request, "deals/building/draft.html", context, done, is_refused=bool(refused))


def _take_head(data: dict[str, Any], request: HttpRequest) -> None:
    head = read_fields(HEAD_FIELDS, request.POST)
    for own in HEAD_FIELDS:
        data.pop(own.key, None)
    data |= head


def _act(data: dict[str, Any], action: str) -> tuple[Any, ...]:
    """Do what a button of the overview says; return where to go then, if anywhere."""
    verb, _colon, rest = action.partition(":")
    if verb == "clause" and rest in CLAUSE_KINDS:
        return ("draft_clause", add_clause(data, rest))
    if verb == "parameter":
        return ("draft_parameter", add_parameter(data))
    if verb in ("up", "down", "drop"):
        change_order(data, verb, rest)
    return ()


def _is_of_parts(action: str) -> bool:
    """Tell whether a button moves a clause or a parameter, and not a row of the head's form."""
    verb, _colon, rest = action.partition(":")
    return verb in ("up", "down", "drop") and rest.startswith(("clause.", "parameter."))


def _document_sent(request: HttpRequest) -> tuple[str, str]:
    """Return the text of a file or a field, and the file's name."""
    sent = request.FILES.get("document")
    if sent is None:
        return request.POST.get("document", ""), ""
    content = sent.read(4 * CONTENT_CHARACTERS_MAX + 1)
    return content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n"), str(sent.name)


def _version_named(text: str) -> PolicyVersion | None:
    if not text:
        return None
    policy_id, _slash, number = text.partition("/")
    version = (
        find_policy_version(policy_id=policy_id, version=int(number))
        if number.isdecimal()
        else None
    )
    if version is None:
        raise Http404
    return version
