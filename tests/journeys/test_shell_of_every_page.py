"""What frames every page works in a browser: theme, menus, dialogs, questions before harm."""

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.support.live_site import LiveSite
from tests.support.sentences import Say

PASSWORD = "correct horse battery staple"
NIGHT = "rgb(11, 15, 16)"
"""The paper of the dark theme, reached by a transition."""


def log_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").fill(email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator(".entrance__form button.button").first.click()
    page.wait_for_url("**/home/")


def test_frame_of_pages_does_what_it_shows(
    empty_site: LiveSite, new_page: NewPage, say: Say
) -> None:
    empty_site.run_module("tests.support.journey_world", "people")
    page = new_page(empty_site, screen="phone")
    log_in(page, "producer@example.org")
    choose_the_night_and_keep_it(page)
    invite_from_the_dialog(page)
    expect(page.locator("body")).to_contain_text(say("Open invitations"))
    be_asked_before_a_member_is_taken_out(page)


def choose_the_night_and_keep_it(page: Page) -> None:
    page.locator(".theme-menu summary").click()
    page.locator("[data-theme-choice=dark]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(page.locator("html")).to_have_css("background-color", NIGHT)
    page.reload()
    expect(page.locator("html")).to_have_css("background-color", NIGHT)
    page.locator(".theme-menu summary").click()
    expect(page.locator(".theme-menu")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator(".theme-menu")).not_to_have_attribute("open", "")


def invite_from_the_dialog(page: Page) -> None:
    page.goto("/organisations/")
    page.locator("[data-dialog-open=invite]").first.click()
    page.locator("#invite #id_email").fill("mei@example.org")
    page.locator("#invite .button").last.click()
    expect(page.locator(".notice--success")).to_contain_text("mei@example.org")


def be_asked_before_a_member_is_taken_out(page: Page) -> None:
    """The only owner agrees, and still remains."""
    members = page.locator("li.row:has(select)")
    page.locator("form[data-confirm] button").click()
    page.locator("#confirm-dialog button[value=cancel]").click()
    expect(page.locator("#confirm-dialog")).to_be_hidden()
    page.locator("form[data-confirm] button").click()
    page.locator("#confirm-dialog button[value=agree]").click()
    expect(page.locator(".notice--error")).to_be_visible()
    expect(members).to_have_count(1)
