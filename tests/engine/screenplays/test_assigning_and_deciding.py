"""Who reads what, and what was decided: both can be checked afterwards."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from duanju.screenplays.panel import (
    GradeDecision,
    Reader,
    Score,
    assign_readers,
    chain_decisions,
    find_break,
    find_unlinked,
)

READERS = [
    Reader(id=f"r{number}", languages=frozenset({"zh-Hans"}), load_max=20) for number in range(6)
]
SCRIPTS = {f"s{number:02}": "zh-Hans" for number in range(24)}


def test_load_is_even_and_each_pair_shares_scripts() -> None:
    found = assign_readers(SCRIPTS, READERS, each=2, anchors=["s00"])
    assert found.problems == ()
    loads = {reader.id: 0 for reader in READERS}
    for script, names in found.readers.items():
        assert len(names) == (6 if script == "s00" else 2)
        for name in names:
            loads[name] += 1
    assert max(loads.values()) - min(loads.values()) <= 2
    for one, other in combinations(loads, 2):
        shared = [names for names in found.readers.values() if {one, other} <= set(names)]
        assert len(shared) >= 2


def test_conflicts_languages_and_loads_are_kept_and_what_is_missing_is_told() -> None:
    readers = [
        replace(READERS[0], conflicts=frozenset({"s00"})),
        replace(READERS[1], languages=frozenset({"en"})),
        replace(READERS[2], load_max=1),
    ]
    found = assign_readers({"s00": "zh-Hans", "s01": "zh-Hans"}, readers, each=2)
    assert found.readers == {"s00": ("r2",), "s01": ("r0",)}
    assert [each.code for each in found.problems] == [
        "screenplays.too-few-readers",
        "screenplays.too-few-readers",
        "screenplays.readers-unlinked",
    ]


def test_what_was_given_out_before_stays_when_a_further_reader_is_asked_for() -> None:
    found = assign_readers(SCRIPTS, READERS, each=3, already={"s05": ("r1", "r4")})
    assert {"r1", "r4"} < set(found.readers["s05"])
    assert len(found.readers["s05"]) == 3


@given(st.integers(2, 8), st.integers(2, 3), st.integers(4, 30), st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_readers_does_not_matter_and_all_are_linked(
    count: int, each: int, scripts: int, chance: object
) -> None:
    readers = [
        Reader(id=f"r{number}", languages=frozenset({"en"}), load_max=99) for number in range(count)
    ]
    works = {f"s{number}": "en" for number in range(scripts)} | {"anchor": "en"}
    found = assign_readers(works, readers, each=min(each, count), anchors=["anchor"])
    shuffled = list(readers)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert assign_readers(works, shuffled, each=min(each, count), anchors=["anchor"]) == found
    scores = [
        Score(script=script, reader=name, criterion="c", value=1)
        for script, names in found.readers.items()
        for name in names
    ]
    assert len(find_unlinked(scores)) == 1
    assert found.problems == ()


def a_decision(grade: str, hour: int) -> GradeDecision:
    return GradeDecision(
        script="s00",
        grade=grade,
        decided_by="he-jin",
        decided_at=datetime(2026, 11, 24, hour, tzinfo=UTC),
        reason="S 的概率为 84%，付费卡点成立。",
        rubric="2026-11",
        evidence="ab" * 32,
    )


def test_a_changed_decision_breaks_the_chain_at_its_place() -> None:
    decisions = [a_decision("S", 8), a_decision("A", 9), a_decision("S", 10)]
    digests = chain_decisions(decisions)
    assert find_break(decisions, digests) is None
    forged = [decisions[0], replace(decisions[1], grade="S+"), decisions[2]]
    assert find_break(forged, digests) == 1
    assert find_break(decisions[:2], digests) == 2
    assert chain_decisions(decisions[1:], start=digests[0]) == digests[1:]
