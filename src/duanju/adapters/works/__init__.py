"""Works as tables: a library brought from a spreadsheet."""

from duanju.adapters.works.rows import WORK_COLUMNS, WORK_KINDS, WorkRow, read_works

__all__ = ["WORK_COLUMNS", "WORK_KINDS", "WorkRow", "read_works"]
