"""The project's own drama: complete, in both languages, and without one unknown line."""

import re

import pytest

from duanju.adapters.scripts import read_script
from duanju.screenplays import ElementKind, Screenplay, episodes_of
from tests.support.repository import ROOT

DRAMA = ROOT / "examples" / "to-the-last-fen"
CHINESE = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(scope="module", params=["zh-Hans.txt", "en.fountain"])
def script(request: pytest.FixtureRequest) -> Screenplay:
    return read_script(DRAMA / request.param)


def test_every_line_is_understood(script: Screenplay) -> None:
    assert script.problems == ()
    assert ElementKind.UNKNOWN not in {element.kind for element in script.elements}


def test_it_has_fifty_episodes_in_order_each_with_scenes_and_speech(script: Screenplay) -> None:
    episodes = episodes_of(script)
    assert [each.number for each in episodes] == list(range(1, 51))
    for episode in episodes:
        assert episode.title
        assert all(scene.place.location and scene.place.day_part for scene in episode.scenes)
        assert any(element.kind is ElementKind.SPEECH for element in episode.elements)


def test_each_chinese_episode_has_at_least_three_hundred_characters() -> None:
    for episode in episodes_of(read_script(DRAMA / "zh-Hans.txt")):
        said = "".join(
            "".join((element.text, element.speaker, element.manner, *element.people))
            for element in episode.elements
        )
        assert len(CHINESE.findall(said)) >= 300, episode.number


def test_both_languages_tell_the_same_scenes() -> None:
    chinese, english = (
        episodes_of(read_script(DRAMA / name)) for name in ("zh-Hans.txt", "en.fountain")
    )
    for ours, theirs in zip(chinese, english, strict=True):
        assert [(scene.place.day_part, scene.place.setting) for scene in ours.scenes] == [
            (scene.place.day_part, scene.place.setting) for scene in theirs.scenes
        ]
        spoken = [
            sum(element.kind is ElementKind.SPEECH for element in each.elements)
            for each in (ours, theirs)
        ]
        assert spoken[0] == spoken[1], ours.number
