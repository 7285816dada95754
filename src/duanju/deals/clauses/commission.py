"""A percentage of what another has earned."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission(Provision):
    """An obligation: an agent, a writer or an IP owner receives a share of a party's earnings.

    A percentage at source, taken before the party's share, is a deduction of a revenue share.

    Attributes:
        of: Clauses before this one.
        earned_by: Role whose entitlements by those clauses are counted.
        rate: Share of them.
        currency: ISO 4217 code; entitlements in another are a problem.
        payer: Role of who owes: the party itself, or whoever bears it on top.
        payee: Role of whom it is owed to.
    """

    of: tuple[str, ...]
    earned_by: str = "studio"
    rate: Number
    currency: Word
    payer: str = "studio"
    payee: str
    kind: Literal["commission"] = "commission"
    direction: ClassVar[Direction] = Direction.OBLIGATION
