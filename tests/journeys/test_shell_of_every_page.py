"""What frames every page works in a browser: theme, menus, dialogs, questions before harm."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.support.live_site import LiveSite
from tests.support.sentences import Say

PASSWORD = "correct horse battery staple"


def log_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".entrance__form button.button").first.click()
    page.wait_for_url("**/home/")


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_reader_chooses_a_theme_and_keeps_it(
    empty_site: LiveSite, new_page: NewPage, say: Say
) -> None:
    page = new_page(empty_site, screen="desktop")
    page.goto("/about/")
    by_day = background(page)
    page.locator(".theme-menu summary").click()
    page.locator("[data-theme-choice=dark]").click()
    by_night = background(page)
    assert by_night != by_day
    page.reload()
    assert background(page) == by_night
    page.locator(".theme-menu summary").click()
    expect(page.locator(".theme-menu")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator(".theme-menu")).not_to_have_attribute("open", "")


def test_owner_invites_and_is_asked_before_a_member_is_taken_out(
    empty_site: LiveSite, new_page: NewPage, say: Say
) -> None:
    empty_site.run_module("tests.support.journey_world", "people")
    page = new_page(empty_site, screen="phone")
    log_in(page, "producer@example.org")
    page.goto("/organisations/")
    page.locator("[data-dialog-open=invite]").first.click()
    page.locator("#invite #id_email").fill("mei@example.org")
    page.locator("#invite .button").last.click()
    expect(page.locator(".notice--success")).to_contain_text("mei@example.org")
    expect(page.locator("body")).to_contain_text(say("Open invitations"))
    members = page.locator("li.row:has(select)")
    expect(members).to_have_count(1)
    page.locator("form[data-confirm] button").click()
    expect(page.locator("#confirm-dialog")).to_be_visible()
    page.locator("#confirm-dialog button[value=cancel]").click()
    expect(page.locator("#confirm-dialog")).to_be_hidden()
    page.locator("form[data-confirm] button").click()
    page.locator("#confirm-dialog button[value=agree]").click()
    expect(page.locator(".notice--error")).to_be_visible()
    expect(members).to_have_count(1)
