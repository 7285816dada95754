"""What is wrong with the conditions of a clause."""

from collections.abc import Iterator

from duanju.deals.checks.counting import find_counted_problems, is_amount
from duanju.deals.checks.values import THRESHOLDS, Parameters, find_number_problems, problem_at
from duanju.deals.clauses import Clause, MeasureReached, ParameterIs
from duanju.deals.parameters import ParameterKind
from duanju.kernel import Problem


def find_condition_problems(clause: Clause, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield what is wrong with each condition by itself."""
    for index, condition in enumerate(clause.when):
        place = f"{path}.when.{index}"
        if isinstance(condition, MeasureReached):
            yield from find_counted_problems(condition.counted, parameters, f"{place}.measure")
            least = condition.at_least
            yield from find_number_problems(
                least,
                parameters,
                f"{place}.at_least",
                is_amount,
                "deals.negative-amount",
                THRESHOLDS,
            )
        elif isinstance(condition, ParameterIs):
            yield from _find_option_problems(condition, parameters, place)


def _find_option_problems(
    condition: ParameterIs, parameters: Parameters, path: str
) -> Iterator[Problem]:
    parameter = parameters.get(condition.parameter)
    name = condition.parameter
    if parameter is None:
        yield problem_at("deals.unknown-parameter", f"{path}.parameter", parameter=name)
    elif parameter.kind is not ParameterKind.CHOICE:
        yield problem_at(
            "deals.parameter-not-a-choice",
            f"{path}.parameter",
            parameter=name,
            kind=parameter.kind.value,
        )
    else:
        for option in condition.options:
            if option not in parameter.options:
                yield problem_at("deals.unknown-option", f"{path}.options", option=option)
    if not condition.options:
        yield problem_at("deals.condition-never-holds", f"{path}.options", parameter=name)
