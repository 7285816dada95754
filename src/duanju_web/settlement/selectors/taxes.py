"""Kept rules of tax and terms of payment, as they are known, or were."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Max, QuerySet, Window
from django.db.models.functions import RowNumber

from duanju.settlement import RemittanceTerms, TaxRule
from duanju_web.settlement.mapping.remitting import rules_of, terms_of
from duanju_web.settlement.models import PayoutTerms, TaxRuleVersion
from duanju_web.shared.models import Organisation


def tax_versions_of(platform: Organisation) -> QuerySet[TaxRuleVersion]:
    """Return all versions of a platform's rules, by rule, the newest first."""
    return (
        TaxRuleVersion.objects.filter(platform=platform)
        .select_related("recorded_by")
        .order_by("rule_id", "-version")
    )


def find_tax_version(platform: Organisation, rule_id: str, version: int) -> TaxRuleVersion | None:
    """Return a version of a rule of a platform, or None."""
    return tax_versions_of(platform).filter(rule_id=rule_id, version=version).first()


def known_tax_rules(platform: Organisation, *, at: datetime | None = None) -> list[TaxRule]:
    """Return the rules that are known, or were known at a time."""
    rows = TaxRuleVersion.objects.filter(platform=platform)
    if at is not None:
        rows = rows.filter(recorded_at__lte=at)
    return rules_of(rows.order_by("rule_id", "version"))


def payout_terms_of(platform: Organisation, *, at: datetime | None = None) -> QuerySet[PayoutTerms]:
    """Return how each party is paid now, or was at a time: the last that was entered of each."""
    rows = PayoutTerms.objects.filter(platform=platform)
    if at is not None:
        rows = rows.filter(recorded_at__lte=at)
    place = Window(RowNumber(), partition_by=["role", "party_id"], order_by=F("number").desc())
    return (
        rows.annotate(place=place)
        .filter(place=1)
        .select_related("recorded_by")
        .order_by("role", "party_id")
    )


def terms_history(platform: Organisation, role: str, party_id: str) -> QuerySet[PayoutTerms]:
    """Return all terms of a party, the newest first."""
    return (
        PayoutTerms.objects.filter(platform=platform, role=role, party_id=party_id)
        .select_related("recorded_by")
        .order_by("-number")
    )


def known_terms(
    platform: Organisation, *, at: datetime | None = None
) -> Mapping[tuple[str, str], RemittanceTerms]:
    """Return how parties are paid, by role and id; those who are not there are paid as earned."""
    rows = payout_terms_of(platform, at=at)
    return {(row.role, row.party_id): terms_of(row) for row in rows}


def last_recorded_at(platform: Organisation) -> datetime | None:
    """Return when a rule or terms were entered last."""
    found = [
        model.objects.filter(platform=platform).aggregate(last=Max("recorded_at"))["last"]
        for model in (TaxRuleVersion, PayoutTerms)
    ]
    return max((own for own in found if own is not None), default=None)
