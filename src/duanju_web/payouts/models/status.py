"""Files in which banks told how payouts fare."""

from django.conf import settings
from django.db import models

from duanju_web.settlement.models.final import FinalRecord


class StatusFile(FinalRecord):
    """A file that was imported; the same bytes again change nothing."""

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="status_files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    report_count = models.PositiveIntegerField()
    change_count = models.PositiveIntegerField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "sha256"], name="one_status_file_each")
        ]

    def __str__(self) -> str:
        return f"status file {self.pk}"
