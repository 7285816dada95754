"""What readers are asked, on which scale, and where one grade ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duanju.kernel import Problem


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of a rubric.

    Attributes:
        id: Stays the same from version to version.
        asks: What is judged, in the readers' words.
    """

    id: str
    asks: str = ""


@dataclass(frozen=True, slots=True)
class GradeCut:
    """Where a grade begins.

    Attributes:
        grade: `S+`.
        from_quality: The least quality, in spreads of the population of scripts above its mean.
    """

    grade: str
    from_quality: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    """A version of what is asked and how it is graded; scores belong to one version.

    Attributes:
        version: `2026-11`.
        criteria: At least one, each id once.
        scores: Scores go from 1 to this; 2 to 20.
        cuts: From the best grade down; quality below the last is `lowest`.
        lowest: The grade of all that reaches no cut.
        extremes: How near to either end of the scale a score must cite a line.
    """

    version: str
    criteria: tuple[Criterion, ...]
    scores: int
    cuts: tuple[GradeCut, ...]
    lowest: str
    extremes: int = 1

    @property
    def grades(self) -> tuple[str, ...]:
        """All grades, the best first."""
        return (*(cut.grade for cut in self.cuts), self.lowest)

    def is_extreme(self, value: int) -> bool:
        """Say whether a score must cite a line."""
        return value <= self.extremes or value > self.scores - self.extremes


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one reader gave one script by one criterion.

    Attributes:
        script: Id of the script, as its blind copy is known.
        reader: Id of the reader.
        criterion: Id of the criterion.
        value: 1, the worst, to the rubric's `scores`.
        cited_line: The line of the script that shows why; extreme scores need one.
        turn: How many sheets the reader had given before; tells drift.
    """

    script: str
    reader: str
    criterion: str
    value: int
    cited_line: int | None = None
    turn: int = 0


def check_scores(rubric: Rubric, scores: Sequence[Score]) -> tuple[Problem, ...]:
    """Return what is wrong with scores: an unknown criterion, a value off the scale, one given
    twice, an extreme without a line, a sheet that leaves a criterion out."""
    return (*_one_by_one(rubric, scores), *_by_sheet(rubric, scores))


def _one_by_one(rubric: Rubric, scores: Sequence[Score]) -> Iterator[Problem]:
    known = {criterion.id for criterion in rubric.criteria}
    seen: set[tuple[str, str, str]] = set()
    for score in scores:
        key = (score.script, score.reader, score.criterion)
        names: dict[str, str | int] = dict(zip(("script", "reader", "criterion"), key, strict=True))
        if score.criterion not in known:
            yield Problem("screenplays.unknown-criterion", params=names)
        elif not 1 <= score.value <= rubric.scores:
            yield Problem(
                "screenplays.score-off-the-scale",
                params=names | {"value": score.value, "most": rubric.scores},
            )
        elif rubric.is_extreme(score.value) and score.cited_line is None:
            params = names | {"value": score.value}
            yield Problem("screenplays.extreme-score-without-a-line", params=params)
        if key in seen:
            yield Problem("screenplays.score-given-twice", params=names)
        seen.add(key)


def _by_sheet(rubric: Rubric, scores: Sequence[Score]) -> Iterator[Problem]:
    given: dict[tuple[str, str], set[str]] = {}
    for score in scores:
        given.setdefault((score.script, score.reader), set()).add(score.criterion)
    for (script, reader), criteria in given.items():
        for criterion in rubric.criteria:
            if criterion.id not in criteria:
                params: dict[str, str | int] = {
                    "script": script,
                    "reader": reader,
                    "criterion": criterion.id,
                }
                yield Problem("screenplays.criterion-left-out", params=params)
