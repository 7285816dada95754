"""What other rooms may ask of people and organisations."""

from duanju_web.shared.selectors.actors import find_actor
from duanju_web.shared.selectors.audit import audit_entries_of
from duanju_web.shared.selectors.organisations import (
    find_invitation,
    members_of,
    memberships_of,
    organisations_of_kind,
    pending_invitations,
)

__all__ = [
    "audit_entries_of",
    "find_actor",
    "find_invitation",
    "members_of",
    "memberships_of",
    "organisations_of_kind",
    "pending_invitations",
]
