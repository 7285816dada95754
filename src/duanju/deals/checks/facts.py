"""What only facts can show to be wrong."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from duanju.deals.clauses import Counted, RevenueShare
from duanju.deals.clauses.walking import find_within
from duanju.deals.facts import Fact, distinct_facts
from duanju.deals.measures import MEASURES, Unit
from duanju.deals.parameters import find_number, word_of
from duanju.deals.policy import Terms
from duanju.kernel import Problem, Where


def check_facts(*, terms: Terms, facts: Iterable[Fact]) -> tuple[Problem, ...]:
    """Return everything for which the terms cannot be applied to the facts.

    Only facts of the terms' titles and of measures that a clause counts are looked at. Money is
    never wrong silently: an income in a currency or from a channel that the terms do not speak of
    is a problem, not a zero.
    """
    measures = {
        MEASURES[counted.measure].facts_of
        for clause in terms.policy.clauses
        for _, counted in find_within(clause, Counted)
    }
    own = [
        fact
        for fact in distinct_facts(facts)
        if fact.title_id in terms.title_ids and fact.measure in measures
    ]
    inside = [fact for fact in own if _touches(fact, terms)]
    return (
        *_find_straddling(inside, terms),
        *_find_wrong_quantities(inside),
        *_find_contradictions(inside),
        *_find_unsettleable(inside, terms),
    )


def _touches(fact: Fact, terms: Terms) -> bool:
    begun = fact.stretch.ends_on > terms.starts_on
    return begun and (terms.ends_on is None or fact.stretch.starts_on < terms.ends_on)


def _find_straddling(facts: Iterable[Fact], terms: Terms) -> Iterator[Problem]:
    for fact in facts:
        late = terms.ends_on is not None and fact.stretch.ends_on > terms.ends_on
        if fact.stretch.starts_on < terms.starts_on or late:
            yield _problem("deals.fact-straddles-the-deal", fact)


def _find_wrong_quantities(facts: Iterable[Fact]) -> Iterator[Problem]:
    for fact in facts:
        if fact.unit is not MEASURES[fact.measure].unit:
            yield _problem("deals.wrong-unit", fact, unit=fact.unit.value)
        elif fact.unit is not Unit.MINOR and fact.quantity < 0:
            yield _problem("deals.negative-measure", fact, quantity=fact.quantity)


def _find_contradictions(facts: Iterable[Fact]) -> Iterator[Problem]:
    """Yield a problem for each two facts about the same subject that share a day."""
    for first, second in pairwise(sorted(facts, key=lambda fact: (fact.subject, fact.stretch))):
        if first.subject == second.subject and second.stretch.starts_on < first.stretch.ends_on:
            yield _problem("deals.contradicting-facts", second, other=str(first.stretch))


def _find_unsettleable(facts: Iterable[Fact], terms: Terms) -> Iterator[Problem]:
    for clause in terms.policy.clauses:
        if isinstance(clause, RevenueShare):
            measures = {own.measure for own in clause.counted}
            counted = [fact for fact in facts if fact.measure in measures and fact.quantity]
            yield from _find_foreign_incomes(clause, counted, terms)


def _find_foreign_incomes(
    clause: RevenueShare, facts: Iterable[Fact], terms: Terms
) -> Iterator[Problem]:
    currency = word_of(clause.currency, terms.values)
    for fact in facts:
        if fact.currency != currency:
            yield _problem("deals.other-currency", fact, found=fact.currency, currency=currency)
            continue
        for deduction in clause.deductions:
            rate = deduction.rate_by_channel.get(fact.channel)
            if rate is None or find_number(rate, terms.values) is None:
                yield _problem("deals.channel-without-rate", fact, deduction=deduction.name)


def _problem(code: str, fact: Fact, **params: str | int) -> Problem:
    named: dict[str, str | int] = {
        "measure": fact.measure,
        "title": fact.title_id,
        "stretch": str(fact.stretch),
        "channel": fact.channel,
    }
    return Problem(code, Where(), named | params)
