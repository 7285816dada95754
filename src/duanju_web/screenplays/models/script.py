"""A script, and each version of it that was brought."""

from django.conf import settings
from django.db import models


class Script(models.Model):
    """A script of an organisation, under the name that its people gave it."""

    organisation = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="scripts")
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["organisation", "-changed_at", "-id"], name="scripts_by_change")
        ]

    def __str__(self) -> str:
        return self.name


class ScriptVersion(models.Model):
    """A file as it was brought; it never changes, and its figures are those of its reading.

    The file and its reading lie in the data folder, named by the hash of the file.
    """

    script = models.ForeignKey(Script, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()
    line_count = models.PositiveIntegerField()
    episode_count = models.PositiveIntegerField()
    scene_count = models.PositiveIntegerField()
    problem_count = models.PositiveIntegerField()
    play_ms = models.PositiveBigIntegerField()
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["script", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["script", "number"], name="one_script_version_each")
        ]

    def __str__(self) -> str:
        return f"{self.script_id} version {self.number}"
