"""What both sides signed."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models


class DealIsFinal(RuntimeError):
    """Something tried to change or delete a signed deal."""

    code = "deals.deal-is-final"


class Deal(models.Model):
    """A signed agreement: it pins a policy version by digest, its parameters and its titles.

    Its facts count on days `starts_on <= day < ends_on` in the platform's zone. `parties` holds who
    fills the policy's other roles, as in its offer.
    """

    offer = models.OneToOneField("Offer", models.PROTECT, related_name="deal")
    policy_version = models.ForeignKey("PolicyVersion", models.PROTECT, related_name="deals")
    policy_digest = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    platform = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="deals_as_platform"
    )
    studio = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="deals_as_studio"
    )
    parties = models.JSONField(default=dict)
    titles = models.ManyToManyField("productions.Title", related_name="deals")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["platform", "-id"], name="deal_by_platform"),
            models.Index(fields=["studio", "-id"], name="deal_by_studio"),
        ]

    def __str__(self) -> str:
        return f"deal {self.pk}"

    @property
    def number(self) -> str:
        """The deal's name in statements and ledgers, the same for ever."""
        return f"D{self.pk:06d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the deal; refuse to change one."""
        if self.pk is not None:
            raise DealIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise DealIsFinal(str(self))
