"""The stories of the demo world are whole, bilingual and shaped as micro-dramas are."""

from pathlib import Path

import pytest

from duanju.kernel import ProblemsFound
from duanju_web.demo.drawing import Story, load_stories, read_story
from duanju_web.demo.drawing.timeline import HOOK_MS, plan, subtitles

STORIES = load_stories()
HAN_FIRST, HAN_LAST = "\u4e00", "\u9fff"


def every_text_of(story: Story):
    yield from (story.name, story.tagline, story.synopsis)
    yield from (member.name for member in story.cast.values())
    for episode in story.episodes:
        yield from (episode.name, episode.hook)
        for scene in episode.scenes:
            for shot in scene.shots:
                for line in shot.lines:
                    yield line.text
                    if line.shout:
                        yield line.shout


def test_six_stories_of_six_episodes_are_told() -> None:
    assert [len(story.episodes) for story in STORIES] == [6] * 6
    assert [story.orientation for story in STORIES] == ["vertical"] * 4 + ["horizontal"] * 2
    assert [story.production_kind for story in STORIES].count("ai_made") == 2
    assert len({story.slug for story in STORIES}) == 6


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_every_text_is_written_in_both_languages(story: Story) -> None:
    for text in every_text_of(story):
        chinese, english = text["zh-Hans"], text["en"]
        assert any(HAN_FIRST <= letter <= HAN_LAST for letter in chinese), chinese
        assert not any(HAN_FIRST <= letter <= HAN_LAST for letter in english), english


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.slug)
def test_every_episode_turns_once_and_lasts_as_long_as_a_short_one(story: Story) -> None:
    for episode in story.episodes:
        shots = [shot for scene in episode.scenes for shot in scene.shots]
        assert sum(shot.reversal for shot in shots) == 1
        assert 13_000 <= plan(episode=episode).end_ms <= 25_000


def test_free_part_ends_before_the_story_does() -> None:
    assert {story.free_episode_count for story in STORIES} == {2, 3}


def test_subtitles_stand_while_their_line_is_said() -> None:
    timeline = plan(episode=STORIES[0].episodes[0])
    first, *_ = [line for shot in timeline.shots for line in shot.lines]
    lines = subtitles(timeline=timeline, language="zh-Hans").splitlines()
    assert lines[:5] == [
        "WEBVTT", "", "00:00:02.160 --> 00:00:04.480", "雨夜最后一单，云启大厦。", "",
    ]  # fmt: skip
    assert (first.start_ms, first.end_ms) == (2160, 4480)
    assert timeline.end_ms - timeline.hook_start_ms == HOOK_MS
    english = subtitles(timeline=timeline, language="en").splitlines()
    assert english[3] == "Rain. One last order: Yunqi Tower."
    assert [line for line in english if "-->" in line] == [line for line in lines if "-->" in line]


BROKEN = """
slug = "broken"
genre = "urban"
orientation = "round"
free_episode_count = 1
[name]
zh-Hans = "断"
[tagline]
zh-Hans = "断"
en = "Broken"
[synopsis]
zh-Hans = "断"
en = "Broken"
[palette]
ink = "#000000"
[poster]
place = "office"
who = ["nobody"]
feels = ["calm"]
[cast]
[[episodes]]
name = { zh-Hans = "一", en = "One" }
hook = { zh-Hans = "？", en = "?" }
[[episodes.scenes]]
place = "moon"
mood = "warm"
shots = [{ frame = "close", who = ["nobody"] }]
"""


def test_all_faults_of_a_story_are_reported_at_once(tmp_path: Path) -> None:
    (tmp_path / "broken.toml").write_text(BROKEN, encoding="utf-8")
    problems = read_story(path=tmp_path / "broken.toml")
    assert isinstance(problems, tuple)
    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("drawing.not-translated", "name"),
        ("drawing.unknown-choice", "story.orientation"),
        ("drawing.not-in-cast", "poster.who"),
        ("drawing.unknown-choice", "episodes.1.scenes.1.place"),
        ("drawing.not-in-cast", "episodes.1.scenes.1.shots.1.who"),
        ("drawing.no-lines", "episodes.1"),
    ]
    with pytest.raises(ProblemsFound) as found:
        load_stories(folder=tmp_path)
    assert found.value.problems == problems


def test_file_that_is_not_toml_is_a_problem_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "torn.toml").write_text("slug = ", encoding="utf-8")
    problems = read_story(path=tmp_path / "torn.toml")
    assert isinstance(problems, tuple)
    assert [problem.code for problem in problems] == ["drawing.not-toml"]
