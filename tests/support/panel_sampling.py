"""The panel's model once more, by plain sampling: slow, and nothing in common with the engine.

Metropolis within Gibbs: each group of unknowns is moved at random and kept by its probability;
spreads are drawn from what the unknowns imply.
"""

import numpy as np
from numpy.typing import NDArray

from duanju.screenplays.panel import Score

Array = NDArray[np.float64]


def sample_quality(
    scores: list[Score], *, values: int, sweeps: int, seed: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Return the mean and the standard deviation of each script's quality, in its spreads.

    Args:
        scores: Of one panel.
        values: How many values the scale has.
        sweeps: The first third is thrown away.
        seed: Of chance.
    """
    return _Sampler(scores, values, np.random.default_rng(seed)).run(sweeps)


class _Sampler:
    def __init__(self, scores: list[Score], values: int, chance: np.random.Generator) -> None:
        self.chance = chance
        self.names = sorted({score.script for score in scores})
        readers = sorted({score.reader for score in scores})
        criteria = sorted({score.criterion for score in scores})
        sheets = sorted({(score.script, score.reader) for score in scores})
        self.criterion = np.array([criteria.index(score.criterion) for score in scores])
        self.value = np.array([score.value - 1 for score in scores])
        place = {sheet: number for number, sheet in enumerate(sheets)}
        reader = np.array([readers.index(score.reader) for score in scores])
        self.index = [
            np.array([self.names.index(score.script) for score in scores]),
            reader,
            reader * len(criteria) + self.criterion,
            np.array([place[score.script, score.reader] for score in scores]),
        ]
        self.sign = [1.0, -1.0, -1.0, 1.0]
        counts = [len(self.names), len(readers), len(readers) * len(criteria), len(sheets)]
        self.groups = [np.zeros(count) for count in counts]
        self.prior = [(2.0, 2.0), (1.2, 4.0), (0.6, 4.0), (0.6, 4.0)]
        self.spread = [prior for prior, _ in self.prior]
        share = np.arange(1, values) / values
        self.middle = 2 * np.log(share / (1 - share))
        self.thresholds = np.tile(self.middle, (len(criteria), 1))
        self.stride = [0.8, 0.25, 0.3, 0.6]

    def run(self, sweeps: int) -> tuple[dict[str, float], dict[str, float]]:
        kept = []
        for sweep in range(sweeps):
            for group in range(4):
                self._move(group)
            self._move_thresholds()
            self._draw_spreads()
            if sweep >= sweeps // 3:
                kept.append(self.groups[0] / self.spread[0])
        table = np.array(kept)
        means, deviations = table.mean(axis=0), table.std(axis=0)
        return (
            dict(zip(self.names, means.tolist(), strict=True)),
            dict(zip(self.names, deviations.tolist(), strict=True)),
        )

    def _pulled(self) -> Array:
        parts = zip(self.sign, self.groups, self.index, strict=True)
        return sum((sign * own[index] for sign, own, index in parts), np.zeros(len(self.value)))

    def _log(self, pulled: Array, thresholds: Array) -> Array:
        edges = np.pad(thresholds, ((0, 0), (1, 1)), constant_values=np.inf)
        edges[:, 0] = -np.inf
        above = 1 / (1 + np.exp(-(edges[self.criterion, self.value + 1] - pulled)))
        below = 1 / (1 + np.exp(-(edges[self.criterion, self.value] - pulled)))
        return np.log(np.maximum(above - below, 1e-300))

    def _move(self, group: int) -> None:
        own, index = self.groups[group], self.index[group]
        step = self.chance.normal(0, self.stride[group], len(own))
        pulled = self._pulled()
        moved = pulled + self.sign[group] * step[index]
        gain = self._log(moved, self.thresholds) - self._log(pulled, self.thresholds)
        total = np.bincount(index, gain, minlength=len(own))
        total += (own**2 - (own + step) ** 2) / (2 * self.spread[group] ** 2)
        taken = np.log(self.chance.random(len(own))) < total
        self.groups[group] = np.where(taken, own + step, own)

    def _move_thresholds(self) -> None:
        pulled = self._pulled()
        for column in range(self.thresholds.shape[1]):
            trial = self.thresholds.copy()
            trial[:, column] += self.chance.normal(0, 0.25, len(trial))
            gain = self._log(pulled, trial) - self._log(pulled, self.thresholds)
            total = np.bincount(self.criterion, gain, minlength=len(trial))
            before, after = self.thresholds[:, column], trial[:, column]
            middle = self.middle[column]
            total += ((before - middle) ** 2 - (after - middle) ** 2) / (2 * 4.0**2)
            rising = (np.diff(trial, axis=1) > 0).all(axis=1)
            taken = rising & (np.log(self.chance.random(len(trial))) < total)
            self.thresholds[:, column] = np.where(taken, after, before)

    def _draw_spreads(self) -> None:
        for group, (prior, weight) in enumerate(self.prior):
            own = self.groups[group]
            shape = (len(own) + weight) / 2
            rate = ((own**2).sum() + weight * prior**2) / 2
            self.spread[group] = float(np.sqrt(rate / self.chance.gamma(shape)))
