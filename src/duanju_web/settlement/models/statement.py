"""The statements that a close issued."""

from django.db import models

from duanju.kernel import Money
from duanju_web.settlement.models.final import FinalRecord


class StatementRecord(FinalRecord):
    """What one deal brings one party in one closed month, whole, with its digest.

    An organisation that has several roles in a deal has a statement for each; `role` says which.
    `document` is the statement's canonical JSON; `totals` repeats its totals for lists.
    """

    close = models.ForeignKey("Close", models.PROTECT, related_name="statements")
    deal = models.ForeignKey("deals.Deal", models.PROTECT, related_name="statements")
    party = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="statements")
    role = models.CharField(max_length=64)
    totals = models.JSONField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-close__period", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["close", "deal", "party", "role"], name="one_statement_a_role"
            )
        ]
        indexes = [models.Index(fields=["party", "-id"], name="statement_by_party")]

    def __str__(self) -> str:
        return f"statement {self.pk}"

    @property
    def number(self) -> str:
        """The statement's name on paper, the same for ever."""
        return f"S{self.pk:06d}"

    @property
    def money_totals(self) -> list[Money]:
        """The totals as money."""
        return [Money(own["amount_minor"], own["currency"]) for own in self.totals]
