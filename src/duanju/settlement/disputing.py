"""How a dispute of a statement's line goes: who may say what, and where it stands then."""

from collections.abc import Mapping
from enum import StrEnum

from duanju.kernel import Problem


class DisputeSide(StrEnum):
    """Who speaks."""

    PARTNER = "partner"
    PLATFORM = "platform"


class DisputeAction(StrEnum):
    """What is said."""

    RAISE = "raise"
    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    DECLINE = "decline"
    CONTEST = "contest"
    WITHDRAW = "withdraw"


class DisputeState(StrEnum):
    """Where a dispute stands: whose turn it is, or how it ended."""

    OPEN = "open"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Remedy(StrEnum):
    """How what is accepted is put right."""

    BEFORE_CLOSE = "before_close"
    NEXT_MONTH = "next_month"


UNSETTLED = frozenset({DisputeState.OPEN, DisputeState.ASKED})
"""In these somebody still has to say something."""

_PARTNER, _PLATFORM = DisputeSide.PARTNER, DisputeSide.PLATFORM
_STEPS: Mapping[
    tuple[DisputeState | None, DisputeAction], tuple[frozenset[DisputeSide], DisputeState]
] = {
    (None, DisputeAction.RAISE): (frozenset({_PARTNER}), DisputeState.OPEN),
    (DisputeState.OPEN, DisputeAction.ANSWER): (frozenset({_PARTNER}), DisputeState.OPEN),
    (DisputeState.OPEN, DisputeAction.ASK): (frozenset({_PLATFORM}), DisputeState.ASKED),
    (DisputeState.OPEN, DisputeAction.ACCEPT): (frozenset({_PLATFORM}), DisputeState.ACCEPTED),
    (DisputeState.OPEN, DisputeAction.DECLINE): (frozenset({_PLATFORM}), DisputeState.DECLINED),
    (DisputeState.OPEN, DisputeAction.WITHDRAW): (frozenset({_PARTNER}), DisputeState.WITHDRAWN),
    (DisputeState.ASKED, DisputeAction.ANSWER): (frozenset({_PARTNER}), DisputeState.OPEN),
    (DisputeState.ASKED, DisputeAction.ACCEPT): (frozenset({_PLATFORM}), DisputeState.ACCEPTED),
    (DisputeState.ASKED, DisputeAction.DECLINE): (frozenset({_PLATFORM}), DisputeState.DECLINED),
    (DisputeState.ASKED, DisputeAction.WITHDRAW): (frozenset({_PARTNER}), DisputeState.WITHDRAWN),
    (DisputeState.DECLINED, DisputeAction.CONTEST): (frozenset({_PARTNER}), DisputeState.OPEN),
}


def take_dispute_step(
    state: DisputeState | None, action: DisputeAction, *, side: DisputeSide
) -> DisputeState | Problem:
    """Return where a dispute stands after something was said; or why it cannot be said.

    Args:
        state: Where it stands; None before it was raised.
        action: What is said.
        side: By whom.
    """
    sides, following = _STEPS.get((state, action), (frozenset(), DisputeState.OPEN))
    if side in sides:
        return following
    params = {"state": state.value if state else "", "action": action.value, "side": side.value}
    return Problem("settlement.dispute-out-of-turn", params=params)


def possible_actions(state: DisputeState, *, side: DisputeSide) -> tuple[DisputeAction, ...]:
    """Return what a side may say now, in the order of the actions."""
    return tuple(
        own
        for own in DisputeAction
        if isinstance(take_dispute_step(state, own, side=side), DisputeState)
    )
