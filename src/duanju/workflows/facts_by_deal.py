"""Which facts are handed to which deal."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from duanju.deals import (
    Clause,
    Contract,
    ContractPart,
    Fact,
    Scope,
    Subject,
    Terms,
    distinct_facts,
    find_subjects,
    measures_behind,
    milestones_of,
    parts_of,
)
from duanju.kernel import Party, Problem, Where

_NO_TITLE = ""
_MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class FactsByDeal:
    """Facts by title, and what every deal counts.

    Attributes:
        by_title: Title to its facts; platform-wide facts are under the empty title, and those of a
            deal as a whole under the deal's id.
        deal_ids: Those ids of deals that are no title's, under which facts of whole deals stand.
        is_single: Whether there is one deal only, to which facts without a title then belong.
        counted: What is counted, to the terms that count it.
        by_policy: A policy's id to all terms under it, over all deals.
    """

    by_title: Mapping[str, Sequence[Fact]]
    deal_ids: frozenset[str]
    is_single: bool
    counted: Mapping[Subject, Sequence[Terms]]
    by_policy: Mapping[str, Sequence[Terms]]

    @classmethod
    def of(cls, contracts: Iterable[Contract], facts: Iterable[Fact]) -> "FactsByDeal":
        """Sort facts by title, and the terms of deals by what they count and by policy."""
        by_title: dict[str, list[Fact]] = defaultdict(list)
        for fact in distinct_facts(facts):
            by_title[fact.title_id].append(fact)
        counted: dict[Subject, list[Terms]] = defaultdict(list)
        by_policy: dict[str, list[Terms]] = defaultdict(list)
        given = tuple(contracts)
        titles: set[str] = set()
        for contract in given:
            for part in parts_of(contract):
                titles |= part.terms.title_ids
                by_policy[part.terms.policy.id].append(part.terms)
                for subject in find_subjects(part.terms):
                    counted[subject].append(part.terms)
        deal_ids = frozenset(contract.id for contract in given) - titles
        return cls(by_title, deal_ids, len(given) == 1, counted, by_policy)

    def facts_of(self, contract: Contract) -> tuple[Fact, ...]:
        """Return all facts that a deal is settled on, each once, in a stable order.

        They are those of the deal's titles, the platform-wide ones, those of the deal as a whole,
        and where a clause counts all deals of a partner, theirs. A fact of the deal as a whole
        stands under the deal's id, and is handed over without a title. An income in a currency
        that is not the deal's own is passed over if another deal on the same platform counts it;
        if none does, the deal is handed it, and cannot be settled.
        """
        parts = parts_of(contract)
        own = frozenset(subject for part in parts for subject in find_subjects(part.terms))
        payers = {subject.payer for subject in own}
        titles = titles_of(parts)
        found = [own for own in self.by_title.get(_NO_TITLE, ()) if self._reaches_all(own)]
        if contract.id in self.deal_ids:
            whole = self.by_title.get(contract.id, ())
            found.extend(replace(own, title_id=_NO_TITLE) for own in whole)
        for title_id in sorted(titles):
            found.extend(
                fact
                for fact in self.by_title.get(title_id, ())
                if not fact.currency or not self._belongs_to_others(fact, own, payers)
            )
        for part in parts:
            for clause in part.terms.policy.clauses:
                if getattr(clause, "scope", None) is Scope.STUDIO:
                    found.extend(self._beside(part.terms, clause, titles))
        return distinct_facts(found)

    def problems_of(self, contract: Contract) -> tuple[Problem, ...]:
        """Name each milestone that a deal counts, and of which nobody can say whose it is."""
        clauses = [own for part in parts_of(contract) for own in part.terms.policy.clauses]
        awaited = {milestone for clause in clauses for milestone in milestones_of(clause)}
        return tuple(
            Problem(
                "workflows.milestone-of-no-deal",
                Where(),
                {"deal": contract.id, "milestone": own.item, "stretch": str(own.stretch)},
            )
            for own in self.by_title.get(_NO_TITLE, ())
            if not self._reaches_all(own) and own.item in awaited
        )

    def _reaches_all(self, fact: Fact) -> bool:
        """Tell whether a fact without a title goes to every deal.

        A milestone is of one deal, and must name it where there are several. Any other measure
        that is about titles goes on to those that count it, who refuse it.
        """
        return self.is_single or fact.measure != _MILESTONE

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

    def _beside(self, own: Terms, clause: Clause, titles: frozenset[str]) -> Iterator[Fact]:
        """Yield the facts of other deals between the same two parties under the same policy."""
        measures = measures_behind(clause, own.policy.clauses)
        roles = [getattr(clause, name) for name in ("payer", "payee") if hasattr(clause, name)]
        for other in self.by_policy.get(own.policy.id, ()):
            if any(other.parties.get(role) != own.parties.get(role) for role in roles):
                continue
            for title_id in sorted(other.title_ids - titles):
                for fact in self.by_title.get(title_id, ()):
                    if fact.measure in measures and _is_within(fact, other):
                        yield fact


def titles_of(parts: Iterable[ContractPart]) -> frozenset[str]:
    """Return the titles that any terms of a deal cover."""
    return frozenset(title_id for part in parts for title_id in part.terms.title_ids)


def facts_of_part(
    part: ContractPart, *, facts: Iterable[Fact], titles: frozenset[str]
) -> tuple[Fact, ...]:
    """Return those of a deal's facts that one of its terms are applied to.

    Facts of titles that only other terms of the same deal cover are not among them; those of
    other deals, by which a partner's thresholds are counted, are.

    Args:
        part: The terms.
        facts: All that the deal is settled on.
        titles: All that the deal covers.
    """
    others = titles - part.terms.title_ids
    return tuple(fact for fact in facts if fact.title_id not in others)


def _is_within(fact: Fact, terms: Terms) -> bool:
    begun = fact.stretch.starts_on >= terms.starts_on
    return begun and (terms.ends_on is None or fact.stretch.ends_on <= terms.ends_on)
