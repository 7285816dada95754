"""The tables of a policy's TOML document, and what each becomes."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from duanju.adapters.documents.toml_reading import Row
from duanju.deals import (
    CHANNEL_ROLE,
    Chosen,
    Deduction,
    Given,
    Number,
    Parameter,
    ParameterKind,
    ParameterValue,
    Reset,
    RevenueShare,
    Scope,
    Source,
    Tier,
    TieredRate,
    Word,
    exact_number,
)
from duanju.kernel import RoundingRule, Text

PARAMETER_KEY = "parameter"
"""The key that makes a value hang on a parameter: `{ parameter = "rights", … }`."""


def _exact(value: Any) -> Fraction:
    number = exact_number(value)
    if number is None:
        raise PydanticCustomError("not_exact", "a number")
    return number


def _number(value: Any) -> Number:
    if not isinstance(value, dict):
        return _exact(value)
    by_option = dict(value)
    parameter = by_option.pop(PARAMETER_KEY, None)
    if not isinstance(parameter, str):
        raise PydanticCustomError("not_exact", "a number, or a table that names a parameter")
    if not by_option:
        return Given(parameter)
    return Chosen(parameter, {option: _exact(number) for option, number in by_option.items()})


def _word(value: Any) -> Word:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and isinstance(value.get(PARAMETER_KEY), str) and len(value) == 1:
        return Given(value[PARAMETER_KEY])
    raise PydanticCustomError("not_word", "text, or a table that names a parameter")


def _text(value: Any) -> Text:
    if (
        isinstance(value, dict)
        and any(value.values())
        and all(isinstance(own, str) for own in value.values())
    ):
        return Text(value)
    raise PydanticCustomError("not_text", "a table of texts by language")


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,63}$")]
OptionWord = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$")]
ExactNumber = Annotated[Any, BeforeValidator(_exact)]
NumberValue = Annotated[Any, BeforeValidator(_number)]
WordValue = Annotated[Any, BeforeValidator(_word)]
TextValue = Annotated[Any, BeforeValidator(_text)]


class HeaderTable(Row):
    """What stands above the first table."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    title: TextValue
    summary: TextValue
    valid_from: date
    valid_until: date | None = None


class SourceTable(Row):
    """`[[source]]`."""

    title: TextValue
    published_on: date | None = None
    address: str = ""
    note: TextValue = None

    def as_source(self) -> Source:
        """Return what it says."""
        return Source(self.title, self.published_on, self.address, self.note)


class ParameterTable(Row):
    """`[[parameter]]`."""

    id: Id
    kind: Literal["choice", "share", "amount", "count"]
    title: TextValue
    options: dict[OptionWord, TextValue] = {}
    default: Any = None
    required: bool = False
    doubtful: bool = False
    note: TextValue = None

    def as_parameter(self) -> Parameter:
        """Return what it says; a default of the wrong kind is kept, for the check to find."""
        kind = ParameterKind(self.kind)
        default: ParameterValue | None = None
        if self.default is not None:
            number = None if kind is ParameterKind.CHOICE else exact_number(self.default)
            default = str(self.default) if number is None else number
        return Parameter(
            id=self.id,
            kind=kind,
            title=self.title,
            options=self.options,
            default=default,
            required=self.required,
            doubtful=self.doubtful,
            note=self.note,
        )


class TierTable(Row):
    """`[[clause.tier]]`: `above` leaves the threshold to the tier below, `from` takes it."""

    above: ExactNumber = None
    from_: ExactNumber = Field(default=None, alias="from")
    rate: NumberValue

    def as_tier(self) -> Tier:
        """Return what it says."""
        inclusive = self.from_ is not None
        return Tier(self.from_ if inclusive else self.above or Fraction(0), inclusive, self.rate)


class TieredRateTable(Row):
    """`[[clause]]` of kind `tiered_rate`."""

    kind: Literal["tiered_rate"]
    id: Id
    title: TextValue
    explanation: TextValue
    measure: str
    per: ExactNumber
    currency: WordValue
    reading: WordValue
    scope: Literal["title", "studio", "pool"] = "title"
    reset: Literal["never", "month"] = "never"
    payer: Id = "platform"
    payee: Id = "studio"
    tier: list[TierTable] = []

    def as_clause(self) -> TieredRate:
        """Return what it says."""
        return TieredRate(
            id=self.id,
            title=self.title,
            explanation=self.explanation,
            measure=self.measure,
            per=self.per,
            currency=self.currency,
            tiers=tuple(tier.as_tier() for tier in self.tier),
            reading=self.reading,
            scope=Scope(self.scope),
            reset=Reset(self.reset),
            payer=self.payer,
            payee=self.payee,
        )


class DeductionTable(Row):
    """`[[clause.deduction]]`."""

    name: Id
    title: TextValue
    receiver: Id = CHANNEL_ROLE
    rate_by_channel: dict[Id, NumberValue] = {}

    def as_deduction(self) -> Deduction:
        """Return what it says."""
        return Deduction(self.name, self.title, self.receiver, self.rate_by_channel)


class RevenueShareTable(Row):
    """`[[clause]]` of kind `revenue_share`; without `residual` it is read, and then refused."""

    kind: Literal["revenue_share"]
    id: Id
    title: TextValue
    explanation: TextValue
    measure: str
    currency: WordValue
    base: str
    deduction: list[DeductionTable] = []
    shares: dict[Id, NumberValue] = {}
    residual: str = ""
    rounding: Literal["largest_remainder", "largest_weight", "in_order", "residual_party"] = (
        "largest_remainder"
    )
    holder: Id = "platform"

    def as_clause(self) -> RevenueShare:
        """Return what it says."""
        return RevenueShare(
            id=self.id,
            title=self.title,
            explanation=self.explanation,
            measure=self.measure,
            currency=self.currency,
            base=self.base,
            deductions=tuple(deduction.as_deduction() for deduction in self.deduction),
            shares=self.shares,
            residual=self.residual,
            rounding=RoundingRule(self.rounding),
            holder=self.holder,
        )


ClauseTable = Annotated[TieredRateTable | RevenueShareTable, Field(discriminator="kind")]
