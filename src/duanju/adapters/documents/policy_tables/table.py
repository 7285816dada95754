"""Tables that stand for a frozen dataclass: read into it, and written from it, by one rule.

A field of a table has the name of the dataclass's field; where the key in the document is another,
it is the field's alias (`tiers` is written `[[clause.tier]]`).
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any, ClassVar

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from duanju.adapters.documents.policy_tables.values import PARAMETER_KEY, ExactNumber
from duanju.adapters.documents.toml_reading import Row
from duanju.deals.parameters import Chosen, Given
from duanju.kernel import Text


class Table(Row):
    """A table that stands for a dataclass.

    Attributes:
        becomes: The dataclass.
    """

    becomes: ClassVar[type[Any]]

    def as_value(self) -> Any:
        """Return the dataclass that the table says."""
        read = {name: _value_of(getattr(self, name)) for name in type(self).model_fields}
        return self.becomes(**read)

    @classmethod
    def data_of(cls, value: Any) -> Any:
        """Return the plain data from which the table reads this value.

        What is at its default is left out; keys are those of the document.
        """
        defaults = _defaults_of(cls.becomes)
        data: dict[str, Any] = {}
        for name, field in cls.model_fields.items():
            own = getattr(value, name)
            if name == "kind" or own != defaults.get(name, MISSING):
                data[field.alias or name] = as_data(own)
        return data


class ThresholdTable(Table):
    """A table with one threshold: `above` leaves it to what lies below, `from` takes it in."""

    above: ExactNumber = Field(
        default=None, description="The threshold; it belongs itself to what lies below."
    )
    from_: ExactNumber = Field(
        default=None,
        alias="from",
        description="Instead of `above`: the threshold; it belongs itself to what begins here.",
    )

    @model_validator(mode="after")
    def _one_threshold(self) -> "ThresholdTable":
        if (self.above is None) == (self.from_ is None):
            raise PydanticCustomError("not_one_threshold", "above or from")
        return self

    def as_value(self) -> Any:
        """Return the dataclass that the table says."""
        inclusive = self.from_ is not None
        read = {
            name: _value_of(getattr(self, name))
            for name in type(self).model_fields
            if name not in ThresholdTable.model_fields
        }
        threshold = self.from_ if inclusive else self.above
        return self.becomes(threshold=threshold, inclusive=inclusive, **read)

    @classmethod
    def data_of(cls, value: Any) -> Any:
        """Return the plain data from which the table reads this value."""
        data = {"from" if value.inclusive else "above": as_data(value.threshold)}
        for name, field in cls.model_fields.items():
            if name not in ThresholdTable.model_fields:
                data[field.alias or name] = as_data(getattr(value, name))
        return data


def as_data(value: Any) -> Any:  # noqa: PLR0911
    """Return a value of terms as the plain data that a document would hold.

    Numbers are `int` where they are whole, `Decimal` where their digits end, and else the text of a
    fraction.
    """
    table = table_of(type(value))
    if table is not None:
        return table.data_of(value)
    if isinstance(value, Given):
        return {PARAMETER_KEY: value.parameter}
    if isinstance(value, Chosen):
        return {PARAMETER_KEY: value.parameter} | as_data(value.by_option)
    if isinstance(value, Fraction):
        return number_as_data(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: as_data(own) for key, own in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(own) for own in value]
    return value


def number_as_data(number: Fraction) -> int | Decimal | str:
    """Return an exact number as `int`, as a `Decimal`, or as the text of a fraction.

    >>> number_as_data(Fraction(3, 20)), number_as_data(Fraction(1, 3))
    (Decimal('0.15'), '1/3')
    """
    if number.denominator == 1:
        return number.numerator
    digits = 0
    rest = number.denominator
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest //= prime
            count += 1
        digits = max(digits, count)
    if rest > 1:
        return f"{number.numerator}/{number.denominator}"
    return Decimal(f"{(number * 10**digits).numerator}e-{digits}")


def table_of(kind: type[Any]) -> type[Table] | None:
    """Return the table that stands for a dataclass, or `None`."""
    return _tables_by_class().get(kind)


@cache
def all_tables() -> tuple[type[Table], ...]:
    """Return every table that has been defined."""
    known = list(Table.__subclasses__())
    for table in known:
        known.extend(table.__subclasses__())
    return tuple(known)


@cache
def _tables_by_class() -> Mapping[type[Any], type[Table]]:
    return {table.becomes: table for table in all_tables() if hasattr(table, "becomes")}


def _value_of(value: Any) -> Any:
    if isinstance(value, Table):
        return value.as_value()
    if isinstance(value, list | tuple):
        return tuple(_value_of(own) for own in value)
    if isinstance(value, dict) and not isinstance(value, Text):
        return {key: _value_of(own) for key, own in value.items()}
    return value


def _defaults_of(kind: type[Any]) -> Mapping[str, Any]:
    """Return the defaults of a dataclass's fields, of those that have one."""
    found = {}
    for field in fields(kind):
        if field.default is not MISSING:
            found[field.name] = field.default
        elif field.default_factory is not MISSING:
            found[field.name] = field.default_factory()
    return found
