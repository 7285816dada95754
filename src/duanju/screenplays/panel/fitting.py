"""Finds the most probable facets, and how sure they are.

All facets have normal priors whose spreads are estimated from the scores themselves, by
alternating between the mode with its curvature and the spreads that these imply (an EM algorithm
with Laplace's approximation; Tierney and Kadane 1986). No chance is involved: the same scores give
the same grade.
"""

from dataclasses import dataclass

import numpy as np

from duanju.screenplays.panel.likelihood import SIGNS, Design, Indices, Slopes, Vector, slopes

ROUNDS_MAX = 80
STEPS_MAX = 40
_SETTLED = 1e-3
_FLAT_ON_THE_WAY = 1e-2
_FLAT = 1e-9
_STRIDE = 1.8
"""How far beyond a round's answer the next begins; plain rounds creep."""
_THRESHOLD_SPREAD = 4.0


@dataclass(frozen=True, slots=True)
class Spread:
    """What is known of a spread before any score: `weight` draws with this standard deviation."""

    prior: float
    weight: float


@dataclass(frozen=True, slots=True)
class Group:
    """Facets that share a spread.

    Attributes:
        columns: Theirs, among the facets; the sheets' group has none.
        spread: What is known of it beforehand.
    """

    columns: Indices
    spread: Spread


@dataclass(slots=True)
class Fit:
    """The most probable facets.

    Attributes:
        facets: Shape (width,).
        sheets: Shape (sheet_count,).
        thresholds: Shape (criterion_count, thresholds).
        spreads: The standard deviation of each group, the sheets' last.
        facet_variances: Shape (width,).
        sheet_variances: Shape (sheet_count,).
    """

    facets: Vector
    sheets: Vector
    thresholds: Vector
    spreads: Vector
    facet_variances: Vector
    sheet_variances: Vector


@dataclass(frozen=True, slots=True)
class Known:
    """Facets fixed beforehand: anchors, whose quality an earlier panel settled."""

    columns: Indices
    means: Vector
    deviations: Vector


def fit(
    design: Design,
    groups: tuple[Group, ...],
    sheet_spread: Spread,
    known: Known,
    *,
    spreads: Vector | None = None,
) -> Fit:
    """Return the most probable facets of a design.

    Args:
        design: The scores.
        groups: Each column belongs to one.
        sheet_spread: What is known of the sheets' spread.
        known: Anchors.
        spreads: Taken as given, not estimated, if handed in: for leaving a reader out.
    """
    given = spreads is not None
    start = np.array([*(group.spread.prior for group in groups), sheet_spread.prior])
    state = Fit(
        facets=np.zeros(design.width),
        sheets=np.zeros(design.sheet_count),
        thresholds=_first_thresholds(design),
        spreads=start if spreads is None else spreads,
        facet_variances=np.zeros(design.width),
        sheet_variances=np.zeros(design.sheet_count),
    )
    state.facets[known.columns] = known.means
    beforehand = [*(group.spread for group in groups), sheet_spread]
    for _ in range(0 if given else ROUNDS_MAX):
        _climb(design, groups, known, state, flat=_FLAT_ON_THE_WAY)
        before = state.spreads
        change = _spreads(groups, known, beforehand, state) / before
        state.spreads = before * change**_STRIDE
        if np.abs(np.log(change)).max() < _SETTLED:
            break
    _climb(design, groups, known, state, flat=_FLAT)
    return state


def _first_thresholds(design: Design) -> Vector:
    share = np.arange(1, design.thresholds + 1) / (design.thresholds + 1)
    return np.tile(2 * np.log(share / (1 - share)), (design.criterion_count, 1))


def _spreads(
    groups: tuple[Group, ...], known: Known, beforehand: list[Spread], state: Fit
) -> Vector:
    squares = state.facets**2 + state.facet_variances
    free = np.ones(len(squares), dtype=bool)
    free[known.columns] = False
    parts = [squares[group.columns[free[group.columns]]] for group in groups]
    parts.append(state.sheets**2 + state.sheet_variances)
    found = [
        (part.sum() + own.weight * own.prior**2) / (len(part) + own.weight)
        for part, own in zip(parts, beforehand, strict=True)
    ]
    spreads: Vector = np.sqrt(np.array(found))
    return spreads


def _climb(
    design: Design, groups: tuple[Group, ...], known: Known, state: Fit, *, flat: float
) -> None:
    """Take Newton's steps to the mode, halved where they go too far; then keep the curvature."""
    means, precision = _priors(design, groups, known, state)
    value = _value(design, state, means, precision)
    for _ in range(STEPS_MAX):
        system = _system(design, state, means, precision)
        step_main, step_sheets = system.solve()
        scale = 1.0
        while scale > 1e-6:
            trial = _moved(design, state, scale * step_main, scale * step_sheets)
            reached = _value(design, trial, means, precision)
            if reached >= value - 1e-12:
                break
            scale /= 2
        else:
            break
        state.facets, state.sheets = trial.facets, trial.sheets
        state.thresholds = trial.thresholds
        gained, value = reached - value, reached
        if gained < flat:
            break
    system = _system(design, state, means, precision)
    state.facet_variances, state.sheet_variances = system.variances(design.width)


def _priors(
    design: Design, groups: tuple[Group, ...], known: Known, state: Fit
) -> tuple[Vector, Vector]:
    """Return means and precisions of all facets, those of thresholds behind."""
    count = design.criterion_count * design.thresholds
    means = np.concatenate([np.zeros(design.width), _first_thresholds(design).ravel()])
    precision = np.concatenate([np.zeros(design.width), np.full(count, _THRESHOLD_SPREAD**-2)])
    for group, spread in zip(groups, state.spreads[:-1], strict=True):
        precision[group.columns] = spread**-2
    means[known.columns] = known.means
    precision[known.columns] = known.deviations**-2.0
    return means, precision


def _moved(design: Design, state: Fit, main: Vector, sheets: Vector) -> Fit:
    return Fit(
        facets=state.facets + main[: design.width],
        sheets=state.sheets + sheets,
        thresholds=state.thresholds + main[design.width :].reshape(state.thresholds.shape),
        spreads=state.spreads,
        facet_variances=state.facet_variances,
        sheet_variances=state.sheet_variances,
    )


def _value(design: Design, state: Fit, means: Vector, precision: Vector) -> float:
    if (np.diff(state.thresholds, axis=1) <= 0).any():
        return -np.inf
    main = np.concatenate([state.facets, state.thresholds.ravel()]) - means
    prior = (precision * main**2).sum() + (state.sheets**2).sum() / state.spreads[-1] ** 2
    likelihood = slopes(design, state.facets, state.sheets, state.thresholds).value
    return likelihood - 0.5 * float(prior)


@dataclass(slots=True)
class _System:
    """Newton's equations; the sheets, each on its own, are taken out of them.

    Attributes:
        matrix: What remains for facets and thresholds, shape (main, main).
        coupling: Facets and thresholds × sheets.
        diagonal: Of the sheets.
        slope, sheet_slope: The right-hand sides.
    """

    matrix: Vector
    coupling: Vector
    diagonal: Vector
    slope: Vector
    sheet_slope: Vector

    def solve(self) -> tuple[Vector, Vector]:
        """Return the step of facets and thresholds, and that of the sheets."""
        shared = self.coupling / self.diagonal
        right = self.slope - shared @ self.sheet_slope
        main = np.linalg.solve(self.matrix, right).astype(np.float64)
        return main, (self.sheet_slope - self.coupling.T @ main) / self.diagonal

    def variances(self, width: int) -> tuple[Vector, Vector]:
        """Return the variances of the facets and of the sheets."""
        inverse = np.linalg.inv(self.matrix).astype(np.float64)
        shared = self.coupling / self.diagonal
        of_sheets: Vector = 1 / self.diagonal + np.einsum("ms,ms->s", shared, inverse @ shared)
        of_facets: Vector = np.diag(inverse)[:width].copy()
        return of_facets, of_sheets


def _system(design: Design, state: Fit, means: Vector, precision: Vector) -> _System:
    found = slopes(design, state.facets, state.sheets, state.thresholds)
    positions, weights = _positions(design)
    main_count = len(means)
    first = _first(found)
    second = _second(found)
    width, count = main_count + 1, design.sheet_count
    slope = _add((width,), positions, weights * first)
    pairs = positions[:, :, None] * width + positions[:, None, :]
    curved = -weights[:, :, None] * weights[:, None, :] * second
    matrix = _add((width, width), pairs, curved)[:-1, :-1] + np.diag(precision)
    main = np.concatenate([state.facets, state.thresholds.ravel()])
    crossed = positions * count + design.sheets[:, None]
    coupling = _add((width, count), crossed, -weights * second[:, 0, :])
    diagonal = state.spreads[-1] ** -2.0 - _add((count,), design.sheets, second[:, 0, 0])
    sheet_slope = _add((count,), design.sheets, first[:, 0])
    sheet_slope = sheet_slope - state.sheets / state.spreads[-1] ** 2
    kept = coupling[:-1]
    return _System(
        matrix=matrix - (kept / diagonal) @ kept.T,
        coupling=kept,
        diagonal=diagonal,
        slope=slope[:-1] - precision * (main - means),
        sheet_slope=sheet_slope,
    )


def _add(shape: tuple[int, ...], places: Indices, values: Vector) -> Vector:
    """Return an array of a shape with the values that fall on each place added up."""
    size = int(np.prod(shape))
    added: Vector = np.bincount(places.ravel(), values.ravel(), minlength=size).astype(np.float64)
    return added.reshape(shape)


def _positions(design: Design) -> tuple[Indices, Vector]:
    """Return, for each score, the five unknowns it hangs on, and their signs.

    What has no threshold above or below points behind the last unknown.
    """
    last = design.width + design.criterion_count * design.thresholds
    base = design.width + design.criteria * design.thresholds
    upper = np.where(design.values < design.thresholds, base + design.values, last)
    lower = np.where(design.values > 0, base + design.values - 1, last)
    positions = np.concatenate([design.columns, upper[:, None], lower[:, None]], axis=1)
    signs = np.concatenate([SIGNS, np.ones(2)])
    return positions, np.tile(signs, (len(positions), 1))


def _first(found: Slopes) -> Vector:
    by_linear = -(found.upper + found.lower)
    return np.stack([by_linear, by_linear, by_linear, found.upper, found.lower], axis=1)


def _second(found: Slopes) -> Vector:
    """Return the second derivatives between the five unknowns of each score, (scores, 5, 5)."""
    count = len(found.upper)
    second = np.empty((count, 5, 5))
    second[:, :3, :3] = -(found.by_upper + found.by_lower)[:, None, None]
    second[:, :3, 3] = second[:, 3, :3] = found.by_upper[:, None]
    second[:, :3, 4] = second[:, 4, :3] = found.by_lower[:, None]
    second[:, 3, 3] = found.upper_upper
    second[:, 4, 4] = found.lower_lower
    second[:, 3, 4] = second[:, 4, 3] = found.upper_lower
    return second
