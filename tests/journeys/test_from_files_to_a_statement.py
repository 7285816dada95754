"""The whole way: files, an unlock, a close, and a statement that leads back to the unlock.

By hand: a pack of 100 coins costs 10.00 yuan, so the 80 coins of an episode are worth 8.00. The
payment channel keeps 1%, 0.08; of the 7.92 left the studio receives half, 3.96.
"""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, Response, expect

from duanju.adapters.lake import Lake
from duanju.kernel import Month
from tests.journeys.conftest import NewPage
from tests.support.journey_world import PASSWORD
from tests.support.live_site import LiveSite
from tests.support.sentences import Say
from tests.support.videos import SampleVideos

FILES = {"第1集.mp4": "faststart.mp4", "第2集.mp4": "small.mkv", "第3集.mp4": "half.mp4"}
"""As the studio names them, and what is in them: the third ends in the middle."""
PACKAGING_MS = 120_000
PLAYED_S = 2.0
SECOND_PRESS_LANDS_LATE = """sheet => new MutationObserver(() => {
    sheet.click();
    sheet.querySelector('[data-act=watch-unlocked]').click();
}).observe(sheet.querySelector('[data-unlock=receipt]'), {attributeFilter: ['hidden']})"""
"""The receipt is smaller than the offer: a double press ends on what was behind, or beneath."""
SEALED_ATTEMPTS_MAX = 60


def test_an_unlock_is_found_again_in_the_studios_statement(
    empty_site: LiveSite, new_page: NewPage, videos: SampleVideos, say: Say
) -> None:
    empty_site.run_module("tests.support.journey_world", "people")

    studio = new_page(empty_site, screen="desktop")
    slug = a_studio_makes_a_title(studio, say)
    it_brings_three_files_of_which_one_is_broken(studio, videos, say)
    it_publishes(studio, say)
    empty_site.run_module("tests.support.journey_world", "deal", slug)

    viewer = new_page(empty_site, screen="phone")
    a_viewer_watches_the_free_episode_and_the_collector_hears_it(viewer, empty_site, slug)
    they_unlock_the_next_with_coins(viewer, say)
    event_id = the_unlock_is_in_the_lake(empty_site)

    month = a_month_passes(empty_site)
    platform = new_page(empty_site, screen="desktop")
    the_platform_closes_the_month(platform, month, say)

    reader = new_page(empty_site, screen="phone")
    the_studio_drills_down_to_the_unlock(reader, event_id, say)


def log_in(page: Page, email: str, say: Say) -> None:
    """Log in as anybody does."""
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name=say("Log in"), exact=True).click()
    page.wait_for_url(lambda url: "/accounts/" not in url)


def a_studio_makes_a_title(page: Page, say: Say) -> str:
    """Fill in a live-action drama with one free episode, and return its slug."""
    log_in(page, "producer@example.org", say)
    page.goto("/studio/titles/")
    page.get_by_role("link", name=say("New title")).first.click()
    page.get_by_label(say("Name in Chinese")).fill("夜航")
    page.get_by_label(say("Name in English")).fill("Night Ferry")
    page.get_by_label(say("Synopsis in Chinese")).fill("末班轮渡上，两个陌生人交换了箱子。")
    page.get_by_label(say("Synopsis in English")).fill("On the last ferry, two suitcases swap.")
    page.get_by_label(say("Free episodes")).fill("1")
    page.get_by_label(say("Price of each other episode, in coins")).fill("80")
    page.get_by_role("button", name=say("Make the title")).click()
    expect(page.get_by_text(say("The title is there. Now bring its episodes."))).to_be_visible()
    assert page.get_by_role("button", name=say("Publish"), exact=True).is_disabled()
    return page.url.rstrip("/").rsplit("/", 1)[1]


def it_brings_three_files_of_which_one_is_broken(
    page: Page, videos: SampleVideos, say: Say
) -> None:
    """Choose three files, accept the order that their names give, and wait for the worker."""
    files = [
        {"name": name, "mimeType": "video/mp4", "buffer": videos(sample).read_bytes()}
        for name, sample in reversed(FILES.items())
    ]
    page.locator("[data-ingest-input]").set_input_files(files)
    accept = page.get_by_role("button", name=say("Accept this order"))
    accept.wait_for()
    numbers = page.locator("[data-ingest-number]")
    expect(numbers).to_have_count(len(FILES))
    assert [number.input_value() for number in numbers.all()] == ["1", "2", "3"]
    accept.click()
    ready = say("Ready to play")
    for number in (1, 2):
        expect(page.locator(f"#episode-{number}")).to_contain_text(ready, timeout=PACKAGING_MS)
    broken = page.locator("#episode-3")
    expect(broken).to_contain_text(say("The end of this file is missing."), timeout=PACKAGING_MS)


def it_publishes(page: Page, say: Say) -> None:
    """Put right what still stands in the way, and publish."""
    page.get_by_role("link", name=say("Edit the details")).click()
    page.get_by_label(say("Filing number")).fill("（京）网微剧审字（2026）第001号")
    page.locator("[name=budget_tier]").select_option(index=1)
    page.locator("main form button:not([type=button])").last.click()
    page.get_by_role("button", name=say("Publish"), exact=True).click()
    expect(page.get_by_role("link", name=say("See it in the theater"))).to_be_visible()


def a_viewer_watches_the_free_episode_and_the_collector_hears_it(
    page: Page, site: LiveSite, slug: str
) -> None:
    """Open the drama from the feed and let the first episode play; its clock advances."""
    page.goto("/")
    expect(page.locator(f"[data-slug='{slug}']").first).to_be_visible()

    def collected(answer: Response) -> bool:
        return answer.url.endswith("/events") and not answer.url.startswith(site.address)

    with page.expect_response(collected) as heard:
        page.goto(f"/watch/{slug}/1/")
        page.wait_for_function(
            "seconds => [...document.querySelectorAll('video')]"
            ".some(video => !video.paused && video.currentTime >= seconds)",
            arg=PLAYED_S,
        )
    assert heard.value.status == 200
    assert heard.value.json()["rejected"] == []
    expect(page.locator("#next-up")).to_be_visible()


def they_unlock_the_next_with_coins(page: Page, say: Say) -> None:
    """Buy a pack in the sandbox, unlock, and watch the second episode play."""
    page.locator("#next-up [data-act=next-now]").click()
    sheet = page.locator("#unlock-sheet")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text(say("Sandbox: no real money is taken for coins here."))
    sheet.locator(".pack").first.click()
    pay = sheet.locator("[data-act=pay]")
    expect(pay).to_be_enabled()
    expect(pay).to_have_text(say("Unlock for {coins} coins").replace("{coins}", "80"))
    sheet.evaluate(SECOND_PRESS_LANDS_LATE)
    pay.dblclick()
    expect(sheet.locator("[data-slot=receipt-balance]")).to_have_text("20")
    expect(sheet.locator("[data-act=watch-unlocked]")).to_be_visible()
    sheet.locator("[data-act=watch-unlocked]").click()
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')]"
        ".some(video => !video.paused && video.currentTime > 0.5)"
    )
    assert page.url.endswith("/2/")


def the_unlock_is_in_the_lake(site: LiveSite) -> str:
    """Seal what has happened, and return the id of the one unlock that there is."""
    site.manage("seal_events", "--once")
    lake = Lake(site.folder / "lake")
    now = datetime.now(UTC)
    today = Month.of(now, ZoneInfo("Asia/Shanghai")).period(ZoneInfo("Asia/Shanghai"))
    (measured,) = (own for own in lake.measure(period=today, titles=None) if own.unlocks)
    assert (measured.unlocks, measured.coins, measured.amount_minor) == (1, 80, 800)
    page = lake.events(title_id=measured.title_id, period=today, kind="unlock", limit=10)
    (event,) = page.events
    return str(event.id)


def a_month_passes(site: LiveSite) -> Month:
    """Move the site's clock into the month after, and return the month that is over."""
    zone = ZoneInfo("Asia/Shanghai")
    now = datetime.now(zone)
    month = Month.of(now, zone)
    days = (month.period(zone).end + timedelta(days=2) - now).days
    (site.folder / "days_ahead").write_text(str(days))
    return month


def the_platform_closes_the_month(page: Page, month: Month, say: Say) -> None:
    """Look at the preview and close."""
    log_in(page, "accountant@example.org", say)
    page.goto("/settlement/")
    page.get_by_role("link", name=say("Preview")).click()
    expect(page.locator("main")).to_contain_text("3.96")
    page.get_by_role("button", name=say("Close month")).click()
    page.locator("#close-month form button:not([type=button])").click()
    expect(page.locator("main")).to_contain_text(str(month))
    expect(page.get_by_role("button", name=say("Close month"))).to_have_count(0)


def the_studio_drills_down_to_the_unlock(page: Page, event_id: str, say: Say) -> None:
    """Open the statement, its line, its events, and find the very unlock."""
    log_in(page, "producer@example.org", say)
    page.goto("/settlement/statements/")
    page.locator("main a.row").first.click()
    expect(page.locator(".flow__drawing--across .flow__amount").last).to_contain_text("3.96")
    page.locator("#lines tbody th a").first.click()
    expect(page.locator("main")).to_contain_text(re.compile(r"8\.00"))
    page.get_by_role("link", name=say("The events themselves")).click()
    expect(page.locator("main")).to_contain_text(event_id)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert event_id in download.value.path().read_text("utf-8")
