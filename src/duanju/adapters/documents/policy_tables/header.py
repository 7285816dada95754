"""The tables of what a policy says about itself, and of its parameters."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from duanju.adapters.documents.policy_tables.forms import Form, Shown
from duanju.adapters.documents.policy_tables.table import Table, as_data
from duanju.adapters.documents.policy_tables.values import (
    Day,
    ExactNumber,
    FreeWord,
    Id,
    OptionWord,
    ParameterKindWord,
    TextValue,
)
from duanju.adapters.documents.toml_reading import Row
from duanju.deals.parameters import Parameter, ParameterKind, ParameterValue, exact_number
from duanju.deals.policy import Policy, Source


class HeaderTable(Row):
    """What stands above the first table."""

    id: Id
    version: Annotated[int, Field(ge=1), Shown(Form.WHOLE)]
    title: TextValue
    summary: TextValue
    valid_from: Day
    valid_until: Day | None = None

    @classmethod
    def data_of(cls, policy: Policy) -> dict[str, Any]:
        """Return what a policy says about itself, as plain data."""
        data = {name: as_data(getattr(policy, name)) for name in cls.model_fields}
        return {name: own for name, own in data.items() if own is not None}


class SourceTable(Table):
    """`[[source]]`."""

    becomes: ClassVar[type[Any]] = Source
    title: TextValue
    published_on: Day | None = None
    address: FreeWord = ""
    note: TextValue = None


class ParameterTable(Table):
    """`[[parameter]]`."""

    becomes: ClassVar[type[Any]] = Parameter
    id: Id
    kind: ParameterKindWord
    title: TextValue
    options: dict[OptionWord, TextValue] = {}
    default: Annotated[Any, Shown(Form.VALUE)] = None
    required: bool = False
    doubtful: bool = False
    note: TextValue = None
    at_least: ExactNumber = None
    at_most: ExactNumber = None

    def as_value(self) -> Any:
        """Return what it says; a default of the wrong kind is kept, for the check to find."""
        default: ParameterValue | None = None
        if self.default is not None:
            number = None if self.kind is ParameterKind.CHOICE else exact_number(self.default)
            default = str(self.default) if number is None else number
        read = {name: getattr(self, name) for name in type(self).model_fields}
        return Parameter(**{**read, "default": default})

    @classmethod
    def data_of(cls, value: Any) -> Any:
        """Return the plain data from which the table reads this value."""
        data = super().data_of(value)
        return {key: own for key, own in data.items() if key != "options" or own}
