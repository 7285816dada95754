"""All deals of a partner under one policy, as if they were one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from duanju.deals.clauses import Cap, Clause, Scope
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.facts import Fact
from duanju.deals.policy import Terms


def begin_evaluation(terms: Terms, facts: Sequence[Fact]) -> Evaluation:
    """Return an evaluation before its first day, with the partner's other deals where asked for.

    Args:
        terms: Checked.
        facts: Each once, checked, in the order of their first days.
    """
    evaluation = Evaluation(terms, facts)
    together = studio_of(terms, facts)
    if together is not None:
        evaluation.studio = Evaluation(*together)
    return evaluation


def studio_of(terms: Terms, facts: Sequence[Fact]) -> tuple[Terms, tuple[Fact, ...]] | None:
    """Return all deals of the partner as one, with the facts that count; `None` if not asked for.

    Args:
        terms: Of the one deal that is settled.
        facts: Its own and those of the others, each once, in the order of their first days.
    """
    if not any(asks_for_studio(clause) for clause in terms.policy.clauses):
        return None
    counted = tuple(_counted(terms, facts))
    return _together(terms, counted), counted


def asks_for_studio(clause: Clause) -> bool:
    """Say whether a clause is about what the partner earns by all its deals under the policy."""
    return isinstance(clause, Cap) and clause.scope is Scope.STUDIO


def _together(terms: Terms, facts: Sequence[Fact]) -> Terms:
    """Return terms that cover the titles and days of all the partner's deals.

    They are those of the one deal that is settled: what others chose is not known here.
    """
    titles = {fact.title_id for fact in facts if fact.title_id}
    others = titles - terms.title_ids
    starts = [fact.stretch.starts_on for fact in facts if fact.title_id in others]
    return replace(
        terms,
        title_ids=terms.title_ids | titles,
        starts_on=min([terms.starts_on, *starts]),
        ends_on=None,
    )


def _counted(terms: Terms, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield the facts without those of own titles that lie outside the deal's days."""
    for fact in facts:
        is_early = fact.stretch.starts_on < terms.starts_on and fact.measure != "milestone"
        is_late = terms.ends_on is not None and fact.stretch.ends_on > terms.ends_on
        if fact.title_id not in terms.title_ids or not (is_early or is_late):
            yield fact
