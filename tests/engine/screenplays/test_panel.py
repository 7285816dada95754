"""A panel's grade: true in simulation, the same for both sides, and silent where it must be."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from duanju.screenplays.panel import (
    Estimate,
    GradeOpinion,
    PanelEstimate,
    Score,
    SignKind,
    check_scores,
    estimate_quality,
    find_unlinked,
    grade_script,
    needs_further_reader,
    watch_readers,
)
from tests.support.panel_sampling import sample_quality
from tests.support.panels import SimulatedPanel, a_panel, a_rubric, script_name

RUBRIC = a_rubric()
PANELS = 4


@pytest.fixture(scope="module")
def estimated() -> list[tuple[SimulatedPanel, PanelEstimate]]:
    panels = [a_panel(seed) for seed in range(PANELS)]
    return [(panel, estimate_quality(RUBRIC, panel.scores)) for panel in panels]


def top(values: dict[str, float], count: int) -> set[str]:
    return set(sorted(values, key=lambda name: (-values[name], name))[:count])


def test_four_fifths_of_the_true_best_are_found_and_far_fewer_by_raw_means(
    estimated: list[tuple[SimulatedPanel, PanelEstimate]],
) -> None:
    adjusted = raw = 0
    for panel, estimate in estimated:
        quality = {name: own.value for name, own in estimate.scripts.items()}
        adjusted += len(panel.best & top(quality, 20))
        raw += len(panel.best & top(dict(estimate.raw), 20))
    assert adjusted / (20 * PANELS) >= 0.80
    assert 0.55 <= raw / (20 * PANELS) <= 0.72


def test_nine_of_ten_intervals_hold_the_truth(
    estimated: list[tuple[SimulatedPanel, PanelEstimate]],
) -> None:
    held = [
        low <= panel.quality[place] <= high
        for panel, estimate in estimated
        for place in range(len(panel.quality))
        for low, high in [estimate.scripts[script_name(place)].interval]
    ]
    assert 0.87 <= np.mean(held) <= 0.93


def test_severity_is_recovered(estimated: list[tuple[SimulatedPanel, PanelEstimate]]) -> None:
    panel, estimate = estimated[0]
    found = [estimate.readers[f"reader-{place:02}"].value for place in range(20)]
    assert np.corrcoef(found, panel.severity)[0, 1] > 0.97


def test_a_plain_sampler_agrees() -> None:
    panel = a_panel(11, scripts=60, readers=8, each=3, criteria=3, scores=5)
    estimate = estimate_quality(a_rubric(3, 5), panel.scores)
    means, deviations = sample_quality(panel.scores, values=5, sweeps=6_000, seed=3)
    ours = np.array([estimate.scripts[name].value for name in sorted(means)])
    errors = np.array([estimate.scripts[name].error for name in sorted(means)])
    theirs = np.array([means[name] for name in sorted(means)])
    spreads = np.array([deviations[name] for name in sorted(means)])
    assert np.corrcoef(ours, theirs)[0, 1] > 0.995
    assert np.abs(ours - theirs).max() < 0.25
    assert 0.85 < np.mean(errors / spreads) < 1.15


def test_neither_the_order_of_scores_nor_the_names_of_readers_matter() -> None:
    panel = a_panel(5, scripts=40, readers=6, each=2, criteria=3, scores=7)
    rubric = a_rubric(3, 7)
    first = estimate_quality(rubric, panel.scores)
    shuffled = list(panel.scores)
    random.Random(1).shuffle(shuffled)
    assert estimate_quality(rubric, shuffled).scripts == first.scripts
    renamed = [replace(each, reader=f"z{99 - int(each.reader[-2:])}") for each in panel.scores]
    other = estimate_quality(rubric, renamed)
    for name, own in first.scripts.items():
        assert other.scripts[name].value == pytest.approx(own.value, abs=1e-6)
        assert grade_script(rubric, other.scripts[name]).probabilities == pytest.approx(
            grade_script(rubric, own).probabilities, abs=2e-4
        )


def test_unlinked_readers_are_named_and_nothing_is_adjusted() -> None:
    panel = a_panel(7, scripts=20, readers=4, each=2, criteria=2, scores=5)
    apart = [
        replace(each, script=f"{each.script}-b", reader=f"{each.reader}-b") for each in panel.scores
    ]
    estimate = estimate_quality(a_rubric(2, 5), [*panel.scores, *apart])
    assert not estimate.is_adjusted
    assert estimate.scripts == {}
    assert estimate.readers == {}
    assert len(estimate.unlinked) == 2
    assert {len(group) for group in estimate.unlinked} == {4}
    assert len(estimate.raw) == 40
    bridge = replace(panel.scores[0], reader="reader-00-b")
    assert len(find_unlinked([*panel.scores, *apart, bridge])) == 1


def test_a_reader_can_be_left_out_to_see_whether_the_grade_stands() -> None:
    panel = a_panel(9, scripts=40, readers=6, each=3, criteria=3, scores=7)
    rubric = a_rubric(3, 7)
    whole = estimate_quality(rubric, panel.scores)
    without = estimate_quality(rubric, panel.scores, without="reader-02", like=whole)
    assert "reader-02" not in without.readers
    assert set(without.scripts) == set(whole.scripts)
    shared = {each.script for each in panel.scores if each.reader == "reader-02"}
    wider = [without.scripts[name].error > whole.scripts[name].error for name in shared]
    assert all(wider)


def test_an_anchor_keeps_its_quality_and_pulls_the_scale() -> None:
    panel = a_panel(13, scripts=30, readers=5, each=3, criteria=3, scores=7)
    rubric = a_rubric(3, 7)
    free = estimate_quality(rubric, panel.scores)
    anchors = {name: free.scripts[name].value + 1 for name in list(free.scripts)[:4]}
    fixed = estimate_quality(rubric, panel.scores, anchors=anchors)
    others = [name for name in free.scripts if name not in anchors]
    moved = np.mean([fixed.scripts[name].value - free.scripts[name].value for name in others])
    assert 0.3 < moved < 1.2


def test_grades_have_probabilities_that_sum_to_one_and_an_interval() -> None:
    opinion = grade_script(RUBRIC, Estimate(1.2, 0.4))
    assert sum(opinion.probabilities.values()) == 1
    assert list(opinion.probabilities) == ["S+", "S", "A", "B"]
    assert opinion.grade == "S"
    assert opinion.interval == ("S+", "A")
    assert opinion.probabilities["S+"] == Fraction(133, 1000)


def opinion_of(**chances: int) -> GradeOpinion:
    parts = {name.replace("p", "+"): Fraction(part, 100) for name, part in chances.items()}
    return GradeOpinion(max(parts, key=parts.__getitem__), parts, ("S+", "B"), Estimate(0, 1))


@pytest.mark.parametrize(
    ("chances", "asked"),
    [
        ({"Sp": 79, "S": 21}, True),
        ({"Sp": 80, "S": 20}, False),
        ({"S": 50, "A": 50}, True),
    ],
)
def test_a_further_reader_is_asked_for_below_four_in_five(
    chances: dict[str, int], asked: bool
) -> None:
    paid = {"S+": 12_000_000, "S": 6_000_000, "A": 0}
    assert needs_further_reader(opinion_of(**chances), paid) is asked


def test_grades_that_pay_the_same_need_no_further_reader() -> None:
    paid = {"S+": 12_000_000, "S": 12_000_000}
    assert not needs_further_reader(opinion_of(Sp=45, S=44, A=11), paid)
    assert not needs_further_reader(opinion_of(A=50, B=50), paid)


def a_score(**changes: object) -> Score:
    given = Score(script="s", reader="r", criterion="c0", value=5)
    return replace(given, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("scores", "codes"),
    [
        ([a_score(), a_score(criterion="c1")], []),
        ([a_score()], ["criterion-left-out"]),
        ([a_score(), a_score(), a_score(criterion="c1")], ["score-given-twice"]),
        ([a_score(value=11), a_score(criterion="c1")], ["score-off-the-scale"]),
        ([a_score(value=10), a_score(criterion="c1")], ["extreme-score-without-a-line"]),
        ([a_score(value=1), a_score(criterion="c1")], ["extreme-score-without-a-line"]),
        ([a_score(value=10, cited_line=3), a_score(criterion="c1")], []),
        (
            [a_score(), a_score(criterion="c1"), a_score(criterion="other")],
            ["unknown-criterion"],
        ),
    ],
)
def test_bad_scores_are_told_one_by_one(scores: list[Score], codes: list[str]) -> None:
    found = check_scores(a_rubric(criteria=2), scores)
    assert [each.code for each in found] == [f"screenplays.{code}" for code in codes]


def test_signs_of_known_faults_are_seen_and_fall_on_nobody_else() -> None:
    panel = a_panel(21, scripts=160, readers=10, each=3)
    turns: dict[str, int] = {}
    changed = []
    for each in sorted(panel.scores, key=lambda score: score.script):
        turn = turns.setdefault(each.reader + each.script, len(turns))
        value = each.value
        if each.reader == "reader-01":
            value = 5 + value % 2
        if each.reader == "reader-02":
            value = 3 + 4 * int(value > 5)
            value = next(
                (
                    one.value
                    for one in changed
                    if one.script == each.script and one.reader == each.reader
                ),
                value,
            )
        if each.reader == "reader-03":
            value = max(1, min(10, value + 2 - turn // 120))
        if each.reader == "reader-04":
            value = max(1, value - 4)
        changed.append(replace(each, value=value, turn=turn))
    signs = watch_readers(RUBRIC, changed, estimate_quality(RUBRIC, changed))
    seen = {(sign.reader, sign.kind) for sign in signs}
    assert ("reader-01", SignKind.CENTRAL) in seen
    assert ("reader-02", SignKind.HALO) in seen
    assert ("reader-03", SignKind.DRIFT) in seen
    assert ("reader-04", SignKind.SEVERE) in seen
    honest = {f"reader-{place:02}" for place in (0, 5, 6, 7, 8, 9)}
    kinds = {SignKind.CENTRAL, SignKind.HALO, SignKind.DRIFT}
    assert {sign.reader for sign in signs if sign.kind in kinds} & honest == set()


def test_the_five_sheets_of_the_explanation_come_out_as_it_says() -> None:
    sheets = [
        ("dawn", "one", 8),
        ("dawn", "two", 6),
        ("noon", "one", 7),
        ("noon", "two", 5),
        ("dusk", "two", 6),
    ]
    scores = [
        Score(script=script, reader=reader, criterion="c0", value=value)
        for script, reader, value in sheets
    ]
    estimate = estimate_quality(a_rubric(criteria=1), scores)
    assert estimate.raw == {"dawn": 7, "noon": 6, "dusk": 6}
    quality = {name: round(own.value, 2) for name, own in estimate.scripts.items()}
    assert quality == {"dawn": 0.28, "noon": -0.13, "dusk": 0.07}
    assert min(own.error for own in estimate.scripts.values()) > 0.7
