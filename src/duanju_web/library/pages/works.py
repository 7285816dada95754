"""The library: its works, one of them, and tables that bring more."""

from collections.abc import Iterable

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from duanju.adapters.works import WORK_COLUMNS, WORK_KINDS
from duanju.kernel import Problem
from duanju_web.library.models import ImportState, WorkImport, WorkKind
from duanju_web.library.pages.forms import SearchForm, TableForm
from duanju_web.library.selectors import (
    find_import_of,
    find_work_of,
    imports_of,
    preview_import,
    search_works,
)
from duanju_web.library.services import accept_import, bring_works
from duanju_web.shared.permissions import acting_as, may_act
from duanju_web.shared.problems import put_in_words

KINDS = ("studio", "writer", "platform")
KEEPERS = ("producer",)
WORKS_A_PAGE = 30
IMPORTS_A_PAGE = 20


@acting_as(*KINDS)
def works(request: HttpRequest) -> HttpResponse:
    """List the works, or those that a query finds."""
    form = SearchForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    found = search_works(
        request.actor.organisation,  # type: ignore[attr-defined]
        query=said.get("q", ""),
        kind=said.get("kind", ""),
        audience=said.get("audience", ""),
    )
    page = Paginator(found.works, WORKS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": SearchForm(initial=said),
        "query": said.get("q", ""),
        "page": page,
        "kinds": [
            (kind, label, found.kinds[kind])
            for kind, label in WorkKind.choices
            if kind in found.kinds
        ],
        "is_cut": found.is_cut,
        "may_bring": may_act(request.actor, kinds=KINDS, roles=KEEPERS),  # type: ignore[attr-defined]
    }
    return render(request, "library/works.html", context)


@acting_as(*KINDS)
def work(request: HttpRequest, work_id: int) -> HttpResponse:
    """Show a work."""
    own = find_work_of(request.actor.organisation, work_id)  # type: ignore[attr-defined]
    if own is None:
        raise Http404
    return render(request, "library/work.html", {"work": own})


@acting_as(*KINDS, roles=KEEPERS)
def imports(request: HttpRequest) -> HttpResponse:
    """List the tables that were brought, and bring one."""
    form = TableForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        brought = bring_works(
            actor=request.actor,  # type: ignore[attr-defined]
            chunks=file.chunks(),
            file_name=file.name,
            now=timezone.now(),
        )
        if isinstance(brought, WorkImport):
            return redirect("work_import", brought.pk)
        problems = brought
    own = imports_of(request.actor.organisation)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "problems": _said(problems),
        "page": Paginator(own, IMPORTS_A_PAGE).get_page(request.GET.get("page")),
        "columns": WORK_COLUMNS,
        "kinds": WORK_KINDS,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "library/imports.html", context, status=status)


@acting_as(*KINDS, roles=KEEPERS)
def work_import(request: HttpRequest, import_id: int) -> HttpResponse:
    """Show a table before it is taken in, while it is, and after."""
    own = _own(request, import_id)
    preview = preview_import(own)
    context = {
        "brought": own,
        "rows": [(row, WorkKind(row.kind).label) for row in preview.rows],
        "problems": _said(preview.problems),
        "waits": own.state == ImportState.WAITING,
        "runs": own.state == ImportState.RUNNING,
    }
    part = request.headers.get("HX-Request") == "true"
    name = "library/import_progress.html" if part else "library/import.html"
    return render(request, name, context)


@acting_as(*KINDS, roles=KEEPERS)
@require_POST
def accept(request: HttpRequest, import_id: int) -> HttpResponse:
    """Let a table be taken in."""
    own = _own(request, import_id)
    accept_import(actor=request.actor, brought=own, now=timezone.now())  # type: ignore[attr-defined]
    return redirect("work_import", own.pk)


def _own(request: HttpRequest, import_id: int) -> WorkImport:
    own = find_import_of(request.actor.organisation, import_id)  # type: ignore[attr-defined]
    if own is None:
        raise Http404
    return own


def _said(problems: Iterable[Problem]) -> list[object]:
    return [put_in_words(problem) for problem in problems]
