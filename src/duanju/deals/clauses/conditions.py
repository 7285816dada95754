"""When a clause earns."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from duanju.deals.clauses.counting import Counted
from duanju.deals.parameters import Number


class Held(StrEnum):
    """What becomes of that which would have been earned before the condition held.

    `released` pays it once the condition holds; `lost` pays only what is earned from then on, by
    whole months.
    """

    RELEASED = "released"
    LOST = "lost"


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneReached:
    """Holds from the day on which a milestone is reached.

    Attributes:
        milestone: The milestone.
        held: What becomes of what came before.
    """

    milestone: str
    held: Held = Held.RELEASED
    kind: Literal["milestone_reached"] = "milestone_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureReached:
    """Holds once a measure has come to so much, since the start, by title.

    Attributes:
        counted: What is counted.
        at_least: In the term unit of the measure; an income in major units.
        held: What becomes of what came before.
    """

    counted: Counted
    at_least: Number
    held: Held = Held.RELEASED
    kind: Literal["measure_reached"] = "measure_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recouped:
    """Holds once a clause before this one has paid a party back in full.

    Attributes:
        clause: A guarantee that is recoupable, a co-investment, or a waterfall.
        step: For a waterfall, the step that must be full.
        held: What becomes of what came before.
    """

    clause: str
    step: str = ""
    held: Held = Held.RELEASED
    kind: Literal["recouped"] = "recouped"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterIs:
    """Holds where the deal chose one of these options: a grade, the rights granted.

    Attributes:
        parameter: A choice.
        options: Those of its options with which the clause holds.
    """

    parameter: str
    options: tuple[str, ...]
    kind: Literal["parameter_is"] = "parameter_is"


@dataclass(frozen=True, slots=True, kw_only=True)
class FromDay:
    """Holds from a day on.

    Attributes:
        day: The first day.
        held: What becomes of what came before.
    """

    day: date
    held: Held = Held.RELEASED
    kind: Literal["from_day"] = "from_day"


Condition = MilestoneReached | MeasureReached | Recouped | ParameterIs | FromDay
