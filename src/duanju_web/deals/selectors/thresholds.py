"""Where a policy's rates change."""

from fractions import Fraction

from duanju.deals import Policy, TieredRate


def thresholds_of(policy: Policy) -> tuple[Fraction, ...]:
    """Return the thresholds of all rates, in effective minutes, each once, rising."""
    found = {
        tier.threshold
        for clause in policy.clauses
        if isinstance(clause, TieredRate) and clause.counted.measure == "effective_minutes"
        for tier in clause.tiers
    }
    return tuple(sorted(found))


def currency_of_rates(policy: Policy) -> str:
    """Return the currency of the first rate, or an empty string."""
    for clause in policy.clauses:
        if isinstance(clause, TieredRate) and isinstance(clause.currency, str):
            return clause.currency
    return ""
