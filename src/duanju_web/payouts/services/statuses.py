"""Importing what a bank says: settled is posted, rejected goes back to the balance."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from duanju.adapters.payments import read_payout_reports
from duanju.kernel import Problem, ProblemsFound
from duanju.settlement import (
    PayoutChange,
    PayoutReport,
    PayoutState,
    decide_payouts,
    transfers_of,
)
from duanju_web.payouts.models import BatchState, PayoutRecord, StatusFile
from duanju_web.settlement.services import make_transfers
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

CHANGES_MAX = 1_000
"""One file moves so many payouts at most: they are one call to the ledger."""

_CHUNK = 500


def import_statuses(
    *, actor: Actor, content: bytes, name: str, now: datetime
) -> StatusFile | tuple[Problem, ...]:
    """Import a status file: pain.002 or CSV. It counts whole or not at all.

    The same bytes again are the same import. A file that only repeats what is known is kept and
    changes nothing.

    Args:
        actor: Who imports it, for a platform.
        content: Its bytes.
        name: What its owner calls it.
        now: The time, aware.

    Returns:
        The import; or all that is wrong with the file, and then nothing was changed.
    """
    shown = Path(name).name[-200:]
    try:
        reports = read_payout_reports(content, file=shown)
    except ProblemsFound as refused:
        return refused.problems
    return _import(actor, reports, shown, hashlib.sha256(content).hexdigest(), now)


@transaction.atomic
def _import(
    actor: Actor, reports: Sequence[PayoutReport], name: str, sha256: str, now: datetime
) -> StatusFile | tuple[Problem, ...]:
    assert actor.organisation is not None, "payouts are a platform's"
    platform = Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation.pk)
    known = StatusFile.objects.filter(platform=platform, sha256=sha256).first()
    if known is not None:
        return known
    rows = _rows_of(platform, reports)
    batches: dict[str, set[str]] = {}
    for row in rows.values():
        batches.setdefault(row.batch.batch_id, set()).add(row.payout_id)
    decision = decide_payouts(
        reports=reports,
        states={own_id: PayoutState(row.state) for own_id, row in rows.items()},
        batches={own_id: sorted(ids) for own_id, ids in batches.items()},
        file=name,
    )
    if decision.problems:
        return decision.problems
    if len(decision.changes) > CHANGES_MAX:
        return (Problem("payouts.too-many-changes", params={"max": CHANGES_MAX}),)
    transfers = transfers_of(decision.changes)
    try:
        make_transfers(platform=platform, transfers=transfers, actor=actor, now=now)
    except ProblemsFound as refused:
        return refused.problems
    _keep(rows, decision.changes, now)
    own = StatusFile.objects.create(
        platform=platform,
        name=name,
        sha256=sha256,
        report_count=len(reports),
        change_count=len(decision.changes),
        imported_by=actor.user,
        imported_at=now,
    )
    record_audit(
        actor=actor,
        action="payouts.import-status",
        target=own,
        before=None,
        after={
            "file": name,
            "sha256": sha256,
            "changes": [f"{change.payout_id} {change.state}" for change in decision.changes],
        },
        now=now,
    )
    return own


def _rows_of(platform: Organisation, reports: Sequence[PayoutReport]) -> dict[str, PayoutRecord]:
    """Return the payouts that were sent and that reports name, alone or by their batch, locked.

    Of a payout whose batch a report names, all of the batch is there.
    """
    payout_ids = sorted({own.payout_id for own in reports if own.payout_id})
    batch_ids = {own.batch_id for own in reports if own.batch_id}
    sent = PayoutRecord.objects.filter(batch__platform=platform, batch__state=BatchState.APPROVED)
    for start in range(0, len(payout_ids), _CHUNK):
        chunk = payout_ids[start : start + _CHUNK]
        batch_ids |= set(sent.filter(payout_id__in=chunk).values_list("batch__batch_id", flat=True))
    rows: dict[str, PayoutRecord] = {}
    for batch_id in sorted(batch_ids):
        found = sent.filter(batch__batch_id=batch_id).select_related("batch")
        rows |= {row.payout_id: row for row in found.select_for_update(of=("self",))}
    return rows


def _keep(rows: dict[str, PayoutRecord], changes: Sequence[PayoutChange], now: datetime) -> None:
    changed = []
    for change in changes:
        row = rows[change.payout_id]
        row.state, row.reason, row.told_at = change.state.value, change.reason, now
        changed.append(row)
    PayoutRecord.objects.bulk_update(changed, ["state", "reason", "told_at"], batch_size=_CHUNK)
