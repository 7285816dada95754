"""The demo tells how far its media are, and stops telling."""

import pytest
from django.test import Client
from django.utils import timezone

from duanju_web.demo.world import drawn_episode_counts
from duanju_web.productions.models import Episode, EpisodeState, Title
from tests.support.people import an_organisation

pytestmark = pytest.mark.django_db


def the_drawn_titles() -> list[Episode]:
    studio = an_organisation("studio")
    episodes = []
    for slug, count in drawn_episode_counts().items():
        title = Title.objects.create(
            slug=slug,
            studio=studio,
            name={"en": slug},
            orientation="vertical",
            genre="romance",
            production_kind="live_action",
            created_at=timezone.now(),
        )
        episodes += [
            Episode.objects.create(title=title, number=number, changed_at=timezone.now())
            for number in range(1, count + 1)
        ]
    return episodes


def test_progress_counts_what_plays(client: Client) -> None:
    episodes = the_drawn_titles()
    Episode.objects.filter(pk__in=[own.pk for own in episodes[:2]]).update(state=EpisodeState.READY)

    answer = client.get("/demo/preparation/?seen=1")

    assert f"2 of {len(episodes)} episodes play" in answer.content.decode()
    assert "HX-Refresh" not in answer.headers


def test_the_first_episode_that_plays_brings_the_page_up_to_date(client: Client) -> None:
    episodes = the_drawn_titles()
    Episode.objects.filter(pk=episodes[0].pk).update(state=EpisodeState.READY)

    assert client.get("/demo/preparation/?seen=0").headers["HX-Refresh"] == "true"


def test_nothing_is_told_and_nobody_asks_again_once_all_plays(client: Client) -> None:
    the_drawn_titles()
    Episode.objects.update(state=EpisodeState.READY)

    answer = client.get("/demo/preparation/?seen=3")

    assert answer.status_code == 286
    assert answer.content == b""
