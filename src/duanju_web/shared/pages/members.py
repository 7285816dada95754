"""Who belongs to an organisation, and founding one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from duanju_web.shared.forms import FoundingForm, InvitationForm, RoleForm
from duanju_web.shared.middleware import ACTING_ORGANISATION_KEY
from duanju_web.shared.models import Membership
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.selectors import members_of, pending_invitations
from duanju_web.shared.services import LastOwner, change_role, create_organisation, remove_member


@acting_as()
def organisation(request: HttpRequest) -> HttpResponse:
    """Show the members; to owners also the invitations and the means to change both."""
    return show_organisation(request, InvitationForm())


def show_organisation(
    request: HttpRequest, form: InvitationForm, status: int = 200
) -> HttpResponse:
    """Render the members' page around an invitation form."""
    acting_for = request.actor.organisation  # type: ignore[attr-defined]
    members = [
        (membership, RoleForm(initial={"role": membership.role}, prefix=str(membership.pk)))
        for membership in members_of(acting_for)
    ]
    context = {
        "organisation": acting_for,
        "members": members,
        "invitations": pending_invitations(acting_for, now=timezone.now()),
        "form": form,
        "is_owner": request.actor.role == "owner",  # type: ignore[attr-defined]
    }
    return render(request, "shared/organisation.html", context, status=status)


@acting_as(roles=("owner",))
@require_POST
def role(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Give a member another role."""
    membership = _own_member(request, membership_id)
    form = RoleForm(request.POST, prefix=str(membership.pk))
    if form.is_valid():
        try:
            change_role(
                actor=request.actor,  # type: ignore[attr-defined]
                membership=membership,
                role=form.cleaned_data["role"],
                now=timezone.now(),
            )
            messages.success(request, _("%(person)s has a new role.") % {"person": membership.user})
        except LastOwner:
            messages.error(request, _("Make somebody else an owner first: one must remain."))
    return redirect("organisation")


@acting_as(roles=("owner",))
@require_POST
def remove(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Take a member out."""
    membership = _own_member(request, membership_id)
    person = str(membership.user)
    try:
        remove_member(actor=request.actor, membership=membership, now=timezone.now())  # type: ignore[attr-defined]
        messages.success(request, _("%(person)s is no longer a member.") % {"person": person})
    except LastOwner:
        messages.error(request, _("Make somebody else an owner first: one must remain."))
    return redirect("organisation")


@login_required
def found(request: HttpRequest) -> HttpResponse:
    """Set up an organisation and act for it at once."""
    form = FoundingForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "shared/found_organisation.html", {"form": form})
    founded = create_organisation(
        user=request.user,  # type: ignore[arg-type]
        kind=form.cleaned_data["kind"],
        slug=form.cleaned_data["slug"],
        name=form.names(),
        now=timezone.now(),
    )
    request.session[ACTING_ORGANISATION_KEY] = founded.pk
    messages.success(request, _("It is set up. Invite the people you work with."))
    return redirect("organisation")


def _own_member(request: HttpRequest, membership_id: int) -> Membership:
    """Find a member of the acting organisation; anybody else's does not exist."""
    acting_for = request.actor.organisation  # type: ignore[attr-defined]
    membership = members_of(acting_for).filter(pk=membership_id).first()
    if membership is None:
        raise Http404
    return membership
