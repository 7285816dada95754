"""From quality to grades: how probable each is, and whether money may rest on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import NormalDist

from duanju.screenplays.panel.estimating import Estimate
from duanju.screenplays.panel.rubric import Rubric

SURE_ENOUGH = Fraction(4, 5)
"""Below this, another reader is asked for, if money hangs on it."""

_PARTS = 10_000


@dataclass(frozen=True, slots=True)
class GradeOpinion:
    """What the panel thinks of a script's grade.

    Attributes:
        grade: The most probable one; of equal ones, the lower.
        probabilities: By grade, the best first, in ten-thousandths; they sum to one.
        interval: The grades at either end of the interval that holds the truth in nine cases of
            ten, the better first.
        quality: What it rests on.
    """

    grade: str
    probabilities: Mapping[str, Fraction]
    interval: tuple[str, str]
    quality: Estimate


def grade_script(rubric: Rubric, quality: Estimate) -> GradeOpinion:
    """Return the probability of each grade for a script of estimated quality.

    Probabilities are whole ten-thousandths that sum to one, so that both sides compute the same.

    Example:
        >>> from duanju.screenplays.panel import GradeCut, Rubric
        >>> cuts = (GradeCut("S", 1.0), GradeCut("A", 0.0))
        >>> rubric = Rubric(version="1", criteria=(), scores=10, cuts=cuts, lowest="B")
        >>> opinion = grade_script(rubric, Estimate(1.2, 0.4))
        >>> opinion.grade, [float(part) for part in opinion.probabilities.values()]
        ('S', [0.6915, 0.3072, 0.0013])
    """
    belief = NormalDist(quality.value, max(quality.error, 1e-9))
    above = [round((1 - belief.cdf(cut.from_quality)) * _PARTS) for cut in rubric.cuts]
    edges = [0, *above, _PARTS]
    parts = [high - low for low, high in pairwise(edges)]
    assert sum(parts) == _PARTS, "the probabilities must sum to one"
    best = max(range(len(parts)), key=lambda place: (parts[place], place))
    low, high = quality.interval
    return GradeOpinion(
        grade=rubric.grades[best],
        probabilities={
            grade: Fraction(part, _PARTS) for grade, part in zip(rubric.grades, parts, strict=True)
        },
        interval=(grade_of(rubric, high), grade_of(rubric, low)),
        quality=quality,
    )


def grade_of(rubric: Rubric, quality: float) -> str:
    """Return the grade of a quality that is known."""
    for cut in rubric.cuts:
        if quality >= cut.from_quality:
            return cut.grade
    return rubric.lowest


def needs_further_reader(opinion: GradeOpinion, paid_minor: Mapping[str, int]) -> bool:
    """Say whether the money is less sure than four in five, so that another reader should judge.

    Grades that pay the same are one: what counts is whether the amount is right, not the letter.

    Args:
        opinion: Of the panel so far.
        paid_minor: What each grade pays, in minor units; grades left out pay nothing.
    """
    chances: dict[int, Fraction] = {}
    for grade, chance in opinion.probabilities.items():
        amount = paid_minor.get(grade, 0)
        chances[amount] = chances.get(amount, Fraction(0)) + chance
    return max(chances.values()) < SURE_ENOUGH
