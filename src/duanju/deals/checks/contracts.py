"""What is wrong with deals beside one another."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import Clause, RevenueShare
from duanju.deals.policy import Contract, Terms
from duanju.kernel import Party, Problem


def check_contracts(contracts: Iterable[Contract]) -> tuple[Problem, ...]:
    """Return a problem for each two deals that claim one measure of one title on the same day.

    Both are named, as `deal` and `other`; neither can be settled until one of them gives way.
    Deals of different payers never meet: each counts what happened on its own platform.
    """
    claims: dict[tuple[Party, str, str], list[Contract]] = defaultdict(list)
    for contract in sorted(contracts, key=lambda contract: contract.id):
        for place in sorted(_places(contract.terms)):
            claims[place].append(contract)
    found = []
    for (_, measure, title_id), rivals in claims.items():
        for first, second in combinations(rivals, 2):
            if _overlap(first.terms, second.terms):
                found.append(
                    problem_at(
                        "deals.double-claim",
                        "titles",
                        deal=first.id,
                        other=second.id,
                        measure=measure,
                        title=title_id,
                    )
                )
    return tuple(found)


def _places(terms: Terms) -> Iterator[tuple[Party, str, str]]:
    for clause in {clause.measure: clause for clause in terms.policy.clauses}.values():
        payer = terms.parties.get(_payer_role(clause))
        if payer is not None:
            for title_id in terms.title_ids:
                yield payer, clause.measure, title_id


def _payer_role(clause: Clause) -> str:
    return clause.holder if isinstance(clause, RevenueShare) else clause.payer


def _overlap(first: Terms, second: Terms) -> bool:
    begins = max(first.starts_on, second.starts_on)
    ends = [terms.ends_on for terms in (first, second) if terms.ends_on is not None]
    return not ends or begins < min(ends)
