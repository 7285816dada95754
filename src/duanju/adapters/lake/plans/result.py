"""What a plan comes to, and the one hash that tells two answers apart."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from duanju.adapters.lake.plans.columns import Column, is_of_type
from duanju.adapters.lake.plans.windows import Value


class InexactResult(ArithmeticError):
    """An engine answered with what is not an exact value of the column's type."""

    code = "lake.inexact-result"


@dataclass(frozen=True, slots=True)
class Result:
    """All rows of an answer, sorted by their columns from left to right, texts by code point."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]


def exact_result(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Result:
    """Return the rows of an engine as integers and texts, sorted.

    Raises:
        InexactResult: A value is missing, is no integer where one is due, or is too large.
    """
    exact = [
        tuple(_exact(value, column) for value, column in zip(row, columns, strict=True))
        for row in rows
    ]
    return Result(tuple(columns), tuple(sorted(exact)))


def result_hash(result: Result) -> str:
    """Return the SHA-256, in hexadecimal, of all rows of an answer.

    What is hashed is one line of JSON in UTF-8 with the columns' names and types, and one a row:
    integers in decimal, however long, and no spaces. A newline ends each.

    >>> result_hash(Result((Column("coins", "exact"),), ((2**64,),)))[:8]
    '80340a81'
    """
    whole = hashlib.sha256()
    whole.update(_line([[column.name, column.type] for column in result.columns]))
    for row in result.rows:
        whole.update(_line(row))
    return whole.hexdigest()


def _line(values: Sequence[object]) -> bytes:
    return (json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _exact(value: object, column: Column) -> Value:
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    if not is_of_type(value, column.type):
        raise InexactResult(f"{column.name} cannot be {value!r}")
    assert isinstance(value, int | str)
    return value
