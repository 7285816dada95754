"""What was unlocked for coins: the fact that all later money rests on."""

from django.db import models

from duanju_web.theater.models.viewer import Viewer
from duanju_web.theater.models.wallet import WEB_CHANNEL, Wallet


class UnlockRequest(models.Model):
    """One click on unlock with the answer that it got, so that a retry gets the same.

    Without an episode number the rest of the series was asked for.
    """

    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="unlock_requests")
    idempotency_key = models.CharField(max_length=64)
    title = models.ForeignKey("productions.Title", models.PROTECT, related_name="+")
    episode_number = models.PositiveIntegerField(null=True)
    at = models.DateTimeField()
    answer = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["wallet", "idempotency_key"], name="one_unlock_request_a_key"
            )
        ]

    def __str__(self) -> str:
        return self.idempotency_key


class Unlock(models.Model):
    """An episode that a viewer paid for, with the money that the coins stand for.

    `carried_at` says when the lake took the fact in; nothing else of it ever changes.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    viewer = models.ForeignKey(Viewer, models.PROTECT, related_name="unlocks")
    episode = models.ForeignKey("productions.Episode", models.PROTECT, related_name="+")
    request = models.ForeignKey(UnlockRequest, models.PROTECT, null=True, related_name="unlocks")
    coins = models.PositiveIntegerField()
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    channel = models.CharField(max_length=32, default=WEB_CHANNEL)
    at = models.DateTimeField()
    carried_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["viewer", "episode"], name="one_unlock_an_episode")
        ]
        indexes = [
            models.Index(
                fields=["id"], condition=models.Q(carried_at=None), name="unlocks_to_carry"
            ),
            models.Index(fields=["viewer", "at"], name="unlocks_by_day"),
        ]

    def __str__(self) -> str:
        return str(self.id)
