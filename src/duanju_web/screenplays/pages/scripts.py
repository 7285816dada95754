"""The scripts of an organisation: the list, one with what it shows, its lines, its other forms."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.adapters.scripts import ScriptForm as Form
from duanju.adapters.scripts import write_script
from duanju.kernel import Problem
from duanju.screenplays import episodes_of
from duanju.screenplays.evidence import Pace
from duanju_web.screenplays.models import Script, ScriptVersion
from duanju_web.screenplays.pages.evidence import blocks_shown, episodes_shown, people_shown
from duanju_web.screenplays.pages.forms import ScriptForm, ScriptVersionForm
from duanju_web.screenplays.pages.found import KINDS, WRITERS, asked_version, own_script
from duanju_web.screenplays.pages.lines import lines_shown
from duanju_web.screenplays.selectors import reading_of, scripts_of, versions_of
from duanju_web.screenplays.services import bring_script
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import put_in_words

SCRIPTS_A_PAGE = 30
EPISODES_A_PAGE = 25
PROBLEMS_A_PAGE = 50
VERSIONS_SHOWN = 20


@acting_as(*KINDS)
def scripts(request: HttpRequest) -> HttpResponse:
    """List the scripts, and bring one."""
    form = ScriptForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        brought = _bring(request, form, None)
        if isinstance(brought, ScriptVersion):
            return redirect("script", brought.script_id)
        problems = brought
    own = scripts_of(request.actor.organisation)  # type: ignore[attr-defined]
    page = Paginator(own, SCRIPTS_A_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "problems": _said(problems)}
    status = 422 if request.method == "POST" else 200
    return render(request, "screenplays/scripts.html", context, status=status)


@acting_as(*KINDS)
def script(request: HttpRequest, script_id: int) -> HttpResponse:
    """Show what a version of a script holds and what to mend in it."""
    own = own_script(request, script_id)
    return _show(request, own, asked_version(request, own))


@acting_as(*KINDS, roles=WRITERS)
@require_POST
def bring_version(request: HttpRequest, script_id: int) -> HttpResponse:
    """Bring the next version of a script."""
    own = own_script(request, script_id)
    form = ScriptVersionForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, own, asked_version(request, own), form=form)
    brought = _bring(request, form, own)
    if isinstance(brought, ScriptVersion):
        return redirect("script", own.pk)
    return _show(request, own, asked_version(request, own), form=form, refused=brought)


@acting_as(*KINDS)
def read(request: HttpRequest, script_id: int, place: int) -> HttpResponse:
    """Show the lines of one episode, the first being 1, by its place in the script."""
    own = own_script(request, script_id)
    version = asked_version(request, own)
    screenplay = reading_of(version)
    episodes = episodes_of(screenplay)
    if not 1 <= place <= len(episodes):
        raise Http404
    context = {
        "script": own,
        "version": version,
        "episode": episodes[place - 1],
        "lines": lines_shown(screenplay, episodes, place),
        "before": place - 1,
        "after": place + 1 if place < len(episodes) else 0,
    }
    return render(request, "screenplays/lines.html", context)


@acting_as(*KINDS)
def download(request: HttpRequest, script_id: int, form: str) -> StreamingHttpResponse:
    """Give a version of a script in another form."""
    own = own_script(request, script_id)
    if form not in [each.value for each in Form]:
        raise Http404
    version = asked_version(request, own)
    lines = write_script(reading_of(version), Form(form))
    response = StreamingHttpResponse(
        (line.encode() for line in lines), content_type="text/plain; charset=utf-8"
    )
    name = f"script-{own.pk}-{version.number}{Form(form).suffix}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _bring(
    request: HttpRequest, form: ScriptForm, script: Script | None
) -> ScriptVersion | tuple[Problem, ...]:
    said = form.cleaned_data
    brought = bring_script(
        actor=request.actor,  # type: ignore[attr-defined]
        chunks=said["file"].chunks(),
        file_name=said["file"].name,
        name=said.get("name", "").strip(),
        script=script,
        now=timezone.now(),
    )
    if isinstance(brought, ScriptVersion) and not brought.problem_count:
        messages.success(request, _("Every line of the script is understood."))
    return brought


def _show(
    request: HttpRequest,
    own: Script,
    version: ScriptVersion,
    *,
    form: ScriptForm | None = None,
    refused: tuple[Problem, ...] = (),
) -> HttpResponse:
    screenplay = reading_of(version)
    episodes = episodes_of(screenplay)
    page = Paginator(episodes, EPISODES_A_PAGE).get_page(request.GET.get("page"))
    to_mend = Paginator(screenplay.problems, PROBLEMS_A_PAGE).get_page(request.GET.get("mend"))
    context = {
        "script": own,
        "version": version,
        "versions": versions_of(own)[:VERSIONS_SHOWN],
        "form": form or ScriptVersionForm(),
        "problems": _said(refused),
        "to_mend": to_mend,
        "mending": _said(to_mend.object_list),
        "page": page,
        "episodes": episodes_shown(page.object_list, Pace(), start=page.start_index()),
        "people": people_shown(episodes),
        "blocks": blocks_shown(episodes, Pace()),
    }
    status = 422 if form is not None else 200
    return render(request, "screenplays/script.html", context, status=status)


def _said(problems: Iterable[Problem]) -> list[object]:
    return [put_in_words(problem) for problem in problems]
