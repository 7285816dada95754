"""Organisations and their people."""

import hashlib
from datetime import datetime

from django.db.models import QuerySet

from duanju_web.shared.models import Invitation, Membership, Organisation, User


def memberships_of(user: User) -> QuerySet[Membership]:
    """Return a person's memberships, oldest first."""
    return user.memberships.select_related("organisation").order_by("id")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return an organisation's members, oldest first."""
    return organisation.memberships.select_related("user").order_by("id")


def organisations_of_kind(kind: str) -> QuerySet[Organisation]:
    """Return all organisations of a kind, by slug."""
    return Organisation.objects.filter(kind=kind).order_by("slug")


def pending_invitations(organisation: Organisation, *, now: datetime) -> QuerySet[Invitation]:
    """Return the invitations that can still be accepted, newest first."""
    return organisation.invitations.filter(accepted_at=None, expires_at__gt=now)


def find_invitation(*, token: str, now: datetime) -> Invitation | None:
    """Return the live invitation that a mailed token opens."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    return (
        Invitation.objects.filter(token_digest=digest, accepted_at=None, expires_at__gt=now)
        .select_related("organisation")
        .first()
    )
