"""A part that is held back for a while."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve(Provision):
    """An obligation that is never positive over time: held against returns, then released.

    What was earned in a month is held at `rate` in that month and the `months` - 1 after it, and
    is released in the next.

    Attributes:
        of: Clauses before this one.
        rate: Share of what they earn.
        months: For how many months, 1 or more.
        currency: ISO 4217 code; entitlements in another are a problem.
        payer: Role of who owed the clauses, and holds.
        payee: Role whose entitlements are held.
    """

    of: tuple[str, ...]
    rate: Number
    months: Number
    currency: Word
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["reserve"] = "reserve"
    direction: ClassVar[Direction] = Direction.OBLIGATION
