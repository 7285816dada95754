"""What is paid at least."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Scope
from duanju.deals.clauses.instalments import Clawback, Instalment
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


class Treatment(StrEnum):
    """How a guarantee stands to what is earned beside it.

    `on_top` is paid in addition. `recoupable` is paid in advance and kept back from what the
    clauses earn. `top_up` pays, on its milestone, what the clauses lack of the guarantee.
    """

    ON_TOP = "on_top"
    RECOUPABLE = "recoupable"
    TOP_UP = "top_up"


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimumGuarantee(Provision):
    """An obligation: an amount that the payee receives in any case.

    Attributes:
        amount: Major units of the currency.
        currency: ISO 4217 code.
        treatment: Whether it is paid on top, or recouped, or tops up what was earned.
        against: Clauses before this one that it is recouped from, or compared with.
        at: Share of what those clauses earn that is kept back until all is recouped.
        cross_collateralised: Whether what one title lacks is recouped from the others.
        scope: `title` for the amount once a title, `pool` for the amount once.
        instalments: When it falls due; empty for all of it on signing. With `top_up`, the last
            milestone is the day of reckoning.
        clawback: What is given back, and when.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    amount: Number
    currency: Word
    treatment: Word
    against: tuple[str, ...] = ()
    at: Number = Fraction(1)
    cross_collateralised: bool = False
    scope: Scope = Scope.TITLE
    instalments: tuple[Instalment, ...] = ()
    clawback: Clawback | None = None
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["minimum_guarantee"] = "minimum_guarantee"
    direction: ClassVar[Direction] = Direction.OBLIGATION
