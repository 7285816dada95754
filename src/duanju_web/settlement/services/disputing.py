"""Raising a dispute of a line, and all that is said until it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from duanju.kernel import Month, Problem, Where
from duanju.settlement import (
    DisputeAction,
    DisputeSide,
    DisputeState,
    Remedy,
    StatementLine,
    take_dispute_step,
)
from duanju_web.settlement.models import (
    Dispute,
    DisputeFile,
    DisputeStep,
    ProvisionalStatement,
    StatementRecord,
)
from duanju_web.settlement.selectors.disputes import open_disputes_of, side_of
from duanju_web.settlement.services.attaching import BroughtFile, find_file_problems, keep_file
from duanju_web.settlement.services.notices import tell_of_dispute
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says.

    Attributes:
        text: In their words.
        request_id: The caller's; the same again is answered as before.
        files: What is attached.
    """

    text: str
    request_id: str
    files: Sequence[BroughtFile] = ()


def raise_dispute(
    *,
    statement: ProvisionalStatement | StatementRecord,
    line: StatementLine,
    reason: str,
    expected_minor: int | None,
    said: Said,
    actor: Actor,
    now: datetime,
) -> Dispute | tuple[Problem, ...]:
    """Say that a line of one's statement is wrong.

    Args:
        statement: In which it was seen.
        line: Which.
        reason: One of `DisputeReason`.
        expected_minor: What would be right, in minor units of the line's currency, if known.
        said: Why, with what is attached.
        actor: Of the party.
        now: The time, aware.
    """
    again = _said_before(actor, said)
    if again is not None:
        return again.dispute
    problems = _problems(said)
    if problems:
        return problems
    provisional = isinstance(statement, ProvisionalStatement)
    platform = statement.step.platform if provisional else statement.close.platform
    period = statement.step.period if provisional else statement.close.period
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=platform.pk)
        place = {
            "party": statement.party,
            "role": statement.role,
            "deal": statement.deal,
            "clause_id": line.key.clause_id,
            "title_id": line.key.title_id,
            "currency": line.key.currency,
        }
        known = open_disputes_of(platform, Month.parse(period)).filter(**place).first()
        if known is not None:
            return (Problem("settlement.line-disputed", params={"dispute": known.number}),)
        dispute = Dispute.objects.create(
            platform=platform,
            period=period,
            seen_minor=line.amount_minor,
            seen_digest=statement.digest,
            expected_minor=expected_minor,
            reason=reason,
            **place,
        )
        _say(dispute, 1, DisputeAction.RAISE, DisputeState.OPEN, said, actor, now)
    return dispute


def say_in_dispute(
    *,
    dispute: Dispute,
    action: DisputeAction,
    said: Said,
    actor: Actor,
    now: datetime,
    remedy: Remedy | None = None,
) -> DisputeStep | tuple[Problem, ...]:
    """Say something in a dispute, for the side of who says it.

    Args:
        dispute: Which.
        action: What; accepting names a remedy.
        said: In which words, with what is attached.
        actor: Of the platform or of the party.
        now: The time, aware.
        remedy: How what is accepted is put right.
    """
    again = _said_before(actor, said)
    if again is not None:
        return again
    problems = _problems(said)
    if (action is DisputeAction.ACCEPT) != (remedy is not None):
        problems = (*problems, Problem("settlement.dispute-without-remedy", Where(path="remedy")))
    if problems:
        return problems
    assert actor.organisation is not None
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=dispute.platform_id)
        last = DisputeStep.objects.filter(dispute=dispute).order_by("number").last()
        assert last is not None, "a dispute begins with a step"
        side = side_of(dispute, actor.organisation)
        following = take_dispute_step(DisputeState(last.state), action, side=side)
        if isinstance(following, Problem):
            return (following,)
        return _say(dispute, last.number + 1, action, following, said, actor, now, remedy)


def _problems(said: Said) -> tuple[Problem, ...]:
    problems = list(find_file_problems(said.files))
    if not said.text.strip():
        problems.append(Problem("settlement.dispute-without-words", Where(path="text")))
    if len(said.text) > DisputeStep.TEXT_MAX:
        params = {"max": DisputeStep.TEXT_MAX}
        problems.append(Problem("settlement.dispute-too-long", Where(path="text"), params))
    return tuple(problems)


def _said_before(actor: Actor, said: Said) -> DisputeStep | None:
    return (
        DisputeStep.objects.filter(said_by=actor.user, request_id=said.request_id)
        .select_related("dispute")
        .first()
    )


def _say(
    dispute: Dispute,
    number: int,
    action: DisputeAction,
    state: DisputeState,
    said: Said,
    actor: Actor,
    now: datetime,
    remedy: Remedy | None = None,
) -> DisputeStep:
    assert actor.organisation is not None
    side: DisputeSide = side_of(dispute, actor.organisation)
    kept = [keep_file(own) for own in said.files]
    step = DisputeStep.objects.create(
        dispute=dispute,
        number=number,
        side=side.value,
        action=action.value,
        state=state.value,
        remedy=remedy.value if remedy else "",
        text=said.text.strip(),
        request_id=said.request_id,
        said_at=now,
        said_by=actor.user,
    )
    DisputeFile.objects.bulk_create(
        [
            DisputeFile(step=step, name=own.name, sha256=own.sha256, size_bytes=own.size_bytes)
            for own in kept
        ]
    )
    record_audit(
        actor=actor,
        action="settlement.dispute-step",
        target=dispute,
        before=None,
        after={
            "action": action.value,
            "state": state.value,
            "files": [own.sha256 for own in kept],
        },
        now=now,
    )
    tell_of_dispute(dispute, action=action, side=side)
    return step
