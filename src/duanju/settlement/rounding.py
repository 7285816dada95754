"""From a claim's exact parts to whole minor units."""

from fractions import Fraction

from duanju.kernel import allocate, round_half_even
from duanju.settlement.claim import Claim, Direction, Part, PartKind, account_of


def rounded_parts(claim: Claim) -> dict[str, int]:
    """Return what each account has received since the start, in whole minor units.

    An obligation is rounded by itself, halves to the even neighbour. A distribution is allocated by
    the claim's rounding rule, so that its parts sum to the income; they are asserted to.

    Raises:
        ValueError: The parts of a distribution do not sum to a whole number of minor units.
    """
    exact: dict[str, Fraction] = {}
    for account, part in claim.accounts():
        exact[account] = exact.get(account, Fraction(0)) + part.amount
    if claim.direction is Direction.OBLIGATION:
        return {account: round_half_even(amount) for account, amount in exact.items()}
    total = sum(exact.values(), Fraction(0))
    if total.denominator != 1:
        raise ValueError(f"the parts of {claim.key} sum to {total}, not to whole minor units")
    return allocate(total.numerator, exact, rule=claim.rounding, residual=_residual_account(claim))


def _residual_account(claim: Claim) -> str | None:
    if claim.residual is None:
        return None
    amount, proof = claim.parts[0].amount, claim.parts[0].proof
    part = Part(claim.residual, PartKind.SHARE, claim.residual.role, amount, proof)
    return account_of(part, payer=claim.payer)


def legs_of(claim: Claim) -> dict[str, int]:
    """Return what each account holds by a claim since the start; the values sum to zero."""
    parts = rounded_parts(claim)
    legs = {claim.source_account: -sum(parts.values())}
    for account, amount_minor in parts.items():
        legs[account] = legs.get(account, 0) + amount_minor
    assert sum(legs.values()) == 0, "a claim's legs do not balance"
    return legs
