"""What a deal chose, in words."""

from collections.abc import Mapping
from fractions import Fraction

from duanju.adapters.prose import ParameterInWords, explain_parameters
from duanju.deals import ParameterValue, Policy, read_parameters
from duanju_web.deals.mapping.numbers import number_in_words, share_in_words
from duanju_web.deals.mapping.words import reader_language

__all__ = ["ParameterInWords", "put_parameters_in_words", "value_as_typed", "values_of"]


def values_of(policy: Policy, chosen: Mapping[str, object]) -> dict[str, ParameterValue]:
    """Return every parameter that has a value: what was chosen, else the default."""
    defaults = {own.id: own.default for own in policy.parameters if own.default is not None}
    good, _problems = read_parameters(policy=policy, chosen=chosen)
    return defaults | good


def put_parameters_in_words(
    policy: Policy, chosen: Mapping[str, object]
) -> tuple[ParameterInWords, ...]:
    """Say every parameter of a policy in the active language, in its order."""
    said = frozenset(own for own, value in chosen.items() if value not in (None, ""))
    return explain_parameters(policy, values_of(policy, chosen), said, reader_language())


def value_as_typed(value: ParameterValue | None) -> str:
    """Return a value as somebody would type it into a form."""
    if isinstance(value, Fraction):
        return share_in_words(value) if value <= 1 else number_in_words(value)
    return value or ""
