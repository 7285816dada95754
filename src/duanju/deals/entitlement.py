"""From terms and facts to what each party has earned since the start, with proofs."""

from collections.abc import Iterable, Sequence
from datetime import date

from duanju.deals.checks import check_terms
from duanju.deals.checks.facts import find_fact_problems
from duanju.deals.clauses import Clause
from duanju.deals.clauses.references import references_of
from duanju.deals.earning import Entitlement, Evaluation, entitle_clause, needs_history
from duanju.deals.earning.studios import begin_evaluation, studio_of
from duanju.deals.facts import Fact, distinct_facts, month_ends_on, month_of
from duanju.deals.policy import Terms
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
    evaluation = begin_evaluation(terms, _checked(terms, facts))
    historical = _historical(evaluation.clauses)
    if historical:
        _catch_up(evaluation, as_of, historical)
    return _evaluate(evaluation, as_of, evaluation.clauses)


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
    evaluation = begin_evaluation(terms, _checked(terms, facts))
    wanted = set(months)
    month = min([*months, month_of(terms.starts_on)])
    earned: dict[Month, tuple[Entitlement, ...]] = {}
    while len(earned) < len(wanted):
        found = _evaluate(evaluation, month_ends_on(month), evaluation.clauses)
        if month in wanted:
            earned[month] = found
        month = month.next()
    return earned


def _checked(terms: Terms, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    distinct = distinct_facts(facts)
    problems = check_terms(terms) or find_fact_problems(terms, distinct)
    together = None if problems else studio_of(terms, distinct)
    if together is not None:
        problems = find_fact_problems(*together)
    if problems:
        raise ProblemsFound(problems)
    return distinct


def _historical(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return those clauses that are evaluated every month, and those that they look back on."""
    kept: list[Clause] = []
    named: set[str] = set()
    for clause in reversed(clauses):
        if clause.id in named or needs_history(clause):
            kept.append(clause)
            named |= {reference.clause_id for reference in references_of(clause)}
    return tuple(reversed(kept))


def _catch_up(evaluation: Evaluation, as_of: date, clauses: Sequence[Clause]) -> None:
    """Evaluate clauses at the end of each month that ends before a day and has not been yet."""
    months = evaluation.months()
    month = months[-1].next() if months else month_of(evaluation.terms.starts_on)
    while month_ends_on(month) < as_of:
        _evaluate(evaluation, month_ends_on(month), clauses)
        month = month.next()


def _evaluate(
    evaluation: Evaluation, as_of: date, clauses: Sequence[Clause]
) -> tuple[Entitlement, ...]:
    studio = evaluation.studio
    if studio is not None:
        _catch_up(studio, as_of, studio.clauses)
        _evaluate(studio, as_of, studio.clauses)
    evaluation.advance(as_of)
    found: list[Entitlement] = []
    for clause in clauses:
        own = entitle_clause(clause, evaluation)
        evaluation.record(own)
        found.extend(own)
    return tuple(found)
