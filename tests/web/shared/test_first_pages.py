"""What waits for each side on its first page, and that nothing of others does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.support.agreements import a_deal, a_title_of, an_offer
from tests.support.people import a_member_of, a_person, an_actor, client_of
from tests.support.titles import a_title, an_episode

pytestmark = pytest.mark.django_db


def waiting_for(actor, language="en"):
    """Return the labels of the tasks on an actor's first page, and the page."""
    page = client_of(actor, language=language).get("/home/")
    assert page.status_code == 200
    return [task.label for task in page.context["tasks"]], page


def test_open_offer_waits_for_those_who_may_sign(language):
    platform, studio = an_actor("platform"), an_actor("studio")
    offer = an_offer(platform, studio, [a_title_of(studio)], now=timezone.now())
    labels, page = waiting_for(studio, language)
    assert len(labels) == 1
    assert f'href="/deals/offers/{offer.pk}/"' in page.content.decode()
    reader = a_member_of(studio.organisation, role="member")
    assert waiting_for(reader)[0] == []
    assert waiting_for(an_actor("studio"))[0] == []


def test_offer_whose_time_has_passed_waits_for_nobody():
    platform, studio = an_actor("platform"), an_actor("studio")
    an_offer(platform, studio, [a_title_of(studio)], now=timezone.now() - timedelta(days=60))
    assert waiting_for(studio)[0] == []


def test_failed_episode_and_finished_draft_wait_for_the_studio(language):
    studio = an_actor("studio")
    title = a_title(studio)
    an_episode(title, 1)
    an_episode(title, 2, state="failed")
    labels, page = waiting_for(studio, language)
    assert len(labels) == 2
    assert [task.tone for task in page.context["tasks"]] == ["bad", "seal"]
    assert waiting_for(an_actor("studio"))[0] == []


def test_month_that_is_over_waits_for_the_platforms_accountant(language):
    platform, studio = an_actor("platform", role="accountant"), an_actor("studio")
    a_deal(a_member_of(platform.organisation), studio, [a_title_of(studio)])
    labels, page = waiting_for(platform, language)
    assert labels == [{"en": "Close September 2026", "zh-hans": "办理2026年9月月结"}[language]]
    assert 'href="/settlement/months/2026-09/"' in page.content.decode()
    assert waiting_for(a_member_of(platform.organisation, role="member"))[0] == []


def test_viewer_is_shown_the_theater_and_how_to_set_up_an_organisation(language):
    _labels, page = waiting_for(a_person(), language)
    words = page.content.decode()
    assert 'href="/organisations/new/"' in words
    assert 'href="/titles/"' in words


def test_first_pages_of_both_sides_cost_few_queries(django_assert_max_num_queries):
    platform, studio = an_actor("platform"), an_actor("studio")
    for name in ("A", "B", "C"):
        a_deal(platform, studio, [a_title_of(studio, name=name)])
    for actor in (platform, studio):
        client = client_of(actor)
        client.get("/home/")
        with django_assert_max_num_queries(20):
            client.get("/home/")
