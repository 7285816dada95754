"""Every combination of options that a deal can choose."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice, product

from duanju.deals.checks.values import Parameters
from duanju.deals.parameters import Chosen, Number, ParameterKind

ASSIGNMENTS_MAX = 4096
"""How many combinations are tried at most; what lies beyond, the check of a deal's terms finds."""


def find_assignments(names: Iterable[str], parameters: Parameters) -> Iterator[Mapping[str, str]]:
    """Yield every combination of options of the choices so named, one of nothing without any."""
    choices = [
        parameters[name]
        for name in dict.fromkeys(names)
        if name in parameters and parameters[name].kind is ParameterKind.CHOICE
    ]
    combinations = product(*(choice.options for choice in choices))
    for options in islice(combinations, ASSIGNMENTS_MAX):
        yield {choice.id: option for choice, option in zip(choices, options, strict=True)}


def choices_in(values: Iterable[Number]) -> list[str]:
    """Return the choices on which numbers hang."""
    return [value.parameter for value in values if isinstance(value, Chosen)]


def options_in_words(assignment: Mapping[str, str]) -> str:
    """Return a combination as a problem names it: `grade = S, rights = sole`."""
    return ", ".join(f"{name} = {option}" for name, option in assignment.items())
