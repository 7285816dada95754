"""The double-entry ledger."""

from django.db import models

from duanju_web.settlement.models.final import FinalRecord

CLAUSE_CHARACTERS_MAX = 129
"""A clause's id, `@`, and the id of the amendment that brought it."""


class LedgerTransaction(FinalRecord):
    """Legs that belong together, for one claim and one month; they sum to zero per currency."""

    id = models.CharField(max_length=64, primary_key=True)
    close = models.ForeignKey("Close", models.PROTECT, related_name="transactions")
    number = models.PositiveIntegerField()
    deal = models.ForeignKey("deals.Deal", models.PROTECT, related_name="transactions")
    clause_id = models.CharField(max_length=CLAUSE_CHARACTERS_MAX)
    title_id = models.CharField(max_length=40, blank=True)
    currency = models.CharField(max_length=3)
    concerns_period = models.CharField(max_length=7)

    class Meta:
        ordering = ["close", "number"]
        constraints = [
            models.UniqueConstraint(fields=["close", "number"], name="one_number_a_close")
        ]

    def __str__(self) -> str:
        return self.id


class LedgerPosting(FinalRecord):
    """One leg: what an account receives (positive) or gives (negative)."""

    transaction = models.ForeignKey("LedgerTransaction", models.PROTECT, related_name="postings")
    account = models.CharField(max_length=200)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["account"], name="posting_by_account")]

    def __str__(self) -> str:
        return f"{self.account} {self.currency} {self.amount_minor}"
