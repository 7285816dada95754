"""A rubric as people keep it: TOML, with every problem's line."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from duanju.adapters.documents.policy_tables.values import ExactNumber
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.toml_reading import Document, Row
from duanju.screenplays.panel import Criterion, GradeCut, Rubric

FILE_BYTES_MAX = 1024 * 1024
CRITERIA_MAX = 20
GRADES_MAX = 12

_Name = Annotated[str, StringConstraints(min_length=1, max_length=40)]


class HeadTable(Row):
    """The keys that stand before any table."""

    version: _Name
    scores: Annotated[int, Field(ge=2, le=20)]
    lowest: _Name
    extremes: Annotated[int, Field(ge=0, le=5)] = 1


class CriterionTable(Row):
    """`[[criterion]]`."""

    id: _Name
    asks: Annotated[str, StringConstraints(max_length=300)] = ""


class GradeTable(Row):
    """`[[grade]]`, the best first."""

    id: _Name
    from_quality: ExactNumber


def read_rubric(path: Path) -> Rubric:
    """Read a rubric.

    Raises:
        ProblemsFound: With all problems, each with its line.
    """
    return rubric_from_text(read_text(path, bytes_max=FILE_BYTES_MAX), file=str(path))


def rubric_from_text(text: str, *, file: str) -> Rubric:
    """Read a rubric from a text: `version`, `scores`, `lowest`, `[[criterion]]`, `[[grade]]`.

    Raises:
        ProblemsFound: With all problems, each with its line.
    """
    document = Document.parse(text, file=file)
    tables = {"criterion", "grade"}
    head = {key: value for key, value in document.data.items() if key not in tables}
    own: HeadTable | None = document.read(HeadTable, head, "")
    criteria: dict[int, CriterionTable] = document.read_each(CriterionTable, "criterion")
    grades: dict[int, GradeTable] = document.read_each(GradeTable, "grade")
    _check(document, criteria, grades, own.lowest if own else "")
    document.require_good()
    assert own is not None
    return Rubric(
        version=own.version,
        criteria=tuple(Criterion(each.id, each.asks) for each in criteria.values()),
        scores=own.scores,
        cuts=tuple(GradeCut(each.id, float(each.from_quality)) for each in grades.values()),
        lowest=own.lowest,
        extremes=own.extremes,
    )


def _check(
    document: Document,
    criteria: dict[int, CriterionTable],
    grades: dict[int, GradeTable],
    lowest: str,
) -> None:
    """Note ids that stand twice, grades out of order, and tables without or with too many rows."""
    for key, count, most in (
        ("criterion", len(criteria), CRITERIA_MAX),
        ("grade", len(grades), GRADES_MAX),
    ):
        if not 1 <= count <= most:
            document.note("panels.number-of-tables", key, key=key, most=most)
    seen: set[str] = set()
    for index, criterion in criteria.items():
        if criterion.id in seen:
            document.note("panels.id-twice", f"criterion.{index}.id", id=criterion.id)
        seen.add(criterion.id)
    named, before = {lowest}, None
    for index, grade in grades.items():
        if grade.id in named:
            document.note("panels.id-twice", f"grade.{index}.id", id=grade.id)
        if before is not None and grade.from_quality >= before:
            document.note("panels.grade-not-below", f"grade.{index}.from_quality", grade=grade.id)
        named.add(grade.id)
        before = grade.from_quality
