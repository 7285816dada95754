"""A dispute goes on only as it may: each side in its turn, and what ended stays ended."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Problem
from duanju.settlement import (
    UNSETTLED,
    DisputeAction,
    DisputeSide,
    DisputeState,
    possible_actions,
    take_dispute_step,
)

A, S, W = DisputeAction, DisputeState, DisputeSide
SPOKEN = st.lists(st.tuples(st.sampled_from(A), st.sampled_from(W)), max_size=12)


@pytest.mark.parametrize(
    ("spoken", "state"),
    [
        ([(A.RAISE, W.PARTNER)], S.OPEN),
        ([(A.RAISE, W.PARTNER), (A.ACCEPT, W.PLATFORM)], S.ACCEPTED),
        ([(A.RAISE, W.PARTNER), (A.ASK, W.PLATFORM)], S.ASKED),
        ([(A.RAISE, W.PARTNER), (A.ASK, W.PLATFORM), (A.ANSWER, W.PARTNER)], S.OPEN),
        ([(A.RAISE, W.PARTNER), (A.DECLINE, W.PLATFORM), (A.CONTEST, W.PARTNER)], S.OPEN),
        ([(A.RAISE, W.PARTNER), (A.WITHDRAW, W.PARTNER)], S.WITHDRAWN),
    ],
)
def test_what_is_said_leads_on(spoken, state):
    assert after(spoken) is state


@pytest.mark.parametrize(
    ("state", "side", "actions"),
    [
        (S.OPEN, W.PARTNER, (A.ANSWER, A.WITHDRAW)),
        (S.OPEN, W.PLATFORM, (A.ASK, A.ACCEPT, A.DECLINE)),
        (S.ASKED, W.PARTNER, (A.ANSWER, A.WITHDRAW)),
        (S.ASKED, W.PLATFORM, (A.ACCEPT, A.DECLINE)),
        (S.DECLINED, W.PARTNER, (A.CONTEST,)),
        (S.DECLINED, W.PLATFORM, ()),
        (S.ACCEPTED, W.PARTNER, ()),
        (S.WITHDRAWN, W.PLATFORM, ()),
    ],
)
def test_each_side_may_say_this(state, side, actions):
    assert possible_actions(state, side=side) == actions


@given(SPOKEN)
def test_nothing_begins_but_by_raising_and_no_side_decides_for_the_other(spoken):
    state = None
    for action, side in spoken:
        found = take_dispute_step(state, action, side=side)
        if isinstance(found, Problem):
            assert found.code == "settlement.dispute-out-of-turn"
            continue
        assert (state is None) == (action is A.RAISE)
        if found in {S.ACCEPTED, S.DECLINED}:
            assert side is W.PLATFORM
        if found is S.WITHDRAWN:
            assert side is W.PARTNER
        assert state not in {S.ACCEPTED, S.WITHDRAWN}
        state = found
    assert state is None or (state in UNSETTLED) == any(
        possible_actions(state, side=side) for side in W if state is not S.DECLINED
    )


def after(spoken):
    state = None
    for action, side in spoken:
        state = take_dispute_step(state, action, side=side)
        assert isinstance(state, DisputeState), state
    return state
