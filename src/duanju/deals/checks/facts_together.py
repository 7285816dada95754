"""What facts about one thing say against each other, though each is good by itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from duanju.deals.checks.fact_subjects import FactSubjects, lets_through
from duanju.deals.clauses.references import milestones_of
from duanju.deals.facts import Fact
from duanju.deals.measures import MEASURES, Aggregate

_MILESTONE = "milestone"
_DIMENSIONS = ("channel", "territory", "medium", "window")


def find_beside_parts(
    subjects: FactSubjects, facts: Sequence[Fact]
) -> Iterator[tuple[Fact, Fact, str]]:
    """Yield facts that leave a word open which another, of the same days, fills in.

    Whether the first is the whole or the remainder nobody can say; a clause would add them up.

    Args:
        subjects: What the terms count.
        facts: Each once, of the terms' titles.

    Yields:
        The fact that leaves a word open, the other, and which word; once a subject and word.
    """
    for group in _by_thing(facts):
        masks: dict[tuple[bool, ...], list[Fact]] = defaultdict(list)
        for fact in group:
            masks[tuple(bool(getattr(fact, name)) for name in _DIMENSIONS)].append(fact)
        for first, second in combinations(masks, 2):
            shared = [
                name for name, *said in zip(_DIMENSIONS, first, second, strict=True) if all(said)
            ]
            yield from _meeting(subjects, masks[first], masks[second], shared)


def find_told_otherwise(subjects: FactSubjects, facts: Sequence[Fact]) -> Iterator[Fact]:
    """Yield each fact that tells a milestone as not reached on a day after it was.

    Args:
        subjects: What the terms count.
        facts: Each once, of the terms' titles, in the order of their first days.
    """
    named = {own for clause in subjects.clauses for own in milestones_of(clause)}
    reached: set[tuple[str, str]] = set()
    for fact in facts:
        if fact.measure != _MILESTONE or fact.item not in named:
            continue
        if fact.quantity:
            reached.add((fact.title_id, fact.item))
        elif (fact.title_id, fact.item) in reached:
            yield fact


def _by_thing(facts: Sequence[Fact]) -> Iterator[list[Fact]]:
    """Yield those facts that add up and differ in no more than their words and days."""
    things: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        adds_up = MEASURES[fact.measure].aggregate is Aggregate.SUM
        if fact.quantity and adds_up and fact.measure != _MILESTONE:
            thing = fact.title_id, fact.measure, fact.currency, fact.item, fact.over_seconds
            things[*thing, fact.is_fraud].append(fact)
    yield from things.values()


def _meeting(
    subjects: FactSubjects, first: Sequence[Fact], second: Sequence[Fact], shared: Sequence[str]
) -> Iterator[tuple[Fact, Fact, str]]:
    """Yield the pairs of two patterns that say the same where both say something."""
    by_words = _by_words(second, shared)
    told: set[tuple[object, ...]] = set()
    for fact in first:
        key = (*(getattr(fact, name) for name in shared), fact.stretch.month)
        for other in by_words.get(key, ()):
            if fact.subject in told or not _overlap(fact, other):
                continue
            if _are_added(subjects, fact, other):
                told.add(fact.subject)
                yield _ordered(fact, other)


def _by_words(
    facts: Sequence[Fact], shared: Sequence[str]
) -> Mapping[tuple[object, ...], list[Fact]]:
    found: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in facts:
        found[(*(getattr(fact, name) for name in shared), fact.stretch.month)].append(fact)
    return found


def _overlap(first: Fact, second: Fact) -> bool:
    one, other = first.stretch, second.stretch
    return one.starts_on < other.ends_on and other.starts_on < one.ends_on


def _are_added(subjects: FactSubjects, first: Fact, second: Fact) -> bool:
    """Say whether some clause counts both."""
    return any(
        lets_through(counted, first) and lets_through(counted, second)
        for counted, _ in subjects.counted.get(first.measure, ())
    )


def _ordered(first: Fact, second: Fact) -> tuple[Fact, Fact, str]:
    """Return the fact that leaves a word open before the one that fills it in, and the word."""
    for name in _DIMENSIONS:
        one, other = getattr(first, name), getattr(second, name)
        if one != other:
            return (second, first, name) if one else (first, second, name)
    raise AssertionError("two patterns differ in a word")
