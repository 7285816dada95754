"""The ordinal many-facet model: its likelihood, slope and curvature.

A score is at most k with probability logistic(threshold of its criterion and k − quality of the
script + severity of the reader + severity of the reader in the criterion − what this reader sees
in this script by all criteria alike). Source: Linacre 1989 (facets), McCullagh 1980 (cumulative
logits); the last term, a sheet's own, keeps five criteria of one sheet from counting as five
readers.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Design:
    """Scores as numbers; all arrays have one entry a score.

    Attributes:
        columns: Shape (scores, 3): the column of the script, of the reader, of the reader in the
            criterion, among `width` columns.
        sheets: The sheet of each score, from 0.
        criteria: The criterion of each score, from 0.
        values: Each score less one, from 0.
        width: Scripts, readers and readers in criteria together.
        sheet_count: How many sheets there are.
        criterion_count: How many criteria there are.
        thresholds: How many thresholds a criterion has.
    """

    columns: Indices
    sheets: Indices
    criteria: Indices
    values: Indices
    width: int
    sheet_count: int
    criterion_count: int
    thresholds: int


SIGNS: Vector = np.array([1.0, -1.0, -1.0])
"""Quality raises a score; severity lowers it."""


@dataclass(frozen=True, slots=True)
class Slopes:
    """First and second derivatives of the log-likelihood, one entry a score.

    Attributes:
        value: The log-likelihood of all scores.
        upper: By the threshold above the score.
        lower: By the threshold below it.
        upper_upper, lower_lower, upper_lower: The second ones, of thresholds.
        by_upper, by_lower: The second ones, of the linear part with either threshold.
    """

    value: float
    upper: Vector
    lower: Vector
    upper_upper: Vector
    lower_lower: Vector
    upper_lower: Vector
    by_upper: Vector
    by_lower: Vector


def linear(design: Design, facets: Vector, sheets: Vector) -> Vector:
    """Return what pulls each score up, shape (scores,)."""
    pulled: Vector = (facets[design.columns] * SIGNS).sum(axis=1) + sheets[design.sheets]
    return pulled


def slopes(design: Design, facets: Vector, sheets: Vector, thresholds: Vector) -> Slopes:
    """Return the log-likelihood and its derivatives.

    Args:
        design: The scores.
        facets: Shape (width,).
        sheets: Shape (sheet_count,).
        thresholds: Shape (criterion_count, thresholds), rising in each row.
    """
    pulled = linear(design, facets, sheets)
    edges = np.full((design.criterion_count, design.thresholds + 2), np.inf)
    edges[:, 0] = -np.inf
    edges[:, 1:-1] = thresholds
    above = edges[design.criteria, design.values + 1] - pulled
    below = edges[design.criteria, design.values] - pulled
    f_above, f_below = _logistic(above), _logistic(below)
    p_above, p_below = f_above * (1 - f_above), f_below * (1 - f_below)
    mass = np.maximum(_mass(above, below), 1e-300)
    upper, lower = p_above / mass, p_below / mass
    return Slopes(
        value=float(np.log(mass).sum()),
        upper=upper,
        lower=-lower,
        upper_upper=upper * (1 - 2 * f_above) - upper**2,
        lower_lower=-lower * (1 - 2 * f_below) - lower**2,
        upper_lower=upper * lower,
        by_upper=p_above,
        by_lower=p_below,
    )


def probabilities(design: Design, pulled: Vector, thresholds: Vector) -> Vector:
    """Return the probability of each value for each score, shape (scores, thresholds + 1)."""
    edges = thresholds[design.criteria] - pulled[:, None]
    at_most = np.concatenate([_logistic(edges), np.ones((len(pulled), 1))], axis=1)
    return np.diff(at_most, axis=1, prepend=0.0)


def _logistic(x: Vector) -> Vector:
    logistic: Vector = 0.5 * (1 + np.tanh(0.5 * x))
    return logistic


def _mass(above: Vector, below: Vector) -> Vector:
    """Return the probability between two edges, exact on either far side."""
    flip = above + below > 0
    high = np.where(flip, -below, above)
    low = np.where(flip, -above, below)
    mass: Vector = _tail(high) - _tail(low)
    return mass


def _tail(x: Vector) -> Vector:
    small = np.exp(np.minimum(x, 0.0))
    tail: Vector = np.where(x > 0, _logistic(x), small / (1 + small))
    return tail
