"""A file on its way in, resumable, not yet accepted."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadState(models.TextChoices):
    """How far the file has come."""

    RECEIVING = "receiving", _("Being received")
    RECEIVED = "received", _("Received")
    UNPACKED = "unpacked", _("Unpacked")
    REFUSED = "refused", _("Refused")


class Upload(models.Model):
    """A resumable upload; `path` is relative to the uploads folder of the settings.

    Once it is received it lies among the originals and `path` is empty; it is deleted when it is
    accepted as an episode. `proposed_number` is set where the file is meant for one episode.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.ForeignKey("productions.Title", models.CASCADE, related_name="uploads")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=255)
    size_bytes = models.PositiveBigIntegerField()
    offset_bytes = models.PositiveBigIntegerField(default=0)
    path = models.CharField(max_length=200, blank=True)
    original = models.ForeignKey(
        "productions.Original", models.PROTECT, null=True, blank=True, related_name="uploads"
    )
    state = models.CharField(max_length=12, choices=UploadState, default=UploadState.RECEIVING)
    proposed_number = models.PositiveIntegerField(null=True, blank=True)
    problem = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(offset_bytes__lte=models.F("size_bytes")),
                name="upload_not_beyond_its_size",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.offset_bytes}/{self.size_bytes}"
