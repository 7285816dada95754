"""What multiplies a rate."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from duanju.deals.clauses.counting import Counted
from duanju.deals.parameters import Number
from duanju.kernel import Text


class StepDownReading(StrEnum):
    """What a coefficient that falls away in mid-term applies to.

    `from_then_on` leaves what was earned before; `from_the_start` computes all anew.
    """

    FROM_THEN_ON = "from_then_on"
    FROM_THE_START = "from_the_start"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A value that holds from a threshold on.

    Attributes:
        threshold: In the term unit of what is counted; of an income, in major units.
        value: A factor, or an amount in major units.
        inclusive: Whether the threshold itself belongs to this band.
    """

    threshold: Fraction
    value: Number
    inclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDown:
    """Another value once a milestone is reached: exclusivity was given up, the play moved on.

    Attributes:
        milestone: The milestone.
        value: The coefficient from then on.
        reading: Whether it reaches back. What was counted in a stretch that began before the day of
            the milestone keeps the old value.
    """

    milestone: str
    value: Number
    reading: StepDownReading = StepDownReading.FROM_THEN_ON


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """A named factor.

    Attributes:
        name: By which proofs name it: `type`, `rights`, `search`, `duration`, `acquisition`.
        title: What people call it.
        value: The factor; with bands, the factor below the first of them.
        counted: What the bands are bands of, by title: what it has come to by the end of each month
            holds for that month, and leaves earlier ones as they were. `None` without bands.
        bands: By rising threshold.
        step_down: What becomes of it in mid-term.
    """

    name: str
    title: Text
    value: Number
    counted: Counted | None = None
    bands: tuple[Band, ...] = ()
    step_down: StepDown | None = None
