"""Questions that need several engines."""

from duanju.workflows.comparing import (
    Comparison,
    Crossing,
    Curve,
    Outcome,
    compare,
    find_axis,
)
from duanju.workflows.differing import (
    Change,
    ClauseChange,
    Difference,
    FieldChange,
    find_differences,
    find_field_changes,
)
from duanju.workflows.measuring import TitleMeasure, UnmeasuredStretch, find_stretches
from duanju.workflows.settling import settle_facts, settle_month
from duanju.workflows.simulating import Anchor, Forecast, Simulation, simulate
from duanju.workflows.supposing import ONLY_TITLE, suppose_terms, suppose_terms_of_facts

__all__ = [
    "ONLY_TITLE",
    "Anchor",
    "Change",
    "ClauseChange",
    "Comparison",
    "Crossing",
    "Curve",
    "Difference",
    "FieldChange",
    "Forecast",
    "Outcome",
    "Simulation",
    "TitleMeasure",
    "UnmeasuredStretch",
    "compare",
    "find_axis",
    "find_differences",
    "find_field_changes",
    "find_stretches",
    "settle_facts",
    "settle_month",
    "simulate",
    "suppose_terms",
    "suppose_terms_of_facts",
]
