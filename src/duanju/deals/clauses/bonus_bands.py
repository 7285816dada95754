"""Fixed amounts by result."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from duanju.deals.clauses.coefficients import Band
from duanju.deals.clauses.counting import Counted, Reset, Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Word


class BandReading(StrEnum):
    """Whether the highest band reached is paid, or each band reached."""

    HIGHEST = "highest"
    EACH = "each"


@dataclass(frozen=True, slots=True, kw_only=True)
class BonusBands(Provision):
    """An obligation: the payer owes a fixed amount for each band of a result that is reached.

    Attributes:
        counted: The result.
        bands: By rising threshold; values are amounts in major units.
        reading: Whether the highest band reached is paid, or each.
        scope: Whose result: each title's, or that of all titles of the deal. A level (heat) of
            several titles is the highest of theirs.
        reset: `never` pays once a title (or pool), `month` once a month, `year` once a year.
        currency: ISO 4217 code.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    counted: Counted
    bands: tuple[Band, ...]
    reading: Word
    scope: Scope = Scope.TITLE
    reset: Reset = Reset.NEVER
    currency: Word
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["bonus_bands"] = "bonus_bands"
    direction: ClassVar[Direction] = Direction.OBLIGATION
