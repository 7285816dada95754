"""Taking a table of works in: by the thousand, each thousand whole, and again without harm."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction

from duanju.adapters.works import WorkRow, read_works
from duanju_web.library.models import ImportState, Work, WorkImport
from duanju_web.library.searching import index_works
from duanju_web.library.selectors import file_of
from duanju_web.shared.actor import Actor
from duanju_web.shared.services import record_audit

ROWS_AT_ONCE = 1_000
_FIELDS = ("kind", "title", "synopsis", "tropes", "tags", "audience", "length", "people")


@transaction.atomic
def accept_import(*, actor: Actor, brought: WorkImport, now: datetime) -> bool:
    """Let a worker take a table in; return whether it was still waiting."""
    from duanju_web.library.tasks import take_in_task

    own = WorkImport.objects.select_for_update().get(pk=brought.pk)
    if own.state != ImportState.WAITING:
        return False
    own.state = ImportState.RUNNING
    own.save(update_fields=["state"])
    record_audit(
        actor=actor,
        action="library.accept-import",
        target=own,
        before=None,
        after={"file": own.file_name, "sha256": own.sha256, "rows": own.row_count},
        now=now,
    )
    transaction.on_commit(lambda: take_in_task.enqueue(own.pk))
    return True


def take_in(*, import_id: int, now: datetime) -> None:
    """Take in what was not yet; what is already there in the same words stays as it is.

    It can be stopped anywhere and begun again: each thousand rows and the count of those done are
    saved together.
    """
    brought = WorkImport.objects.get(pk=import_id)
    if brought.state != ImportState.RUNNING:
        return
    rows = (row for row in read_works(file_of(brought)) if isinstance(row, WorkRow))
    rest = islice(rows, brought.done_count, None)
    for part in _parts(rest):
        _take_part(brought, part, now)
    WorkImport.objects.filter(pk=import_id).update(state=ImportState.DONE)


def _parts(rows: Iterator[WorkRow]) -> Iterator[Sequence[WorkRow]]:
    while part := list(islice(rows, ROWS_AT_ONCE)):
        yield part


@transaction.atomic
def _take_part(brought: WorkImport, part: Sequence[WorkRow], now: datetime) -> None:
    said = {row.reference: _said(row) for row in part}
    known = {
        work.reference: work
        for work in Work.objects.filter(
            organisation_id=brought.organisation_id, reference__in=list(said)
        )
    }
    new, changed = [], []
    for reference, fields in said.items():
        work = known.get(reference)
        if work is None:
            new.append(_new_work(brought.organisation_id, reference, fields, now))
        elif any(getattr(work, name) != value for name, value in fields.items()):
            for name, value in fields.items():
                setattr(work, name, value)
            work.changed_at = now
            changed.append(work)
    Work.objects.bulk_create(new)
    Work.objects.bulk_update(changed, [*_FIELDS, "changed_at"], batch_size=100)
    index_works([*new, *changed])
    brought.done_count += len(part)
    brought.new_count += len(new)
    brought.changed_count += len(changed)
    brought.save(update_fields=["done_count", "new_count", "changed_count"])


def _new_work(
    organisation_id: int, reference: str, fields: Mapping[str, Any], now: datetime
) -> Work:
    return Work(
        organisation_id=organisation_id,
        reference=reference,
        created_at=now,
        changed_at=now,
        **fields,
    )


def _said(row: WorkRow) -> dict[str, Any]:
    """Return the fields of a work as its row says them, in JSON's own types."""
    return {
        "kind": row.kind,
        "title": row.title,
        "synopsis": row.synopsis,
        "tropes": list(row.tropes),
        "tags": list(row.tags),
        "audience": row.audience,
        "length": row.length,
        "people": [list(person) for person in row.people],
    }
