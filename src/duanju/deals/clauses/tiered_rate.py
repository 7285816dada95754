"""A rate per unit of a measure that changes at thresholds."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Literal

from duanju.deals.clauses.coefficients import Coefficient
from duanju.deals.clauses.counting import Counted, EarningTerm, Reset, Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate that holds from a threshold on.

    Attributes:
        threshold: In the measure's term unit; of an income, in major units.
        inclusive: Whether the threshold itself belongs to this tier (`from`) or to the one below
            (`above`); it matters to the whole-amount reading only.
        rate: Major units of the clause's currency per `per` of the measure; of a bonus or a share,
            a share from 0 to 1.
    """

    threshold: Fraction
    inclusive: bool
    rate: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class TieredRate(Provision):
    """An obligation: the payer owes a rate per unit of a measure, by tiers.

    Attributes:
        counted: What is counted.
        per: How many of the measure's term units one rate pays for: 60 minutes.
        currency: ISO 4217 code.
        tiers: By rising threshold, the first at 0.
        reading: Whether a higher rate pays for what lies beyond its threshold, or for all.
        scope: What is counted together.
        reset: When counting begins again.
        coefficients: Their product multiplies what the tiers come to.
        coefficient_cap: The most that their product can be.
        term: For how long it earns; `None` for as long as the deal.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    counted: Counted
    per: Fraction
    currency: Word
    tiers: tuple[Tier, ...]
    reading: Word
    scope: Scope = Scope.TITLE
    reset: Reset = Reset.NEVER
    coefficients: tuple[Coefficient, ...] = ()
    coefficient_cap: Number | None = None
    term: EarningTerm | None = None
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["tiered_rate"] = "tiered_rate"
    direction: ClassVar[Direction] = Direction.OBLIGATION
