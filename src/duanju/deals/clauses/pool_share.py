"""A title's part of a platform's pool."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Literal

from duanju.deals.clauses.coefficients import Coefficient
from duanju.deals.clauses.counting import Counted, EarningTerm
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


class EmptyPool(StrEnum):
    """Who has the pool of a month in which nobody watched anything."""

    PAYER_KEEPS = "payer_keeps"
    CARRIED_OVER = "carried_over"


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolShare(Provision):
    """An obligation: month by month, the pool times a title's part of all viewing.

    Attributes:
        pool: The pool's income, platform-wide.
        own: What the title counts.
        all: The same of all titles of the platform, platform-wide.
        share: Share of the title's part that the payee receives.
        when_empty: What becomes of the pool where `all` is 0: the terms must say.
        coefficients: Their product multiplies the part.
        coefficient_cap: The most that their product can be.
        term: For how long it earns.
        currency: ISO 4217 code.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    pool: Counted
    own: Counted
    all: Counted
    share: Number = Fraction(1)
    when_empty: EmptyPool | None = None
    coefficients: tuple[Coefficient, ...] = ()
    coefficient_cap: Number | None = None
    term: EarningTerm | None = None
    currency: Word
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["pool_share"] = "pool_share"
    direction: ClassVar[Direction] = Direction.OBLIGATION
