"""A month's stages and outliers in the reader's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.kernel import Month, Problem
from duanju.settlement import CloseStage, Outlier
from duanju_web.settlement.models import CloseProposal
from duanju_web.settlement.selectors.disputes import open_disputes_of
from duanju_web.settlement.selectors.stages import (
    StageReached,
    find_proposal,
    find_stages,
    find_step_problem,
    find_unpaid,
    last_push,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.permissions import may_act
from duanju_web.shared.problems import put_in_words

CLOSERS = ("accountant",)

STAGES: Mapping[CloseStage, str | Promise] = {
    CloseStage.OPEN: pgettext_lazy("stage", "Open"),
    CloseStage.PUSHED: pgettext_lazy("stage", "Pushed"),
    CloseStage.SOFT_CLOSED: pgettext_lazy("stage", "With partners"),
    CloseStage.CLOSED: pgettext_lazy("stage", "Closed"),
    CloseStage.INVOICED: pgettext_lazy("stage", "Invoiced"),
    CloseStage.PAID: pgettext_lazy("stage", "Paid"),
}

OUTLIERS: Mapping[Outlier, tuple[str | Promise, str]] = {
    Outlier.FIRST: (_("Nothing before"), "note"),
    Outlier.NEGATIVE: (_("Below zero"), "bad"),
    Outlier.NOTHING: (_("Nothing now"), "bad"),
    Outlier.FAR_MORE: (_("Twice the usual, or more"), "wait"),
    Outlier.FAR_LESS: (_("Half the usual, or less"), "wait"),
}


@dataclass(frozen=True, slots=True)
class StageInWords:
    """One stage of a month, with its name."""

    reached: StageReached
    name: str | Promise


def stages_in_words(
    platform: Organisation, month: Month, *, actor: Actor, now: datetime
) -> dict[str, Any]:
    """Return what a month's page says of its stages and of the step that comes next.

    Args:
        platform: Whose month.
        month: Which.
        actor: Who reads.
        now: The time, aware.
    """
    stages = find_stages(platform, month, now=now)
    current = next((own.stage for own in stages if own.is_current), None)
    proposal = find_proposal(platform, month) if current is CloseStage.SOFT_CLOSED else None
    unpaid = find_unpaid(platform, month) if current is CloseStage.INVOICED else {}
    following = current.following if current else None
    may_step = may_act(actor, kinds=("platform",), roles=CLOSERS)
    return {
        "stages": [StageInWords(own, STAGES[own.stage]) for own in stages],
        "stage": current.value if current else "",
        "pushed": last_push(platform, month) if current else None,
        "step_problem": _step_problem(platform, month, following, now),
        "proposal": proposal,
        "is_own_proposal": _is_own(proposal, actor),
        "may_step": may_step,
        "dispute_count": open_disputes_of(platform, month).count() if current else 0,
        "unpaid_count": len(unpaid),
    }


def _step_problem(
    platform: Organisation, month: Month, following: CloseStage | None, now: datetime
) -> Any:
    """Return in words why the next stage is not reached today, or None."""
    if following is None:
        return None
    problem: Problem | None = find_step_problem(
        platform=platform,
        month=month,
        wanted=following,
        now=now,
        may_be_early=settings.MONTHS_CLOSE_EARLY,
    )
    return put_in_words(problem) if problem else None


def _is_own(proposal: CloseProposal | None, actor: Actor) -> bool:
    return proposal is not None and proposal.proposed_by == actor.user
