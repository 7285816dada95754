"""Readers' scores → a calibrated grade, or the reason why there is none."""

from duanju.screenplays.panel.assigning import Assignment, Reader, assign_readers
from duanju.screenplays.panel.deciding import GradeDecision, chain_decisions, find_break
from duanju.screenplays.panel.estimating import Estimate, PanelEstimate, estimate_quality
from duanju.screenplays.panel.grading import GradeOpinion, grade_script, needs_further_reader
from duanju.screenplays.panel.linking import find_unlinked
from duanju.screenplays.panel.rubric import Criterion, GradeCut, Rubric, Score, check_scores
from duanju.screenplays.panel.watching import ReaderSign, SignKind, watch_readers

__all__ = [
    "Assignment",
    "Criterion",
    "Estimate",
    "GradeCut",
    "GradeDecision",
    "GradeOpinion",
    "PanelEstimate",
    "Reader",
    "ReaderSign",
    "Rubric",
    "Score",
    "SignKind",
    "assign_readers",
    "chain_decisions",
    "check_scores",
    "estimate_quality",
    "find_break",
    "find_unlinked",
    "grade_script",
    "needs_further_reader",
    "watch_readers",
]
