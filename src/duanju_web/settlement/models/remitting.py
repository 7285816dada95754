"""By what parties are paid, and what each of them was told: rules of tax, terms, advice."""

from django.conf import settings
from django.db import models

from duanju.settlement import NegativeBalance, TaxEffect, TaxKind
from duanju_web.settlement.models.final import FinalRecord


class TaxRuleVersion(FinalRecord):
    """One version of a rule of tax; a change is a version more.

    From the day on which it begins it takes the place of the versions that began before.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="tax_rules")
    rule_id = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(own.value, own.value) for own in TaxKind])
    effect = models.CharField(max_length=8, choices=[(own.value, own.value) for own in TaxEffect])
    taxpayer = models.CharField(max_length=64)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    source = models.CharField(max_length=300)
    currency = models.CharField(max_length=3, blank=True)
    figures = models.JSONField()
    digest = models.CharField(max_length=64)
    file_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["rule_id", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "rule_id", "version"], name="one_tax_rule_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}@{self.version}"


class PayoutTerms(FinalRecord):
    """How a party is paid; a change is a row more, and the highest number holds.

    `reserve_rate` is an exact share as text, `1/10`.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="payout_terms")
    role = models.CharField(max_length=40)
    party_id = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    taxpayer = models.CharField(max_length=64, blank=True)
    currency = models.CharField(max_length=3)
    minimum_minor = models.BigIntegerField()
    negative = models.CharField(
        max_length=8, choices=[(own.value, own.value) for own in NegativeBalance]
    )
    reserve_rate = models.CharField(max_length=40, default="0")
    reserve_months = models.PositiveSmallIntegerField(default=0)
    file_sha256 = models.CharField(max_length=64, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["role", "party_id", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "role", "party_id", "number"], name="one_payout_terms_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role}:{self.party_id} {self.number}"


class RemittanceAdvice(FinalRecord):
    """What a party was told of a month: earned, converted, taxed, reserved, due or carried."""

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="advices")
    period = models.CharField(max_length=7)
    role = models.CharField(max_length=40)
    party_id = models.CharField(max_length=100)
    currency = models.CharField(max_length=3)
    due_minor = models.BigIntegerField()
    carried = models.CharField(max_length=20, blank=True)
    transfer_id = models.CharField(max_length=64, blank=True)
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-period", "role", "party_id", "currency"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "period", "role", "party_id", "currency"],
                name="one_advice_a_party_and_month",
            )
        ]
        indexes = [models.Index(fields=["party_id", "role", "-period"], name="advice_by_party")]

    def __str__(self) -> str:
        return f"advice {self.period} {self.role}:{self.party_id} {self.currency}"
