"""Each figure is exact, and opens at the lines that it comes from."""

from fractions import Fraction

import pytest

from duanju.adapters.scripts import read_script
from duanju.screenplays import Screenplay, ScriptEpisode, episodes_of, read_chinese
from duanju.screenplays.evidence import (
    BeliefPath,
    BeliefStep,
    BlockRates,
    CraftMeasure,
    CraftRule,
    Fact,
    FeelingLexicon,
    Flag,
    FlagKind,
    Gap,
    GapKind,
    Gate,
    GateKind,
    ImpossibleBelief,
    KnowledgeLedger,
    Learning,
    Pace,
    Setup,
    TurnCandidate,
    TurnSign,
    check_craft,
    check_gates,
    check_ledger,
    count_episode,
    count_exchanges,
    count_speakers,
    find_flags,
    find_gaps,
    find_passages,
    find_turns,
    find_unpaid,
    first_seconds,
    last_beat,
    likeness,
    plan_blocks,
    read_lexicon,
    shingle,
    surprise_of,
    suspense_of,
    time_elements,
    time_episode,
    trace_feeling,
    weigh_paywall,
)
from tests.support.repository import ROOT

LINES = [
    "第1集：差一分",
    "1-1 日 内 财务部",
    "△算盘一响。",
    "林算：账上差一分钱。",
    "沈曼：谁在响？",
    "林算 VO：那年冬天。",
    "1-2 夜 外 江边",
    "△众人围观，火光里桥塌了。",
    "林算：谁？",
    "第2集",
    "2-1 夜 外 江边",
    "【字幕：六年前】",
    "沈曼：是我。",
]
PACE = Pace(
    characters_a_minute=300,
    pause_ms=0,
    action_ms=1_000,
    action_character_ms=100,
    caption_ms=2_000,
)


@pytest.fixture
def script() -> Screenplay:
    return read_chinese(LINES)


@pytest.fixture
def episodes(script: Screenplay) -> tuple[ScriptEpisode, ...]:
    return episodes_of(script)


def test_seconds_follow_from_the_pace(episodes: tuple[ScriptEpisode, ...]) -> None:
    timings = [
        (each.element.line, each.from_ms, each.to_ms)
        for each in time_elements(episodes[0].elements, PACE)
    ]
    assert timings == [
        (3, 0, 1_400),
        (4, 1_400, 2_600),
        (5, 2_600, 3_200),
        (6, 3_200, 4_000),
        (8, 4_000, 6_000),
        (9, 6_000, 6_200),
    ]
    assert [time_episode(each, PACE) for each in episodes] == [6_200, 2_400]


def test_first_seconds_and_last_beat_open_at_their_lines(
    episodes: tuple[ScriptEpisode, ...],
) -> None:
    three, ten = first_seconds(episodes[0], PACE, seconds=(3, 10))
    assert (three.lines, three.has_speech) == ((3, 4, 5), True)
    assert ten.lines == (3, 4, 5, 6, 8, 9)
    last = last_beat(episodes[0])
    assert last is not None
    assert (last.line, last.text) == (9, "谁？")


def test_counts_have_their_lines(episodes: tuple[ScriptEpisode, ...]) -> None:
    count = count_episode(episodes[0], PACE)
    assert count.speech_share.value == Fraction(2_800, 6_200)
    assert count.speech_share.lines == (4, 5, 6, 9)
    assert count.action_share.value + count.speech_share.value == 1
    assert (count.speakers.value, count.speakers.lines) == (2, (4, 5))
    assert (count.nights.value, count.nights.lines) == (1, (7,))
    assert count.exteriors.lines == (7,)
    assert count.crowds.lines == (8,)
    assert count.effects.lines == (8,)
    assert count.locations.lines == (2, 7)


def test_who_speaks_and_with_whom(episodes: tuple[ScriptEpisode, ...]) -> None:
    speakers = count_speakers(episodes)
    assert [(own.name, own.episodes, own.lines) for own in speakers] == [
        ("林算", (1,), (4, 6, 9)),
        ("沈曼", (1, 2), (5, 13)),
    ]
    assert [(own.people, own.lines) for own in count_exchanges(episodes)] == [
        (("林算", "沈曼"), (5,))
    ]


def test_blocks_gather_what_is_shot_in_one_place_at_one_time(
    episodes: tuple[ScriptEpisode, ...],
) -> None:
    rates = BlockRates(
        day_minor=1_000_000,
        screen_ms_a_day=100_000,
        location_minor=5_000,
        night_percent=25,
        crowd_percent=30,
        effect_percent=60,
    )
    night, day = plan_blocks(episodes, PACE, rates)
    assert (day.location, day.screen_ms, day.cost_minor) == ("财务部", 4_000, 40_000 + 5_000)
    assert (night.location, night.is_night, night.episodes) == ("江边", True, (1, 2))
    assert (night.lines, night.cast) == ((7, 11), ("林算", "沈曼"))
    assert (night.has_crowd, night.has_effects) == (True, True)
    assert night.screen_ms == 4_600
    assert night.cost_minor == 46_000 * 215 // 100 + 5_000


def test_shares_of_time_and_blocks_add_up_over_our_own_drama() -> None:
    drama = episodes_of(read_script(ROOT / "examples" / "to-the-last-fen" / "zh-Hans.txt"))
    blocks = plan_blocks(drama, Pace(), BlockRates())
    assert sum(own.screen_ms for own in blocks) == sum(time_episode(own, Pace()) for own in drama)
    lines = [line for own in blocks for line in own.lines]
    assert sorted(lines) == sorted(scene.line for own in drama for scene in own.scenes)


LEDGER = KnowledgeLedger(
    facts=(Fact("who", "沈曼 moved the money"), Fact("when", "it was six years ago")),
    learnings=(
        Learning(fact="who", who="沈曼", line=3),
        Learning(fact="who", who="viewer", line=8),
        Learning(fact="who", who="林算", line=13, quote="是我"),
        Learning(fact="when", who="viewer", line=12),
        Learning(fact="when", who="沈曼", line=12),
    ),
    setups=(Setup(says="the abacus", line=3), Setup(says="the fen", line=4, paid_line=13)),
)


def test_gaps_say_who_is_ahead_of_whom_and_how_long(script: Screenplay) -> None:
    assert check_ledger(LEDGER, script) == ()
    assert find_gaps(LEDGER, ["林算", "沈曼"]) == (
        Gap(kind=GapKind.MYSTERY, fact="who", who="沈曼", from_line=3, to_line=8),
        Gap(kind=GapKind.IRONY, fact="who", who="林算", from_line=8, to_line=13),
    )
    assert [own.says for own in find_unpaid(LEDGER)] == ["the abacus"]


def test_a_ledger_with_false_quotes_and_lines_is_told_all_at_once(script: Screenplay) -> None:
    ledger = KnowledgeLedger(
        facts=(Fact("who", "x"),),
        learnings=(
            Learning(fact="other", who="林算", line=4),
            Learning(fact="who", who="林算", line=400),
            Learning(fact="who", who="林算", line=4, quote="两分钱"),
        ),
        setups=(Setup(says="x", line=9, paid_line=4),),
    )
    assert [(each.code, each.where.line) for each in check_ledger(ledger, script)] == [
        ("screenplays.unknown-fact", 4),
        ("screenplays.no-such-line", 400),
        ("screenplays.quote-not-found", 4),
        ("screenplays.paid-before-set-up", 4),
    ]


def test_suspense_and_surprise_are_exact() -> None:
    third, sure, no = (
        {"guilty": value, "free": 1 - value} for value in (Fraction(1, 3), Fraction(1), Fraction(0))
    )
    step = BeliefStep(7, third, ((Fraction(1, 3), sure), (Fraction(2, 3), no)))
    assert suspense_of(step) == Fraction(4, 9)
    path = BeliefPath("r1", (step, BeliefStep(9, sure), BeliefStep(11, sure)))
    assert surprise_of(path) == ((9, Fraction(8, 9)), (11, Fraction(0)))


@pytest.mark.parametrize(
    "next_beliefs",
    [
        ((Fraction(1, 2), {"a": Fraction(1)}),),
        ((Fraction(1), {"a": Fraction(1)}),),
    ],
)
def test_beliefs_that_no_reasonable_reader_holds_are_refused(
    next_beliefs: tuple[tuple[Fraction, dict[str, Fraction]], ...],
) -> None:
    half = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
    with pytest.raises(ImpossibleBelief):
        suspense_of(BeliefStep(1, half, next_beliefs))


def test_near_copies_are_found_and_shown_side_by_side(script: Screenplay) -> None:
    copied = read_chinese(
        [
            "第1集",
            "1-1 日 内 家",
            "△雨。",
            "老丁：账上差一分钱，谁在响呀。",
            "老丁：别的话，完全不同的内容。",
        ]
    )
    passages = find_passages(copied.elements, script.elements)
    assert [(own.lines, own.other_lines, own.characters) for own in passages] == [
        ((4, 4), (4, 5), 9)
    ]
    same = likeness(shingle(script.elements), shingle(script.elements))
    assert same.share == 1
    other = read_script(ROOT / "examples" / "to-the-last-fen" / "en.fountain")
    assert likeness(shingle(script.elements), shingle(other.elements)).share == 0


def test_gates_count_what_can_be_counted_and_leave_open_what_nobody_declared(
    episodes: tuple[ScriptEpisode, ...],
) -> None:
    gates = [
        Gate(GateKind.EPISODES, 2),
        Gate(GateKind.MINUTES, 70),
        Gate(GateKind.ORIGINAL),
        Gate(GateKind.UNSIGNED),
    ]
    answers = check_gates(gates, episodes, {GateKind.ORIGINAL: True}, PACE)
    assert [(own.found, own.passed) for own in answers] == [
        (2, True),
        (0, False),
        (1, True),
        (0, None),
    ]
    assert answers[0].lines == (1, 10)


def test_rules_of_craft_are_answered_one_by_one_and_never_added_up(
    episodes: tuple[ScriptEpisode, ...],
) -> None:
    rules = [
        CraftRule(id="question", measure=CraftMeasure.ENDS_WITH_QUESTION),
        CraftRule(id="hook", measure=CraftMeasure.SPEECH_WITHIN, at_most=1),
        CraftRule(id="length", measure=CraftMeasure.SECONDS_LONG, at_least=5, at_most=90),
    ]
    found = check_craft(rules, episodes, PACE)
    assert [(own.rule, own.episode, own.holds, own.lines) for own in found] == [
        ("question", 1, True, (9,)),
        ("hook", 1, False, (3,)),
        ("length", 1, True, (1,)),
        ("question", 2, False, (13,)),
        ("hook", 2, False, (12,)),
        ("length", 2, False, (10,)),
    ]


def test_feeling_is_the_mean_of_the_words_found_and_a_negation_turns_one() -> None:
    lexicon = FeelingLexicon("test", "CC0", {"爱": 2, "恨": -2, "love": 2})
    (episode,) = episodes_of(
        read_chinese(["1-1 日 内 家", "△爱。", "林算：不爱，恨。", "LIN", "Clovers love rain."])
    )
    first, second, third = trace_feeling(episode, lexicon, points=3)
    assert (first.value, first.words) == (2, ((2, "爱"),))
    assert (second.value, second.words) == (-2, ((3, "爱"), (3, "恨")))
    assert (third.value, third.words) == (2, ((4, "love"),))


def test_the_shipped_lexicon_says_where_it_comes_from() -> None:
    lexicon = read_lexicon()
    assert lexicon.licence == "CC0 1.0"
    assert len(lexicon.weights) > 150
    assert set(lexicon.weights.values()) == {-3, -2, -1, 1, 2, 3}


def test_turns_are_candidates_by_words_of_surprise_and_by_a_change_of_feeling() -> None:
    (episode,) = episodes_of(
        read_chinese(["1-1 日 内 家", "△爱。", "林算：门开了。", "沈曼：原来是你！", "△恨。"])
    )
    curve = trace_feeling(episode, FeelingLexicon("test", "CC0", {"爱": 2, "恨": -2}), points=4)
    assert find_turns(episode, curve) == (
        TurnCandidate(4, TurnSign.WORDS, "原来"),
        TurnCandidate(5, TurnSign.FEELING),
    )
    assert find_turns(episode, (), words=["门开"]) == (TurnCandidate(3, TurnSign.WORDS, "门开"),)


def test_what_is_open_at_the_end_of_an_episode_stands_side_by_side(
    episodes: tuple[ScriptEpisode, ...],
) -> None:
    first, second = weigh_paywall(episodes, LEDGER, ["林算", "沈曼"])
    assert (first.episode, first.line, first.asks) == (1, 9, True)
    assert [(gap.kind, gap.who) for gap in first.gaps] == [(GapKind.IRONY, "林算")]
    assert [own.says for own in first.setups] == ["the abacus", "the fen"]
    assert (second.line, second.asks, second.gaps) == (13, False, ())
    assert [own.says for own in second.setups] == ["the abacus"]


def test_flags_are_words_found_a_topic_once_a_line_and_speech_of_notes_is_not_read() -> None:
    script = read_chinese(
        ["1-1 日 内 家", "△她跪下，又一记耳光。", "林算：这把算盘是非遗。", "【注：赌场戏删】"]
    )
    assert find_flags(script.elements) == (
        Flag(FlagKind.COMPLIANCE, "humiliation", 2, "跪下"),
        Flag(FlagKind.VALUE, "travel", 3, "非遗"),
        Flag(FlagKind.VALUE, "classics", 3, "算盘"),
    )
    assert find_flags(script.elements, words={}) == ()
