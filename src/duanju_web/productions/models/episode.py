"""One episode on its way from a delivered file to something that plays."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EpisodeState(models.TextChoices):
    """How far the episode has come."""

    EXPECTED = "expected", _("Not delivered yet")
    WAITING = "waiting", _("Waiting to be packaged")
    PACKAGING = "packaging", _("Being packaged")
    READY = "ready", _("Ready to play")
    FAILED = "failed", _("Failed")


class Episode(models.Model):
    """An episode; `number` counts from 1 within the title.

    `media_folder` is relative to the media folder of the settings; `problem` holds the code and the
    params of what is wrong with the file; `packaged` what packaging measured.
    """

    title = models.ForeignKey("productions.Title", models.CASCADE, related_name="episodes")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=EpisodeState, default=EpisodeState.EXPECTED)
    progress_per_mille = models.PositiveIntegerField(default=0)
    problem = models.JSONField(null=True, blank=True)
    original = models.ForeignKey(
        "productions.Original", models.PROTECT, null=True, blank=True, related_name="episodes"
    )
    file_name = models.CharField(max_length=255, blank=True)
    duration_ms = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    media_folder = models.CharField(max_length=200, blank=True)
    packaged = models.JSONField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["title", "number"]
        constraints = [
            models.UniqueConstraint(fields=["title", "number"], name="one_episode_a_number"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="episodes_from_one"),
        ]
        indexes = [models.Index(fields=["state"], name="episodes_by_state")]

    def __str__(self) -> str:
        return f"{self.title_id}#{self.number}"
