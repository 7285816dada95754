"""Reads a table of works, row by row: CSV or XLSX."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duanju.adapters.documents.spreadsheets import read_sheet_rows
from duanju.adapters.documents.tables import TableRow, read_rows
from duanju.kernel import Problem

REQUIRED = ("reference", "kind")
WORK_COLUMNS = (
    *(*REQUIRED, "title_zh", "title_en", "synopsis_zh", "synopsis_en", "tropes", "tags"),
    *("audience", "length", "people"),
)
"""The columns of a table of works; those behind the first two may be missing."""

WORK_KINDS = ("novel", "script", "comic", "game", "long_drama", "micro_drama", "spin_off")
AUDIENCES = ("", "women", "men", "all")
LISTED_MAX = 30
TITLE_CHARACTERS_MAX = 200
REFERENCE_CHARACTERS_MAX = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """What a row says of a work.

    Attributes:
        line: Its row, counted from 1.
        reference: The owner's own id of the work; the same reference is the same work.
        kind: One of `WORK_KINDS`.
        title, synopsis: BCP 47 tag to text; a title in at least one language.
        tropes, tags: In order, without repeats.
        audience: One of `AUDIENCES`.
        length: Episodes, chapters or issues; 0 if unknown.
        people: Names and what each did: `林晚:writer`.
    """

    line: int
    reference: str
    kind: str
    title: dict[str, str]
    synopsis: dict[str, str] = field(default_factory=dict)
    tropes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    audience: str = ""
    length: int = 0
    people: tuple[tuple[str, str], ...] = ()


def read_works(path: Path) -> Iterator[WorkRow | Problem]:
    """Yield the works of a table, one at a time, or what is wrong with a row.

    Raises:
        ProblemsFound: The file cannot be read, or its columns are not those of the table.
    """
    read = read_sheet_rows if path.suffix.lower() == ".xlsx" else read_rows
    for row in read(path, required=REQUIRED, optional=WORK_COLUMNS[len(REQUIRED) :]):
        if isinstance(row, Problem):
            yield row
            continue
        problems = list(_problems(row))
        if problems:
            yield from problems
        else:
            yield _work(row)


def _problems(row: TableRow) -> Iterator[Problem]:
    cells = row.cells
    for column in ("reference", "kind"):
        if not cells[column]:
            yield Problem("works.empty-cell", row.table.where(row.line, column), {"column": column})
    if cells["kind"] and cells["kind"] not in WORK_KINDS:
        known = ", ".join(WORK_KINDS)
        params = {"kind": cells["kind"][:40], "known": known}
        yield Problem("works.unknown-kind", row.table.where(row.line, "kind"), params)
    if not cells.get("title_zh") and not cells.get("title_en"):
        yield Problem("works.no-title", row.where)
    if cells.get("audience", "") not in AUDIENCES:
        where = row.table.where(row.line, "audience")
        yield Problem("works.unknown-audience", where, {"audience": cells["audience"][:40]})
    length = cells.get("length", "")
    if length and not (length.isascii() and length.isdecimal() and len(length) <= 6):
        where = row.table.where(row.line, "length")
        yield Problem("works.length-is-no-number", where, {"length": length[:40]})
    yield from _too_long(row)


def _too_long(row: TableRow) -> Iterator[Problem]:
    limits = {
        "reference": REFERENCE_CHARACTERS_MAX,
        "title_zh": TITLE_CHARACTERS_MAX,
        "title_en": TITLE_CHARACTERS_MAX,
    }
    for column, most in limits.items():
        if len(row.cells.get(column, "")) > most:
            where = row.table.where(row.line, column)
            yield Problem("works.cell-too-long", where, {"column": column, "most": most})
    for column in ("tropes", "tags", "people"):
        if len(_listed(row.cells.get(column, ""))) > LISTED_MAX:
            where = row.table.where(row.line, column)
            yield Problem("works.list-too-long", where, {"column": column, "most": LISTED_MAX})


def _work(row: TableRow) -> WorkRow:
    cells = row.cells
    people = tuple(
        (name.strip(), role.strip())
        for name, _, role in (each.partition(":") for each in _listed(cells.get("people", "")))
    )
    return WorkRow(
        line=row.line,
        reference=cells["reference"],
        kind=cells["kind"],
        title=_languages(cells, "title"),
        synopsis=_languages(cells, "synopsis"),
        tropes=_listed(cells.get("tropes", "")),
        tags=_listed(cells.get("tags", "")),
        audience=cells.get("audience", ""),
        length=int(cells.get("length") or 0),
        people=people,
    )


def _languages(cells: Mapping[str, str], name: str) -> dict[str, str]:
    get = cells.get
    texts = {"zh-Hans": get(f"{name}_zh", ""), "en": get(f"{name}_en", "")}
    return {language: text for language, text in texts.items() if text}


def _listed(text: str) -> tuple[str, ...]:
    parts = text.replace("；", ";").replace("、", ";").replace("：", ":").split(";")
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
