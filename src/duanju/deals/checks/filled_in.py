"""What is wrong with the numbers that a deal fills in, where a clause uses them."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from duanju.deals.checks.policies import FINDERS
from duanju.deals.checks.provisions import find_provision_problems
from duanju.deals.clauses import Clause
from duanju.deals.clauses.references import is_chosen
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import Chosen, Given, ParameterValue
from duanju.deals.policy import Terms
from duanju.kernel import Problem, Where

_WORDS = frozenset({"title", "explanation", "kind"})
"""Fields that hold nothing that a deal fills in."""


def find_unfit_values(terms: Terms) -> Iterator[Problem]:
    """Yield what would be wrong with a policy that said what the deal fills in.

    A factor of 3 that is used as a share, a count of 0 that is used as months: a parameter's kind
    alone does not keep it within what its clause can bear. Paths are those of the policy.
    """
    parameters = {parameter.id: parameter for parameter in terms.policy.parameters}
    for index, clause in enumerate(terms.policy.clauses):
        is_open = next(find_within(clause, Given), None) is not None
        if is_open and is_chosen(clause, terms.values):
            filled = _filled(clause, terms.values)
            path = f"clause.{index}"
            yield from FINDERS[type(filled)](filled, parameters, path)
            yield from find_provision_problems(filled, parameters, path)


def at_its_parameter(problem: Problem, terms: Terms) -> Problem:
    """Return a problem at the parameter that brought it, where only one can have."""
    _, number, *rest = (problem.where.path or "").split(".")
    given = [*find_within(terms.policy.clauses[int(number)], Given)]
    last = rest[-1] if rest else ""
    named = {own.parameter for path, own in given if path.split(".")[-1] == last}
    found = named or {own.parameter for _, own in given}
    if len(found) != 1:
        return problem
    return replace(problem, where=Where(path=f"parameters.{found.pop()}"))


def _filled(clause: Clause, values: Mapping[str, ParameterValue]) -> Clause:
    """Return a clause with the deal's own values; what it leaves open stays as it is."""
    filled: Clause = _fill(clause, values)
    return filled


def _fill(value: Any, values: Mapping[str, ParameterValue]) -> Any:
    if isinstance(value, Given):
        return values.get(value.parameter, value)
    if isinstance(value, Chosen):
        option = values.get(value.parameter)
        return value.by_option.get(option, value) if isinstance(option, str) else value
    if is_dataclass(value) and not isinstance(value, type):
        own = {
            field.name: _fill(getattr(value, field.name), values)
            for field in fields(value)
            if field.init and field.name not in _WORDS
        }
        return replace(value, **own)
    if isinstance(value, tuple):
        items = tuple(_fill(item, values) for item in value)
        return value if all(own is item for own, item in zip(items, value, strict=True)) else items
    if isinstance(value, Mapping):
        filled = {key: _fill(item, values) for key, item in value.items()}
        is_same = all(
            own is item for own, item in zip(filled.values(), value.values(), strict=True)
        )
        return value if is_same else filled
    return value
