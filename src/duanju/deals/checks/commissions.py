"""What is wrong with commissions, each and together."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from duanju.deals.checks.amounts import find_named_problems, find_share_problems
from duanju.deals.checks.assignments import choices_in, find_assignments, options_in_words
from duanju.deals.checks.values import Parameters, find_currency_problems, problem_at
from duanju.deals.clauses import Commission, ParameterIs
from duanju.deals.clauses.references import is_chosen
from duanju.deals.parameters import ParameterValue, find_number
from duanju.deals.policy import Policy
from duanju.kernel import Problem


def find_commission_problems(
    clause: Commission, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with a commission by itself."""
    yield from find_named_problems(clause.of, clause, f"{path}.of")
    yield from find_share_problems(clause.rate, parameters, f"{path}.rate")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")


def find_commission_totals(
    policy: Policy, values: Mapping[str, ParameterValue] | None = None
) -> Iterator[Problem]:
    """Yield a problem for each clause of which a party owes more in commissions than it earns.

    A commission that somebody else bears on top takes nothing from the party.

    Args:
        policy: Whose commissions are added up.
        values: Those of the deal; `None` to try all options, and to leave open numbers out.
    """
    parameters = {parameter.id: parameter for parameter in policy.parameters}
    for clause_id, role in _bearers(policy):
        takers = [
            (index, clause)
            for index, clause in enumerate(policy.clauses)
            if isinstance(clause, Commission)
            and clause_id in clause.of
            and clause.payer == clause.earned_by == role
        ]
        names = [*choices_in(clause.rate for _, clause in takers), *_conditions(takers)]
        assignments = [values] if values is not None else find_assignments(names, parameters)
        for assignment in assignments:
            total = _total(takers, assignment)
            if total > 1:
                words = {} if values is not None else assignment
                yield problem_at(
                    "deals.commissions-exceed-earnings",
                    f"clause.{takers[-1][0]}.rate",
                    role=role,
                    other=clause_id,
                    total=str(total),
                    options=options_in_words({k: str(v) for k, v in words.items()}),
                )
                break


def _bearers(policy: Policy) -> dict[tuple[str, str], None]:
    """Return each clause of which two commissions or more are owed, with the role that owes."""
    counts: dict[tuple[str, str], int] = {}
    for clause in policy.clauses:
        if isinstance(clause, Commission) and clause.payer == clause.earned_by:
            for own in dict.fromkeys(clause.of):
                counts[own, clause.payer] = counts.get((own, clause.payer), 0) + 1
    return dict.fromkeys(bearer for bearer, count in counts.items() if count > 1)


def _conditions(takers: list[tuple[int, Commission]]) -> list[str]:
    return [
        condition.parameter
        for _, clause in takers
        for condition in clause.when
        if isinstance(condition, ParameterIs)
    ]


def _total(takers: list[tuple[int, Commission]], values: Mapping[str, ParameterValue]) -> Fraction:
    rates = [find_number(own.rate, values) for _, own in takers if is_chosen(own, values)]
    return sum((rate for rate in rates if rate is not None), Fraction(0))
