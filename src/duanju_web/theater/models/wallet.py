"""Coins: a balance, the entries that explain it, and the lots that say what was paid for them."""

from typing import Any, NoReturn

from django.db import models
from django.utils.translation import gettext_lazy as _

from duanju_web.theater.models.viewer import Viewer

WEB_CHANNEL = "web"


class WalletEntryIsFinal(RuntimeError):
    """Something tried to change or delete what a wallet's book says."""

    code = "theater.wallet-entry-is-final"


class EntryKind(models.TextChoices):
    """Why a balance changed."""

    PURCHASE = "purchase", _("Coins bought")
    BONUS = "bonus", _("Bonus coins")
    UNLOCK = "unlock", _("Episode unlocked")
    REFUND = "refund", _("Refund")
    TRANSFER = "transfer", _("Moved to your account")


class Wallet(models.Model):
    """A viewer's coins, bought in one currency through one channel.

    Stores demand that coins bought through them stay apart, and it keeps the money of an unlock in
    a single channel, whose fee the settlement then knows.
    """

    viewer = models.ForeignKey(Viewer, models.PROTECT, related_name="wallets")
    currency = models.CharField(max_length=3)
    channel = models.CharField(max_length=32, default=WEB_CHANNEL)
    balance_coins = models.IntegerField(default=0)
    entry_count = models.PositiveIntegerField(default=0)
    daily_cap_coins = models.PositiveIntegerField(null=True, blank=True)
    auto_unlock = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["viewer", "currency", "channel"], name="one_wallet_each"
            ),
            models.CheckConstraint(
                condition=models.Q(balance_coins__gte=0), name="wallet_never_below_zero"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_id} {self.currency} {self.channel}"


class WalletEntry(models.Model):
    """One change of a balance. Entries are added in sequence, never changed or deleted."""

    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=EntryKind)
    coins = models.IntegerField()
    balance_after_coins = models.IntegerField()
    at = models.DateTimeField()
    purchase = models.ForeignKey("Purchase", models.PROTECT, null=True, related_name="entries")
    unlock = models.OneToOneField("Unlock", models.PROTECT, null=True, related_name="entry")

    class Meta:
        ordering = ["-sequence"]
        constraints = [
            models.UniqueConstraint(fields=["wallet", "sequence"], name="one_entry_a_place"),
            models.CheckConstraint(
                condition=models.Q(balance_after_coins__gte=0), name="entry_never_below_zero"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="unlock") | models.Q(coins__lte=0, unlock__isnull=False),
                name="unlock_entry_takes_coins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wallet_id}#{self.sequence} {self.kind} {self.coins:+d}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if self.pk is not None:
            raise WalletEntryIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise WalletEntryIsFinal(str(self))


class CoinLot(models.Model):
    """Coins that came in together, with the money that is still in them; spent oldest first."""

    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="lots")
    purchase = models.ForeignKey("Purchase", models.PROTECT, null=True, related_name="lots")
    coins = models.PositiveIntegerField()
    amount_minor = models.PositiveBigIntegerField()
    coins_left = models.PositiveIntegerField()
    amount_left_minor = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["wallet", "id"],
                condition=models.Q(coins_left__gt=0),
                name="lots_with_coins",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(coins_left__lte=models.F("coins"))
                & models.Q(amount_left_minor__lte=models.F("amount_minor"))
                & (models.Q(coins_left__gt=0) | models.Q(amount_left_minor=0)),
                name="lot_gives_no_more_than_it_has",
            )
        ]

    def __str__(self) -> str:
        return f"{self.coins_left}/{self.coins} coins"
