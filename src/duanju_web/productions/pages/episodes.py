"""A title's episodes: their progress, their order, trying again and deleting."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from duanju_web.productions.pages.found import (
    MAKERS,
    may_change,
    own_episode,
    own_title,
    own_upload,
)
from duanju_web.productions.pages.panels import (
    episodes_context,
    order_context,
    publication_context,
)
from duanju_web.productions.pages.titles import show_title
from duanju_web.productions.problems import say
from duanju_web.productions.services import (
    EpisodeNotFailed,
    accept_uploads,
    delete_failed_episode,
    discard_upload,
    retry_episode,
)
from duanju_web.shared.permissions import acting_as

_FIELD = "number-"
_NUMBER_DIGITS_MAX = 5


@acting_as("studio")
def progress(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the episodes alone; the page asks for them again while any is being worked on."""
    title = own_title(request, slug)
    context = {
        "title": title,
        "may_change": may_change(request),
        **episodes_context(title, request.GET.get("page")),
        **publication_context(title),
    }
    return render(request, "productions/progress.html", context)


@acting_as("studio", roles=MAKERS)
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the received files in their proposed order; on a POST, accept them as episodes."""
    title = own_title(request, slug)
    if request.method != "POST":
        context = {"title": title, "may_change": True, **order_context(title, {})}
        return render(request, "productions/order.html", context)
    numbers = _numbers(request)
    problems = accept_uploads(title=title, numbers=numbers, now=timezone.now())
    if problems:
        return show_title(request, title, order_problems=problems, status=422)
    said = ngettext(
        "One episode is being packaged.", "%(count)s episodes are being packaged.", len(numbers)
    )
    messages.success(request, said % {"count": len(numbers)})
    return redirect("studio_title", slug)


@acting_as("studio", roles=MAKERS)
@require_POST
def discard(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Forget a file that was not accepted."""
    upload = own_upload(request, upload_id)
    discard_upload(upload=upload)
    messages.success(request, _("%(name)s was removed.") % {"name": upload.name})
    return redirect("studio_title", upload.title.slug)


@acting_as("studio", roles=MAKERS)
@require_POST
def retry(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Package a failed episode's file again."""
    episode = own_episode(request, slug, number)
    try:
        retry_episode(episode=episode, now=timezone.now())
    except EpisodeNotFailed:
        messages.warning(request, _("Only a failed episode can be tried again or deleted."))
    return redirect("studio_title", slug)


@acting_as("studio", roles=MAKERS)
@require_POST
def delete(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Delete a failed episode."""
    episode = own_episode(request, slug, number)
    try:
        problems = delete_failed_episode(actor=request.actor, episode=episode, now=timezone.now())
    except EpisodeNotFailed:
        messages.warning(request, _("Only a failed episode can be tried again or deleted."))
        return redirect("studio_title", slug)
    for problem in problems:
        said = say(problem)
        messages.error(request, f"{said.sentence} {said.hint}")
    return redirect("studio_title", slug)


def _numbers(request: HttpRequest) -> dict[uuid.UUID, int]:
    """Read the numbers that were entered; 0 for what is no number."""
    numbers = {}
    for name, entered in request.POST.items():
        if not name.startswith(_FIELD):
            continue
        try:
            upload_id = uuid.UUID(name.removeprefix(_FIELD))
        except ValueError:
            raise Http404 from None
        is_number = entered.isdecimal() and len(entered) <= _NUMBER_DIGITS_MAX
        numbers[upload_id] = int(entered) if is_number else 0
    return numbers
