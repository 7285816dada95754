"""The known faults of readers, as signs that somebody should look at. None changes a grade.

Source: Engelhard 1994, Examining rater errors: severity, central tendency, halo, drift.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from duanju.screenplays.panel.estimating import PanelEstimate
from duanju.screenplays.panel.likelihood import Vector, linear, probabilities
from duanju.screenplays.panel.rubric import Rubric, Score

SHEETS_MIN = 8
"""With fewer sheets a reader shows no sign of anything."""


class SignKind(StrEnum):
    """What a reader may be doing."""

    SEVERE = "severe"
    LENIENT = "lenient"
    CENTRAL = "central"
    HALO = "halo"
    DRIFT = "drift"


@dataclass(frozen=True, slots=True)
class ReaderSign:
    """A sign, and how strong it is.

    Attributes:
        reader: Whose.
        kind: What it is a sign of.
        strength: For severity, spreads of the scripts; for central tendency and halo, the part of
            the expected variance that was seen; for drift, standard errors from none.
    """

    reader: str
    kind: SignKind
    strength: float


SEVERITY_FROM = 1.0
VARIANCE_UNDER = 0.5
DRIFT_FROM = 3.0


def watch_readers(
    rubric: Rubric, scores: Sequence[Score], estimate: PanelEstimate
) -> tuple[ReaderSign, ...]:
    """Return the signs of each reader with at least `SHEETS_MIN` sheets, by reader.

    Args:
        rubric: Of the scores.
        scores: Those that the estimate was made of.
        estimate: An adjusted one; of another, nothing can be told.
    """
    if estimate.fit is None or estimate.design is None:
        return ()
    ordered = sorted(scores, key=lambda score: (score.script, score.reader, score.criterion))
    table = _Table(
        given=np.array([score.value for score in ordered], dtype=np.float64),
        turns=np.array([score.turn for score in ordered], dtype=np.float64),
        **_expected(rubric, estimate),
    )
    criteria = len(rubric.criteria)
    signs: list[ReaderSign] = []
    for reader in sorted(estimate.readers):
        own = table.of(np.array([score.reader == reader for score in ordered]))
        if len(own.given) < SHEETS_MIN * criteria or len(own.given) % criteria:
            continue
        signs += _severity(reader, estimate.readers[reader].value)
        signs += _spread_signs(reader, own, criteria)
        signs += _drift(reader, own, criteria)
    return tuple(signs)


@dataclass(frozen=True, slots=True)
class _Table:
    """Scores beside what was expected of them, one entry a score, sheet by sheet.

    Attributes:
        given, turns: As they were given.
        expected, variance: By the whole model.
        alone: Expected without what is the sheet's own, which would take a drift in.
    """

    given: Vector
    turns: Vector
    expected: Vector
    variance: Vector
    alone: Vector

    def of(self, mine: NDArray[np.bool_]) -> "_Table":
        """Return the part of one reader."""
        parts = (self.given, self.turns, self.expected, self.variance, self.alone)
        return _Table(*(part[mine] for part in parts))


def _expected(rubric: Rubric, estimate: PanelEstimate) -> dict[str, Vector]:
    fit, design = estimate.fit, estimate.design
    assert fit is not None
    assert design is not None
    values = np.arange(1, rubric.scores + 1, dtype=np.float64)
    pulled = linear(design, fit.facets, fit.sheets)
    chances = probabilities(design, pulled, fit.thresholds)
    expected: Vector = chances @ values
    unshaded = linear(design, fit.facets, np.zeros_like(fit.sheets))
    return {
        "expected": expected,
        "variance": chances @ values**2 - expected**2,
        "alone": probabilities(design, unshaded, fit.thresholds) @ values,
    }


def _severity(reader: str, value: float) -> Iterator[ReaderSign]:
    if abs(value) >= SEVERITY_FROM:
        kind = SignKind.SEVERE if value > 0 else SignKind.LENIENT
        yield ReaderSign(reader, kind, round(abs(value), 2))


def _spread_signs(reader: str, own: _Table, criteria: int) -> Iterator[ReaderSign]:
    """Yield signs of scores that differ too little: between scripts, or between criteria."""
    whole = float(own.given.var() / (own.expected.var() + own.variance.mean()))
    if whole < VARIANCE_UNDER:
        yield ReaderSign(reader, SignKind.CENTRAL, round(whole, 2))
        return
    if criteria < 2:
        return
    shape = (-1, criteria)
    seen = float(own.given.reshape(shape).var(axis=1, ddof=1).mean())
    due = float(own.expected.reshape(shape).var(axis=1, ddof=1).mean() + own.variance.mean())
    if seen < VARIANCE_UNDER * due:
        yield ReaderSign(reader, SignKind.HALO, round(seen / due, 2))


def _drift(reader: str, own: _Table, criteria: int) -> Iterator[ReaderSign]:
    """Yield a sign if a reader's sheets become better or worse the later they come."""
    residual = (own.given - own.alone).reshape(-1, criteria).mean(axis=1)
    turns = own.turns.reshape(-1, criteria)[:, 0]
    turns = turns - turns.mean()
    square = float((turns**2).sum())
    if not square:
        return
    residual = residual - residual.mean()
    slope = float((turns * residual).sum()) / square
    rest = residual - slope * turns
    error = float(np.sqrt((rest**2).sum() / (len(turns) - 2) / square))
    if abs(slope) >= DRIFT_FROM * error:
        yield ReaderSign(reader, SignKind.DRIFT, round(slope / max(error, 1e-9), 1))
