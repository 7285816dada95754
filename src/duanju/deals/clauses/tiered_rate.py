"""A rate per unit of a measure that changes at thresholds."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from duanju.deals.parameters import Number, Word
from duanju.kernel import Text


class Reading(StrEnum):
    """What a higher tier's rate applies to."""

    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"


class Scope(StrEnum):
    """What is counted together against the thresholds."""

    TITLE = "title"
    STUDIO = "studio"
    POOL = "pool"


class Reset(StrEnum):
    """When counting against the thresholds begins again."""

    NEVER = "never"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Tier:
    """A rate that holds from a threshold on.

    Attributes:
        threshold: In the measure's term unit (minutes).
        inclusive: Whether the threshold itself belongs to this tier (`from`) or to the one below
            (`above`); it matters to the whole-amount reading only.
        rate: Major units of the clause's currency per `per` of the measure.
    """

    threshold: Fraction
    inclusive: bool
    rate: Number


@dataclass(frozen=True, slots=True)
class TieredRate:
    """An obligation: the payer owes a rate per unit of a measure, by tiers.

    Attributes:
        id: Unique within the policy.
        title: What people call the clause.
        explanation: What it says, in prose.
        measure: What is counted.
        per: How many of the measure's term units one rate pays for: 60 minutes.
        currency: ISO 4217 code.
        tiers: By rising threshold, the first at 0.
        reading: A `Reading`, or the choice parameter that holds one.
        scope: What is counted together.
        reset: When counting begins again.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    id: str
    title: Text
    explanation: Text
    measure: str
    per: Fraction
    currency: Word
    tiers: tuple[Tier, ...]
    reading: Word
    scope: Scope = Scope.TITLE
    reset: Reset = Reset.NEVER
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["tiered_rate"] = "tiered_rate"
