"""From terms and facts to what each party has earned since the start, with proofs."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from duanju.deals.checks import check_facts, check_terms
from duanju.deals.clauses import Clause, RevenueShare
from duanju.deals.clauses.evaluation import Entitlement
from duanju.deals.clauses.revenue_share_entitlement import entitle_revenue_share
from duanju.deals.clauses.tiered_rate_entitlement import entitle_tiered_rate
from duanju.deals.facts import Fact, distinct_facts, month_ends_on
from duanju.deals.policy import Terms
from duanju.deals.tally import Tally
from duanju.kernel import Month, ProblemsFound


def entitle(*, terms: Terms, facts: Iterable[Fact], as_of: date) -> tuple[Entitlement, ...]:
    """Return what each party has earned since the start of the terms, exactly, with proofs.

    Only facts of the terms' titles and within their days count, and only those that end on or
    before `as_of`. The order of the facts, and facts given twice, change nothing.

    Args:
        terms: A policy with its parameters, parties and titles; checked.
        facts: What happened; those of other titles are passed over, except that a clause whose
            scope is the studio counts them against its thresholds.
        as_of: First day that is no longer counted, in the platform's zone.

    Returns:
        By clause in the policy's order, then by title, then by party. The parts of a distribution
        sum to the income.

    Raises:
        ProblemsFound: `check_terms` or `check_facts` finds something.
    """
    checked = _checked(terms, facts)
    tally = Tally(terms)
    for fact in checked:
        if fact.stretch.ends_on <= as_of:
            tally.add(fact)
    return tuple(_entitlements(terms, tally))


def entitle_by_month(
    *, terms: Terms, facts: Iterable[Fact], months: Sequence[Month]
) -> dict[Month, tuple[Entitlement, ...]]:
    """Return `entitle` as of the end of each of several months, in one pass over the facts.

    Each fact is added once, not once a month.

    Args:
        terms: As for `entitle`.
        facts: As for `entitle`.
        months: In rising order.

    Raises:
        ProblemsFound: `check_terms` or `check_facts` finds something.
    """
    checked = _checked(terms, facts)
    tally = Tally(terms)
    waiting = list(reversed(checked))
    earned = {}
    for month in months:
        while waiting and waiting[-1].stretch.ends_on <= month_ends_on(month):
            tally.add(waiting.pop())
        earned[month] = tuple(_entitlements(terms, tally))
    return earned


def _checked(terms: Terms, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    distinct = distinct_facts(facts)
    problems = check_terms(terms) or check_facts(terms=terms, facts=distinct)
    if problems:
        raise ProblemsFound(problems)
    return distinct


def _entitlements(terms: Terms, tally: Tally) -> Iterator[Entitlement]:
    for clause in terms.policy.clauses:
        yield from _entitle_clause(clause, terms, tally)


def _entitle_clause(clause: Clause, terms: Terms, tally: Tally) -> Iterator[Entitlement]:
    if isinstance(clause, RevenueShare):
        return entitle_revenue_share(clause, terms, tally)
    return entitle_tiered_rate(clause, terms, tally)
