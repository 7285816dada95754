"""What a deal chose, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals import Parameter, ParameterKind, ParameterValue, Policy, read_parameters
from duanju_web.deals.mapping.numbers import number_in_words, share_in_words
from duanju_web.deals.mapping.words import in_reader_language


@dataclass(frozen=True, slots=True)
class ParameterInWords:
    """One parameter with its value.

    Attributes:
        id: The parameter's id.
        title: What it is.
        value: What holds, or an empty string where nothing does.
        options: For a choice, the options' titles.
        is_default: Whether the policy's default holds because nothing was chosen.
        is_required: Whether a deal must say something.
        is_doubtful: Whether the source of the default is second-hand or contradicted.
        note: Why it is as it is, or an empty string.
    """

    id: str
    title: str
    value: str
    options: tuple[str, ...]
    is_default: bool
    is_required: bool
    is_doubtful: bool
    note: str


def values_of(policy: Policy, chosen: Mapping[str, object]) -> dict[str, ParameterValue]:
    """Return every parameter that has a value: what was chosen, else the default."""
    defaults = {own.id: own.default for own in policy.parameters if own.default is not None}
    good, _problems = read_parameters(policy=policy, chosen=chosen)
    return defaults | good


def put_parameters_in_words(
    policy: Policy, chosen: Mapping[str, object]
) -> tuple[ParameterInWords, ...]:
    """Say every parameter of a policy in the active language, in its order."""
    values = values_of(policy, chosen)
    return tuple(_parameter(own, values.get(own.id), chosen) for own in policy.parameters)


def value_as_typed(value: ParameterValue | None) -> str:
    """Return a value as somebody would type it into a form."""
    if isinstance(value, Fraction):
        return share_in_words(value) if value <= 1 else number_in_words(value)
    return value or ""


def _parameter(
    parameter: Parameter, value: ParameterValue | None, chosen: Mapping[str, object]
) -> ParameterInWords:
    return ParameterInWords(
        id=parameter.id,
        title=in_reader_language(parameter.title),
        value=_value(parameter, value),
        options=tuple(in_reader_language(text) for text in parameter.options.values()),
        is_default=value is not None and chosen.get(parameter.id) in (None, ""),
        is_required=parameter.required,
        is_doubtful=parameter.doubtful,
        note=in_reader_language(parameter.note) if parameter.note else "",
    )


def _value(parameter: Parameter, value: ParameterValue | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        text = parameter.options.get(value)
        return in_reader_language(text) if text else value
    if parameter.kind is ParameterKind.SHARE:
        return share_in_words(value)
    return number_in_words(value)
