"""Founding organisations, and who belongs to them."""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from duanju.kernel import Text
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Invitation, Membership, Organisation, Role, User
from duanju_web.shared.services.audit import record_audit
from duanju_web.shared.services.mailing import mail_in_both_languages

INVITATION_LIFETIME = timedelta(days=14)


class LastOwner(Exception):
    """The change would leave the organisation without an owner."""

    code = "shared.last-owner"


class InvitationForAnother(Exception):
    """The invitation was sent to another e-mail address."""

    code = "shared.invitation-for-another"


@transaction.atomic
def create_organisation(
    *,
    user: User,
    kind: str,
    slug: str,
    name: Mapping[str, str],
    time_zone: str = "Asia/Shanghai",
    now: datetime,
) -> Organisation:
    """Set up an organisation with one owner."""
    organisation = Organisation.objects.create(
        slug=slug, kind=kind, name=dict(Text(name)), time_zone=time_zone
    )
    membership = Membership.objects.create(user=user, organisation=organisation, role=Role.OWNER)
    record_audit(
        actor=Actor(user, membership),
        action="shared.create-organisation",
        target=organisation,
        before=None,
        after={"kind": kind, "slug": slug, "name": dict(name)},
        now=now,
    )
    return organisation


@transaction.atomic
def invite_member(
    *, actor: Actor, email: str, role: str, token: str, link: str, now: datetime
) -> Invitation:
    """Ask somebody by mail to join the actor's organisation.

    Args:
        actor: An owner of the organisation.
        email: The address asked.
        role: The role offered, a `Role`.
        token: A secret that the caller drew; only its digest is kept.
        link: The address in the mail at which the invitation is accepted; holds the token.
        now: The time, aware.
    """
    assert actor.user is not None
    assert actor.organisation is not None
    invitation = Invitation.objects.create(
        organisation=actor.organisation,
        email=email.lower(),
        role=role,
        token_digest=hashlib.sha256(token.encode()).hexdigest(),
        invited_by=actor.user,
        expires_at=now + INVITATION_LIFETIME,
    )
    record_audit(
        actor=actor,
        action="shared.invite",
        target=invitation,
        before=None,
        after={"email": invitation.email, "role": role},
        now=now,
    )
    mail_in_both_languages(
        [invitation.email],
        subject=_("%(person)s invites you to join %(organisation)s on Duanju"),
        text=_("Open this link within 14 days to accept:"),
        told={"person": str(actor.user), "organisation": Text(actor.organisation.name)},
        link=link,
    )
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User, now: datetime) -> Membership:
    """Make the invited person a member.

    Raises:
        InvitationForAnother: The person's address is not the one that was asked.
    """
    if user.email.lower() != invitation.email:
        raise InvitationForAnother(invitation.email)
    membership, _made = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, defaults={"role": invitation.role}
    )
    Invitation.objects.filter(pk=invitation.pk).update(accepted_at=now)
    record_audit(
        actor=Actor(user, membership),
        action="shared.accept-invitation",
        target=membership,
        before=None,
        after={"role": membership.role},
        now=now,
    )
    return membership


@transaction.atomic
def change_role(*, actor: Actor, membership: Membership, role: str, now: datetime) -> None:
    """Give a member another role.

    Raises:
        LastOwner: The member is the only owner.
    """
    before = membership.role
    if before == Role.OWNER and role != Role.OWNER:
        _require_another_owner(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    record_audit(
        actor=actor,
        action="shared.change-role",
        target=membership,
        before={"role": before},
        after={"role": role},
        now=now,
    )


@transaction.atomic
def remove_member(*, actor: Actor, membership: Membership, now: datetime) -> None:
    """Take a member out of the organisation.

    Raises:
        LastOwner: The member is the only owner.
    """
    if membership.role == Role.OWNER:
        _require_another_owner(membership)
    record_audit(
        actor=actor,
        action="shared.remove-member",
        target=membership,
        before={"user": membership.user_id, "role": membership.role},
        after=None,
        now=now,
    )
    membership.delete()


def _require_another_owner(membership: Membership) -> None:
    owners = Membership.objects.select_for_update().filter(
        organisation_id=membership.organisation_id, role=Role.OWNER
    )
    if not owners.exclude(pk=membership.pk).exists():
        raise LastOwner(membership.organisation_id)
