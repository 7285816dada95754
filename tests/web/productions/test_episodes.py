"""From received files to episodes: the order is shown, then accepted, then packaged."""

import uuid

import pytest
from django_tasks import default_task_backend

from duanju_web.productions.models import Episode, EpisodeState, Original, Title, Upload
from duanju_web.productions.selectors import proposed_order
from duanju_web.productions.services import (
    EpisodeNotFailed,
    accept_uploads,
    delete_failed_episode,
    receive_episode_file,
    retry_episode,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import AuditEntry
from tests.support.people import A_MOMENT, an_actor, client_of
from tests.support.titles import a_received_file, a_title, an_episode

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _empty_queue() -> None:
    default_task_backend.clear()


def _queued() -> list[int]:
    return [result.kwargs["episode_id"] for result in default_task_backend.results]


def _codes(title: Title) -> list[tuple[int, str, list[str]]]:
    return [
        (entry.number, entry.upload.name, [problem.code for problem in entry.problems])
        for entry in proposed_order(title)
    ]


def test_the_order_follows_the_names_whatever_came_first(title: Title) -> None:
    for name in ("第10集.mp4", "第2集.mp4", "第1集.mp4"):
        a_received_file(title, name.encode(), name=name)

    assert _codes(title) == [
        (1, "第1集.mp4", []),
        (2, "第2集.mp4", []),
        (10, "第10集.mp4", []),
    ]


def test_doubts_are_shown_beside_the_file(title: Title) -> None:
    an_episode(title, 3)
    for name in ("第1集.mp4", "EP01.mp4", "番外.mp4", "第3集.mp4"):
        a_received_file(title, name.encode(), name=name)

    assert _codes(title) == [
        (1, "EP01.mp4", ["media.same-number"]),
        (1, "第1集.mp4", ["media.same-number"]),
        (3, "第3集.mp4", ["productions.replaces-episode"]),
        (4, "番外.mp4", ["media.number-guessed"]),
    ]


def test_two_files_of_the_same_name_are_two_proposals(title: Title) -> None:
    a_received_file(title, b"a", name="第1集.mp4")
    a_received_file(title, b"b", name="第1集.mp4")

    assert [code[2] for code in _codes(title)] == [["media.same-number"]] * 2


def test_a_file_brought_for_an_episode_has_its_number(title: Title) -> None:
    a_received_file(title, b"a", name="final cut 9.mp4", proposed_number=4)

    assert _codes(title) == [(4, "final cut 9.mp4", [])]


def test_accepting_makes_episodes_and_queues_them(maker: Actor, title: Title) -> None:
    first = a_received_file(title, b"one", name="a.mp4")
    second = a_received_file(title, b"two", name="b.mp4")

    answer = client_of(maker).post(
        f"/studio/titles/{title.slug}/order",
        {f"number-{first.pk}": "2", f"number-{second.pk}": "1"},
    )

    assert answer.status_code == 302
    episodes = list(title.episodes.order_by("number"))
    assert [(e.number, e.file_name, e.state) for e in episodes] == [
        (1, "b.mp4", EpisodeState.WAITING),
        (2, "a.mp4", EpisodeState.WAITING),
    ]
    assert _queued() == [episode.pk for episode in episodes]
    assert Upload.objects.count() == 0


@pytest.mark.parametrize(
    ("numbers", "sentence"),
    [
        (("1", "1"), "2 files have the number 1."),
        (("0", "1"), "0 is not an episode number."),
        (("1", "99999"), "99999 is not an episode number."),
        (("1", "two"), "0 is not an episode number."),
        (("1", ""), "0 is not an episode number."),
    ],
)
def test_a_refused_order_changes_nothing_and_keeps_what_was_entered(
    maker: Actor, title: Title, numbers: tuple[str, str], sentence: str
) -> None:
    uploads = [a_received_file(title, name.encode(), name=name) for name in ("a.mp4", "b.mp4")]
    entered = {f"number-{u.pk}": n for u, n in zip(uploads, numbers, strict=True)}

    answer = client_of(maker).post(f"/studio/titles/{title.slug}/order", entered)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert all(f'name="{name}" value="{number}"' in page for name, number in entered.items())
    assert Episode.objects.count() == 0
    assert Upload.objects.count() == 2
    assert _queued() == []


def test_a_file_that_is_gone_refuses_the_order(title: Title) -> None:
    upload = a_received_file(title, b"a", name="a.mp4")

    problems = accept_uploads(title=title, numbers={upload.pk: 1, uuid.uuid4(): 2}, now=A_MOMENT)

    assert [problem.code for problem in problems] == ["productions.upload-gone"]
    assert Episode.objects.count() == 0


def test_files_of_another_studio_are_not_accepted(maker: Actor, title: Title) -> None:
    other = a_title(an_actor("studio"))
    upload = a_received_file(other, b"a", name="a.mp4")

    answer = client_of(maker).post(
        f"/studio/titles/{title.slug}/order", {f"number-{upload.pk}": "1"}
    )
    assert answer.status_code == 422
    stolen = client_of(maker).post(
        f"/studio/titles/{other.slug}/order", {f"number-{upload.pk}": "1"}
    )
    assert stolen.status_code == 404
    assert Episode.objects.count() == 0


def test_another_file_replaces_an_episodes_file(title: Title) -> None:
    episode = an_episode(title, 1, state="ready", media_folder="1/old", duration_ms=5)
    upload = a_received_file(title, b"new", name="new.mp4", proposed_number=1)

    assert accept_uploads(title=title, numbers={upload.pk: 1}, now=A_MOMENT) == ()

    episode.refresh_from_db()
    assert (episode.state, episode.file_name) == (EpisodeState.WAITING, "new.mp4")
    assert _queued() == [episode.pk]


def test_the_same_content_again_changes_nothing(title: Title, tmp_path) -> None:
    path = tmp_path / "1.mp4"
    path.write_bytes(b"one")
    given = {"title": title, "number": 1, "path": path, "name": "1.mp4"}
    episode = receive_episode_file(**given, now=A_MOMENT)
    Episode.objects.update(state=EpisodeState.READY)

    receive_episode_file(**given, now=A_MOMENT)

    assert Episode.objects.get().state == EpisodeState.READY
    assert _queued() == [episode.pk]
    assert Original.objects.count() == 1
    assert path.exists()


def test_a_failed_episode_is_tried_again(maker: Actor, title: Title, tmp_path) -> None:
    (tmp_path / "1.mp4").write_bytes(b"one")
    episode = receive_episode_file(
        title=title, number=1, path=tmp_path / "1.mp4", name="1.mp4", now=A_MOMENT, is_queued=False
    )
    Episode.objects.update(state=EpisodeState.FAILED, problem={"code": "media.cut-off"})

    answer = client_of(maker).post(f"/studio/titles/{title.slug}/episodes/1/retry")

    assert answer.status_code == 302
    episode.refresh_from_db()
    assert (episode.state, episode.problem) == (EpisodeState.WAITING, None)
    assert _queued() == [episode.pk]


def test_only_a_failed_episode_is_tried_again_or_deleted(maker: Actor, title: Title) -> None:
    episode = an_episode(title, 1, state="ready")

    with pytest.raises(EpisodeNotFailed):
        retry_episode(episode=episode, now=A_MOMENT)
    with pytest.raises(EpisodeNotFailed):
        delete_failed_episode(actor=maker, episode=episode, now=A_MOMENT)
    for action in ("retry", "delete"):
        client_of(maker).post(f"/studio/titles/{title.slug}/episodes/1/{action}")
    assert Episode.objects.get().state == EpisodeState.READY
    assert _queued() == []


def test_deleting_a_failed_episode_is_in_the_audit_log(maker: Actor, title: Title) -> None:
    episode = an_episode(title, 7, state="failed", file_name="7.mp4")

    client_of(maker).post(f"/studio/titles/{title.slug}/episodes/7/delete")

    assert Episode.objects.count() == 0
    entry = AuditEntry.objects.get(action="productions.delete-episode")
    assert (entry.target_id, entry.after) == (str(episode.pk), None)
    assert entry.before == {"title": title.pk, "number": 7, "file": "7.mp4"}


@pytest.mark.parametrize("action", ["episodes/1/retry", "episodes/1/delete", "order", "publish"])
def test_others_change_nothing(title: Title, action: str) -> None:
    an_episode(title, 1, state="failed")

    for actor, status in ((an_actor("studio"), 404), (an_actor("buyer"), 404), (None, 302)):
        answer = client_of(actor).post(f"/studio/titles/{title.slug}/{action}")
        assert answer.status_code == status
    assert Episode.objects.get().state == EpisodeState.FAILED
    title.refresh_from_db()
    assert title.state == "draft"
