"""The worker packages real files, says what is wrong with others, and survives being killed."""

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks import default_task_backend

from duanju.adapters.media import PackagedEpisode
from duanju.kernel import Problem
from duanju_web.productions.mapping import problem_from_json
from duanju_web.productions.models import Episode, EpisodeState, Title
from duanju_web.productions.problems import SENTENCES, say
from duanju_web.productions.services import (
    package_waiting_episode,
    packaging,
    receive_episode_file,
    requeue_abandoned_episodes,
)
from duanju_web.productions.tasks import package_episode_task
from tests.support.people import A_MOMENT
from tests.support.titles import an_episode, files_under
from tests.support.videos import SampleVideos

pytestmark = pytest.mark.django_db


def _received(title: Title, path: Path, number: int = 1) -> Episode:
    return receive_episode_file(
        title=title, number=number, path=path, name=f"第{number}集.mp4", now=A_MOMENT
    )


def _packaged(episode: Episode) -> Episode:
    package_waiting_episode(episode_id=episode.pk, clock=lambda: A_MOMENT)
    episode.refresh_from_db()
    return episode


def test_a_real_video_becomes_an_episode_that_plays(title: Title, videos: SampleVideos) -> None:
    episode = _received(title, videos("small.mp4"))

    package_episode_task.call(episode_id=episode.pk)

    episode.refresh_from_db()
    assert (episode.state, episode.progress_per_mille) == (EpisodeState.READY, 1000)
    assert (episode.width, episode.height) == (90, 160)
    assert 900 <= episode.duration_ms <= 1100
    folder = settings.MEDIA_FOLDER / episode.media_folder
    assert (folder / "master.m3u8").is_file()
    assert episode.packaged["renditions"][0]["playlist"] == "video_90.m3u8"
    title.refresh_from_db()
    assert title.poster == f"{episode.media_folder}/poster.webp"


def test_a_title_keeps_a_poster_of_its_own(title: Title, videos: SampleVideos) -> None:
    Title.objects.update(poster="posters/drawn.webp")

    _packaged(_received(title, videos("small.mp4")))

    assert Title.objects.get().poster == "posters/drawn.webp"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.mp4", "media.not-a-video"),
        ("text.mp4", "media.not-a-video"),
        ("no_index.mp4", "media.cut-off"),
        ("half.mp4", "media.cut-off"),
        ("sound.m4a", "media.no-picture"),
        ("old.avi", "media.not-allowed"),
        ("long.mp4", "media.not-allowed"),
    ],
)
def test_each_bad_file_says_its_own_sentence(
    title: Title, videos: SampleVideos, name: str, code: str
) -> None:
    episode = _packaged(_received(title, videos(name)))

    assert (episode.state, episode.media_folder) == (EpisodeState.FAILED, "")
    problem = problem_from_json(episode.problem)
    assert (problem.code, problem.where.file) == (code, "第1集.mp4")
    assert say(problem).sentence
    assert say(problem).hint
    assert [p for p in files_under(settings.MEDIA_FOLDER) if not p.startswith(".locks")] == []


def test_limits_are_said_in_everyday_units() -> None:
    size = {"limit": "size", "found": 5_000_000_000, "allowed": 4_294_967_296}
    said = say(Problem("media.not-allowed", params=size))

    assert said.sentence == "The file is 5.0 GB large."
    assert said.hint == "A file may have up to 4.3 GB. Export it with a lower bit rate."


def test_every_limit_of_the_probe_has_its_sentence() -> None:
    limits = ("container", "video-codec", "audio-codec", "duration", "size", "side", "small-side")

    assert all(f"media.not-allowed.{limit}" in SENTENCES for limit in limits)


def test_a_bad_file_stops_nothing_else(title: Title, videos: SampleVideos) -> None:
    episodes = [
        _received(title, videos("text.mp4"), 1),
        _received(title, videos("small.mp4"), 2),
    ]

    states = [_packaged(episode).state for episode in episodes]

    assert states == [EpisodeState.FAILED, EpisodeState.READY]


def test_packaging_twice_is_packaging_once(title: Title, videos: SampleVideos) -> None:
    episode = _packaged(_received(title, videos("small.mp4")))
    packaged_at = (settings.MEDIA_FOLDER / episode.media_folder / "master.m3u8").stat().st_mtime_ns

    again = _packaged(episode)

    assert again.state == EpisodeState.READY
    path = settings.MEDIA_FOLDER / episode.media_folder / "master.m3u8"
    assert path.stat().st_mtime_ns == packaged_at


def test_a_replaced_file_takes_the_place_of_the_old_one(
    title: Title, videos: SampleVideos, django_capture_on_commit_callbacks
) -> None:
    before = _packaged(_received(title, videos("small.mp4"))).media_folder

    with django_capture_on_commit_callbacks(execute=True):
        after = _packaged(_received(title, videos("small_2.mp4")))

    assert after.state == EpisodeState.READY
    assert after.media_folder != before
    assert not (settings.MEDIA_FOLDER / before).exists()
    assert (settings.MEDIA_FOLDER / after.media_folder / "master.m3u8").is_file()


def test_a_file_replaced_while_it_is_packaged_is_forgotten(
    title: Title, videos: SampleVideos, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = _received(title, videos("small.mp4"))
    newer = videos("small_2.mp4")

    def package_slowly(**given: object) -> PackagedEpisode:
        _received(title, newer)
        given["on_progress"](500)
        raise AssertionError("the old file must not be packaged to its end")

    moments = iter(A_MOMENT + timedelta(seconds=second) for second in range(100))
    monkeypatch.setattr(packaging, "package_episode", package_slowly)
    package_waiting_episode(episode_id=episode.pk, clock=lambda: next(moments))

    episode.refresh_from_db()
    assert (episode.state, episode.problem) == (EpisodeState.WAITING, None)
    monkeypatch.undo()
    assert 1400 <= _packaged(episode).duration_ms <= 1600


def test_a_fault_of_ours_fails_the_episode_and_is_raised(
    title: Title, videos: SampleVideos, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = _received(title, videos("small.mp4"))

    def full_disk(**_given: object) -> PackagedEpisode:
        raise OSError("No space left on device")

    monkeypatch.setattr(packaging, "package_episode", full_disk)
    with pytest.raises(OSError, match="No space"):
        package_waiting_episode(episode_id=episode.pk, clock=lambda: A_MOMENT)

    episode.refresh_from_db()
    assert episode.state == EpisodeState.FAILED
    assert episode.problem["code"] == "productions.packaging-broke"


def test_what_a_dead_worker_left_waits_again(title: Title, videos: SampleVideos) -> None:
    episode = _received(title, videos("small.mp4"))
    Episode.objects.update(state=EpisodeState.PACKAGING, progress_per_mille=400)
    default_task_backend.clear()

    assert requeue_abandoned_episodes(now=A_MOMENT) == 1

    episode.refresh_from_db()
    assert (episode.state, episode.progress_per_mille) == (EpisodeState.WAITING, 0)
    assert len(default_task_backend.results) == 1
    assert _packaged(episode).state == EpisodeState.READY


def test_what_a_living_worker_packages_is_left_alone(title: Title) -> None:
    episode = an_episode(title, 1, state="packaging", progress_per_mille=400)
    locks = settings.MEDIA_FOLDER / ".locks"
    locks.mkdir(parents=True)
    code = (
        "import fcntl, sys; file = open(sys.argv[1], 'w'); fcntl.flock(file, fcntl.LOCK_EX);"
        "print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(locks / str(episode.pk))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as living:
        assert living.stdout.readline() == b"held\n"
        assert requeue_abandoned_episodes(now=A_MOMENT) == 0
        living.kill()
    episode.refresh_from_db()
    assert (episode.state, episode.progress_per_mille) == (EpisodeState.PACKAGING, 400)

    assert requeue_abandoned_episodes(now=A_MOMENT) == 1


def test_progress_is_saved_at_most_once_a_second(
    title: Title, videos: SampleVideos, monkeypatch: pytest.MonkeyPatch
) -> None:
    episode = _received(title, videos("small.mp4"))
    seen = []
    moments = [0.0, 0.1, 0.3, 0.9, 1.2, 1.5, 2.3, 2.4, 2.5]
    clock = iter(A_MOMENT + timedelta(seconds=second) for second in moments)

    def package_in_steps(**given: object) -> Problem:
        for per_mille in (100, 200, 300, 400, 500):
            given["on_progress"](per_mille)
            seen.append(Episode.objects.get().progress_per_mille)
        return Problem("media.cut-off")

    monkeypatch.setattr(packaging, "package_episode", package_in_steps)
    package_waiting_episode(episode_id=episode.pk, clock=lambda: next(clock))

    assert seen == [0, 0, 300, 300, 500]


def test_dead_workers_tasks_wait_again(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    from django_tasks import TaskResultStatus
    from django_tasks_db.models import DBTaskResult

    from duanju_web.productions.management.commands.work import requeue_tasks_of_dead_workers

    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    host = socket.gethostname()
    given = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "duanju_web.productions.tasks.package_episode_task",
        "status": TaskResultStatus.RUNNING,
        "run_after": timezone.now(),
        "backend_name": "default",
    }
    workers = [f"{host}:{dead.pid}:aa", "elsewhere:1:bb", f"{host}:1:cc", "unnamed"]
    tasks = [DBTaskResult.objects.create(worker_ids=[worker], **given) for worker in workers]

    assert requeue_tasks_of_dead_workers() == 1
    states = [DBTaskResult.objects.get(pk=task.pk).status for task in tasks]
    assert states == [TaskResultStatus.READY] + [TaskResultStatus.RUNNING] * 3
