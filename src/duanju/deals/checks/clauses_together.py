"""What is wrong with clauses beside one another."""

from collections.abc import Iterator

from duanju.deals.checks.audiences import find_audience_problems
from duanju.deals.checks.claims import find_claim_problems
from duanju.deals.checks.commissions import find_commission_totals
from duanju.deals.checks.references import find_mixed_currencies, find_reference_problems
from duanju.deals.checks.twice import find_kept_back_totals, find_repeated_problems
from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import ParameterIs
from duanju.deals.clauses.references import is_distribution
from duanju.deals.policy import Policy, Terms
from duanju.kernel import Problem


def find_problems_together(policy: Policy) -> Iterator[Problem]:
    """Yield everything that is wrong with the clauses of a policy beside one another."""
    yield from find_reference_problems(policy)
    yield from find_claim_problems(policy)
    yield from find_repeated_problems(policy)
    yield from find_commission_totals(policy)
    yield from find_audience_problems(policy)
    yield from _find_conditional_distributions(policy)


def find_terms_problems_together(terms: Terms) -> Iterator[Problem]:
    """Yield what only a deal's own choices make wrong with the clauses beside one another."""
    yield from find_mixed_currencies(terms.policy, terms.values)
    yield from find_commission_totals(terms.policy, terms.values)
    yield from find_kept_back_totals(terms.policy, terms.values)


def _find_conditional_distributions(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each condition under which an income would be divided among nobody."""
    for index, clause in enumerate(policy.clauses):
        for place, condition in enumerate(clause.when):
            if is_distribution(clause) and not isinstance(condition, ParameterIs):
                yield problem_at(
                    "deals.condition-on-a-distribution",
                    f"clause.{index}.when.{place}",
                    clause=clause.id,
                    condition=condition.kind,
                )
