"""Each fact of September put wrong by itself: what is said of it, with all that is told.

The terms are of a clause of each kind. The table tells of every fact what it is, then what each
other value makes of it; values that are good are named first.
"""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

from duanju.deals import Fact, Stretch, Unit, check_facts
from duanju.kernel import Problem
from tests.support.full_clauses import BASICS, FULL, PARAMETERS
from tests.support.full_facts import FACTS, full_terms
from tests.support.terms import OCTOBER, OTHER_TITLE, SEPTEMBER, a_policy

TABLE = Path(__file__).with_name("spoiled_facts.txt")
TERMS = replace(full_terms(FULL[0]), policy=a_policy(*BASICS, *FULL, parameters=PARAMETERS))
OTHERS: dict[str, tuple[object, ...]] = {
    "title_id": ("", OTHER_TITLE, "elsewhere"),
    "quantity": (-1, 0, 1, 2),
    "unit": tuple(Unit),
    "currency": ("", "CNY", "USD"),
    "channel": ("", "web", "elsewhere"),
    "territory": ("", "CN", "SG"),
    "item": ("", "box_office", "director", "elsewhere"),
    "over_seconds": (0, 1, 30),
    "is_fraud": (True,),
    "stretch": (
        Stretch.of_month(SEPTEMBER),
        Stretch.of_month(OCTOBER),
        Stretch(date(2026, 9, 1), date(2026, 9, 2)),
        Stretch(date(2026, 8, 31), date(2026, 9, 1)),
        Stretch(date(2028, 1, 1), date(2028, 1, 2)),
    ),
}
"""What is tried in the place of each value."""


def facts_of_september() -> Iterator[tuple[int, Fact]]:
    """Yield one fact of each measure and channel that is about a title, or about none."""
    seen: set[tuple[object, ...]] = set()
    for index, fact in enumerate(FACTS):
        if fact.title_id != OTHER_TITLE and fact.subject not in seen:
            seen.add(fact.subject)
            yield index, fact


def told_of(index: int, fact: Fact) -> Iterator[str]:
    """Yield what is good in the place of each value of a fact, and what is refused."""
    about = [str(getattr(fact, own.name)) for own in fields(fact)]
    yield " ".join(own for own in about if own)
    for name, others in OTHERS.items():
        good: list[str] = []
        refused: list[str] = []
        for other in others:
            if other == getattr(fact, name):
                continue
            changed = replace(fact, **{name: other})  # type: ignore[arg-type]
            for place, facts in (
                ("beside", (*FACTS, changed)),
                ("instead", _instead(index, changed)),
            ):
                problems = check_facts(terms=TERMS, facts=facts)
                if not problems:
                    good.append(f"{place} {str(other) or '-'}")
                refused += (f"  {place} {str(other) or '-'}: {_said(own)}" for own in problems)
        yield f" {name}: {', '.join(good)}".rstrip()
        yield from dict.fromkeys(refused)


def _instead(index: int, changed: Fact) -> tuple[Fact, ...]:
    return (*FACTS[:index], changed, *FACTS[index + 1 :])


def _said(problem: Problem) -> str:
    params = ", ".join(f"{name}={value}" for name, value in problem.params.items())
    place = f" at {problem.where.path}" if problem.where.path else ""
    return f"{problem.code.removeprefix('deals.')}{place} ({params})"


def told_of_all() -> list[str]:
    """Return all lines of the table."""
    return [line for own in facts_of_september() for line in told_of(*own)]


def test_facts_as_they_are_are_good() -> None:
    assert check_facts(terms=TERMS, facts=FACTS) == ()


def test_what_is_said_of_each_fact_that_is_put_wrong() -> None:
    assert told_of_all() == TABLE.read_text("utf-8").splitlines()


def write_tables() -> None:
    """Write the table anew, to be read before it is kept."""
    TABLE.write_text("\n".join(told_of_all()) + "\n", "utf-8")
