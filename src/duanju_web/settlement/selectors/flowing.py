"""How the money of a statement flows: what came in, what was taken, by which clause it is owed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from duanju.kernel import Month
from duanju.settlement import StatementLine


class Stage(StrEnum):
    """Where in the flow money is; it comes from a source and ends at the payee or is taken."""

    INCOME = "income"
    OWED = "owed"
    TAKEN = "taken"
    OTHERS = "others"
    CLAUSE = "clause"
    PAYEE = "payee"


SOURCES = (Stage.INCOME, Stage.OWED)


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A node of the flow.

    Attributes:
        stage: Which kind of node.
        name: Of a source its measure, of what is taken its name, of a clause its id.
        receiver: Of what is taken, who has it, as `role:id`.
        gathered: How many small places it stands for; zero for one place.
    """

    stage: Stage
    name: str = ""
    receiver: str = ""
    gathered: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """Money that goes from one place to another, in minor units, more than zero."""

    source: Place
    target: Place
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Beside:
    """Lines that cannot be drawn, for some part of them is negative.

    Attributes:
        clause_id: Of which clause they are.
        corrects: The month that they correct, or None for the statement's own.
        line_count: How many.
        amount_minor: What they bring the payee.
    """

    clause_id: str
    corrects: Month | None
    line_count: int
    amount_minor: int


@dataclass(frozen=True, slots=True)
class MoneyFlow:
    """How money comes to a payee in one currency, in minor units.

    What flows into a place flows out of it again, but at the sources and where it ends.

    Attributes:
        currency: ISO 4217 code.
        links: From sources to what is taken and to clauses, and from clauses to the payee.
        beside: What is not drawn.
        amount_minor: The statement's total: what reaches the payee, and what stands beside.
    """

    currency: str
    links: tuple[Link, ...]
    beside: tuple[Beside, ...]
    amount_minor: int

    @property
    def drawn_minor(self) -> int:
        """What reaches the payee by the links."""
        return self.amount_of(Place(Stage.PAYEE))

    def amount_of(self, place: Place) -> int:
        """Return what goes through a place: at a source what leaves it, else what comes in."""
        if place.stage in SOURCES:
            return sum(own.amount_minor for own in self.links if own.source == place)
        return sum(own.amount_minor for own in self.links if own.target == place)

    def places(self, *stages: Stage) -> list[Place]:
        """Return the places of some stages, the largest first; the rest of others comes last."""
        found = {own for link in self.links for own in (link.source, link.target)}
        return sorted(
            (own for own in found if own.stage in stages),
            key=lambda own: (
                own.stage is Stage.OTHERS,
                bool(own.gathered),
                -self.amount_of(own),
                own,
            ),
        )


def flows_of(lines: Iterable[StatementLine]) -> tuple[MoneyFlow, ...]:
    """Return how the money of a statement's lines flows, a currency each.

    A line is drawn whole or not at all, so that nothing is drawn that does not add up.
    """
    by_currency: dict[str, list[StatementLine]] = {}
    for line in lines:
        by_currency.setdefault(line.key.currency, []).append(line)
    return tuple(_flow(code, by_currency[code]) for code in sorted(by_currency))


def gather_small(flow: MoneyFlow, *, places_max: int) -> MoneyFlow:
    """Return a flow in which no column has more places than some number: the smallest are one.

    Args:
        flow: Any.
        places_max: How many sources, how many that take, and how many clauses; two or more.
    """
    instead: dict[Place, Place] = {}
    for stages in (SOURCES, (Stage.TAKEN,), (Stage.CLAUSE,)):
        small = flow.places(*stages)[places_max - 1 :]
        if len(small) > 1:
            instead |= dict.fromkeys(small, Place(stages[0], gathered=len(small)))
    drawn: dict[tuple[Place, Place], int] = {}
    for link in flow.links:
        own = instead.get(link.source, link.source), instead.get(link.target, link.target)
        drawn[own] = drawn.get(own, 0) + link.amount_minor
    return replace(flow, links=tuple(Link(*own, drawn[own]) for own in sorted(drawn)))


def _flow(currency: str, lines: Sequence[StatementLine]) -> MoneyFlow:
    drawn: dict[tuple[Place, Place], int] = {}
    beside: dict[tuple[str, Month | None], list[int]] = {}
    for line in lines:
        links = _links(line)
        if any(amount_minor < 0 for _source, _target, amount_minor in links):
            beside.setdefault((line.key.clause_id, line.corrects), []).append(line.amount_minor)
            continue
        for source, target, amount_minor in links:
            if amount_minor:
                drawn[source, target] = drawn.get((source, target), 0) + amount_minor
    return MoneyFlow(
        currency=currency,
        links=tuple(Link(*own, drawn[own]) for own in sorted(drawn)),
        beside=tuple(
            Beside(*own, len(beside[own]), sum(beside[own]))
            for own in sorted(beside, key=lambda own: (own[0], str(own[1] or "")))
        ),
        amount_minor=sum(line.amount_minor for line in lines),
    )


def _links(line: StatementLine) -> list[tuple[Place, Place, int]]:
    """Return the parts of a line, some perhaps zero or negative, and what the clause brings."""
    clause = Place(Stage.CLAUSE, line.key.clause_id)
    brought = (clause, Place(Stage.PAYEE), line.amount_minor)
    if line.gross_minor is None:
        return [(Place(Stage.OWED, line.measure), clause, line.amount_minor), brought]
    income = Place(Stage.INCOME, line.measure)
    links = [
        (income, Place(Stage.TAKEN, own.name, str(own.receiver)), own.amount_minor)
        for own in line.deductions
    ]
    taken_minor = sum(own.amount_minor for own in line.deductions)
    others_minor = line.gross_minor - taken_minor - line.amount_minor
    links.append((income, Place(Stage.OTHERS), others_minor))
    return [*links, (income, clause, line.amount_minor), brought]
