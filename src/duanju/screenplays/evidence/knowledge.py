"""The knowledge ledger: facts, who knows them, the viewer included, and since which scene.

From it come the gaps that a drama lives on (the viewer knows what somebody does not: irony;
somebody knows what the viewer does not: mystery), reveals, and set-ups that nothing pays off.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from duanju.kernel import Problem, Where
from duanju.screenplays.elements import Element, Screenplay

VIEWER = "viewer"
"""How the ledger calls whoever watches."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that can be known.

    Attributes:
        id: Short, unique within a script.
        says: The fact, in a sentence.
    """

    id: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Learning:
    """Somebody learns a fact.

    Attributes:
        fact: Id of the fact.
        who: A name of the script, or `VIEWER`.
        line: Where.
        quote: Words of that line, checked to stand there.
    """

    fact: str
    who: str
    line: int
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """Something is set up, and perhaps paid off.

    Attributes:
        says: What is set up.
        line: Where; `paid_line` where it pays off, none if nowhere.
    """

    says: str
    line: int
    paid_line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeLedger:
    """What readers, or a model under their eyes, wrote down about one script."""

    facts: tuple[Fact, ...] = ()
    learnings: tuple[Learning, ...] = ()
    setups: tuple[Setup, ...] = ()


class GapKind(StrEnum):
    """Who is ahead: the viewer, or somebody of the drama."""

    IRONY = "irony"
    MYSTERY = "mystery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A stretch in which viewer and somebody do not know the same.

    Attributes:
        kind: Who is ahead.
        fact: Id of the fact.
        who: Who of the drama.
        from_line, to_line: Half-open; without an end, it stays open.
    """

    kind: GapKind
    fact: str
    who: str
    from_line: int
    to_line: int | None


def find_gaps(ledger: KnowledgeLedger, cast: Sequence[str]) -> tuple[Gap, ...]:
    """Return all gaps between the viewer and those of the cast, by line.

    Whoever never learns a fact, nor is told of by the ledger, has no gap in it: only those who
    learn it some time, or are named with the fact, are counted.
    """
    since = _since(ledger)
    gaps = []
    for fact in ledger.facts:
        known = since.get(fact.id, {})
        viewer = known.get(VIEWER)
        for who in cast:
            if who in known:
                gap = _gap(fact.id, who, viewer, known[who])
                if gap is not None:
                    gaps.append(gap)
    return tuple(sorted(gaps, key=lambda gap: (gap.from_line, gap.fact, gap.who)))


def _since(ledger: KnowledgeLedger) -> dict[str, dict[str, int]]:
    since: dict[str, dict[str, int]] = {}
    for learning in ledger.learnings:
        known = since.setdefault(learning.fact, {})
        known[learning.who] = min(learning.line, known.get(learning.who, learning.line))
    return since


def _gap(fact: str, who: str, viewer: int | None, own: int) -> Gap | None:
    if viewer == own:
        return None
    if viewer is None or own < viewer:
        return Gap(kind=GapKind.MYSTERY, fact=fact, who=who, from_line=own, to_line=viewer)
    return Gap(kind=GapKind.IRONY, fact=fact, who=who, from_line=viewer, to_line=own)


def find_unpaid(ledger: KnowledgeLedger) -> tuple[Setup, ...]:
    """Return the set-ups that nothing pays off, by line."""
    unpaid = [setup for setup in ledger.setups if setup.paid_line is None]
    return tuple(sorted(unpaid, key=lambda setup: setup.line))


def check_ledger(ledger: KnowledgeLedger, screenplay: Screenplay) -> tuple[Problem, ...]:
    """Return what is wrong with a ledger: unknown facts, lines that are none, false quotes."""
    by_line = {
        line: element
        for element in screenplay.elements
        for line in range(element.line, element.line + element.line_count)
    }
    known = {fact.id for fact in ledger.facts}
    return (*_learnings(ledger, known, by_line), *_setups(ledger, by_line))


def _learnings(
    ledger: KnowledgeLedger, known: set[str], by_line: Mapping[int, Element]
) -> Iterator[Problem]:
    for learning in ledger.learnings:
        where = Where(line=learning.line)
        if learning.fact not in known:
            yield Problem("screenplays.unknown-fact", where, {"fact": learning.fact})
        element = by_line.get(learning.line)
        if element is None:
            yield Problem("screenplays.no-such-line", where, {"line": learning.line})
        elif learning.quote and learning.quote not in element.text:
            params: dict[str, str | int] = {"line": learning.line, "quote": learning.quote}
            yield Problem("screenplays.quote-not-found", where, params)


def _setups(ledger: KnowledgeLedger, by_line: Mapping[int, Element]) -> Iterator[Problem]:
    for setup in ledger.setups:
        for line in (setup.line, setup.paid_line):
            if line is not None and line not in by_line:
                yield Problem("screenplays.no-such-line", Where(line=line), {"line": line})
        if setup.paid_line is not None and setup.paid_line <= setup.line:
            params: dict[str, str | int] = {"line": setup.line, "paid": setup.paid_line}
            yield Problem("screenplays.paid-before-set-up", Where(line=setup.paid_line), params)
