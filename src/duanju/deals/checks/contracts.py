"""What is wrong with deals beside one another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from duanju.deals.amendments import parts_of
from duanju.deals.checks.claims import claimed_by, overlap
from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import Clause, Counted
from duanju.deals.clauses.references import earners_of, is_chosen, is_distribution, payer_of
from duanju.deals.measures import MEASURES, Unit
from duanju.deals.parameters import Given
from duanju.deals.policy import Contract, Terms
from duanju.kernel import Party, Problem


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """Something that terms count, and that no other deal may count on the same day.

    Attributes:
        payer: On whose platform it happens.
        measure: What is counted.
        title_id: Of which title.
        currency: Of an income, its ISO 4217 code; else empty.
    """

    payer: Party
    measure: str
    title_id: str
    currency: str


@dataclass(frozen=True, slots=True)
class _Counting:
    """That a clause of a deal counts a subject, or a part of it."""

    contract_id: str
    terms: Terms
    clause: Clause
    counted: Counted


def find_subjects(terms: Terms) -> frozenset[Subject]:
    """Return all that terms count.

    Clauses whose payer or currency is open count nothing yet; those that are an amount, or that are
    of other clauses, never do.
    """
    return frozenset(subject for subject, _, _ in _counted_in(terms))


def check_contracts(contracts: Iterable[Contract]) -> tuple[Problem, ...]:
    """Return a problem for each two deals that count one subject on the same day.

    Both are named, as `deal` and `other`; neither can be settled until one of them gives way.
    Deals of different payers never meet: each counts what happened on its own platform. Nor do
    deals over incomes in different currencies, deals whose filters let nothing through together,
    and obligations to different roles. An amended deal counts what its amendments say.
    """
    countings: dict[Subject, list[_Counting]] = defaultdict(list)
    for contract in sorted(contracts, key=lambda contract: contract.id):
        for part in parts_of(contract):
            for subject, clause, counted in _counted_in(part.terms):
                own = _Counting(contract.id, part.terms, clause, counted)
                countings[subject].append(own)
    return tuple(
        problem_at(
            "deals.double-claim",
            "titles",
            deal=deal,
            other=other,
            measure=subject.measure,
            title=subject.title_id,
        )
        for subject in sorted(countings)
        for deal, other in _rivals(countings[subject])
    )


def _counted_in(terms: Terms) -> Iterator[tuple[Subject, Clause, Counted]]:
    """Yield every subject of terms with the clause that counts it, and how."""
    for clause in terms.policy.clauses:
        word = clause.currency
        currency = terms.values.get(word.parameter) if isinstance(word, Given) else word
        payer = terms.parties.get(payer_of(clause))
        if payer is None or not isinstance(currency, str) or not is_chosen(clause, terms.values):
            continue
        for counted in claimed_by(clause):
            is_money = MEASURES[counted.measure].unit is Unit.MINOR
            for title_id in sorted(terms.title_ids):
                own = currency if is_money else ""
                yield Subject(payer, counted.measure, title_id, own), clause, counted


def _rivals(countings: list[_Counting]) -> dict[tuple[str, str], None]:
    """Return the ids of each two deals that compete for a subject, in their order."""
    return {
        (first.contract_id, second.contract_id): None
        for first, second in combinations(countings, 2)
        if first.contract_id != second.contract_id and _compete(first, second)
    }


def _compete(first: _Counting, second: _Counting) -> bool:
    if not (_share_a_day(first.terms, second.terms) and overlap(first.counted, second.counted)):
        return False
    divided = is_distribution(first.clause), is_distribution(second.clause)
    if any(divided):
        return all(divided)
    return bool(earners_of(first.clause) & earners_of(second.clause))


def _share_a_day(first: Terms, second: Terms) -> bool:
    begins = max(first.starts_on, second.starts_on)
    ends = [terms.ends_on for terms in (first, second) if terms.ends_on is not None]
    return not ends or begins < min(ends)
