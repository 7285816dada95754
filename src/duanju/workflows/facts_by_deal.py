"""Which facts are handed to which deal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from duanju.deals import (
    Contract,
    Fact,
    Scope,
    Subject,
    Terms,
    TieredRate,
    distinct_facts,
    find_subjects,
)
from duanju.kernel import Party


@dataclass(frozen=True, slots=True)
class FactsByDeal:
    """Facts by title, and what every deal counts.

    Attributes:
        contracts: All deals.
        by_title: Title to its facts.
        counted: What is counted, to the terms that count it.
    """

    contracts: Sequence[Contract]
    by_title: Mapping[str, Sequence[Fact]]
    counted: Mapping[Subject, Sequence[Terms]]

    @classmethod
    def of(cls, contracts: Sequence[Contract], facts: Iterable[Fact]) -> "FactsByDeal":
        """Sort facts by title and deals by what they count."""
        by_title: dict[str, list[Fact]] = defaultdict(list)
        for fact in distinct_facts(facts):
            by_title[fact.title_id].append(fact)
        counted: dict[Subject, list[Terms]] = defaultdict(list)
        for contract in contracts:
            for subject in find_subjects(contract.terms):
                counted[subject].append(contract.terms)
        return cls(contracts, by_title, counted)

    def facts_of(self, contract: Contract) -> Iterator[Fact]:
        """Yield the facts of the deal's titles, and where a clause asks, of its studio's others.

        An income in a currency that is not the deal's own is passed over if another deal on the
        same platform counts it; if none does, the deal is handed it, and cannot be settled.
        """
        own = find_subjects(contract.terms)
        payers = {subject.payer for subject in own}
        for title_id in sorted(contract.terms.title_ids):
            for fact in self.by_title.get(title_id, ()):
                if not fact.currency or not self._belongs_to_others(fact, own, payers):
                    yield fact
        for clause in contract.terms.policy.clauses:
            if isinstance(clause, TieredRate) and clause.scope is Scope.STUDIO:
                yield from self._beside(contract.terms, clause)

    def _belongs_to_others(
        self, fact: Fact, own: frozenset[Subject], payers: Iterable[Party]
    ) -> bool:
        subjects = [Subject(payer, fact.measure, fact.title_id, fact.currency) for payer in payers]
        if any(subject in own for subject in subjects):
            return False
        return any(
            _is_within(fact, terms)
            for subject in subjects
            for terms in self.counted.get(subject, ())
        )

    def _beside(self, own: Terms, clause: TieredRate) -> Iterator[Fact]:
        """Yield the facts of other deals between the same two parties under the same policy."""
        roles = (clause.payer, clause.payee)
        for other in (contract.terms for contract in self.contracts):
            same_parties = all(other.parties.get(role) == own.parties.get(role) for role in roles)
            if other.policy.id != own.policy.id or not same_parties:
                continue
            for title_id in sorted(other.title_ids - own.title_ids):
                for fact in self.by_title.get(title_id, ()):
                    if fact.measure == clause.counted.measure and _is_within(fact, other):
                        yield fact


def _is_within(fact: Fact, terms: Terms) -> bool:
    begun = fact.stretch.starts_on >= terms.starts_on
    return begun and (terms.ends_on is None or fact.stretch.ends_on <= terms.ends_on)
