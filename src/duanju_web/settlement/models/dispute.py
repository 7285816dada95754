"""What partners say is wrong with a line, and all that was answered."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from duanju.settlement import DisputeAction, DisputeSide, DisputeState, Remedy
from duanju_web.settlement.models.final import FinalRecord


class DisputeReason(models.TextChoices):
    """What a partner takes to be wrong."""

    QUANTITY = "quantity", _("What was counted")
    RATE = "rate", _("The rate or the tier")
    DEDUCTION = "deduction", _("A fee or deduction")
    MISSING = "missing", _("Something is missing")
    OTHER = "other", _("Something else")


class Dispute(FinalRecord):
    """A line that a party says is wrong, as they saw it.

    It names the line by its deal, clause, title and currency, so that it outlasts the provisional
    statement in which it was seen.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="disputes")
    party = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="own_disputes")
    role = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    deal = models.ForeignKey("deals.Deal", models.PROTECT, related_name="disputes")
    clause_id = models.CharField(max_length=200)
    title_id = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    seen_minor = models.BigIntegerField()
    seen_digest = models.CharField(max_length=64)
    expected_minor = models.BigIntegerField(null=True)
    reason = models.CharField(max_length=12, choices=DisputeReason)

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["platform", "period", "-id"], name="dispute_by_month"),
            models.Index(fields=["party", "-id"], name="dispute_by_party"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """What people call it."""
        return f"Q{self.pk:06d}"


class DisputeStep(FinalRecord):
    """One thing that was said in a dispute; the last one says where it stands."""

    TEXT_MAX = 2_000

    dispute = models.ForeignKey("Dispute", models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    side = models.CharField(max_length=8, choices=[(own.value, own.value) for own in DisputeSide])
    action = models.CharField(
        max_length=8, choices=[(own.value, own.value) for own in DisputeAction]
    )
    state = models.CharField(max_length=9, choices=[(own.value, own.value) for own in DisputeState])
    remedy = models.CharField(
        max_length=12, choices=[(own.value, own.value) for own in Remedy], blank=True
    )
    text = models.CharField(max_length=TEXT_MAX)
    request_id = models.CharField(max_length=64)
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["dispute", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dispute", "number"], name="one_word_after_another"),
            models.UniqueConstraint(fields=["said_by", "request_id"], name="one_word_a_request"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.number} of {self.dispute_id}"


class DisputeFile(FinalRecord):
    """A file that was attached to a step, kept under its digest."""

    step = models.ForeignKey("DisputeStep", models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()

    class Meta:
        ordering = ["step", "id"]

    def __str__(self) -> str:
        return self.name
