"""Buying coins."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from duanju_web.theater.models.wallet import Wallet


class CoinPack(models.Model):
    """Coins on offer at a price."""

    coins = models.PositiveIntegerField()
    bonus_coins = models.PositiveIntegerField(default=0)
    price_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    offered = models.BooleanField(default=True)

    class Meta:
        ordering = ["price_minor", "id"]
        constraints = [
            models.CheckConstraint(condition=models.Q(coins__gt=0), name="pack_holds_coins")
        ]

    def __str__(self) -> str:
        return f"{self.coins}+{self.bonus_coins} for {self.price_minor} {self.currency}"


class PurchaseState(models.TextChoices):
    """How far a purchase has come."""

    PENDING = "pending", _("Waiting for the payment")
    PAID = "paid", _("Paid")
    FAILED = "failed", _("Not paid")


class Purchase(models.Model):
    """One wish to buy a pack, known by the key that the viewer's device chose."""

    wallet = models.ForeignKey(Wallet, models.PROTECT, related_name="purchases")
    idempotency_key = models.CharField(max_length=64)
    pack = models.ForeignKey(CoinPack, models.PROTECT, related_name="+")
    coins = models.PositiveIntegerField()
    bonus_coins = models.PositiveIntegerField()
    amount_minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3)
    provider = models.CharField(max_length=40)
    provider_reference = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=8, choices=PurchaseState, default=PurchaseState.PENDING)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["wallet", "idempotency_key"], name="one_purchase_a_key")
        ]

    def __str__(self) -> str:
        return f"{self.idempotency_key} {self.state}"
