"""What is wrong with an amount, with its instalments, and with what it is counted over."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from duanju.deals.checks.assignments import choices_in, find_assignments, options_in_words
from duanju.deals.checks.values import (
    MONEY,
    PARTS,
    Kinds,
    Parameters,
    find_currency_problems,
    find_number_problems,
    problem_at,
)
from duanju.deals.clauses import Award, Clause, Fee, MinimumGuarantee, Scope
from duanju.deals.parameters import Number, ParameterValue, find_number
from duanju.deals.policy import Terms
from duanju.kernel import Problem


def find_amount_problems(
    value: Number, parameters: Parameters, path: str, kinds: Kinds = MONEY
) -> Iterator[Problem]:
    """Yield what is wrong with an amount of major units, which is never negative."""
    yield from find_number_problems(
        value, parameters, path, lambda amount: amount >= 0, "deals.negative-amount", kinds
    )


def find_share_problems(value: Number, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a share, which is from 0 to 1."""
    yield from find_number_problems(
        value, parameters, path, lambda share: 0 <= share <= 1, "deals.share-out-of-range", PARTS
    )


def find_due_problems(
    clause: Fee | MinimumGuarantee, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield what is wrong with an amount, its currency, its scope, instalments and clawback."""
    yield from find_amount_problems(clause.amount, parameters, f"{path}.amount")
    yield from find_currency_problems(clause.currency, parameters, f"{path}.currency")
    yield from find_scope_problems(clause, path)
    for index, instalment in enumerate(clause.instalments):
        place = f"{path}.instalment.{index}"
        yield from find_share_problems(instalment.share, parameters, f"{place}.share")
    yield from _find_unassigned(clause, parameters, path)
    if clause.clawback is not None:
        yield from find_share_problems(clause.clawback.share, parameters, f"{path}.clawback.share")


def find_scope_problems(clause: Fee | MinimumGuarantee | Award, path: str) -> Iterator[Problem]:
    """Yield a problem for an amount once a studio, which a single deal cannot tell."""
    if clause.scope is Scope.STUDIO:
        yield problem_at("deals.scope-of-a-studio", f"{path}.scope", clause=clause.id)


def find_unassigned_amounts(terms: Terms) -> Iterator[Problem]:
    """Yield a problem for each clause whose instalments, as the deal has them, are no whole."""
    for index, clause in enumerate(terms.policy.clauses):
        if isinstance(clause, Fee | MinimumGuarantee):
            yield from _find_wrong_total(clause, terms.values, f"clause.{index}", "")


def _find_unassigned(
    clause: Fee | MinimumGuarantee, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield a problem for the first combination of options whose shares do not sum to 1."""
    names = choices_in(instalment.share for instalment in clause.instalments)
    for assignment in find_assignments(names, parameters):
        words = options_in_words(assignment)
        problem = next(_find_wrong_total(clause, assignment, path, words), None)
        if problem is not None:
            yield problem
            return


def _find_wrong_total(
    clause: Fee | MinimumGuarantee,
    values: Mapping[str, ParameterValue],
    path: str,
    words: str,
) -> Iterator[Problem]:
    shares = [find_number(instalment.share, values) for instalment in clause.instalments]
    known = [share for share in shares if share is not None]
    total = sum(known, Fraction(0))
    if shares and len(known) == len(shares) and total != 1:
        yield problem_at(
            "deals.money-unassigned",
            f"{path}.instalment",
            clause=clause.id,
            total=str(total),
            options=words,
        )


def find_named_problems(named: tuple[str, ...], clause: Clause, path: str) -> Iterator[Problem]:
    """Yield a problem where a clause that is of others names none, or one twice."""
    if not named:
        yield problem_at("deals.names-no-clause", path, clause=clause.id)
    for index, own in enumerate(named):
        if own in named[:index]:
            yield problem_at("deals.names-a-clause-twice", f"{path}.{index}", other=own)
