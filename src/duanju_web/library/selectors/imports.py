"""Tables of works that were brought, and what they would change."""

from dataclasses import dataclass, replace
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from duanju.adapters.works import WorkRow, read_works
from duanju.kernel import Problem
from duanju_web.library.models import WorkImport
from duanju_web.shared.models import Organisation

ROWS_SHOWN = 10
PROBLEMS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """The beginning of a table, and what is wrong with it.

    Attributes:
        rows: The first rows that can be taken in.
        problems: The first problems.
    """

    rows: tuple[WorkRow, ...]
    problems: tuple[Problem, ...]


def imports_of(organisation: Organisation) -> QuerySet[WorkImport]:
    """Return an organisation's imports, newest first."""
    return WorkImport.objects.filter(organisation=organisation).select_related("brought_by")


def find_import_of(organisation: Organisation | None, import_id: int) -> WorkImport | None:
    """Return an organisation's own import, or None."""
    return WorkImport.objects.filter(organisation=organisation, pk=import_id).first()


def file_of(brought: WorkImport) -> Path:
    """Return where the file is kept as it was brought."""
    ending = Path(brought.file_name).suffix.lower()
    return Path(settings.DATA_FOLDER) / "works" / f"{brought.sha256}{ending}"


def preview_import(brought: WorkImport) -> ImportPreview:
    """Return the first rows of a table, and the first problems with it."""
    rows: list[WorkRow] = []
    problems: list[Problem] = []
    wanted = min(brought.bad_count, PROBLEMS_SHOWN)
    for read in read_works(file_of(brought)):
        if isinstance(read, Problem):
            where = replace(read.where, file=brought.file_name)
            problems.append(replace(read, where=where))
        elif len(rows) < ROWS_SHOWN:
            rows.append(read)
        if len(rows) >= ROWS_SHOWN and len(problems) >= wanted:
            break
    return ImportPreview(tuple(rows), tuple(problems[:PROBLEMS_SHOWN]))
