"""What other rooms may do with people, organisations and the trail."""

from duanju_web.shared.services.audit import record_audit
from duanju_web.shared.services.organisations import (
    InvitationForAnother,
    LastOwner,
    accept_invitation,
    change_role,
    create_organisation,
    invite_member,
    remove_member,
)

__all__ = [
    "InvitationForAnother",
    "LastOwner",
    "accept_invitation",
    "change_role",
    "create_organisation",
    "invite_member",
    "record_audit",
    "remove_member",
]
