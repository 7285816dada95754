"""What is wrong with coefficients."""

from collections.abc import Iterator
from fractions import Fraction

from duanju.deals.checks.counting import find_band_problems, find_counted_problems
from duanju.deals.checks.values import PARTS, Parameters, find_number_problems, problem_at
from duanju.deals.clauses import Coefficient, PoolShare, TieredRate
from duanju.deals.parameters import Number
from duanju.kernel import Problem

_NOT_POSITIVE = "deals.not-positive"


def find_coefficient_problems(
    clause: TieredRate | PoolShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield what is wrong with the coefficients of a clause and with the cap on their product."""
    names: set[str] = set()
    for index, own in enumerate(clause.coefficients):
        place = f"{path}.coefficient.{index}"
        if own.name in names:
            yield problem_at("deals.duplicate-coefficient", f"{place}.name", name=own.name)
        names.add(own.name)
        yield from _find_problems(own, parameters, place)
    if clause.coefficient_cap is not None:
        cap = clause.coefficient_cap
        yield from _find_value_problems(cap, parameters, f"{path}.coefficient_cap")
        if not clause.coefficients:
            yield problem_at("deals.cap-of-no-coefficients", f"{path}.coefficient_cap")


def _find_problems(own: Coefficient, parameters: Parameters, path: str) -> Iterator[Problem]:
    yield from _find_value_problems(own.value, parameters, f"{path}.value")
    if (own.counted is None) is not (not own.bands):
        yield problem_at("deals.bands-of-nothing", path, name=own.name)
    if own.counted is not None:
        yield from find_counted_problems(own.counted, parameters, f"{path}.measure")
    yield from find_band_problems(own.bands, parameters, path, (is_positive, _NOT_POSITIVE, PARTS))
    if own.step_down is not None:
        yield from _find_value_problems(own.step_down.value, parameters, f"{path}.step_down.value")


def _find_value_problems(value: Number, parameters: Parameters, path: str) -> Iterator[Problem]:
    yield from find_number_problems(value, parameters, path, is_positive, _NOT_POSITIVE, PARTS)


def is_positive(value: Fraction) -> bool:
    """Say whether a number is more than 0."""
    return value > 0
