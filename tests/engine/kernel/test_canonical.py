"""Both sides compute the same hash."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

import pytest

from duanju.kernel import canonical_json, chain_digest, digest


class Colour(StrEnum):
    """An enumeration."""

    RED = "red"


@dataclass(frozen=True)
class Pair:
    """A dataclass."""

    second: object
    first: object


def test_values_have_one_form() -> None:
    noon = datetime(2026, 9, 1, 12, tzinfo=timezone(timedelta(hours=8)))
    value = Pair(
        {"z": Colour.RED, "a": [Fraction(1, 3), Decimal("1.50")]}, (noon, date(2026, 9, 1))
    )
    assert canonical_json(value).decode() == (
        '{"first":["2026-09-01T04:00:00Z","2026-09-01"],"second":{"a":["1/3","1.50"],"z":"red"}}'
    )


def test_order_of_keys_changes_nothing_and_content_everything() -> None:
    assert digest({"a": 1, "b": "夜"}) == digest({"b": "夜", "a": 1})
    assert digest({"a": 1}) != digest({"a": "1"})


@pytest.mark.parametrize(
    "value",
    [0.5, datetime(2026, 9, 1), {1: "a"}, {"a"}, b"bytes", object()],  # noqa: DTZ001
)
def test_value_without_one_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)


def test_link_of_a_chain_depends_on_what_stands_before() -> None:
    first = chain_digest("", {"a": 1})
    assert chain_digest(first, {"a": 1}) != first
    assert chain_digest(first, {"a": 1}) == chain_digest(first, {"a": 1})
