"""A deal is amended: the platform proposes, the studio agrees, and the deal says what holds when.

The deal divides what viewers pay, after the channel's fee, in halves. From the first day of the
next month on the studio is to receive 60%.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.support.journey_world import PASSWORD
from tests.support.live_site import LiveSite
from tests.support.sentences import Say

NEVER = date(2099, 12, 31)


def test_a_platform_amends_a_deal_and_the_studio_agrees(
    empty_site: LiveSite, new_page: NewPage, say: Say, language: str
) -> None:
    empty_site.run_module("tests.support.journey_world", "negotiators")
    empty_site.run_module("tests.support.journey_world", "deal", "night-ferry")
    first = first_day_of_next_month()

    producer = new_page(empty_site, screen="desktop")
    they_see_what_other_terms_would_change(producer, first, say)
    amendment = they_propose_them(producer, say)

    owner = new_page(empty_site, screen="phone")
    the_studio_reads_them_and_agrees(owner, amendment, say)
    the_deal_says_which_terms_hold_when(owner, first, say, language)


def first_day_of_next_month() -> date:
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def log_in(page: Page, email: str, say: Say) -> None:
    """Log in as anybody does."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=say("Log in"), exact=True).click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def fits(page: Page) -> None:
    """Nothing on the page is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def they_see_what_other_terms_would_change(page: Page, first: date, say: Say) -> None:
    """Go from the deal to the form, which begins with what the deal chose, and look."""
    log_in(page, "terms@example.org", say)
    page.goto("/deals/")
    page.locator("main a.row").click()
    page.get_by_role("link", name=say("Propose an amendment")).click()
    page.locator("main form button").click()
    expect(page.locator("[name=parameter_currency]")).to_have_value("CNY")
    page.locator("[name=parameter_studio_share]").fill("60%")
    page.locator("[name=effective_on]").fill(first.isoformat())
    page.locator("[name=valid_until]").fill(NEVER.isoformat())
    page.get_by_role("button", name=say("See what would change")).click()
    expect(page.locator(".difference--changed, .difference--same")).not_to_have_count(0)
    fits(page)


def they_propose_them(page: Page, say: Say) -> str:
    """Send what was looked at, and return its address."""
    expect(page.locator("[name=parameter_studio_share]")).to_have_value("60%")
    page.get_by_role("button", name=say("Propose it")).click()
    expect(page.get_by_text(say("The amendment is with the studio now."))).to_be_visible()
    return page.url


def the_studio_reads_them_and_agrees(page: Page, amendment: str, say: Say) -> None:
    """Find the proposal among what waits, read it, and agree."""
    log_in(page, "producer@example.org", say)
    page.goto("/home/")
    page.locator(f"main a[href='{amendment[amendment.index('/deals/') :]}']").click()
    expect(page.locator("article.clause").first).to_contain_text("60%")
    fits(page)
    page.get_by_role("button", name=say("Agree"), exact=True).first.click()
    page.locator("#sign form button:not([type=button])").click()
    expect(page.get_by_text(say("Agreed. The deal is settled by the new terms."))).to_be_visible()


def the_deal_says_which_terms_hold_when(page: Page, first: date, say: Say, language: str) -> None:
    """Read both terms, the newest first, each with its days."""
    last = first - timedelta(days=1)
    parts = page.locator("h3.terms-days")
    expect(parts).to_have_count(2)
    expect(parts.first).to_contain_text(in_words(first, language))
    expect(parts.last).to_contain_text(say("As first signed"))
    expect(parts.last).to_contain_text(in_words(last, language))
    clauses = page.locator("article.clause")
    expect(clauses.first).to_contain_text("60%")
    expect(clauses.last).to_contain_text("50%")
    fits(page)


def in_words(day: date, language: str) -> str:
    if language == "zh-hans":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%b} {day.year}"
