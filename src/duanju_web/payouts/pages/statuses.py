"""Importing what banks say."""

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from duanju.adapters.payments import FILE_BYTES_MAX
from duanju.kernel import Problem
from duanju_web.payouts.models import StatusFile
from duanju_web.payouts.pages.batches import ACCOUNTANTS
from duanju_web.payouts.pages.forms import StatusFileForm
from duanju_web.payouts.selectors.batches import status_files_of
from duanju_web.payouts.services import import_statuses
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import put_in_words

FILES_A_PAGE = 30


@acting_as("platform", roles=ACCOUNTANTS)
def statuses(request: HttpRequest) -> HttpResponse:
    """List what was imported, and import a file."""
    form = StatusFileForm(request.POST or None, request.FILES or None)
    problems: tuple[Problem, ...] = ()
    if request.method == "POST" and form.is_valid():
        file: UploadedFile = form.cleaned_data["file"]
        done = import_statuses(
            actor=request.actor,  # type: ignore[attr-defined]
            content=file.read(FILE_BYTES_MAX + 1),
            name=file.name or "file",
            now=timezone.now(),
        )
        if isinstance(done, StatusFile):
            said = ngettext(
                "Imported; %(number)s payout changed.",
                "Imported; %(number)s payouts changed.",
                done.change_count,
            )
            messages.success(request, said % {"number": done.change_count})
            return redirect("payout_statuses")
        problems = done
    found = status_files_of(request.actor.organisation)  # type: ignore[attr-defined]
    context = {
        "form": form,
        "page": Paginator(found, FILES_A_PAGE).get_page(request.GET.get("page")),
        "problems": [put_in_words(own) for own in problems],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "payouts/statuses.html", context, status=status)
