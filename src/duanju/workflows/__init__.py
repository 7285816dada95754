"""Questions that need several engines."""

from duanju.workflows.measuring import TitleMeasure, UnmeasuredStretch, find_stretches
from duanju.workflows.settling import settle_facts, settle_month

__all__ = [
    "TitleMeasure",
    "UnmeasuredStretch",
    "find_stretches",
    "settle_facts",
    "settle_month",
]
