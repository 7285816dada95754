"""What obligations have in common: an entitlement over a proof in minor units."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from duanju.deals.clauses import (
    Award,
    BonusBands,
    Cap,
    Commission,
    Fee,
    MinimumGuarantee,
    PoolShare,
    Reserve,
    TieredBonus,
    TieredRate,
)
from duanju.deals.earning.entitlement import Entitlement, EntitlementKind
from duanju.deals.earning.evaluation import Evaluation
from duanju.kernel import ProofStep

Obligation = (
    Award
    | BonusBands
    | Cap
    | Commission
    | Fee
    | MinimumGuarantee
    | PoolShare
    | Reserve
    | TieredBonus
    | TieredRate
)


def owed(
    clause: Obligation,
    evaluation: Evaluation,
    proof: ProofStep,
    *,
    title_id: str,
    payee: str,
    measure: str = "",
    quantity: int = 0,
) -> Entitlement:
    """Return what a proof comes to as the entitlement of a role.

    Args:
        clause: By which.
        evaluation: The terms, as of a day.
        proof: In minor units.
        title_id: For which title; empty where titles are counted together.
        payee: Role of who has earned it.
        measure: What was counted, if anything.
        quantity: How much of it.
    """
    return Entitlement(
        party=evaluation.party(payee),
        payer=evaluation.party(clause.payer),
        clause_id=clause.id,
        title_id=title_id,
        currency=proof.currency,
        amount=proof.result,
        measure=measure,
        quantity=quantity,
        kind=EntitlementKind.SHARE,
        name=payee,
        proof=proof,
    )


def minor_step(
    code: str,
    formula: str,
    inputs: Mapping[str, Fraction | str],
    result: Fraction,
    currency: str,
    steps: Sequence[ProofStep] = (),
) -> ProofStep:
    """Return a step of a proof whose result is in minor units."""
    return ProofStep(code, formula, inputs, result, "minor", currency, tuple(steps))


def total(steps: Sequence[ProofStep]) -> Fraction:
    """Return the sum of the steps' results."""
    return sum((step.result for step in steps), Fraction(0))
