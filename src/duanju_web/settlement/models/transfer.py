"""What moves in the ledger after settlement: accounts, transfers, and their legs."""

from django.db import models
from django.db.models import Q

from duanju.settlement import TransferAction
from duanju_web.settlement.models.final import FinalRecord


class LedgerAccount(FinalRecord):
    """An account that transfers may use; its row is what a transfer locks, and never changes."""

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="accounts")
    name = models.CharField(max_length=200)
    title_id = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    may_be_negative = models.BooleanField()
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "title_id", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "name", "title_id", "currency"], name="one_account_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}#{self.title_id} {self.currency}"


class LedgerTransfer(FinalRecord):
    """A transfer that was booked. Posting or voiding what is held is a transfer of its own.

    `made_at` is when it was asked for; when it counts stands at its legs.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="transfers")
    transfer_id = models.CharField(max_length=64)
    action = models.CharField(
        max_length=4, choices=[(own.value, own.value) for own in TransferAction]
    )
    resolves = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="resolution"
    )
    purpose = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "transfer_id"], name="one_transfer_an_id"),
            models.CheckConstraint(
                condition=Q(action__in=["move", "hold"], resolves=None)
                | Q(action__in=["post", "void"], resolves__isnull=False),
                name="only_a_resolution_resolves",
            ),
        ]

    def __str__(self) -> str:
        return self.transfer_id


class LedgerTransferLeg(FinalRecord):
    """One leg with what its account held right after it; the last one is the account's balance.

    What closed months brought is not among the sums: it is read from their postings. `left_minor`
    is what the account could still give after a leg that took from one that may not go below zero.
    """

    transfer = models.ForeignKey("LedgerTransfer", models.PROTECT, related_name="legs")
    account = models.ForeignKey("LedgerAccount", models.PROTECT, related_name="legs")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    posted_minor = models.BigIntegerField()
    pending_in_minor = models.BigIntegerField()
    pending_out_minor = models.BigIntegerField()
    left_minor = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["account", "sequence"], name="one_leg_a_place"),
            models.CheckConstraint(
                condition=Q(pending_in_minor__gte=0, pending_out_minor__gte=0),
                name="nothing_pending_below_zero",
            ),
            models.CheckConstraint(
                condition=Q(left_minor=None) | Q(left_minor__gte=0),
                name="no_account_overdrawn",
            ),
        ]
        indexes = [models.Index(fields=["account", "at", "sequence"], name="leg_by_time")]

    def __str__(self) -> str:
        return f"{self.account_id}#{self.sequence} {self.amount_minor:+d}"
