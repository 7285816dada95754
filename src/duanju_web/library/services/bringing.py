"""Bringing a table of works: kept as it is, looked through once, not yet taken in."""

import hashlib
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.conf import settings

from duanju.adapters.works import WorkRow, read_works
from duanju.kernel import Problem, ProblemsFound, Where
from duanju_web.library.models import WorkImport
from duanju_web.library.selectors import file_of
from duanju_web.shared.actor import Actor

TABLE_BYTES_MAX = 256 * 2**20
ENDINGS = (".csv", ".xlsx")
_MEGABYTE = 2**20


def bring_works(
    *, actor: Actor, chunks: Iterable[bytes], file_name: str, now: datetime
) -> WorkImport | tuple[Problem, ...]:
    """Keep a table of works and look it through; nothing of the library changes.

    A file that cannot be read is not kept, and what is wrong with it is returned.
    """
    where = Where(file=file_name)
    ending = Path(file_name).suffix.lower()
    if ending not in ENDINGS:
        return (Problem("works.unknown-file", where, {"endings": ", ".join(ENDINGS)}),)
    folder = Path(settings.DATA_FOLDER) / "works"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=ending, delete=False) as stream:
        path = Path(stream.name)
        digest, size = hashlib.sha256(), 0
        for chunk in chunks:
            size += len(chunk)
            if size > TABLE_BYTES_MAX:
                break
            digest.update(chunk)
            stream.write(chunk)
    try:
        if size > TABLE_BYTES_MAX:
            megabytes = TABLE_BYTES_MAX // _MEGABYTE
            return (Problem("works.file-too-large", where, {"megabytes": megabytes}),)
        rows, bad = _count(path)
        brought = WorkImport(
            organisation=actor.organisation,
            file_name=file_name[-200:],
            sha256=digest.hexdigest(),
            row_count=rows,
            bad_count=bad,
            brought_by=actor.user,
            brought_at=now,
        )
        path.replace(file_of(brought))
        brought.save()
        return brought
    except ProblemsFound as found:
        return tuple(
            replace(own, where=replace(own.where, file=file_name)) for own in found.problems
        )
    finally:
        path.unlink(missing_ok=True)


def _count(path: Path) -> tuple[int, int]:
    """Return how many rows can be taken in, and how many problems the others have."""
    rows = bad = 0
    for read in read_works(path):
        if isinstance(read, WorkRow):
            rows += 1
        else:
            bad += 1
    return rows, bad
