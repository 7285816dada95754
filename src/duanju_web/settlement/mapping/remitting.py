"""Between stored rules of tax, terms of payment and advice, and the engine's values."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from duanju.adapters.documents import proof_as_data
from duanju.settlement import (
    Conversion,
    HeldReserve,
    NegativeBalance,
    PinnedRates,
    Remittance,
    RemittanceTerms,
    TaxBracket,
    TaxCharge,
    TaxEffect,
    TaxKind,
    TaxRule,
    release_id,
    reserve_id,
)
from duanju_web.settlement.models import PayoutTerms, TaxRuleVersion

_FIGURES = ("allowance", "allowance_up_to", "allowance_share", "counted")


def tax_rule_of(row: TaxRuleVersion) -> TaxRule:
    """Return a kept version as it was written; its digest is the one that is kept."""
    figures = {name: Fraction(row.figures[name]) for name in _FIGURES}
    return TaxRule(
        id=row.rule_id,
        version=row.version,
        kind=TaxKind(row.kind),
        effect=TaxEffect(row.effect),
        taxpayer=row.taxpayer,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=row.source,
        brackets=tuple(TaxBracket(*map(Fraction, own)) for own in row.figures["brackets"]),
        currency=row.currency,
        **figures,
    )


def figures_of(rule: TaxRule) -> dict[str, Any]:
    """Return the numbers of a rule, exactly, as text."""
    brackets = [[str(own.above), str(own.rate), str(own.less)] for own in rule.brackets]
    return {"brackets": brackets, **{name: str(getattr(rule, name)) for name in _FIGURES}}


def terms_of(row: PayoutTerms) -> RemittanceTerms:
    """Return kept terms."""
    return RemittanceTerms(
        role=row.role,
        party_id=row.party_id,
        taxpayer=row.taxpayer,
        currency=row.currency,
        minimum_minor=row.minimum_minor,
        negative=NegativeBalance(row.negative),
        reserve_rate=Fraction(row.reserve_rate),
        reserve_months=row.reserve_months,
    )


def advice_of(own: Remittance, rates: PinnedRates) -> dict[str, Any]:
    """Return what a party is told: each figure with where it comes from."""
    return {
        "earned": dict(own.earned),
        "owed": dict(own.owed),
        "reserved": [
            _reserve(held, reserve_id(held.period, held.party, held.currency))
            for held in own.reserving.held
        ],
        "released": [_reserve(held, release_id(held)) for held in own.reserving.released],
        "conversions": [_conversion(one) for one in own.conversions],
        "rates_digest": rates.digest if own.conversions else "",
        "gross_minor": own.gross.amount_minor,
        "taxes": [_tax(one) for one in own.taxes],
        "left": dict(own.left),
        "minimum_minor": own.terms.minimum_minor,
        "proof": proof_as_data(own.proof),
    }


def _reserve(held: HeldReserve, transfer_id: str) -> dict[str, Any]:
    return {
        "of": str(held.period),
        "currency": held.currency,
        "amount_minor": held.amount_minor,
        "transfer_id": transfer_id,
    }


def _conversion(own: Conversion) -> dict[str, Any]:
    return {
        "given_minor": own.given.amount_minor,
        "given_currency": own.given.currency,
        "got_minor": own.got.amount_minor,
        "got_currency": own.got.currency,
        "rate": str(own.rate),
        "source": own.source,
        "path": [[str(one.day), one.base, one.quote, str(one.rate)] for one in own.path],
    }


def _tax(own: TaxCharge) -> dict[str, Any]:
    return {
        "rule": own.rule.id,
        "version": own.rule.version,
        "digest": own.rule.digest,
        "source": own.rule.source,
        "kind": own.rule.kind.value,
        "effect": own.rule.effect.value,
        "base_minor": own.base.amount_minor,
        "amount_minor": own.amount.amount_minor,
        "currency": own.amount.currency,
    }


def rules_of(rows: Iterable[TaxRuleVersion]) -> list[TaxRule]:
    """Return kept versions in their order."""
    return [tax_rule_of(row) for row in rows]
