"""Where an organisation is paid, or pays from."""

from django.conf import settings
from django.db import models

from duanju_web.settlement.models.final import FinalRecord


class BankAccount(FinalRecord):
    """A bank account as an owner entered it; a change is a new row, and no row changes.

    It receives from `starts_at` on, unless it was stopped, until the next one starts.
    """

    organisation = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="bank_accounts"
    )
    currency = models.CharField(max_length=3)
    holder = models.CharField(max_length=140)
    iban = models.CharField(max_length=34, blank=True)
    number = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)
    clearing_system = models.CharField(max_length=5, blank=True)
    clearing_member = models.CharField(max_length=35, blank=True)
    contact_email = models.EmailField()
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    starts_at = models.DateTimeField()
    token_digest = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [
            models.Index(
                fields=["organisation", "currency", "starts_at"], name="bank_account_by_time"
            )
        ]

    def __str__(self) -> str:
        return f"bank account {self.pk}"


class BankAccountStop(FinalRecord):
    """Somebody stopped a change of a bank account before it started."""

    account = models.OneToOneField(BankAccount, models.PROTECT, related_name="stop")
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    stopped_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"stop of bank account {self.account_id}"
