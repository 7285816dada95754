"""What every kind of clause has."""

from dataclasses import dataclass
from enum import StrEnum

from duanju.deals.clauses.conditions import Condition
from duanju.kernel import Text


class Direction(StrEnum):
    """Whether a payer owes a computed amount, or an income is divided."""

    OBLIGATION = "obligation"
    DISTRIBUTION = "distribution"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """What every kind of clause has.

    Attributes:
        id: Unique within the policy; other clauses, statements and ledgers name it by this.
        title: What people call the clause.
        explanation: What its author says about it, in prose.
        when: All of these must hold, or the clause earns nothing yet.
        adds_to: Clauses that count the same and that this one is paid beside.
        replaces: Clauses that are taken back in full where this one earns something.
        binds: Roles whom the clause concerns and who may see it; empty for everyone.
    """

    id: str
    title: Text
    explanation: Text
    when: tuple[Condition, ...] = ()
    adds_to: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    binds: tuple[str, ...] = ()
