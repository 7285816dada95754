"""A stranger who opens the demo is anybody's first page away by three clicks."""

from playwright.sync_api import expect

from duanju_web.shared.models import OrganisationKind
from tests.journeys.conftest import NewPage
from tests.support.live_site import LiveSite

PERSONAS = {"viewer", *OrganisationKind.values}


def test_every_personas_first_page_is_three_clicks_away(
    empty_site: LiveSite, new_page: NewPage, language: str
) -> None:
    empty_site.run_module("tests.support.journey_world", "personas")
    page = new_page(empty_site, screen="phone")
    page.goto("/demo/")
    groups = page.locator(".persona-group")
    assert groups.count() == len(PERSONAS)
    for position in range(groups.count()):
        page.context.clear_cookies()
        page.goto("/")
        page.locator(".theater__brand").click()
        page.locator("a[href='/demo/']:visible").first.click()
        persona = page.locator(".persona-group").nth(position).locator("button").first
        name = persona.locator(".persona__name").inner_text()
        persona.click()
        if position == 0:
            expect(page.locator("#reel")).to_be_visible()
            assert page.url == f"{empty_site.address}/"
        else:
            expect(page.locator("h1").first).to_be_visible()
            assert page.url == f"{empty_site.address}/home/", name
        assert page.locator("html").get_attribute("lang", timeout=1000) in {language, "zh-Hans"}
