"""What players are told: everything about what is open, no address of what is locked."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from duanju_web.productions.models import Episode, Title
from duanju_web.theater.grants import read_play_grant
from duanju_web.theater.management.commands.write_openapi import openapi_document
from duanju_web.theater.models import Purchase, Viewer, Wallet, WatchProgress
from tests.support.beacons import LONG_AGO
from tests.support.people import A_MOMENT, client_of
from tests.support.repository import ROOT
from tests.support.theater import a_pack, a_series, post, put_media

pytestmark = pytest.mark.django_db


@pytest.fixture
def series() -> Title:
    """A series of three episodes with media, the first free."""
    title = a_series()
    put_media(title)
    return title


def _with_coins(client: Client, coins: int = 500) -> None:
    pack = a_pack(coins=coins)
    assert (
        post(client, "purchase", pack_id=pack.pk, idempotency_key="first-coins").status_code == 200
    )


def test_a_free_episode_opens_with_signed_media_and_a_play_session(series: Title) -> None:
    client = Client()
    play = post(client, "play", slug="on-show", number=1).json()
    assert play["access"] == "free"
    assert play["next_number"] == 2
    assert client.get(play["master"]).status_code == 200
    grant = read_play_grant(play["grant"])
    assert grant.viewer_id == Viewer.objects.get().pk
    assert (grant.title_id, grant.episode_number) == (series.pk, 1)
    assert grant.expires_at_ms == play["expires_at_ms"]
    assert grant.is_open


def test_a_locked_answer_tells_the_price_and_holds_no_address_of_media(series: Title) -> None:
    response = post(Client(), "play", slug="on-show", number=2)
    assert response.status_code == 402
    locked = response.json()
    assert (locked["price_coins"], locked["balance_coins"]) == (80, 0)
    assert locked["rest"] == {"episode_count": 2, "coins": 160, "duration_ms": 120_000}
    assert locked["real_money"] is False
    assert not read_play_grant(locked["grant"]).is_open
    body = json.dumps(locked)
    assert "/media/" not in body
    assert ".m3u8" not in body
    assert "on-show/" not in body


def test_no_page_or_list_holds_an_address_of_media(series: Title) -> None:
    client = Client()
    addresses = [
        "/",
        "/watch/on-show/1/",
        "/watch/on-show/2/",
        "/titles/",
        "/titles/on-show/",
        "/api/feed",
        "/api/titles/on-show",
    ]
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200
        assert b"/media/" not in response.content


def test_an_unlocked_episode_opens(series: Title) -> None:
    client = Client()
    _with_coins(client)
    wish = {"slug": "on-show", "number": 2, "idempotency_key": "unlock-two"}
    receipt = {"episode_numbers": [2], "coins": 80, "balance_coins": 420}
    assert post(client, "unlock", **wish).json() == receipt
    assert post(client, "unlock", **wish).json() == receipt
    play = post(client, "play", slug="on-show", number=2)
    assert play.status_code == 200
    assert play.json()["access"] == "unlocked"
    assert post(client, "play", slug="on-show", number=3).status_code == 402


def test_another_device_does_not_get_what_was_unlocked(series: Title) -> None:
    client = Client()
    _with_coins(client)
    post(client, "unlock", slug="on-show", number=2, idempotency_key="unlock-two")
    assert post(Client(), "play", slug="on-show", number=2).status_code == 402


def test_the_rest_of_the_series_is_one_wish(series: Title) -> None:
    client = Client()
    _with_coins(client)
    answer = post(client, "unlock", slug="on-show", idempotency_key="unlock-all").json()
    assert answer == {"episode_numbers": [2, 3], "coins": 160, "balance_coins": 340}


def test_refusals_say_what_and_what_to_do_in_the_readers_language(
    series: Title, language: str
) -> None:
    client = client_of(language=language)
    wish = {"slug": "on-show", "number": 2, "idempotency_key": "too-early"}
    response = post(client, "unlock", **wish)
    assert response.status_code == 402
    refusal = response.json()
    assert refusal["code"] == "theater.not-enough-coins"
    assert "80" in refusal["sentence"]
    assert refusal["hint"]
    _with_coins(client)
    assert post(client, "unlock", **wish).status_code == 200
    response = post(client, "unlock", **(wish | {"number": 3}))
    assert (response.status_code, response.json()["code"]) == (409, "theater.key-used-otherwise")


def test_what_is_not_on_show_does_not_exist(series: Title) -> None:
    client = Client()
    Title.objects.update(state="draft")
    assert client.get("/api/titles/on-show").status_code == 404
    assert client.get("/watch/on-show/1/").status_code == 404
    assert client.get("/titles/on-show/").status_code == 404
    assert post(client, "play", slug="on-show", number=1).status_code == 404
    assert client.get("/api/feed").json() == {"titles": [], "next_key": ""}


def test_a_title_whose_episodes_are_still_coming_is_listed_but_not_played(
    series: Title, language: str
) -> None:
    a_series(slug="soon-to-come")
    Episode.objects.filter(title__slug="soon-to-come").update(state="expected")
    client = client_of(language=language)
    page = client.get("/titles/").content.decode()
    assert page.index("/titles/on-show/") < page.index("/titles/soon-to-come/")
    page = client.get("/titles/soon-to-come/").content.decode()
    assert "/watch/" not in page
    assert client.get("/watch/soon-to-come/1/").status_code == 404
    assert [title["slug"] for title in client.get("/api/feed").json()["titles"]] == ["on-show"]


def test_an_episode_that_is_not_ready_cannot_be_played_or_unlocked(series: Title) -> None:
    Episode.objects.filter(number=3).update(state="packaging")
    client = Client()
    _with_coins(client)
    assert post(client, "play", slug="on-show", number=3).status_code == 404
    wish = {"slug": "on-show", "number": 3, "idempotency_key": "not-ready"}
    assert post(client, "unlock", **wish).status_code == 404
    assert Wallet.objects.get().balance_coins == 500


def test_nothing_changes_without_the_pages_own_token(series: Title) -> None:
    pack = a_pack()
    stranger = Client(enforce_csrf_checks=True)
    for path, body in [
        ("play", {"slug": "on-show", "number": 1}),
        ("unlock", {"slug": "on-show", "number": 2, "idempotency_key": "forged-key"}),
        ("purchase", {"pack_id": pack.pk, "idempotency_key": "forged-key"}),
        ("place", {"slug": "on-show", "number": 1, "position_ms": 5}),
    ]:
        assert post(stranger, path, **body).status_code == 403
    assert not Viewer.objects.exists()
    assert not Purchase.objects.exists()


def test_a_play_session_is_renewed_for_its_own_viewer_only(series: Title) -> None:
    client = Client()
    play = post(client, "play", slug="on-show", number=1).json()
    renewed = post(client, "renew", grant=play["grant"])
    assert renewed.status_code == 200
    old, new = read_play_grant(play["grant"]), read_play_grant(renewed.json()["grant"])
    assert (new.session_id, new.started_at_ms) == (old.session_id, old.started_at_ms)
    assert client.get(renewed.json()["master"]).status_code == 200
    assert post(Client(), "renew", grant=play["grant"]).status_code == 403
    assert post(client, "renew", grant="nonsense").status_code == 403


def test_a_locked_play_session_cannot_be_renewed_into_media(series: Title) -> None:
    client = Client()
    locked = post(client, "play", slug="on-show", number=2).json()
    response = post(client, "renew", grant=locked["grant"])
    assert response.status_code == 403
    assert b"/media/" not in response.content


def test_the_place_is_kept_and_the_feed_starts_there(series: Title) -> None:
    client = Client()
    place = {"slug": "on-show", "number": 3, "position_ms": 12_000}
    assert post(client, "place", **place).status_code == 204
    (title,) = client.get("/api/feed").json()["titles"]
    assert (title["start_number"], title["start_position_ms"]) == (3, 12_000)
    assert post(client, "place", slug="on-show", number=9, position_ms=1).status_code == 404
    assert WatchProgress.objects.get().episode_number == 3


def _many_series(count: int) -> None:
    for number in range(count):
        published_at = LONG_AGO + timedelta(hours=number // 2)
        a_series(slug=f"series-{number}", published_at=published_at)


def _whole_feed(client: Client) -> list[str]:
    slugs: list[str] = []
    key = ""
    while True:
        page = client.get("/api/feed", {"after": key}).json()
        slugs += [title["slug"] for title in page["titles"]]
        key = page["next_key"]
        if not key:
            return slugs


def test_the_feed_shows_each_title_once_newest_first() -> None:
    _many_series(19)
    assert _whole_feed(Client()) == [f"series-{number}" for number in reversed(range(19))]


def test_what_is_published_meanwhile_shifts_nothing() -> None:
    _many_series(10)
    client = Client()
    first = client.get("/api/feed").json()
    a_series(slug="brand-new", published_at=A_MOMENT)
    second = client.get("/api/feed", {"after": first["next_key"]}).json()
    assert [title["slug"] for title in second["titles"]] == ["series-1", "series-0"]


@pytest.mark.parametrize("key", ["nonsense", "2026-01-01~x", "~", "'; drop table"])
def test_a_key_that_was_never_given_starts_from_the_top(key: str) -> None:
    _many_series(1)
    assert len(Client().get("/api/feed", {"after": key}).json()["titles"]) == 1


def test_queries_do_not_grow_with_what_is_shown(
    django_assert_max_num_queries: Any, language: str
) -> None:
    _many_series(24)
    client = client_of(language=language)
    post(client, "play", slug="series-1", number=1)
    post(client, "place", slug="series-1", number=1, position_ms=5)
    for address, most in [
        ("/api/feed", 3),
        ("/api/titles/series-1", 5),
        ("/", 6),
        ("/titles/", 8),
        ("/titles/series-1/", 6),
        ("/watch/series-1/1/", 7),
        ("/wallet/", 6),
    ]:
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200
    with django_assert_max_num_queries(8):
        post(client, "play", slug="series-1", number=1)


def test_the_description_of_the_api_is_up_to_date() -> None:
    kept = (ROOT / "docs/reference/openapi.json").read_text(encoding="utf-8")
    assert kept == openapi_document(), "run `python -m duanju_web.manage write_openapi`"
