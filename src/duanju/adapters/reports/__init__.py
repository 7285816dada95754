"""What others report of an income: their tables, read by saved mappings of columns."""

from duanju.adapters.reports.checking import check_mapping
from duanju.adapters.reports.comparing import ReportDifference, compare_reports
from duanju.adapters.reports.days import EXAMPLES, DayForm
from duanju.adapters.reports.facts import facts_of_rows, facts_of_sums
from duanju.adapters.reports.files import (
    mapping_from_data,
    mapping_from_text,
    mapping_to_data,
    mapping_to_text,
    read_mapping,
)
from duanju.adapters.reports.mapping import (
    MEASURES_OF_REPORTS,
    AmountColumn,
    AmountUnit,
    Delimiter,
    Encoding,
    Layout,
    Named,
    Others,
    ReportMapping,
    Sign,
    Totals,
    When,
)
from duanju.adapters.reports.previewing import ReportPreview, preview_report
from duanju.adapters.reports.reading import ReportReading, read_report, stream_report
from duanju.adapters.reports.rows import ReadRow, ReportRow, RowKind
from duanju.adapters.reports.totals import Reconciliation

__all__ = [
    "EXAMPLES",
    "MEASURES_OF_REPORTS",
    "AmountColumn",
    "AmountUnit",
    "DayForm",
    "Delimiter",
    "Encoding",
    "Layout",
    "Named",
    "Others",
    "ReadRow",
    "Reconciliation",
    "ReportDifference",
    "ReportMapping",
    "ReportPreview",
    "ReportReading",
    "ReportRow",
    "RowKind",
    "Sign",
    "Totals",
    "When",
    "check_mapping",
    "compare_reports",
    "facts_of_rows",
    "facts_of_sums",
    "mapping_from_data",
    "mapping_from_text",
    "mapping_to_data",
    "mapping_to_text",
    "preview_report",
    "read_mapping",
    "read_report",
    "stream_report",
]
