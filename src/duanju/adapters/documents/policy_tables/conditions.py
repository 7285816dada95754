"""The tables of what must hold before a clause earns: `[[clause.when]]`."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from duanju.adapters.documents.policy_tables.counting import CountedValue
from duanju.adapters.documents.policy_tables.table import Table
from duanju.adapters.documents.policy_tables.values import (
    ClauseId,
    Day,
    FreeWord,
    HeldWord,
    Milestone,
    NumberValue,
    OptionWord,
    ParameterId,
)
from duanju.deals.clauses import (
    FromDay,
    Held,
    MeasureReached,
    MilestoneReached,
    ParameterIs,
    Recouped,
)


class MilestoneReachedTable(Table):
    """`[[clause.when]]` of kind `milestone_reached`."""

    becomes: ClassVar[type[Any]] = MilestoneReached
    kind: Literal["milestone_reached"]
    milestone: Milestone
    held: HeldWord = Held.RELEASED


class MeasureReachedTable(Table):
    """`[[clause.when]]` of kind `measure_reached`."""

    becomes: ClassVar[type[Any]] = MeasureReached
    kind: Literal["measure_reached"]
    counted: CountedValue = Field(alias="measure")
    at_least: NumberValue
    held: HeldWord = Held.RELEASED


class RecoupedTable(Table):
    """`[[clause.when]]` of kind `recouped`."""

    becomes: ClassVar[type[Any]] = Recouped
    kind: Literal["recouped"]
    clause: ClauseId
    step: FreeWord = ""
    held: HeldWord = Held.RELEASED


class ParameterIsTable(Table):
    """`[[clause.when]]` of kind `parameter_is`."""

    becomes: ClassVar[type[Any]] = ParameterIs
    kind: Literal["parameter_is"]
    parameter: ParameterId
    options: list[OptionWord]


class FromDayTable(Table):
    """`[[clause.when]]` of kind `from_day`."""

    becomes: ClassVar[type[Any]] = FromDay
    kind: Literal["from_day"]
    day: Day
    held: HeldWord = Held.RELEASED


ConditionTable = Annotated[
    MilestoneReachedTable | MeasureReachedTable | RecoupedTable | ParameterIsTable | FromDayTable,
    Field(discriminator="kind"),
]
