"""The tables of what a clause counts, and for how long."""

from fractions import Fraction
from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from duanju.adapters.documents.policy_tables.forms import Form, Shown
from duanju.adapters.documents.policy_tables.table import Table
from duanju.adapters.documents.policy_tables.values import (
    Channel,
    FraudWord,
    Label,
    MeasureName,
    NumberValue,
    TermMeasuredWord,
)
from duanju.deals.clauses import Counted, EarningTerm, Fraud, Lengthening, TermMeasured


class CountedTable(Table):
    """`measure = { measure = "plays", … }`; a measure without a filter is written as its name."""

    becomes: ClassVar[type[Any]] = Counted
    measure: MeasureName
    channels: list[Channel] = []
    territories: list[Label] = []
    media: list[Label] = []
    windows: list[Label] = []
    items: list[Label] = []
    over_seconds: NumberValue = Fraction(0)
    fraud: FraudWord = Fraud.TAKEN_BACK

    @classmethod
    def data_of(cls, value: Any) -> Any:
        """Return the plain data from which the table reads this value: a word if it is enough."""
        data = super().data_of(value)
        return value.measure if set(data) == {"measure"} else data


def _as_table(value: Any) -> Any:
    return {"measure": value} if isinstance(value, str) else value


def _as_tables(value: Any) -> Any:
    return [_as_table(own) for own in (value if isinstance(value, list) else [value])]


CountedValue = Annotated[CountedTable, BeforeValidator(_as_table), Shown(Form.COUNTED)]
"""A measure, or a table that says which part of it."""

CountedValues = Annotated[
    list[CountedTable], BeforeValidator(_as_tables), Shown(Form.COUNTED, several=True)
]
"""A measure, a table, or a list of those."""


class LengtheningTable(Table):
    """`lengthening = [{ above = 10_000_000, months = 24 }]` within a term."""

    becomes: ClassVar[type[Any]] = Lengthening
    above: NumberValue
    months: NumberValue


class EarningTermTable(Table):
    """`term = { months = 12, … }`."""

    becomes: ClassVar[type[Any]] = EarningTerm
    months: NumberValue
    counted: CountedValue | None = Field(default=None, alias="measure")
    lengthened: list[LengtheningTable] = Field(default=[], alias="lengthening")
    measured: TermMeasuredWord = TermMeasured.FIRST_END
