"""A studio's titles: the list, a new one, one with its episodes, its details, its publication."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju.kernel import Problem
from duanju_web.productions.forms import TitleForm
from duanju_web.productions.models import Title
from duanju_web.productions.pages.found import MAKERS, may_change, own_title
from duanju_web.productions.pages.panels import episodes_context, order_context, publication_context
from duanju_web.productions.problems import say
from duanju_web.productions.selectors import titles_of
from duanju_web.productions.services import (
    change_title,
    create_title,
    publish_title,
    unpublish_title,
)
from duanju_web.shared.permissions import acting_as

TITLES_A_PAGE = 20


@acting_as("studio")
def titles(request: HttpRequest) -> HttpResponse:
    """List the studio's titles, newest first."""
    paginator = Paginator(titles_of(request.actor.organisation), TITLES_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {"page": page, "may_change": may_change(request)}
    return render(request, "productions/titles.html", context)


@acting_as("studio", roles=MAKERS)
def new_title(request: HttpRequest) -> HttpResponse:
    """Make a draft."""
    form = TitleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title = create_title(
            actor=request.actor,
            studio=request.actor.organisation,
            details=form.details(),
            now=timezone.now(),
        )
        messages.success(request, _("The title is there. Now bring its episodes."))
        return redirect("studio_title", title.slug)
    status = 422 if form.errors else 200
    return render(request, "productions/new_title.html", {"form": form}, status=status)


@acting_as("studio")
def title(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a title with its episodes, what waits for an order, and what is left to publish."""
    return show_title(request, own_title(request, slug))


def show_title(
    request: HttpRequest,
    shown: Title,
    *,
    order_problems: Sequence[Problem] = (),
    status: int = 200,
) -> HttpResponse:
    """Render a title's page; with problems of the order that was just refused, if there are any."""
    context: dict[str, Any] = {
        "title": shown,
        "may_change": may_change(request),
        **episodes_context(shown, request.GET.get("page")),
        **order_context(shown, request.POST),
        **publication_context(shown),
        "order_problems": [say(problem) for problem in order_problems],
    }
    return render(request, "productions/title.html", context, status=status)


@acting_as("studio", roles=MAKERS)
def edit_title(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a title."""
    changed = own_title(request, slug)
    form = TitleForm(request.POST) if request.method == "POST" else TitleForm.of(changed)
    if request.method == "POST" and form.is_valid():
        change_title(actor=request.actor, title=changed, details=form.details(), now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("studio_title", slug)
    context = {"form": form, "title": changed}
    status = 422 if form.errors else 200
    return render(request, "productions/edit_title.html", context, status=status)


@acting_as("studio", roles=MAKERS)
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a title to viewers, or say why not yet."""
    published = own_title(request, slug)
    obstacles = publish_title(actor=request.actor, title=published, now=timezone.now())
    if obstacles:
        return show_title(request, published, status=422)
    messages.success(request, _("Published. Viewers find it in the theater now."))
    return redirect("studio_title", slug)


@acting_as("studio", roles=MAKERS)
@require_POST
def unpublish(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a title away from viewers."""
    unpublish_title(actor=request.actor, title=own_title(request, slug), now=timezone.now())
    messages.success(request, _("Viewers no longer find this title."))
    return redirect("studio_title", slug)


@acting_as("studio")
def poster(request: HttpRequest, slug: str) -> FileResponse:
    """Send a title's poster, published or not, to its studio."""
    shown = own_title(request, slug)
    path = Path(settings.MEDIA_FOLDER) / shown.poster
    if not shown.poster or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), content_type="image/webp")
