"""Rubrics and sheets of scores as files."""

from duanju.adapters.panels.rubrics import read_rubric, rubric_from_text
from duanju.adapters.panels.sheets import read_scores

__all__ = ["read_rubric", "read_scores", "rubric_from_text"]
