"""Problems as the database keeps them."""

from collections.abc import Mapping
from typing import Any

from duanju.kernel import Problem, Where


def problem_as_json(problem: Problem) -> dict[str, Any]:
    """Return what a JSON field keeps of a problem: its code, its file and its params."""
    return {"code": problem.code, "file": problem.where.file, "params": dict(problem.params)}


def problem_from_json(kept: Mapping[str, Any]) -> Problem:
    """Return the problem that `problem_as_json` wrote."""
    return Problem(kept["code"], Where(file=kept.get("file", "")), kept.get("params", {}))
