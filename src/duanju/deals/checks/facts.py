"""What only facts can show to be wrong."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duanju.deals.checks.cuts import cuts_of
from duanju.deals.checks.fact_subjects import FactSubjects
from duanju.deals.checks.facts_together import find_beside_parts, find_told_otherwise
from duanju.deals.checks.pool_facts import find_parts_beyond
from duanju.deals.facts import Fact, Stretch, distinct_facts
from duanju.deals.measures import MEASURES, Unit
from duanju.deals.policy import Terms
from duanju.kernel import Month, Problem, Where

_MILESTONE = "milestone"
_DAY = timedelta(1)
_Subject = tuple[object, ...]


def check_facts(*, terms: Terms, facts: Iterable[Fact]) -> tuple[Problem, ...]:
    """Return everything for which the terms cannot be applied to the facts.

    Only facts of the terms' titles, or of none, and of measures that a clause counts are looked at.
    Nothing is ever zero silently: an income in a currency or from a channel that the terms do not
    speak of is a problem, and so are plays that were counted otherwise, a fact without the title or
    the item that it needs, and a stretch that reaches over the end of a term.
    """
    return find_fact_problems(terms, distinct_facts(facts))


def find_refused_facts(
    *, terms: Terms, facts: Iterable[Fact]
) -> tuple[tuple[Problem, Fact | None], ...]:
    """Return what `check_facts` does, each problem with the fact that it is about.

    What only several facts together make wrong, such as a part that is more than the whole of a
    month, is about none of them.
    """
    return tuple(_find_refused(terms, distinct_facts(facts)))


def find_fact_problems(terms: Terms, facts: Sequence[Fact]) -> tuple[Problem, ...]:
    """Return what `check_facts` does.

    Args:
        terms: Checked.
        facts: Each once, in the order of their first days.
    """
    return tuple(problem for problem, _ in _find_refused(terms, facts))


def _find_refused(terms: Terms, facts: Sequence[Fact]) -> Iterator[tuple[Problem, Fact | None]]:
    """Yield each problem with its fact.

    Args:
        terms: Checked.
        facts: Each once, in the order of their first days.
    """
    subjects = FactSubjects(terms)
    has_fraud = any(fact.is_fraud for fact in facts)
    checking = _Checking(terms, subjects, cuts_of(terms), {}, {} if has_fraud else None)
    own = [
        fact
        for fact in facts
        if fact.measure in subjects.measures
        and (not fact.title_id or fact.title_id in terms.title_ids)
        and _is_within(fact, terms)
    ]
    is_good = True
    for fact in own:
        if not checking.is_good(fact):
            for problem in checking.problems_of(fact):
                is_good = False
                yield problem, fact
    yield from _find_other_seconds(subjects, own)
    yield from _find_against_each_other(subjects, own)
    if is_good:
        for problem in find_parts_beyond(terms, own):
            yield problem, None


def _find_against_each_other(
    subjects: FactSubjects, facts: Sequence[Fact]
) -> Iterator[tuple[Problem, Fact]]:
    """Yield what facts about one thing say against each other."""
    for fact, other, word in find_beside_parts(subjects, facts):
        problem = problem_of(
            "deals.total-beside-its-parts",
            fact,
            word=word,
            other=str(getattr(other, word)),
            other_stretch=str(other.stretch),
        )
        yield problem, fact
    for fact in find_told_otherwise(subjects, facts):
        yield problem_of("deals.milestone-told-otherwise", fact, milestone=fact.item), fact


def _is_within(fact: Fact, terms: Terms) -> bool:
    """Say whether a fact touches the days of the deal; milestones before them do."""
    stretch = fact.stretch
    if terms.ends_on is not None and stretch.starts_on >= terms.ends_on:
        return False
    return stretch.ends_on > terms.starts_on or fact.measure == _MILESTONE


@dataclass(slots=True)
class _Seen:
    """What is known of a subject.

    Attributes:
        good: Whether a day with a quantity of more than 0 is good, as far as the subject tells.
        last: The fact of it that ended last.
    """

    good: bool
    last: Fact | None = None


@dataclass(slots=True)
class _Checking:
    """Facts looked at one after the other, each once.

    Attributes:
        terms: The terms.
        subjects: What can be wrong with a fact whatever its stretch and quantity.
        cuts: Days over which no stretch may reach, rising.
        seen: By subject.
        honest: Quantities of which a part can be fraudulent, by subject and stretch; `None` where
            no fact is of fraud.
    """

    terms: Terms
    subjects: FactSubjects
    cuts: tuple[date, ...]
    seen: dict[_Subject, _Seen]
    honest: dict[tuple[_Subject, Stretch], int] | None

    def is_good(self, fact: Fact) -> bool:
        """Say at a glance that nothing is wrong with a fact; most are a day's, one after the other.

        Nothing is kept of a fact that is not good at a glance; `problems_of` looks at it closely.
        """
        seen = self._seen_of(fact, fact.subject)
        stretch, last = fact.stretch, seen.last
        if (
            seen.good
            and self.honest is None
            and fact.quantity > 0
            and fact.unit is MEASURES[fact.measure].unit
            and fact.measure != _MILESTONE
            and stretch.ends_on - stretch.starts_on == _DAY
            and (last is None or last.stretch.ends_on <= stretch.starts_on)
        ):
            seen.last = fact
            return True
        return False

    def problems_of(self, fact: Fact) -> Iterator[Problem]:
        """Yield everything that is wrong with a fact, beside those before it."""
        subject, stretch = fact.subject, fact.stretch
        is_day = stretch.ends_on - stretch.starts_on == _DAY
        if not is_day:
            yield from self._find_straddling(fact)
        yield from _find_wrong_quantity(fact)
        for code, params in self.subjects.problems_of(fact, subject, is_day=is_day):
            yield problem_of(code, fact, **params)
        seen = self._seen_of(fact, subject)
        before = seen.last
        if before is not None and stretch.starts_on < before.stretch.ends_on:
            yield problem_of("deals.contradicting-facts", fact, other=str(before.stretch))
        if before is None or stretch.ends_on > before.stretch.ends_on:
            seen.last = fact
        if self.honest is not None:
            yield from _find_too_much_fraud(fact, subject, self.honest)

    def _seen_of(self, fact: Fact, subject: _Subject) -> _Seen:
        seen = self.seen.get(subject)
        if seen is None:
            is_good = bool(fact.quantity) and not self.subjects.problems_of(
                fact, subject, is_day=True
            )
            seen = self.seen[subject] = _Seen(is_good)
        return seen

    def _find_straddling(self, fact: Fact) -> Iterator[Problem]:
        stretch, terms = fact.stretch, self.terms
        number = bisect_right(self.cuts, stretch.starts_on)
        if number < len(self.cuts) and self.cuts[number] < stretch.ends_on:
            cut = self.cuts[number]
            if cut in (terms.starts_on, terms.ends_on):
                yield problem_of("deals.fact-straddles-the-deal", fact)
            else:
                yield problem_of("deals.fact-straddles-a-term", fact, day=str(cut))


def _find_too_much_fraud(
    fact: Fact, subject: _Subject, honest: dict[tuple[_Subject, Stretch], int]
) -> Iterator[Problem]:
    """Yield a problem for a fraudulent part that is more than its whole."""
    place = subject[:-1], fact.stretch
    if not fact.is_fraud:
        honest[place] = fact.quantity
    elif fact.quantity > honest.get(place, 0):
        yield problem_of("deals.more-fraud-than-fact", fact, whole=honest.get(place, 0))


def _find_wrong_quantity(fact: Fact) -> Iterator[Problem]:
    if fact.unit is not MEASURES[fact.measure].unit:
        yield problem_of("deals.wrong-unit", fact, unit=fact.unit.value)
    elif fact.quantity < 0 and fact.unit is not Unit.MINOR:
        yield problem_of("deals.negative-measure", fact, quantity=fact.quantity)
    elif fact.measure == _MILESTONE and fact.quantity > 1:
        yield problem_of("deals.milestone-not-yes-or-no", fact, quantity=fact.quantity)


def _find_other_seconds(
    subjects: FactSubjects, facts: Sequence[Fact]
) -> Iterator[tuple[Problem, Fact]]:
    """Yield a problem for each title and month whose plays were only counted from other seconds."""
    if not subjects.seconds:
        return
    found: dict[tuple[str, str, Month], dict[int, Fact]] = {}
    for fact in facts:
        if fact.measure in subjects.seconds:
            place = fact.measure, fact.title_id, fact.stretch.month
            found.setdefault(place, {}).setdefault(fact.over_seconds, fact)
    for (measure, _, _), by_seconds in found.items():
        for wanted in sorted(subjects.seconds[measure] - by_seconds.keys()):
            fact = by_seconds[min(by_seconds)]
            problem = problem_of(
                "deals.plays-over-other-seconds", fact, found=fact.over_seconds, seconds=wanted
            )
            yield problem, fact


def problem_of(code: str, fact: Fact, **params: str | int) -> Problem:
    """Return a problem with a fact, naming what it is about."""
    named: dict[str, str | int] = {
        "measure": fact.measure,
        "title": fact.title_id,
        "stretch": str(fact.stretch),
        "channel": fact.channel,
    }
    return Problem(code, Where(), named | params)
