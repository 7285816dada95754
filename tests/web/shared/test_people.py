"""Who gets in."""

import os

import pytest
from django.db import connection

from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db


def test_home_opens_for_a_member_and_asks_a_visitor_to_log_in(language: str) -> None:
    assert client_of(an_actor("studio"), language=language).get("/home/").status_code == 200
    visitor = client_of(language=language).get("/home/")
    assert visitor.status_code == 302
    assert visitor["location"] == "/accounts/login/?next=/home/"


def test_another_organisations_membership_cannot_be_chosen() -> None:
    mine, other = an_actor("studio"), an_actor("studio")
    answer = client_of(mine).post(f"/organisations/{other.organisation.pk}/act/")
    assert answer.status_code == 404


def test_the_run_uses_the_database_it_was_asked_for(pytestconfig) -> None:
    assert connection.vendor == os.environ.get("DUANJU_TEST_DATABASE", "sqlite")
