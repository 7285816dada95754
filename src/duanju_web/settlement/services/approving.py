"""Closing a month by two people: one asks for exactly this, another approves exactly this."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from duanju.kernel import Money, Month, Problem, Where
from duanju.settlement import CloseStage
from duanju_web.settlement.models import Close, CloseProposal, ProposalVerdict
from duanju_web.settlement.selectors.closes import find_close
from duanju_web.settlement.selectors.stages import closing_for, find_proposal, find_step_problem
from duanju_web.settlement.services.closing import (
    close_month,
    freeze,
    issued_statements,
    measure_and_decide,
    post_decision,
    total_as_data,
)
from duanju_web.settlement.services.deciding import Decision, decide_month, find_close_obstacles
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

Problems = tuple[Problem, ...]


def ask_to_close(
    *,
    platform: Organisation,
    month: Month,
    actor: Actor,
    now: datetime,
    without_blocked: bool = False,
    may_be_early: bool = False,
) -> Close | CloseProposal | Problems:
    """Close a month, or, above the platform's sum, ask a second person to approve it.

    What is asked for is fixed to the fen: the lake at a position, and what people had recorded by
    now. What comes meanwhile is a correction in the next month.

    Args:
        platform: Whose month.
        month: Which.
        actor: Who asks.
        now: The time, aware.
        without_blocked: Close although deals have problems; these are left out whole.
        may_be_early: Do not wait for the month's end nor the calendar's days.

    Returns:
        The close; or what waits for a second person; or problems, and then nothing moved.
    """
    closing = closing_for(platform)
    if closing is None:
        return close_month(
            platform=platform,
            month=month,
            actor=actor,
            now=now,
            without_blocked=without_blocked,
            may_be_early=may_be_early,
        )
    closed = find_close(platform=platform, month=month)
    if closed is not None:
        return closed
    problems = _obstacles(platform, month, now, may_be_early)
    if problems:
        return problems
    decision = measure_and_decide(platform=platform, month=month, now=now)
    if decision.settlement.problems and not without_blocked:
        return decision.settlement.problems
    if not closing.needs_second(_sums(decision)):
        return post_decision(platform, decision, actor=actor, now=now)
    return _propose(platform, decision, actor, now, without_blocked)


def approve_close(
    *,
    platform: Organisation,
    month: Month,
    digest: str,
    actor: Actor,
    now: datetime,
    may_be_early: bool = False,
) -> Close | Problems:
    """Close a month exactly as another person asked.

    Args:
        platform: Whose month.
        month: Which.
        digest: Of the proposal that was looked at.
        actor: Who approves: not who asked.
        now: The time, aware.
        may_be_early: Do not wait for the month's end nor the calendar's days.
    """
    closed = find_close(platform=platform, month=month)
    if closed is not None and closed.digest == digest:
        return closed
    proposal = _find(platform, month, digest, actor)
    if not isinstance(proposal, CloseProposal):
        return proposal
    problems = _obstacles(platform, month, now, may_be_early)
    if problems:
        return problems
    decision = decide_month(
        platform=platform,
        month=month,
        position=proposal.lake_position,
        known_at=proposal.known_at,
    )
    if freeze(decision).digest != proposal.digest:
        return (Problem("settlement.proposal-outdated", params={"month": str(month)}),)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=platform.pk)
        found = _find(platform, month, digest, actor)
        if not isinstance(found, CloseProposal):
            return found
        _judge(found, actor, now, is_approved=True)
        return post_decision(platform, decision, actor=actor, now=now, asked_at=proposal.known_at)


def refuse_close(
    *, platform: Organisation, month: Month, digest: str, reason: str, actor: Actor, now: datetime
) -> ProposalVerdict | Problems:
    """Refuse what another person asked to close, with a reason; the month stays as it is."""
    if not reason.strip():
        return (Problem("settlement.refused-without-reason", Where(path="reason")),)
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=platform.pk)
        found = _find(platform, month, digest, actor)
        if not isinstance(found, CloseProposal):
            return found
        return _judge(found, actor, now, is_approved=False, reason=reason.strip())


def _obstacles(platform: Organisation, month: Month, now: datetime, may_be_early: bool) -> Problems:
    obstacles = find_close_obstacles(
        platform=platform, month=month, now=now, may_be_early=may_be_early
    )
    step = find_step_problem(
        platform=platform,
        month=month,
        wanted=CloseStage.CLOSED,
        now=now,
        may_be_early=may_be_early,
    )
    return obstacles or ((step,) if step else ())


def _sums(decision: Decision) -> Mapping[str, int]:
    """Return what is posted to others by currency, each total for itself without its sign."""
    sums: dict[str, int] = defaultdict(int)
    for statement in issued_statements(decision):
        for total in statement.totals:
            sums[total.currency] += abs(total.amount_minor)
    return sums


@transaction.atomic
def _propose(
    platform: Organisation, decision: Decision, actor: Actor, now: datetime, without_blocked: bool
) -> CloseProposal:
    Organisation.objects.select_for_update().get(pk=platform.pk)
    digest = freeze(decision).digest
    standing = find_proposal(platform, decision.month)
    if standing is not None and (standing.digest, standing.proposed_by) == (digest, actor.user):
        return standing
    before = CloseProposal.objects.filter(platform=platform, period=str(decision.month))
    proposal = CloseProposal.objects.create(
        platform=platform,
        period=str(decision.month),
        number=before.count() + 1,
        lake_position=decision.position,
        known_at=now,
        without_blocked=without_blocked,
        totals=[
            total_as_data(Money(amount, code)) for code, amount in sorted(_sums(decision).items())
        ],
        digest=digest,
        proposed_by=actor.user,
    )
    record_audit(
        actor=actor,
        action="settlement.propose-close",
        target=proposal,
        before=None,
        after={"period": proposal.period, "digest": digest, "totals": proposal.totals},
        now=now,
    )
    return proposal


def _find(
    platform: Organisation, month: Month, digest: str, actor: Actor
) -> CloseProposal | Problems:
    """Return the proposal that stands, if it is the one looked at, and somebody else's."""
    proposal = find_proposal(platform, month)
    if proposal is None or proposal.digest != digest:
        return (Problem("settlement.another-proposal", params={"month": str(month)}),)
    if proposal.proposed_by == actor.user:
        return (Problem("settlement.needs-second-person", params={"month": str(month)}),)
    return proposal


def _judge(
    proposal: CloseProposal, actor: Actor, now: datetime, *, is_approved: bool, reason: str = ""
) -> ProposalVerdict:
    verdict = ProposalVerdict.objects.create(
        proposal=proposal,
        is_approved=is_approved,
        reason=reason,
        given_at=now,
        given_by=actor.user,
    )
    record_audit(
        actor=actor,
        action="settlement.approve-close" if is_approved else "settlement.refuse-close",
        target=proposal,
        before=None,
        after={"period": proposal.period, "digest": proposal.digest, "reason": reason},
        now=now,
    )
    return verdict
