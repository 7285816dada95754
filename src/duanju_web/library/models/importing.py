"""A table of works that was brought, and how far it was taken in."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """Where a table stands."""

    WAITING = "waiting", _("Looked through, not yet taken in")
    RUNNING = "running", _("Being taken in")
    DONE = "done", _("Taken in")


class WorkImport(models.Model):
    """A table of works; the file is kept by its hash, and may be taken in again without harm."""

    organisation = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=ImportState, default=ImportState.WAITING)
    row_count = models.PositiveIntegerField()
    bad_count = models.PositiveIntegerField()
    done_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="imports_by_organisation")]

    def __str__(self) -> str:
        return self.file_name
