"""What is unlike the months before is pointed out, and what is like them is not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.settlement import Outlier, find_outlier

AMOUNTS = st.integers(min_value=0, max_value=10**12)
HISTORIES = st.lists(AMOUNTS, min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("amount", "before", "found"),
    [
        (100, [], Outlier.FIRST),
        (-1, [100], Outlier.NEGATIVE),
        (-1, [], Outlier.NEGATIVE),
        (0, [100, 100], Outlier.NOTHING),
        (0, [0, 0], None),
        (200, [100], Outlier.FAR_MORE),
        (199, [100], None),
        (50, [100], Outlier.FAR_LESS),
        (51, [100], None),
        (100, [100, 1_000_000, 100], None),
        (100, [100, 300], Outlier.FAR_LESS),
        (5, [0], Outlier.FAR_MORE),
    ],
)
def test_amounts_are_judged_by_the_median_before(amount, before, found):
    assert find_outlier(amount, before=before, month_minor=1_000) is found


def test_what_nobody_would_notice_is_not_pointed_out():
    assert find_outlier(20, before=[10], month_minor=10_000) is Outlier.FAR_MORE
    assert find_outlier(20, before=[10], month_minor=10_001) is None


@given(amount=AMOUNTS, history=HISTORIES)
def test_the_order_of_months_says_nothing(amount, history):
    asked = {"month_minor": 10**9}
    found = find_outlier(amount, before=history, **asked)
    assert found is find_outlier(amount, before=sorted(history), **asked)


@given(amount=AMOUNTS, history=HISTORIES)
def test_more_is_never_less(amount, history):
    found = find_outlier(amount, before=history, month_minor=0)
    low, high = min(history), max(history)
    if found is Outlier.FAR_MORE:
        assert amount > low
    if found in {Outlier.FAR_LESS, Outlier.NOTHING}:
        assert amount < high


@given(history=HISTORIES)
def test_the_same_as_ever_is_no_outlier(history):
    assert find_outlier(history[0], before=[history[0]] * 6, month_minor=0) is None
