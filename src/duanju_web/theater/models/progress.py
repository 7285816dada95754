"""How far a viewer has watched."""

from django.db import models

from duanju_web.theater.models.viewer import Viewer


class WatchProgress(models.Model):
    """The place in a title at which a viewer goes on."""

    viewer = models.ForeignKey(Viewer, models.CASCADE, related_name="progress")
    title = models.ForeignKey("productions.Title", models.CASCADE, related_name="+")
    episode_number = models.PositiveIntegerField()
    position_ms = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["viewer", "title"], name="one_place_a_title")
        ]
        indexes = [models.Index(fields=["viewer", "-updated_at"], name="progress_by_viewer")]

    def __str__(self) -> str:
        return f"{self.title_id}#{self.episode_number} {self.position_ms} ms"
