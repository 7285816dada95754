"""Real browsers before a real server."""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Response

from tests.support.live_site import LiveSite, a_running_site, manage, site_environment
from tests.support.repository import ROOT
from tests.support.sentences import Say, sentences_in
from tests.support.videos import videos
from tools.browser import running_chromium

__all__ = ["videos"]

SCREENS = {"phone": (390, 844), "desktop": (1280, 800)}
PAGE_LANGUAGES = {"en": "en-US", "zh-hans": "zh-CN"}
PATIENCE_MS = 20_000
JOURNEY_SETTINGS = "tests.support.journey_settings"

RESULTS = ROOT / "test-results"
"""Pictures of what was on the screens when a journey failed."""

NewPage = Callable[..., Page]
FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep whether the test failed, for the fixtures that end after it."""
    report = yield
    if report.when == "call":
        item.stash[FAILED] = report.failed
    return report


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    """Name one of the two languages; a story is told in each."""
    return str(request.param)


@pytest.fixture
def say(language: str) -> Say:
    """Return what pages say in the story's language."""
    return sentences_in(language)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, the machine's own or playwright's."""
    # Playwright keeps a loop running in this thread, which Django would mistake for its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with running_chromium() as chromium:
        yield chromium


@pytest.fixture
def new_page(browser: Browser, language: str, request: pytest.FixtureRequest) -> Iterator[NewPage]:
    """Return a function that opens a browser of its own on a `phone` or a `desktop`."""
    errors: list[str] = []
    pages: list[Page] = []
    with ExitStack() as opened:

        def open_page(site: LiveSite, *, screen: str) -> Page:
            width, height = SCREENS[screen]
            context: BrowserContext = browser.new_context(
                base_url=site.address,
                locale=PAGE_LANGUAGES[language],
                viewport={"width": width, "height": height},
                has_touch=screen == "phone",
                reduced_motion="reduce",
            )
            opened.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
            page.on("response", lambda answer: errors.extend(_fault(answer)))
            pages.append(page)
            return page

        yield open_page
        if request.node.stash.get(FAILED, False):
            RESULTS.mkdir(exist_ok=True)
            for number, page in enumerate(pages, 1):
                page.screenshot(path=RESULTS / f"{request.node.name}-{number}.png")
    assert errors == []


def _fault(answer: Response) -> list[str]:
    return [f"{answer.url}: {answer.status}"] if answer.status >= 500 else []


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Make the tables once, and return the address of the database that every site begins as."""
    environment = site_environment(tmp_path_factory.mktemp("tables"))
    manage("migrate", "--verbosity", "0", environment=environment)
    return environment["DATABASE_URL"]


@pytest.fixture
def empty_site(tables: str, tmp_path: Path) -> Iterator[LiveSite]:
    """Serve a site with nobody and nothing in it, whose clock can be moved."""
    environment = site_environment(tmp_path, like=tables)
    environment["DJANGO_SETTINGS_MODULE"] = JOURNEY_SETTINGS
    with a_running_site(tmp_path, environment=environment) as site:
        yield site
