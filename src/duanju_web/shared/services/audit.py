"""Adding to the trail."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry


def record_audit(
    *,
    actor: Actor,
    action: str,
    target: models.Model,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    now: datetime,
) -> AuditEntry:
    """Add one entry; call it in the transaction that makes the change.

    Args:
        actor: Who did it; an actor without user stands for the system itself.
        action: `room.verb`, for example `deals.accept`.
        target: What was changed; it must have been saved.
        before: The changed fields as they were, or None for something new.
        after: The changed fields as they are, or None for something deleted.
        now: The time of the change, aware.
    """
    return AuditEntry.objects.create(
        at=now,
        user=actor.user,
        organisation=actor.organisation,
        action=action,
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        before=dict(before) if before is not None else None,
        after=dict(after) if after is not None else None,
    )
