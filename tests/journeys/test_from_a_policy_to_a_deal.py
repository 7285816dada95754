"""From a policy to a deal: written with forms, offered, compared, signed, printed, and reported on.

By hand: of 400,000.00 that viewers paid through WeChat on Android, the channel keeps 1%, 4,000.00.
The offer gives the studio half of the 396,000.00 left, 198,000.00, and guarantees 60,000.00 on
release: 258,000.00. The published policy at 60% and without a guarantee gives 237,600.00, which is
20,400.00 less; it overtakes where 9.9% of what viewers paid is 60,000.00, at 606,060.61. All
of it is paid in one month: over several, each month's part is a whole number of fen by itself.
"""

import re
import subprocess
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.support.journey_world import NAMES, PASSWORD
from tests.support.live_site import LiveSite
from tests.support.sentences import Say

PUBLISHED = "paid-unlock-share/1"
OWN = "river-video-paid-unlock-share"
NEVER = date(2099, 12, 31)
TITLES = {"en": "Night Ferry", "zh-hans": "夜航"}
TAGS = {"en": "en", "zh-hans": "zh-Hans"}


def test_a_policy_is_written_offered_compared_signed_and_reported_on(
    empty_site: LiveSite, new_page: NewPage, say: Say, language: str, tmp_path: Path
) -> None:
    empty_site.run_module("tests.support.journey_world", "negotiators")

    producer = new_page(empty_site, screen="desktop")
    a_producer_begins_a_draft_from_a_published_policy(producer, say)
    they_add_a_guarantee_and_are_told_of_a_slip(producer, say, language)
    they_put_it_right_and_read_it_in_words_and_in_money(producer, say)
    they_publish(producer, say)
    offer = they_make_an_offer(producer, say)

    owner = new_page(empty_site, screen="phone")
    the_studio_reads_the_offer(owner, offer, say, language)
    it_compares_the_offer_with_the_published_policy(owner, say, language)
    it_looks_at_what_chance_makes_of_it(owner, say)
    deal = it_accepts(owner, offer, say)
    the_deal_pins_version_and_clauses(owner)
    the_agreement_names_the_parties_and_the_guarantee(owner, say, language, tmp_path)

    accountant = new_page(empty_site, screen="desktop")
    the_accountant_records_that_the_drama_is_out(accountant, deal, say, language)


def log_in(page: Page, email: str, say: Say) -> None:
    """Log in as anybody does."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=say("Log in"), exact=True).click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def today() -> str:
    """Return the platform's day, as a field for days takes it."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def fits(page: Page) -> None:
    """Nothing on the page is wider than the screen."""
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def a_producer_begins_a_draft_from_a_published_policy(page: Page, say: Say) -> None:
    """Open the library, read a policy, and begin one like it."""
    log_in(page, "terms@example.org", say)
    page.goto("/policies/")
    page.locator("[name=words]").fill("paid unlock")
    # Who clicks before the answer is there would be overtaken by it.
    page.wait_for_url(lambda url: "words=paid" in url)
    page.locator(f"#library h2 a[href='/policies/{PUBLISHED}/']").click()
    page.get_by_role("link", name=say("Write one like it")).click()
    page.get_by_role("button", name=say("Begin a draft")).click()
    expect(page.locator(".part")).not_to_have_count(0)
    expect(page.locator("#live")).to_contain_text("49,500.00")


def they_add_a_guarantee_and_are_told_of_a_slip(page: Page, say: Say, language: str) -> None:
    """Add a clause, type an amount below zero, and read at its field what is wrong."""
    page.get_by_role("link", name=say("Add a clause")).click()
    page.locator("button[value='clause:minimum_guarantee']").click()
    amount = page.locator("#f-amount")
    expect(page.locator("#live")).to_contain_text("50,000.00")
    amount.fill("-60000")
    amount.press("Tab")
    said = page.locator("#f-amount-problems")
    expect(said).to_contain_text("小于" if language == "zh-hans" else "below 0")
    expect(amount).to_have_value("-60000")
    expect(page.locator("#live")).to_contain_text(
        say("When everything is right, the money is computed here.")
    )
    page.reload()
    expect(amount).to_have_value("-60000")
    expect(said.locator(".field__error")).to_have_count(1)
    fits(page)


def they_put_it_right_and_read_it_in_words_and_in_money(page: Page, say: Say) -> None:
    """Type the amount, let it fall due on release, and read both beside the form."""
    amount = page.locator("#f-amount")
    amount.fill("60,000")
    amount.press("Tab")
    expect(page.locator("#f-amount-problems .field__error")).to_have_count(0)
    live = page.locator("#live")
    expect(live.locator(".clause")).to_contain_text("60,000.00")
    expect(page.locator("#money .calculation__total")).to_contain_text("109,500.00")
    page.locator("#f-instalment-add").click()
    page.locator("[name='instalment.0.milestone']").select_option("released")
    page.locator("[name='instalment.0.share']").fill("100%")
    page.locator("[name='instalment.0.share']").press("Tab")
    expect(live.locator(".clause")).to_contain_text("100%")
    expect(page.locator("#money .calculation__total")).to_contain_text("109,500.00")
    page.get_by_role("button", name=say("Done"), exact=True).click()
    expect(page.locator("ol.parts").first.locator(".part")).to_have_count(2)


def they_publish(page: Page, say: Say) -> None:
    """Publish what is read back, and see that it is there for everybody."""
    publish = say("Publish", context="policy")
    page.get_by_role("button", name=publish, exact=True).first.click()
    page.locator("#publish form button:not([type=button])").click()
    expect(page.get_by_text(say("Published. This version never changes again."))).to_be_visible()
    assert page.url.endswith(f"/policies/{OWN}/1/")


def they_make_an_offer(page: Page, say: Say) -> str:
    """Offer the new terms for a title of the studio, and return the offer's address."""
    page.get_by_role("link", name=say("Make an offer on these terms")).click()
    page.locator("#studio").select_option("lantern")
    expect(page.locator("#policy")).to_have_value(f"{OWN}/1")
    page.locator("main form button").click()
    page.locator("[name=parameter_currency]").select_option("CNY")
    page.locator("[name=parameter_web_fee]").fill("1%")
    page.locator("[name=titles]").check()
    page.locator("[name=starts_on]").fill(today())
    page.locator("[name=valid_until]").fill(NEVER.isoformat())
    page.get_by_role("button", name=say("Send the offer")).click()
    expect(page.get_by_text(say("The offer is with the studio now."))).to_be_visible()
    return page.url


def the_studio_reads_the_offer(page: Page, offer: str, say: Say, language: str) -> None:
    """Find the offer in the list and read its guarantee and its title."""
    log_in(page, "producer@example.org", say)
    page.goto("/deals/offers/")
    page.locator("main a.row").click()
    assert page.url == offer
    expect(page.locator("main")).to_contain_text("60,000.00")
    expect(page.locator("main")).to_contain_text(TITLES[language])
    fits(page)


def it_compares_the_offer_with_the_published_policy(page: Page, say: Say, language: str) -> None:
    """Put another policy beside it: who gets what, and from where on the other pays more."""
    page.locator(".page-head__actions").get_by_role("link", name=say("Compare")).click()
    page.locator("select[name=with]").nth(1).select_option(f"policy:{PUBLISHED}")
    page.locator("[name=b-parameter_studio_share]").fill("60%")
    page.locator("[name=months]").fill("1")
    page.locator("[name=income_wechat_android]").fill("400000")
    page.locator("[name=income_wechat_android]").press("Tab")
    result = page.locator("#result")
    expect(result.locator(".verdict")).to_contain_text("258,000.00")
    expect(result.locator(".verdict")).to_contain_text("20,400.00")
    expect(result.locator("tr.is-own")).to_contain_text("237,600.00")
    crossing = result.locator(".crossings li")
    expect(crossing).to_have_count(1)
    expect(crossing).to_contain_text("606,060.61")
    expect(crossing).to_contain_text("B 比 A 付得多" if language == "zh-hans" else "B pays more")
    fits(page)


def it_looks_at_what_chance_makes_of_it(page: Page, say: Say) -> None:
    """Read the same two offers over many dramas; the guarantee is never undercut."""
    page.goto(page.url.replace("/deals/compare/", "/deals/simulate/"))
    low = page.locator("#result tbody tr").first.locator("td").first
    expect(low).to_contain_text(re.compile(r"6\d,\d{3}\.\d\d|[7-9]\d,\d{3}\.\d\d"))
    expect(page.locator("#result")).to_contain_text(say("From where on the cost comes back"))
    fits(page)


def it_accepts(page: Page, offer: str, say: Say) -> str:
    """Sign, and return the deal's address."""
    page.goto(offer)
    page.get_by_role("button", name=say("Accept and sign")).first.click()
    page.locator("#sign form button:not([type=button])").click()
    expect(
        page.get_by_text(say("Signed. The deal pins these terms for both sides."))
    ).to_be_visible()
    return page.url


def the_deal_pins_version_and_clauses(page: Page) -> None:
    """See which version was signed, and both of its clauses."""
    expect(page.locator(f"main a[href='/policies/{OWN}/1/']")).to_be_visible()
    expect(page.locator("article.clause")).to_have_count(2)
    expect(page.locator("article.clause").last).to_contain_text("60,000.00")
    fits(page)


def the_agreement_names_the_parties_and_the_guarantee(
    page: Page, say: Say, language: str, folder: Path
) -> None:
    """Keep the agreement as a file and read it as paper is read."""
    with page.expect_download() as started:
        page.get_by_role("link", name=say("Agreement (PDF)")).click()
    file = folder / "agreement.pdf"
    started.value.save_as(file)
    assert file.read_bytes().startswith(b"%PDF-")
    read = subprocess.run(
        ["pdftotext", "-q", file, "-"], capture_output=True, text=True, check=True
    )
    for words in (*(name[TAGS[language]] for name in NAMES.values()), "60,000.00"):
        assert words in read.stdout


def the_accountant_records_that_the_drama_is_out(
    page: Page, deal: str, say: Say, language: str
) -> None:
    """Record the milestone that the guarantee waits for."""
    log_in(page, "books@example.org", say)
    page.goto(f"{deal}facts/")
    page.locator("[name=what]").select_option("milestone/released")
    page.locator("[name=when]").fill(today())
    page.get_by_role("button", name=say("Record"), exact=True).click()
    expect(page.get_by_text(say("Recorded."), exact=True)).to_be_visible()
    expect(page.locator("main table tbody tr")).to_have_count(1)
    expect(page.locator("main table tbody tr")).to_contain_text(TITLES[language])
    fits(page)
