"""What is wrong with whom clauses bind."""

from collections.abc import Iterator

from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import CHANNEL_ROLE, Clause
from duanju.deals.clauses.references import earners_of, payer_of, references_of
from duanju.deals.clauses.visibility import Audience, audiences_of, sees_all
from duanju.deals.policy import Policy
from duanju.kernel import Problem


def find_audience_problems(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each clause that hides from its own parties or tells of a hidden one.

    Whoever sees a clause must see the clauses that it names; a commission is itself hidden from
    those who may not see what it is of.
    """
    audiences = audiences_of(policy.clauses)
    for index, clause in enumerate(policy.clauses):
        path = f"clause.{index}"
        audience = audiences[clause.id]
        yield from _find_uninformed(clause, audience, path)
        for reference in references_of(clause):
            other = audiences.get(reference.clause_id)
            if reference.clause_id in audiences and not sees_all(audience, other):
                yield problem_at(
                    "deals.tells-of-a-hidden-clause",
                    f"{path}.{reference.path}",
                    clause=clause.id,
                    other=reference.clause_id,
                    roles=", ".join(sorted(other or ())),
                )


def _find_uninformed(clause: Clause, audience: Audience, path: str) -> Iterator[Problem]:
    if audience is None:
        return
    own = {payer_of(clause), *earners_of(clause)} - {CHANNEL_ROLE}
    for role in sorted(own - audience):
        yield problem_at("deals.hides-from-its-own-party", f"{path}.binds", role=role)
