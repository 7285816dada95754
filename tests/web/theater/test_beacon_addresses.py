"""A page tells its player where the collector is, and lets it speak to nobody else."""

from typing import Any

import pytest
from django.test import Client

from tests.support.theater import a_series

pytestmark = pytest.mark.django_db
ADDRESS = "http://localhost:8123/events"


def stage(settings: Any, *, collector_port: int, **extra: Any) -> tuple[list[str], str]:
    a_series()
    settings.COLLECTOR_PORT = collector_port
    answer = Client(HTTP_HOST="localhost:8000").get("/watch/on-show/1/", **extra)
    assert answer.status_code == 200
    assert answer.context["start"]["events"] == "/events"
    return answer.context["start"]["collectors"], answer.headers["Content-Security-Policy"]


def test_player_is_told_of_the_collector_beside_and_may_ask_it(settings: Any) -> None:
    collectors, policy = stage(settings, collector_port=8123)
    assert collectors == [ADDRESS]
    assert policy.endswith("; connect-src 'self' http://localhost:8123")


def test_behind_a_proxy_the_pages_own_address_is_all(settings: Any) -> None:
    settings.PLAYERS_ASK_THE_COLLECTOR = False
    collectors, policy = stage(settings, collector_port=8123)
    assert collectors == []
    assert "connect-src" not in policy


def test_over_tls_no_plain_address_is_named(settings: Any) -> None:
    assert stage(settings, collector_port=8123, secure=True)[0] == []


def test_without_a_collector_none_is_named(settings: Any) -> None:
    assert stage(settings, collector_port=0)[0] == []


def test_an_ipv6_address_which_no_policy_can_name_is_left_out(settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["[::1]"]
    assert stage(settings, collector_port=8123, HTTP_HOST="[::1]:8000")[0] == []
