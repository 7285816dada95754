"""What is wrong with deals beside one another."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import RevenueShare
from duanju.deals.facts import MEASURES, Unit
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


def find_subjects(terms: Terms) -> frozenset[Subject]:
    """Return all that terms count; clauses whose payer or currency is open count nothing yet."""
    subjects = set()
    for clause in terms.policy.clauses:
        role = clause.holder if isinstance(clause, RevenueShare) else clause.payer
        currency: object = ""
        if MEASURES[clause.measure].unit is Unit.MINOR:
            word = clause.currency
            currency = terms.values.get(word.parameter) if isinstance(word, Given) else word
        payer = terms.parties.get(role)
        if payer is not None and isinstance(currency, str):
            subjects |= {
                Subject(payer, clause.measure, title_id, currency) for title_id in terms.title_ids
            }
    return frozenset(subjects)


def check_contracts(contracts: Iterable[Contract]) -> tuple[Problem, ...]:
    """Return a problem for each two deals that count one subject on the same day.

    Both are named, as `deal` and `other`; neither can be settled until one of them gives way.
    Deals of different payers never meet: each counts what happened on its own platform. Nor do
    deals over incomes in different currencies.
    """
    rivals: dict[Subject, list[Contract]] = defaultdict(list)
    for contract in sorted(contracts, key=lambda contract: contract.id):
        for subject in find_subjects(contract.terms):
            rivals[subject].append(contract)
    return tuple(
        problem_at(
            "deals.double-claim",
            "titles",
            deal=first.id,
            other=second.id,
            measure=subject.measure,
            title=subject.title_id,
        )
        for subject in sorted(rivals)
        for first, second in combinations(rivals[subject], 2)
        if _overlap(first.terms, second.terms)
    )


def _overlap(first: Terms, second: Terms) -> bool:
    begins = max(first.starts_on, second.starts_on)
    ends = [terms.ends_on for terms in (first, second) if terms.ends_on is not None]
    return not ends or begins < min(ends)
