"""Asking people to join, and joining."""

import secrets

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju_web.shared.forms import InvitationForm
from duanju_web.shared.middleware import ACTING_ORGANISATION_KEY
from duanju_web.shared.pages.members import show_organisation
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.selectors import find_invitation
from duanju_web.shared.services import InvitationForAnother, accept_invitation, invite_member

TOKEN_BYTES = 32


@acting_as(roles=("owner",))
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """Send an invitation by mail."""
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return show_organisation(request, form, status=422)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = request.build_absolute_uri(reverse("accept_invitation", args=[token]))
    invitation = invite_member(
        actor=request.actor,  # type: ignore[attr-defined]
        email=form.cleaned_data["email"],
        role=form.cleaned_data["role"],
        token=token,
        link=link,
        now=timezone.now(),
    )
    messages.success(
        request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
    )
    return redirect("organisation")


@login_required
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation, and join when it is accepted."""
    now = timezone.now()
    invitation = find_invitation(token=token, now=now)
    if invitation is None:
        raise Http404
    context = {"invitation": invitation}
    if request.method != "POST":
        return render(request, "shared/accept_invitation.html", context)
    try:
        membership = accept_invitation(invitation=invitation, user=request.user, now=now)  # type: ignore[arg-type]
    except InvitationForAnother:
        context["for_another"] = True
        return render(request, "shared/accept_invitation.html", context, status=422)
    request.session[ACTING_ORGANISATION_KEY] = membership.organisation_id
    return redirect("home")
