"""What is wrong with a single value of a clause."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from duanju.deals.measures import MEASURES
from duanju.deals.parameters import Chosen, Given, Number, Parameter, ParameterKind, Word
from duanju.kernel import CURRENCIES, Problem, Where

Parameters = Mapping[str, Parameter]

Kinds = tuple[ParameterKind, ...]
"""The kinds of parameter whose numbers mean what a place asks for."""

MONEY: Kinds = (ParameterKind.AMOUNT,)
PARTS: Kinds = (ParameterKind.SHARE, ParameterKind.FACTOR)
COUNTS: Kinds = (ParameterKind.COUNT,)
THRESHOLDS: Kinds = (ParameterKind.AMOUNT, ParameterKind.COUNT)
NUMBERS: Kinds = (*PARTS, *THRESHOLDS)

_WORDS_MAX = 12
"""How many known words a problem lists."""


def problem_at(code: str, path: str, **params: str | int) -> Problem:
    """Return a problem at a dotted path of the document."""
    return Problem(code, Where(path=path), params)


def find_measure_problems(measure: str, path: str) -> Iterator[Problem]:
    """Yield a problem if no such measure exists."""
    if measure not in MEASURES:
        known = ", ".join(sorted(MEASURES))
        yield problem_at("deals.unknown-measure", path, measure=measure, known=known)


def find_currency_problems(value: Word, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield a problem for each currency that the value can take and that is unknown."""
    yield from find_word_problems(value, parameters, path, CURRENCIES, "deals.unknown-currency")


def find_word_problems(
    value: Word, parameters: Parameters, path: str, known: Mapping[str, object], code: str
) -> Iterator[Problem]:
    """Yield a problem with `code` for each word that the value can take and that is not known."""
    words = [value] if isinstance(value, str) else []
    if isinstance(value, Given):
        parameter = parameters.get(value.parameter)
        yield from _find_reference_problems(value.parameter, parameter, path, wants_choice=True)
        words = list(parameter.options) if parameter else []
    for word in words:
        if word not in known:
            names = ", ".join(list(known)[:_WORDS_MAX])
            yield problem_at(code, path, value=word, known=names)


def find_number_problems(
    value: Number,
    parameters: Parameters,
    path: str,
    fits: Callable[[Fraction], bool],
    code: str,
    kinds: Kinds,
) -> Iterator[Problem]:
    """Yield what is wrong with a number, or with the parameter that it hangs on.

    Args:
        value: The number, or what a deal fills in.
        parameters: Those of the policy.
        path: Where it stands.
        fits: Which numbers are good.
        code: Of the problem if one is not.
        kinds: Which kinds of parameter can stand there; an amount is no factor, nor a share months.
    """
    if isinstance(value, Fraction):
        if not fits(value):
            yield problem_at(code, path, value=str(value))
        return
    parameter = parameters.get(value.parameter)
    wants_choice = isinstance(value, Chosen)
    yield from _find_reference_problems(value.parameter, parameter, path, wants_choice=wants_choice)
    if isinstance(value, Given) and parameter is not None:
        yield from _find_kind_problems(parameter, path, kinds)
    if isinstance(value, Chosen):
        for option, number in value.by_option.items():
            if not fits(number):
                yield problem_at(code, f"{path}.{option}", value=str(number))
        if parameter is not None and parameter.kind is ParameterKind.CHOICE:
            yield from _find_option_problems(value, parameter, path)


def _find_reference_problems(
    name: str, parameter: Parameter | None, path: str, *, wants_choice: bool
) -> Iterator[Problem]:
    if parameter is None:
        yield problem_at("deals.unknown-parameter", path, parameter=name)
    elif (parameter.kind is ParameterKind.CHOICE) is not wants_choice:
        code = "deals.parameter-not-a-choice" if wants_choice else "deals.parameter-not-a-number"
        yield problem_at(code, path, parameter=name, kind=parameter.kind.value)


def _find_kind_problems(parameter: Parameter, path: str, kinds: Kinds) -> Iterator[Problem]:
    if parameter.kind is not ParameterKind.CHOICE and parameter.kind not in kinds:
        yield problem_at(
            "deals.parameter-of-another-kind",
            path,
            parameter=parameter.id,
            kind=parameter.kind.value,
            known=", ".join(kind.value for kind in kinds),
        )


def _find_option_problems(value: Chosen, parameter: Parameter, path: str) -> Iterator[Problem]:
    for option in parameter.options:
        if option not in value.by_option:
            yield problem_at("deals.option-without-value", path, option=option)
    for option in value.by_option:
        if option not in parameter.options:
            yield problem_at("deals.unknown-option", f"{path}.{option}", option=option)
