"""Facts in the order of their days, and what a clause counts of them."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date

from duanju.deals.clauses.counting import Counted, Fraud
from duanju.deals.facts import Fact
from duanju.deals.measures import MEASURES
from duanju.deals.policy import Terms

OWN_TITLES = ""
"""Stands for all titles of the terms together, where a title's id is asked for."""

ALL_TITLES = "/all"
"""Stands for own titles and those of the studio's other deals together."""

NO_TITLE = "/none"
"""Stands for what is about no title: the platform's whole, the deal's own milestones."""


class Tally:
    """Facts of the terms' titles and days, and of other titles, each kept once by what it is of."""

    def __init__(self, terms: Terms) -> None:
        """Begin at nothing."""
        self._terms = terms
        self._facts: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self._only_title = next(iter(terms.title_ids)) if len(terms.title_ids) == 1 else ""

    def add(self, fact: Fact) -> None:
        """Keep a fact; facts are added in the order of their first days."""
        measure, title_id = fact.measure, fact.title_id
        if title_id and title_id not in self._terms.title_ids:
            self._facts[measure, ALL_TITLES].append(fact)
        elif self._counts(fact):
            self._facts[measure, title_id or NO_TITLE].append(fact)
            if title_id:
                self._facts[measure, ALL_TITLES].append(fact)
                if not self._only_title:
                    self._facts[measure, OWN_TITLES].append(fact)

    def facts_of(self, measure: str, title_id: str) -> list[Fact]:
        """Return the list of a title's facts of a measure, which grows as facts are added."""
        if MEASURES[measure].is_platform_wide:
            return self._facts[measure, NO_TITLE]
        return self._facts[measure, title_id or self._only_title]

    def _counts(self, fact: Fact) -> bool:
        terms, stretch = self._terms, fact.stretch
        if terms.ends_on is not None and stretch.ends_on > terms.ends_on:
            return False
        return stretch.starts_on >= terms.starts_on or fact.measure == "milestone"


class Feed:
    """Those facts of a list that a clause counts, each handed out once."""

    def __init__(self, facts: list[Fact], counted: Counted, until: date | None) -> None:
        """Begin at the first fact; what begins on `until` or later is left out."""
        self._facts = facts
        self._weigh = _weigher(counted)
        self.until = until or date.max
        self._next = 0

    def pour(self) -> Iterator[tuple[Fact, int]]:
        """Yield the facts that were added since, each with the quantity that counts of it."""
        facts, weigh = self._facts, self._weigh
        while self._next < len(facts):
            fact = facts[self._next]
            if fact.stretch.starts_on >= self.until:
                return
            self._next += 1
            weight = weigh(fact)
            if weight:
                yield fact, fact.quantity if weight > 0 else -fact.quantity


def _weigher(counted: Counted) -> Callable[[Fact], int]:
    """Return which facts are counted: 1 for one that is added, -1 for one that is taken off."""
    filters = [
        (name, frozenset(allowed))
        for name, allowed in (
            ("channel", counted.channels),
            ("territory", counted.territories),
            ("medium", counted.media),
            ("window", counted.windows),
            ("item", counted.items),
        )
        if allowed
    ]
    seconds, fraud = counted.over_seconds, counted.fraud
    honest = 0 if fraud is Fraud.ONLY else 1
    fraudulent = {Fraud.ONLY: 1, Fraud.COUNTED: 0, Fraud.TAKEN_BACK: -1}[fraud]

    def weigh(fact: Fact) -> int:
        if fact.over_seconds != seconds:
            return 0
        for name, allowed in filters:
            if getattr(fact, name) not in allowed:
                return 0
        return fraudulent if fact.is_fraud else honest

    return weigh
