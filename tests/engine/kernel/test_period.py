"""Months and half-open periods."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Month, Period

SHANGHAI = ZoneInfo("Asia/Shanghai")
EVENING = datetime(2026, 9, 30, 15, 59, 59, tzinfo=UTC)
MIDNIGHT = datetime(2026, 9, 30, 16, tzinfo=UTC)


def test_month_of_a_platform_ends_at_its_own_midnight() -> None:
    september = Month(2026, 9).period(SHANGHAI)
    assert EVENING in september
    assert MIDNIGHT not in september
    assert september.end == MIDNIGHT
    assert (Month.of(EVENING, SHANGHAI), Month.of(MIDNIGHT, SHANGHAI)) == (
        Month(2026, 9),
        Month(2026, 10),
    )
    assert Month.of(MIDNIGHT) == Month(2026, 9)


@given(st.builds(Month, st.integers(min_value=1, max_value=9998), st.integers(1, 12)))
def test_next_and_previous_month_undo_one_another(month: Month) -> None:
    assert month.next().previous() == month
    assert month < month.next()
    assert Month.parse(str(month)) == month
    assert month.period().end == month.next().period().start


@pytest.mark.parametrize("text", ["2026-9", "2026-13", "2026-00", "202609", "", "2026-09-01"])
def test_text_that_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="month"):
        Month.parse(text)


def test_period_needs_zones_and_an_order() -> None:
    naive = datetime(2026, 9, 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="zone"):
        Period(naive, naive)
    with pytest.raises(ValueError, match="before its start"):
        Period(MIDNIGHT, EVENING)
    assert EVENING not in Period(EVENING, EVENING)
