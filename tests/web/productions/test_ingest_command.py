"""`duanju ingest` brings a folder by the same services as the browser."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from duanju.cli import main
from duanju_web.productions.commands import ingest
from duanju_web.productions.models import Episode, Title
from tests.support.people import an_organisation
from tests.support.videos import SampleVideos

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path, videos: SampleVideos) -> Path:
    """Give a folder with two good files, one that is no video, and what systems leave behind."""
    folder = tmp_path / "夜航"
    (folder / "下部").mkdir(parents=True)
    shutil.copy(videos("small.mp4"), folder / "第1集.mp4")
    shutil.copy(videos("small_2.mp4"), folder / "下部" / "第10集.mp4")
    shutil.copy(videos("text.mp4"), folder / "第2集.mp4")
    (folder / "._第1集.mp4").write_bytes(b"fork")
    (folder / "readme.txt").write_text("notes")
    return folder


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(ingest, [str(argument) for argument in arguments])


def _states(title: Title) -> list[tuple[int, str, str]]:
    return list(title.episodes.order_by("number").values_list("number", "file_name", "state"))


def test_a_folder_becomes_episodes_and_each_bad_file_is_named(title: Title, folder: Path) -> None:
    result = _run(folder, "--title", title.slug)

    assert result.exit_code == 1
    assert _states(title) == [
        (1, "第1集.mp4", "ready"),
        (2, "第2集.mp4", "failed"),
        (10, "第10集.mp4", "ready"),
    ]
    assert "第2集.mp4: This file is not a video." in result.output
    assert "Nothing came for episodes 3 to 9." in result.output
    assert "2 of 3 files play." in result.output


def test_it_speaks_chinese(title: Title, folder: Path) -> None:
    result = _run(folder, "--title", title.slug, "--lang", "zh-Hans")

    assert "第2集.mp4: 这个文件不是视频。" in result.output
    assert "3 个文件中 2 个可播放。" in result.output


def test_again_does_only_what_is_left(title: Title, folder: Path, videos: SampleVideos) -> None:
    _run(folder, "--title", title.slug)
    changed = dict(title.episodes.filter(state="ready").values_list("number", "changed_at"))
    shutil.copy(videos("small.mp4"), folder / "第2集.mp4")

    result = _run(folder, "--title", title.slug)

    assert result.exit_code == 0
    assert [state for _, _, state in _states(title)] == ["ready"] * 3
    now = dict(title.episodes.values_list("number", "changed_at"))
    assert all(now[number] == moment for number, moment in changed.items())


def test_two_files_of_one_number_are_named_and_left_out(title: Title, folder: Path) -> None:
    shutil.copy(folder / "第1集.mp4", folder / "EP01.mp4")
    (folder / "第2集.mp4").unlink()

    result = _run(folder, "--title", title.slug)

    assert result.exit_code == 1
    assert "EP01.mp4: 2 files have the number 1." in result.output
    assert _states(title) == [(10, "第10集.mp4", "ready")]


def test_a_new_title_needs_a_studio(folder: Path) -> None:
    result = _run(folder, "--title", "ye-hang")

    assert result.exit_code == 2
    assert (Title.objects.count(), Episode.objects.count()) == (0, 0)


def test_a_new_title_is_made_for_the_named_studio(folder: Path) -> None:
    studio = an_organisation("studio", slug="qingning")

    _run(folder, "--title", "ye-hang", "--studio", "qingning")

    title = Title.objects.get()
    assert (title.slug, title.studio, title.name) == ("ye-hang", studio, {"zh-Hans": "夜航"})
    assert title.state == "draft"


def test_a_title_of_another_studio_is_not_touched(title: Title, folder: Path) -> None:
    an_organisation("studio", slug="qingning")

    assert _run(folder, "--title", title.slug, "--studio", "qingning").exit_code == 2
    assert Episode.objects.count() == 0


def test_the_command_is_part_of_duanju() -> None:
    result = CliRunner().invoke(main, ["ingest", "--help"])

    assert result.exit_code == 0
    assert "Bring all videos of FOLDER into a title" in result.output
