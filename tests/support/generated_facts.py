"""What may happen to titles: facts that terms can be settled on, at random.

Months of all that the terms count, with refunds beyond what came in, costs, plays by the day,
milestones, fraud found later, and what was first reported otherwise; every fact is told in some
month that is not before its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from duanju.deals import MEASURES, Contract, Fact, Stretch, Terms
from duanju.deals.checks.fact_subjects import FactSubjects
from duanju.deals.measures import INCOMES, Unit
from duanju.kernel import Month
from duanju.workflows import find_stretches

FACTS_MAX = 14
"""Most facts of a stream, fraud apart."""

MONTHS = tuple(Month(2026 + (8 + own) // 12, (8 + own) % 12 + 1) for own in range(5))
"""September to January: over the turn of a year."""

MILESTONES = ("delivery", "cancelled", "exclusivity_ended")
ROLES_AWARDED = ("director", "screenwriter")
CHANNELS = ("web", "wechat_ios")

_WHOLE = "all_effective_minutes"

_T = TypeVar("_T")
Draw = Callable[[st.SearchStrategy[_T]], _T]


@dataclass(frozen=True, slots=True)
class Stream:
    """Facts, and when they become known.

    Attributes:
        facts: As they are in the end.
        first: What was reported at first, where that was otherwise.
        known_in: The month in which each of them is first told.
    """

    facts: tuple[Fact, ...]
    first: Mapping[Fact, Fact]
    known_in: Mapping[Fact, Month]

    def known(self, period: Month) -> tuple[Fact, ...]:
        """Return what is known when a month is settled; all of it in the last."""
        told = (own for own in self.facts if self.known_in[own] <= period)
        if period >= MONTHS[-1]:
            return self.facts
        return tuple(self.first.get(own, own) for own in told)


@st.composite
def fact_streams(draw: Any, *terms: Terms) -> Stream:
    """Draw facts that each of some terms can be settled on."""
    contracts = [Contract(f"deal-{index}", own) for index, own in enumerate(terms)]
    stretches = find_stretches(contracts=contracts, until=MONTHS[-1])
    measures = sorted({own for each in terms for own in FactSubjects(each).measures})
    titles = sorted({own for each in terms for own in each.title_ids})
    drawn: dict[object, Fact] = {}
    for _ in range(draw(st.integers(1, FACTS_MAX))):
        name = draw(st.sampled_from(measures))
        fact = _fact(draw, name, draw(st.sampled_from(titles)), draw(st.sampled_from(stretches)))
        drawn.setdefault((fact.subject, fact.stretch), fact)
    drawn = {key: own for key, own in drawn.items() if not _is_told_back(own, drawn.values())}
    if _WHOLE in measures:
        _make_whole(drawn)
    honest = tuple(drawn.values())
    fraud = _fraud(draw, honest)
    facts = (*honest, *fraud)
    spoiled = {(replace(own, is_fraud=False).subject, own.stretch) for own in fraud}
    first = {
        own: replace(own, quantity=draw(st.integers(0, max(own.quantity, 0))))
        for own in honest
        if own.measure not in ("milestone", _WHOLE)
        and (own.subject, own.stretch) not in spoiled
        and draw(st.booleans())
    }
    known_in: dict[Fact, Month] = {}
    for own in facts:
        whole = drawn[replace(own, is_fraud=False).subject, own.stretch]
        earliest = known_in.get(whole, own.stretch.month)
        if own.measure == _WHOLE:
            known_in[own] = earliest
            continue
        known_in[own] = draw(st.sampled_from([one for one in MONTHS if one >= earliest]))
    return Stream(facts, first, known_in)


def _is_told_back(fact: Fact, facts: Iterable[Fact]) -> bool:
    """Say whether a fact takes a milestone back on a later day, which is refused."""
    return (
        fact.measure == "milestone"
        and not fact.quantity
        and any(
            (other.measure, other.item) == (fact.measure, fact.item)
            and other.quantity
            and other.stretch.starts_on < fact.stretch.starts_on
            for other in facts
        )
    )


def _make_whole(drawn: dict[object, Fact]) -> None:
    """Let a platform's viewing be no less than that of its titles, which is part of it."""
    parts: dict[Stretch, int] = defaultdict(int)
    for own in drawn.values():
        if own.measure == "member_minutes":
            parts[own.stretch] += own.quantity
    for stretch, part in parts.items():
        fact = Fact(_WHOLE, "", stretch, 0, MEASURES[_WHOLE].unit)
        key = fact.subject, stretch
        drawn[key] = replace(fact, quantity=part + drawn.get(key, fact).quantity)


def _fact(draw: Draw[Any], name: str, title: str, stretch: Stretch) -> Fact:
    measure = MEASURES[name]
    days = (stretch.ends_on - stretch.starts_on).days
    if name in ("plays", "milestone", "award"):
        day: date = stretch.starts_on + timedelta(draw(st.integers(0, days - 1)))
        stretch = Stretch(day, day + timedelta(1))
    items = {
        "milestone": MILESTONES,
        "award": ROLES_AWARDED,
        "investment": ("platform", "studio"),
        "reported_income": ("report",),
    }
    is_of_no_title = measure.is_platform_wide or (name == "milestone" and draw(st.booleans()))
    return Fact(
        measure=name,
        title_id="" if is_of_no_title else title,
        stretch=stretch,
        quantity=draw(_quantities(name)),
        unit=measure.unit,
        currency="CNY" if measure.unit is Unit.MINOR else "",
        channel=draw(st.sampled_from(CHANNELS)) if name == "unlock_income" else "",
        item=draw(st.sampled_from(items[name])) if name in items else "",
    )


def _quantities(name: str) -> st.SearchStrategy[int]:
    if name == "milestone":
        return st.sampled_from([1, 1, 1, 0])
    if name in INCOMES:
        return st.integers(-(10**6), 10**7) | st.integers(0, 2 * 10**9)
    unit = MEASURES[name].unit
    most = {Unit.MINOR: 10**8, Unit.COUNT: 3 * 10**6, Unit.MILLISECOND: 2 * 10**11}[unit]
    return st.integers(0, 10**5) | st.integers(0, most)


def _fraud(draw: Draw[Any], honest: Sequence[Fact]) -> tuple[Fact, ...]:
    """Return what was found to be fraudulent of one or two of the facts."""
    can_be = [own for own in honest if own.quantity > 0 and own.measure in _CAN_BE_FRAUD]
    if not can_be:
        return ()
    chosen = draw(st.lists(st.sampled_from(can_be), max_size=2, unique=True))
    return tuple(
        replace(own, quantity=draw(st.integers(0, own.quantity)), is_fraud=True) for own in chosen
    )


_CAN_BE_FRAUD = frozenset({"effective_minutes", "plays", "unlock_income", "advert_income"})
