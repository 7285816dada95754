"""A policy that is still being written."""

import json
from typing import Any

from django.conf import settings
from django.db import models


class PolicyDraft(models.Model):
    """A policy that an organisation writes, until it is published or thrown away.

    `content` is the policy's document as JSON: the tables of its TOML in their order, with every
    number and every day as text. `revision` counts the changes, so that two people who write at
    once do not undo each other's work.
    """

    owner = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="policy_drafts")
    content = models.TextField()
    revision = models.PositiveIntegerField(default=1)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()
    published_as = models.OneToOneField(
        "PolicyVersion", models.PROTECT, null=True, related_name="draft"
    )

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [models.Index(fields=["owner", "-changed_at"], name="draft_by_owner")]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def data(self) -> dict[str, Any]:
        """The document as plain data; assign it to change it."""
        return dict(json.loads(self.content))

    @data.setter
    def data(self, document: dict[str, Any]) -> None:
        self.content = json.dumps(document, ensure_ascii=False)
