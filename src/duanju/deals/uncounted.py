"""Which facts no clause counts: what a word mistyped would otherwise make nothing of, silently."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum

from duanju.deals.checks.fact_subjects import FactSubjects
from duanju.deals.clauses import Counted
from duanju.deals.clauses.references import milestones_of
from duanju.deals.facts import Fact, distinct_facts
from duanju.deals.policy import Terms

_MILESTONE = "milestone"
_FILTERS = (
    ("channel", "channels"),
    ("territory", "territories"),
    ("medium", "media"),
    ("window", "windows"),
    ("item", "items"),
)


class UncountedReason(StrEnum):
    """Why no clause counts a fact."""

    TITLE = "title"
    MEASURE = "measure"
    ITEM = "item"
    CHANNEL = "channel"
    TERRITORY = "territory"
    MEDIUM = "medium"
    WINDOW = "window"
    SECONDS = "seconds"
    DAYS = "days"
    UNFINISHED = "unfinished"


@dataclass(frozen=True, slots=True)
class UncountedFacts:
    """Facts about one thing that no clause counts, all for the same reason.

    Attributes:
        reason: Why.
        first: The first of them by day; the others differ from it in days and quantity only.
        count: How many they are.
        known: What would be counted in the place of the word that is not: titles, milestones,
            channels; rising.
        resembling: That of the known words which it resembles, or nothing.
    """

    reason: UncountedReason
    first: Fact
    count: int
    known: tuple[str, ...] = ()
    resembling: str = ""

    @property
    def word(self) -> str:
        """The word of the fact that its reason speaks of; empty for days."""
        name = {UncountedReason.TITLE: "title_id", UncountedReason.SECONDS: "over_seconds"}
        return str(getattr(self.first, name.get(self.reason, self.reason.value), ""))


def find_uncounted(
    *, terms: Sequence[Terms], facts: Iterable[Fact], as_of: date
) -> tuple[UncountedFacts, ...]:
    """Return the facts that no clause of any of several terms counts, by reason and subject.

    What a clause asks for counts even where it changes nothing, such as fraud that stays paid. A
    fact of 0 is passed over unless it is of a milestone, and so is one that begins on `as_of` or
    later. One of a title that no terms have is named even where a partner's threshold counts it:
    nobody is paid for it. The end of a clause's own term is not looked at.

    Args:
        terms: All that the facts may be for: of one deal, or of a file of deals.
        facts: Any; the order and repetitions change nothing.
        as_of: First day that is no longer counted.
    """
    hearers = [_Hearer(own) for own in terms]
    groups: dict[tuple[UncountedReason, tuple[object, ...]], list[Fact]] = {}
    titles = sorted({title for own in terms for title in own.title_ids})
    by_title = {title: [own for own in hearers if title in own.terms.title_ids] for title in titles}
    for fact in distinct_facts(facts):
        if fact.stretch.starts_on >= as_of or not (fact.quantity or fact.measure == _MILESTONE):
            continue
        reason = _reason(fact, by_title.get(fact.title_id, []) if fact.title_id else hearers, as_of)
        if reason is not None:
            groups.setdefault((reason, fact.subject), []).append(fact)
    found = [
        _group(reason, own, by_title.get(own[0].title_id, hearers), titles)
        for (reason, _), own in groups.items()
    ]
    order = list(UncountedReason)
    return tuple(sorted(found, key=lambda own: (order.index(own.reason), own.first.subject)))


class _Hearer:
    """What terms ask of facts."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.subjects = FactSubjects(terms)
        self.milestones = {
            milestone for own in self.subjects.clauses for milestone in milestones_of(own)
        }
        self._known: dict[tuple[object, ...], UncountedReason | None] = {}

    def reason(self, fact: Fact, as_of: date) -> UncountedReason | None:
        """Return why these terms do not count a fact, or `None` if they do."""
        if fact.subject not in self._known:
            self._known[fact.subject] = self._reason_of_subject(fact)
        return self._known[fact.subject] or self._reason_of_days(fact, as_of)

    def counted(self, measure: str) -> list[Counted]:
        """Return what clauses count of a measure."""
        return [own for own, _ in self.subjects.counted.get(measure, ())]

    def known(self, fact: Fact, reason: UncountedReason) -> set[str]:
        """Return the words that would be counted in the place of the fact's own."""
        if reason is UncountedReason.MEASURE:
            return set(self.subjects.counted) - {_MILESTONE}
        if reason is UncountedReason.SECONDS:
            return {str(own.over_seconds) for own in self.counted(fact.measure)}
        name = dict(_FILTERS).get(reason.value)
        found = {word for own in self.counted(fact.measure) if name for word in getattr(own, name)}
        is_milestone = fact.measure == _MILESTONE and reason is UncountedReason.ITEM
        return found | (self.milestones if is_milestone else set())

    def _reason_of_subject(self, fact: Fact) -> UncountedReason | None:
        if fact.measure == _MILESTONE and fact.item in self.milestones:
            return None
        asked = self.counted(fact.measure)
        if not asked:
            is_milestone = fact.measure == _MILESTONE
            return UncountedReason.ITEM if is_milestone else UncountedReason.MEASURE
        missed = [list(_missed(own, fact)) for own in asked]
        nearest = min(missed, key=len)
        return nearest[0] if nearest else None

    def _reason_of_days(self, fact: Fact, as_of: date) -> UncountedReason | None:
        stretch, terms = fact.stretch, self.terms
        is_early = stretch.starts_on < terms.starts_on and fact.measure != _MILESTONE
        if is_early or (terms.ends_on is not None and stretch.ends_on > terms.ends_on):
            return UncountedReason.DAYS
        return UncountedReason.UNFINISHED if stretch.ends_on > as_of else None


def _missed(counted: Counted, fact: Fact) -> Iterator[UncountedReason]:
    """Yield what keeps a fact of the measure from passing the filters."""
    for name, filters in reversed(_FILTERS):
        allowed = getattr(counted, filters)
        if allowed and getattr(fact, name) not in allowed:
            yield UncountedReason(name)
    if counted.over_seconds != fact.over_seconds:
        yield UncountedReason.SECONDS


def _reason(fact: Fact, hearers: Sequence[_Hearer], as_of: date) -> UncountedReason | None:
    """Return the reason of those terms that come nearest to counting a fact."""
    if not hearers:
        return UncountedReason.TITLE
    reasons = [own.reason(fact, as_of) for own in hearers]
    if None in reasons:
        return None
    order = list(UncountedReason)
    return max((own for own in reasons if own is not None), key=order.index)


def _group(
    reason: UncountedReason, facts: Sequence[Fact], hearers: Sequence[_Hearer], titles: list[str]
) -> UncountedFacts:
    first = facts[0]
    by_title = reason is UncountedReason.TITLE
    known = titles if by_title else sorted({w for own in hearers for w in own.known(first, reason)})
    found = UncountedFacts(reason, first, len(facts), tuple(known))
    if reason in (UncountedReason.MEASURE, UncountedReason.SECONDS) or not found.word:
        return found
    folded = {own.casefold(): own for own in known}
    close = get_close_matches(found.word.casefold(), folded, 1)
    return UncountedFacts(
        reason, first, len(facts), tuple(known), folded[close[0]] if close else ""
    )
