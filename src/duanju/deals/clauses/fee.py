"""A fixed amount that falls due by milestones."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Scope
from duanju.deals.clauses.instalments import Clawback, Instalment
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee(Provision):
    """An obligation: a script fee, a start-up bonus, a commission to make a drama.

    Attributes:
        amount: Major units of the currency.
        currency: ISO 4217 code.
        scope: `title` for the amount once a title, `pool` for the amount once.
        instalments: When it falls due; their shares sum to 1. Empty for all of it on signing.
        clawback: What is given back, and when.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    amount: Number
    currency: Word
    scope: Scope = Scope.TITLE
    instalments: tuple[Instalment, ...] = ()
    clawback: Clawback | None = None
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["fee"] = "fee"
    direction: ClassVar[Direction] = Direction.OBLIGATION
