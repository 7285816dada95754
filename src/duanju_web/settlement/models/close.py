"""A platform's closed month."""

from datetime import datetime

from django.conf import settings
from django.db import models

from duanju_web.settlement.models.final import FinalRecord


class Close(FinalRecord):
    """One month of one platform, frozen; `digest` chains to the platform's month before.

    Where two people closed it, it counts what was known as the first of them asked.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="closes")
    period = models.CharField(max_length=7)
    closed_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    lake_position = models.BigIntegerField()
    snapshot = models.JSONField()
    digest = models.CharField(max_length=64)
    previous_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "period"], name="one_close_a_month"),
            models.UniqueConstraint(
                fields=["platform", "previous_digest"], name="one_close_after_another"
            ),
        ]

    def __str__(self) -> str:
        return f"close {self.platform_id} {self.period}"

    @property
    def known_at(self) -> datetime:
        """Until when what people recorded is counted."""
        return self.asked_at or self.closed_at
