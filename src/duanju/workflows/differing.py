"""Two terms, clause by clause, and what the difference is worth."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from duanju.deals import Clause, Fact, Terms, distinct_facts
from duanju.kernel import Text, stated
from duanju.workflows.comparing import Outcome, outcome_of


class Change(StrEnum):
    """What became of a clause from one version to the next."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value of a clause that differs.

    Attributes:
        path: Its dotted path within the clause: `tiers.1.rate`.
        before: The value as the terms state it; `None` where it was not stated.
        after: The same afterwards.
    """

    path: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in two terms.

    Attributes:
        clause_id: Its id.
        title: What people call it, as the later terms do.
        change: What became of it.
        fields: What differs, in the order of paths; empty unless it was changed.
        before: Role to minor units that it brings under the first terms.
        after: The same under the second.
    """

    clause_id: str
    title: Text
    change: Change
    fields: tuple[FieldChange, ...]
    before: Mapping[str, Fraction]
    after: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two terms beside each other.

    Attributes:
        clauses: In the order of the later terms, then those that were removed.
        before: What the first come to.
        after: What the second come to.
    """

    clauses: tuple[ClauseChange, ...]
    before: Outcome
    after: Outcome


def find_differences(
    *, before: Terms, after: Terms, facts: Iterable[Fact], as_of: date
) -> Difference:
    """Return what differs between two terms, and what each clause brings whom under either.

    Clauses are the same where their ids are.

    Args:
        before: The first terms.
        after: The second.
        facts: What both are applied to.
        as_of: First day that is no longer counted.

    Raises:
        ProblemsFound: Terms or facts have problems.
    """
    known = distinct_facts(facts)
    first = outcome_of("before", before, known, as_of)
    second = outcome_of("after", after, known, as_of)
    old = {clause.id: clause for clause in before.policy.clauses}
    new = {clause.id: clause for clause in after.policy.clauses}
    changes = tuple(
        _change(clause_id, old.get(clause_id), new.get(clause_id), (first, second))
        for clause_id in dict.fromkeys([*new, *old])
    )
    return Difference(changes, first, second)


def find_field_changes(before: Clause, after: Clause) -> tuple[FieldChange, ...]:
    """Return every value that differs between two clauses, by path."""
    old, new = dict(_leaves(stated(before))), dict(_leaves(stated(after)))
    return tuple(
        FieldChange(path, old.get(path), new.get(path))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    )


def _change(
    clause_id: str, old: Clause | None, new: Clause | None, outcomes: tuple[Outcome, Outcome]
) -> ClauseChange:
    fields: tuple[FieldChange, ...] = ()
    if old is None:
        change = Change.ADDED
    elif new is None:
        change = Change.REMOVED
    else:
        fields = find_field_changes(old, new)
        change = Change.CHANGED if fields else Change.SAME
    shown = new or old
    assert shown is not None, "a change is of a clause"
    before, after = (_by_role(own, clause_id) for own in outcomes)
    return ClauseChange(clause_id, shown.title, change, fields, before, after)


def _by_role(outcome: Outcome, clause_id: str) -> dict[str, Fraction]:
    sums: dict[str, Fraction] = {}
    for own in outcome.entitlements:
        if own.clause_id == clause_id:
            sums[own.party.role] = sums.get(own.party.role, Fraction(0)) + own.amount
    return sums


def _leaves(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from _leaves(item, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}.{index}" if path else str(index))
    else:
        yield path, value
