"""The most that several clauses can come to."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Reset, Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Provision):
    """An obligation that is never positive: what lies above a limit goes back to the payer.

    Attributes:
        of: Clauses before this one.
        amount: The limit, in major units of the currency.
        scope: `title` for the limit once a title, `pool` once a deal, `studio` once a partner over
            all its deals under the policy.
        reset: Whether the limit is for ever, a month or a year.
        currency: ISO 4217 code; entitlements in another are a problem.
        payer: Role of who owed the clauses, and takes back.
        payee: Role whose entitlements are limited.
    """

    of: tuple[str, ...]
    amount: Number
    scope: Scope = Scope.POOL
    reset: Reset = Reset.NEVER
    currency: Word
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["cap"] = "cap"
    direction: ClassVar[Direction] = Direction.OBLIGATION
