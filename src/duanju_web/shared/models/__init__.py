"""People, the organisations they act for, and the trail of what they changed."""

from duanju_web.shared.models.account import User
from duanju_web.shared.models.audit import AuditEntry
from duanju_web.shared.models.organisation import (
    Invitation,
    Membership,
    Organisation,
    OrganisationKind,
    Role,
)

__all__ = [
    "AuditEntry",
    "Invitation",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "Role",
    "User",
]
