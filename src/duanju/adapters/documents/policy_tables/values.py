"""The types of single values in a policy's document."""

from datetime import date
from fractions import Fraction
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from duanju.adapters.documents.policy_tables.forms import Form, Shown
from duanju.deals.clauses import (
    BandReading,
    EmptyPool,
    Fraud,
    Gauge,
    Held,
    InterestKind,
    Order,
    Reading,
    Reset,
    Scope,
    StepDownReading,
    TermMeasured,
    Treatment,
)
from duanju.deals.parameters import Chosen, Given, Number, ParameterKind, Word, exact_number
from duanju.kernel import RoundingRule, Text

PARAMETER_KEY = "parameter"
"""The key that makes a value hang on a parameter: `{ parameter = "rights", … }`."""


def _exact(value: Any) -> Fraction:
    number = exact_number(value)
    if number is None:
        raise PydanticCustomError("not_exact", "a number")
    return number


def _number(value: Any) -> Number:
    if isinstance(value, Given | Chosen):
        return value
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
    if isinstance(value, str | Given):
        return value
    if isinstance(value, dict) and isinstance(value.get(PARAMETER_KEY), str) and len(value) == 1:
        return Given(value[PARAMETER_KEY])
    raise PydanticCustomError("not_word", "text, or a table that names a parameter")


def _text(value: Any) -> Text:
    if (
        isinstance(value, dict | Text)
        and any(value.values())
        and all(isinstance(own, str) for own in value.values())
    ):
        return Text(dict(value))
    raise PydanticCustomError("not_text", "a table of texts by language")


def _day(value: Any) -> Any:
    """Read a day as data that came through JSON writes it; everything else is left as it is."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        return value


def _whole(value: Any) -> Any:
    number = exact_number(value)
    return number.numerator if number is not None and number.denominator == 1 else value


def _title_or_pool(scope: Scope) -> Scope:
    if scope is Scope.STUDIO:
        raise PydanticCustomError("enum", "known here", {"expected": "title or pool"})
    return scope


_NAME = r"^[a-z][a-z0-9_-]{0,63}$"
_WORD_OF_ENUM = Field(strict=False)
"""A strict model takes members of an enum only; documents hold their words."""

Id = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD)]
OptionWord = Annotated[
    str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_+-]{0,63}$"), Shown(Form.WORD)
]
"""An option of a choice: a grade can be `S+`."""

Role = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD, "role")]
ClauseId = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD, "clause")]
StepName = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD, "step")]
Channel = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD, "channel")]
Milestone = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD, "milestone")]
ParameterId = Annotated[str, StringConstraints(pattern=_NAME), Shown(Form.WORD, "parameter")]
MeasureName = Annotated[str, Shown(Form.WORD, "measure")]
Label = Annotated[str, StringConstraints(min_length=1, max_length=64), Shown(Form.WORD)]
"""A territory, a medium, a window or an item, as facts name it."""

FreeWord = Annotated[str, Shown(Form.WORD)]
RoleOrNone = Annotated[str, Shown(Form.WORD, "role")]
"""A role whose absence is refused in words of its own, once the meaning is checked."""

ExactNumber = Annotated[Any, BeforeValidator(_exact), Shown(Form.NUMBER)]
NumberValue = Annotated[Any, BeforeValidator(_number), Shown(Form.NUMBER, may_be_parameter=True)]
WholeNumber = Annotated[int, BeforeValidator(_whole), Shown(Form.WHOLE)]
TextValue = Annotated[Any, BeforeValidator(_text), Shown(Form.TEXT)]
Day = Annotated[date, BeforeValidator(_day), Shown(Form.DAY)]


def _word_shown(about: str = "", words: type[Any] | None = None) -> Shown:
    chosen = tuple(str(word) for word in words) if words else ()
    form = Form.CHOICE if words else Form.WORD
    return Shown(form, about, chosen, may_be_parameter=True)


CurrencyValue = Annotated[Any, BeforeValidator(_word), _word_shown("currency")]
ReadingValue = Annotated[Any, BeforeValidator(_word), _word_shown(words=Reading)]
BandReadingValue = Annotated[Any, BeforeValidator(_word), _word_shown(words=BandReading)]
TreatmentValue = Annotated[Any, BeforeValidator(_word), _word_shown(words=Treatment)]

ScopeWord = Annotated[Scope, _WORD_OF_ENUM]
TitleOrPool = Annotated[
    Scope,
    _WORD_OF_ENUM,
    AfterValidator(_title_or_pool),
    Shown(Form.CHOICE, words=(Scope.TITLE, Scope.POOL)),
]
ResetWord = Annotated[Reset, _WORD_OF_ENUM]
FraudWord = Annotated[Fraud, _WORD_OF_ENUM]
TermMeasuredWord = Annotated[TermMeasured, _WORD_OF_ENUM]
HeldWord = Annotated[Held, _WORD_OF_ENUM]
StepDownWord = Annotated[StepDownReading, _WORD_OF_ENUM]
EmptyPoolWord = Annotated[EmptyPool, _WORD_OF_ENUM]
RoundingWord = Annotated[RoundingRule, _WORD_OF_ENUM]
OrderWord = Annotated[Order, _WORD_OF_ENUM]
GaugeWord = Annotated[Gauge, _WORD_OF_ENUM]
InterestWord = Annotated[InterestKind, _WORD_OF_ENUM]
ParameterKindWord = Annotated[ParameterKind, _WORD_OF_ENUM]
