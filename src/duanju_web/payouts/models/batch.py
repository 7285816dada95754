"""Batches of payouts, each payout, and what holds for the batches of a platform."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duanju.adapters.payments import PainVersion
from duanju.settlement import Characters, PayoutState


class BatchState(models.TextChoices):
    """How far a batch has come."""

    PROPOSED = "proposed", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PayoutRule(models.Model):
    """What holds for a platform's batches in a currency; without one the defaults hold."""

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="payout_rules")
    currency = models.CharField(max_length=3)
    second_person_above_minor = models.BigIntegerField(default=0)
    characters = models.CharField(
        max_length=13, choices=[(own.value, own.value) for own in Characters], default="keep"
    )
    version = models.CharField(
        max_length=15,
        choices=[(own.value, own.value) for own in PainVersion],
        default=PainVersion.V09.value,
    )

    class Meta:
        ordering = ["currency"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "currency"], name="one_rule_a_currency"),
            models.CheckConstraint(
                condition=Q(second_person_above_minor__gte=0), name="no_rule_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform_id} {self.currency}"


class PayoutBatchRecord(models.Model):
    """Payouts of one day and currency, from their proposal until the bank has spoken of each."""

    platform = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="payout_batches"
    )
    batch_id = models.CharField(max_length=35, unique=True)
    currency = models.CharField(max_length=3)
    value_date = models.DateField()
    state = models.CharField(max_length=9, choices=BatchState, default=BatchState.PROPOSED)
    debtor = models.ForeignKey("BankAccount", models.PROTECT, related_name="+")
    characters = models.CharField(max_length=13)
    version = models.CharField(max_length=15)
    payout_count = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    left_out = models.JSONField(default=list)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["platform", "-id"], name="payout_batch_by_platform")]

    def __str__(self) -> str:
        return self.batch_id


class PayoutRecord(models.Model):
    """One payout; its id travels to the bank and back."""

    batch = models.ForeignKey("PayoutBatchRecord", models.PROTECT, related_name="payouts")
    number = models.PositiveIntegerField()
    payout_id = models.CharField(max_length=35, unique=True)
    account = models.CharField(max_length=200)
    party = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="payouts")
    bank_account = models.ForeignKey("BankAccount", models.PROTECT, related_name="payouts")
    amount_minor = models.BigIntegerField()
    remittance = models.CharField(max_length=140, blank=True)
    state = models.CharField(
        max_length=8,
        choices=[(own.value, own.value) for own in PayoutState],
        default=PayoutState.WAITING.value,
    )
    reason = models.CharField(max_length=500, blank=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["batch", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="one_payout_a_place"),
            models.UniqueConstraint(fields=["batch", "account"], name="one_payout_an_account"),
        ]
        indexes = [models.Index(fields=["party", "-id"], name="payout_by_party")]

    def __str__(self) -> str:
        return self.payout_id
