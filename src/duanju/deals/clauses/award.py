"""Awards to people."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Award(Provision):
    """An obligation: amounts that the payer awards to people, up to a limit.

    The amounts come as facts of the measure `award`, whose `item` is the role awarded. Where they
    exceed the limit, those awarded first are paid first; on one day, in the order of `receivers`.

    Attributes:
        receivers: Roles that can be awarded: `director`, `screenwriter`, `ip_studio`.
        limit: Major units of the currency, over all receivers; `None` for no limit.
        scope: `title` for the limit once a title, `pool` for the limit once.
        currency: ISO 4217 code.
        payer: Role of who owes.
    """

    receivers: tuple[str, ...]
    limit: Number | None = None
    scope: Scope = Scope.TITLE
    currency: Word
    payer: str = "platform"
    kind: Literal["award"] = "award"
    direction: ClassVar[Direction] = Direction.OBLIGATION
