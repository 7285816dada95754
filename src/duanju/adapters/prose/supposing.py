"""What an example supposes where a policy leaves a value open."""

from fractions import Fraction

from duanju.adapters.prose.narrating import Values
from duanju.deals import Parameter, ParameterKind, Policy, Terms
from duanju.kernel import ProblemsFound
from duanju.workflows.supposing import suppose_terms

SUPPOSED_SHARES = (Fraction(1, 10), Fraction(1, 2), Fraction(1, 3), Fraction(1, 4))
"""Shares for parameters that have no default; the first with which the terms can be applied."""

SUPPOSED_NUMBERS = {
    ParameterKind.AMOUNT: Fraction(50_000),
    ParameterKind.FACTOR: Fraction(1),
    ParameterKind.COUNT: Fraction(12),
}
"""Plain numbers for parameters that have no default."""


def suppose_example_terms(policy: Policy, values: Values) -> Terms | None:
    """Return terms for an example: what is known, defaults, and a value for what is open.

    Args:
        policy: The policy.
        values: What a deal has said.

    Returns:
        The terms, or `None` where the policy cannot be applied so.
    """
    for share in SUPPOSED_SHARES:
        chosen: dict[str, object] = dict(values)
        for parameter in policy.parameters:
            if parameter.id not in chosen and parameter.default is None:
                chosen[parameter.id] = _supposed(parameter, share)
        try:
            return suppose_terms(policy=policy, chosen=chosen)
        except ProblemsFound:
            continue
    return None


def _supposed(parameter: Parameter, share: Fraction) -> str | Fraction:
    if parameter.kind is ParameterKind.CHOICE:
        return next(iter(parameter.options), "")
    number = SUPPOSED_NUMBERS.get(parameter.kind, share)
    if parameter.at_least is not None:
        number = max(number, parameter.at_least)
    return number if parameter.at_most is None else min(number, parameter.at_most)
