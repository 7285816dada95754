"""What people of a platform said of events: that they were fraud, and that they were not."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from duanju.adapters.lake import REASON_CHARACTERS_MAX


class EventCorrectionKind(models.TextChoices):
    """As the lake's corrections have it."""

    MARK = "mark", _("Taken back as fraud")
    UNMARK = "unmark", _("Counts again")


class EventCorrection(models.Model):
    """One word about one event; the last of an event is what holds.

    `id` is that of the lake's correction. `carried_at` says when the lake took it in; nothing else
    of it ever changes.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=EventCorrectionKind)
    event_id = models.UUIDField()
    title = models.ForeignKey("productions.Title", models.PROTECT, related_name="+")
    episode_number = models.PositiveIntegerField()
    occurred_at = models.DateTimeField()
    reason = models.CharField(max_length=REASON_CHARACTERS_MAX)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    carried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=EventCorrectionKind.values),
                name="event_correction_has_a_kind",
            )
        ]
        indexes = [
            models.Index(fields=["event_id", "id"], name="corrections_of_an_event"),
            models.Index(fields=["platform", "occurred_at", "id"], name="corrections_of_a_month"),
            models.Index(
                fields=["id"], condition=models.Q(carried_at=None), name="corrections_to_carry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.event_id}"
