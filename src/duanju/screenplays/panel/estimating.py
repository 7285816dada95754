"""How good each script is, how severe each reader, and how sure that is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import NormalDist

import numpy as np

from duanju.screenplays.panel.fitting import Fit, Group, Known, Spread, fit
from duanju.screenplays.panel.likelihood import Design
from duanju.screenplays.panel.linking import find_unlinked
from duanju.screenplays.panel.rubric import Rubric, Score

SCRIPT_SPREAD = Spread(prior=2.0, weight=2.0)
READER_SPREAD = Spread(prior=1.2, weight=4.0)
READER_BY_CRITERION_SPREAD = Spread(prior=0.6, weight=4.0)
SHEET_SPREAD = Spread(prior=0.6, weight=4.0)
"""What is held of spreads before any score, in logits, and how many draws that belief is worth.

Severity begins at 0.6 of the scripts' spread, as was found on real panels; a panel of twenty
readers soon outweighs it, a panel of three does not.
"""

SCORES_MAX = 100_000
INTERVAL = 0.9
_ANCHOR_DEVIATION = 0.05


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate and its standard error, in spreads of the population of scripts."""

    value: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """The interval that holds the truth in nine cases of ten."""
        reach = NormalDist().inv_cdf((1 + INTERVAL) / 2) * self.error
        return self.value - reach, self.value + reach


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelEstimate:
    """What a panel's scores say, or why they say nothing.

    Attributes:
        scripts: Quality by script, 0 the mean of the population.
        readers: Severity by reader; what is above 0 is severe.
        raw: Mean score by script, as given.
        unlinked: Groups of readers whom no script links; without adjustment then, `scripts` and
            `readers` are empty.
        fit: The facets, for those who look at residuals.
        design: The scores as numbers.
    """

    scripts: Mapping[str, Estimate]
    readers: Mapping[str, Estimate]
    raw: Mapping[str, float]
    unlinked: tuple[frozenset[str], ...] = ()
    fit: Fit | None = field(default=None, repr=False, compare=False)
    design: Design | None = field(default=None, repr=False, compare=False)

    @property
    def is_adjusted(self) -> bool:
        """Whether readers' severity was taken out."""
        return not self.unlinked


class TooManyScores(Exception):
    """Raised where a panel is larger than is solved at once."""

    code = "screenplays.too-many-scores"


def estimate_quality(
    rubric: Rubric,
    scores: Iterable[Score],
    *,
    anchors: Mapping[str, float] | None = None,
    without: str | None = None,
    like: PanelEstimate | None = None,
) -> PanelEstimate:
    """Return the quality of each script and the severity of each reader.

    Severe and lenient readers are adjusted for, if all are linked by scripts that they share; if
    not, no quality is given, and the groups are named. The order of the scores and the names of
    readers change nothing.

    Args:
        rubric: Its version must be that of the scores.
        scores: Good ones: `check_scores` found nothing.
        anchors: Quality of scripts that an earlier panel settled, which fix the scale.
        without: A reader to leave out.
        like: Spreads are taken from this estimate: for leaving out one reader of a panel.

    Raises:
        TooManyScores: There are more than `SCORES_MAX`.
    """
    kept = sorted(
        (score for score in scores if score.reader != without),
        key=lambda score: (score.script, score.reader, score.criterion),
    )
    if len(kept) > SCORES_MAX:
        raise TooManyScores(len(kept))
    raw = _raw(kept)
    unlinked = find_unlinked(kept)
    if len(unlinked) != 1:
        return PanelEstimate(scripts={}, readers={}, raw=raw, unlinked=unlinked)
    scripts = sorted({score.script for score in kept})
    readers = sorted({score.reader for score in kept})
    design = _design(rubric, kept, scripts, readers)
    spreads = like.fit.spreads if like is not None and like.fit is not None else None
    known = _known(scripts, anchors or {}, spreads)
    found = fit(design, _groups(design, scripts, readers), SHEET_SPREAD, known, spreads=spreads)
    return PanelEstimate(
        scripts=_estimates(found, scripts, 0),
        readers=_estimates(found, readers, len(scripts)),
        raw=raw,
        fit=found,
        design=design,
    )


def _raw(scores: Sequence[Score]) -> dict[str, float]:
    given: dict[str, list[int]] = {}
    for score in scores:
        given.setdefault(score.script, []).append(score.value)
    return {script: sum(values) / len(values) for script, values in given.items()}


def _design(
    rubric: Rubric, scores: Sequence[Score], scripts: list[str], readers: list[str]
) -> Design:
    script_of = {name: place for place, name in enumerate(scripts)}
    reader_of = {name: place for place, name in enumerate(readers)}
    criterion_of = {each.id: place for place, each in enumerate(rubric.criteria)}
    sheets: dict[tuple[str, str], int] = {}
    rows = []
    for score in scores:
        sheet = sheets.setdefault((score.script, score.reader), len(sheets))
        reader, criterion = reader_of[score.reader], criterion_of[score.criterion]
        by_criterion = len(scripts) + len(readers) + reader * len(criterion_of) + criterion
        columns = (script_of[score.script], len(scripts) + reader, by_criterion)
        rows.append((*columns, sheet, criterion, score.value - 1))
    table = np.array(rows, dtype=np.intp)
    return Design(
        columns=table[:, :3],
        sheets=table[:, 3],
        criteria=table[:, 4],
        values=table[:, 5],
        width=len(scripts) + len(readers) * (1 + len(criterion_of)),
        sheet_count=len(sheets),
        criterion_count=len(criterion_of),
        thresholds=rubric.scores - 1,
    )


def _groups(design: Design, scripts: list[str], readers: list[str]) -> tuple[Group, ...]:
    ends = np.cumsum([len(scripts), len(readers), len(readers) * design.criterion_count])
    columns = np.split(np.arange(design.width), ends[:-1])
    spreads = (SCRIPT_SPREAD, READER_SPREAD, READER_BY_CRITERION_SPREAD)
    return tuple(Group(own, spread) for own, spread in zip(columns, spreads, strict=True))


def _known(scripts: list[str], anchors: Mapping[str, float], spreads: object) -> Known:
    scale = float(spreads[0]) if isinstance(spreads, np.ndarray) else SCRIPT_SPREAD.prior
    places = [place for place, script in enumerate(scripts) if script in anchors]
    means = np.array([anchors[scripts[place]] * scale for place in places])
    return Known(
        columns=np.array(places, dtype=np.intp),
        means=means,
        deviations=np.full(len(places), _ANCHOR_DEVIATION * scale),
    )


def _estimates(found: Fit, names: list[str], start: int) -> dict[str, Estimate]:
    scale = float(found.spreads[0])
    values = found.facets[start : start + len(names)] / scale
    errors = np.sqrt(found.facet_variances[start : start + len(names)]) / scale
    return {
        name: Estimate(float(value), float(error))
        for name, value, error in zip(names, values, errors, strict=True)
    }
