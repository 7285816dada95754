"""Which of the facts that were given are refused, so that each can be shown where it stands."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from duanju.deals import Contract, Fact, find_refused_facts, parts_of
from duanju.kernel import Problem
from duanju.workflows.facts_by_deal import FactsByDeal, facts_of_part, titles_of


def refused_facts_of(
    *, contracts: Sequence[Contract], facts: Iterable[Fact], deal_ids: Collection[str]
) -> tuple[tuple[Problem, Fact], ...]:
    """Return what `settle_facts` says of facts, each problem with the fact as it was given.

    Args:
        contracts: All deals that were settled together, by id.
        facts: All facts that they were settled on.
        deal_ids: Whose facts are looked at: of a deal that was left out for its facts.
    """
    given = sorted(contracts, key=lambda own: own.id)
    sorting = FactsByDeal.of(given, facts)
    asked = [own for own in given if own.id in deal_ids]
    return tuple(found for own in asked for found in _of_deal(own, sorting))


def _of_deal(contract: Contract, sorting: FactsByDeal) -> Iterator[tuple[Problem, Fact]]:
    unclear = sorting.problems_of(contract)
    for problem in unclear:
        for told in sorting.by_title.get("", ()):
            if (told.item, str(told.stretch)) == _named(problem):
                yield problem, told
    if unclear:
        return
    parts = parts_of(contract)
    titles = titles_of(parts)
    handed = sorting.facts_of(contract)
    for part in parts:
        own = facts_of_part(part, facts=handed, titles=titles)
        for problem, fact in find_refused_facts(terms=part.terms, facts=own):
            if fact is not None:
                params = {"deal": contract.id, **problem.params}
                yield replace(problem, params=params), _as_given(fact, contract, sorting)


def _named(problem: Problem) -> tuple[str, str]:
    return str(problem.params["milestone"]), str(problem.params["stretch"])


def _as_given(fact: Fact, contract: Contract, sorting: FactsByDeal) -> Fact:
    """Return a fact of a deal as a whole under the deal's id again."""
    if fact.title_id or fact in sorting.by_title.get("", ()):
        return fact
    return replace(fact, title_id=contract.id)
