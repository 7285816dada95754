"""What a platform proposes to a studio."""

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy


class OfferState(models.TextChoices):
    """How far an offer has come; every state but `offered` is final."""

    OFFERED = "offered", pgettext_lazy("offer", "Waiting for an answer")
    ACCEPTED = "accepted", pgettext_lazy("offer", "Accepted")
    DECLINED = "declined", pgettext_lazy("offer", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "Withdrawn")


class Offer(models.Model):
    """Terms, titles and dates that a platform puts before a studio.

    `parties` tells who fills the policy's other roles, a writer's or an investor's: role to
    `{"slug": …}` of an organisation, or to `{"name": …}` of somebody who has none here.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="offers_made")
    studio = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="offers_received"
    )
    policy_version = models.ForeignKey("PolicyVersion", models.PROTECT, related_name="offers")
    parameters = models.JSONField(default=dict)
    parties = models.JSONField(default=dict)
    titles = models.ManyToManyField("productions.Title", related_name="offers")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    message = models.TextField(max_length=2000, blank=True)
    valid_until = models.DateField()
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OFFERED)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    reason = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["platform", "-id"], name="offer_by_platform"),
            models.Index(fields=["studio", "-id"], name="offer_by_studio"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"
