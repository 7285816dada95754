"""Whether titles had more of a month's viewing than there was."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from duanju.deals.checks.fact_subjects import lets_through
from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import Counted, Fraud, PoolShare
from duanju.deals.clauses.references import is_chosen
from duanju.deals.facts import Fact, in_term_units
from duanju.deals.measures import MEASURES
from duanju.deals.parameters import number_of
from duanju.deals.policy import Terms
from duanju.kernel import Month, Problem


def find_parts_beyond(terms: Terms, facts: Sequence[Fact]) -> Iterator[Problem]:
    """Yield a problem for each month in which titles had more than all titles of the platform had.

    Such a part would pay more than the pool; of a whole that was never told, it would pay nothing.

    Args:
        terms: Whose shares of pools are looked at.
        facts: Those of the terms' titles, and of none.
    """
    for index, clause in enumerate(terms.policy.clauses):
        if not isinstance(clause, PoolShare) or not is_chosen(clause, terms.values):
            continue
        own = _by_month(terms, clause.own, facts)
        whole = _by_month(terms, clause.all, facts)
        for month in sorted(own):
            if own[month] > max(0, whole[month]):
                yield problem_at(
                    "deals.more-than-the-whole",
                    f"clause.{index}.own",
                    clause=clause.id,
                    month=str(month),
                    own=str(in_term_units(own[month], clause.own.measure)),
                    measure=clause.own.measure,
                    whole=str(in_term_units(whole[month], clause.all.measure)),
                    all=clause.all.measure,
                )


def _by_month(terms: Terms, counted: Counted, facts: Sequence[Fact]) -> Counter[Month]:
    seconds = number_of(counted.over_seconds, terms.values)
    resolved = replace(counted, over_seconds=seconds)
    found: Counter[Month] = Counter()
    for fact in facts:
        if fact.measure == MEASURES[counted.measure].facts_of and lets_through(resolved, fact):
            found[fact.stretch.month] += _weight(counted, fact) * fact.quantity
    return found


def _weight(counted: Counted, fact: Fact) -> int:
    if not fact.is_fraud:
        return 0 if counted.fraud is Fraud.ONLY else 1
    return {Fraud.ONLY: 1, Fraud.COUNTED: 0, Fraud.TAKEN_BACK: -1}[counted.fraud]
