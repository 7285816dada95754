"""What changes a deal after it was signed."""

from collections.abc import Sequence
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy

from duanju_web.deals.models.offer import OfferState


class DealAmendmentIsFinal(RuntimeError):
    """Something tried to change or delete an amendment that was answered."""

    code = "deals.amendment-is-final"


class DealAmendment(models.Model):
    """Other terms for a deal: proposed by its platform, binding once the studio accepts them.

    It pins a policy version by digest and its parameters as a deal does; titles and days are the
    deal's. `parties` holds who fills roles that the deal does not know. `position` counts the
    accepted amendments of a deal, in the order in which they were agreed. What was answered never
    changes again.
    """

    class Mode(models.TextChoices):
        """Whether its terms stand over the old ones or beside them."""

        OVER = "over", pgettext_lazy("amendment", "In the place of the terms that hold")
        BESIDE = "beside", pgettext_lazy("amendment", "Beside the terms that hold")

    class Reach(models.TextChoices):
        """Which facts its terms hold for."""

        PLAY_DATE = "play_date", pgettext_lazy("amendment", "What happens from a day on")
        SIGNING_DATE = (
            "signing_date",
            pgettext_lazy("amendment", "The whole deal, as if it had been signed so"),
        )

    deal = models.ForeignKey("Deal", models.PROTECT, related_name="amendments")
    position = models.PositiveIntegerField(null=True)
    policy_version = models.ForeignKey("PolicyVersion", models.PROTECT, related_name="amendments")
    policy_digest = models.CharField(max_length=64)
    parameters = models.JSONField(default=dict)
    parties = models.JSONField(default=dict)
    mode = models.CharField(max_length=6, choices=Mode, default=Mode.OVER)
    by = models.CharField(max_length=12, choices=Reach, default=Reach.PLAY_DATE)
    effective_on = models.DateField()
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
        ordering = ["deal", "id"]
        constraints = [
            models.UniqueConstraint(fields=["deal", "position"], name="one_amendment_a_position")
        ]

    def __str__(self) -> str:
        return f"amendment {self.pk} of deal {self.deal_id}"

    @classmethod
    def from_db(
        cls, db: str | None, field_names: Sequence[str], values: Sequence[Any]
    ) -> "DealAmendment":
        """Remember which state the row had, so that an answer is given once."""
        found = super().from_db(db, field_names, values)
        found._state_before = found.__dict__.get("state", "")
        return found

    @property
    def code(self) -> str:
        """Its id within the deal, in claims and ledgers: `hours@a1`; empty while it is proposed."""
        return "" if self.position is None else code_at(self.position)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the amendment or its answer; refuse to change one that was answered."""
        if self.pk is not None and getattr(self, "_state_before", "") != OfferState.OFFERED:
            raise DealAmendmentIsFinal(str(self))
        super().save(*args, **kwargs)
        self._state_before = str(self.state)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise DealAmendmentIsFinal(str(self))


def code_at(position: int) -> str:
    """Return the id within its deal of the amendment that was agreed at a position."""
    return f"a{position}"
