"""Panels of readers whose truth is known."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duanju.screenplays.panel import Criterion, GradeCut, Rubric, Score


def a_rubric(criteria: int = 5, scores: int = 10) -> Rubric:
    """Return a rubric whose S+ is the best twentieth, S the best sixth, A the better half."""
    return Rubric(
        version="2026-11",
        criteria=tuple(Criterion(f"c{number}") for number in range(criteria)),
        scores=scores,
        cuts=(GradeCut("S+", 1.645), GradeCut("S", 1.0), GradeCut("A", 0.0)),
        lowest="B",
    )


@dataclass(frozen=True)
class SimulatedPanel:
    """Scores, and the truth that they come from.

    Attributes:
        scores: In an order that chance made.
        quality: Of each script, in spreads of the population.
        severity: Of each reader.
    """

    scores: list[Score]
    quality: NDArray[np.float64]
    severity: NDArray[np.float64]

    @property
    def best(self) -> set[str]:
        """The true top twentieth."""
        count = len(self.quality) // 20
        return {script_name(place) for place in np.argsort(-self.quality)[:count]}


def script_name(place: int) -> str:
    return f"script-{place:03}"


def a_panel(
    seed: int,
    *,
    scripts: int = 400,
    readers: int = 20,
    each: int = 2,
    criteria: int = 5,
    scores: int = 10,
) -> SimulatedPanel:
    """Return a panel whose readers' severity spreads 0.6 as much as the scripts' quality."""
    chance = np.random.default_rng(seed)
    quality = chance.normal(0, 1, scripts)
    severity = chance.normal(0, 0.6, readers)
    by_criterion = chance.normal(0, 0.25, (readers, criteria))
    cuts = np.linspace(-2.2, 2.2, scores - 1)
    given = []
    for script in range(scripts):
        for reader in chance.choice(readers, each, replace=False):
            seen = quality[script] - severity[reader] + chance.normal(0, 0.2)
            noise = chance.logistic(0, 0.5 * 3**0.5 / np.pi, criteria)
            values = (cuts < (seen - by_criterion[reader] + noise)[:, None]).sum(axis=1) + 1
            given += [
                Score(
                    script=script_name(script),
                    reader=f"reader-{reader:02}",
                    criterion=f"c{criterion}",
                    value=int(value),
                    cited_line=1,
                )
                for criterion, value in enumerate(values)
            ]
    order = chance.permutation(len(given))
    return SimulatedPanel([given[place] for place in order], quality, severity)
