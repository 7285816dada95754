"""A writer brings a Word file with two broken headings, sees them by line, and mends them."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewPage
from tests.journeys.test_amending_a_deal import fits, log_in
from tests.support.live_site import LiveSite
from tests.support.scripts import BROKEN, GOOD, a_word_file
from tests.support.sentences import Say


def test_a_writer_mends_a_script_line_by_line(
    empty_site: LiveSite, new_page: NewPage, say: Say, tmp_path: Path
) -> None:
    empty_site.run_module("tests.support.journey_world", "writer")
    page = new_page(empty_site, screen="phone")
    log_in(page, "writer@example.org", say)
    she_brings(page, tmp_path / "一分不差.docx", BROKEN, say)
    she_sees_two_headings_by_their_lines(page, say)
    she_brings(page, tmp_path / "mended.docx", GOOD, say)
    all_is_understood_and_figures_lead_to_lines(page, say)


def she_brings(page: Page, path: Path, lines: list[str], say: Say) -> None:
    """Choose a file and let it be read, on the list or on the script's page."""
    path.write_bytes(a_word_file(lines))
    if "/scripts/" not in page.url:
        page.goto("/scripts/")
    page.locator("[name=file]").set_input_files(path)
    page.get_by_role("button", name=say("Read it")).click()
    page.wait_for_url(re.compile(r"/scripts/\d+/$"))
    fits(page)


def she_sees_two_headings_by_their_lines(page: Page, say: Say) -> None:
    """Open each of the two lines, and find what is missing beside it."""
    mend = page.locator("#mend")
    lines = sorted({own.split("#line-")[1] for own in addresses(mend)})
    assert lines == ["2", "8"]
    script = page.url
    for line in lines:
        mend.locator(f"a[href$='#line-{line}']").first.click()
        heading = page.locator(f"#line-{line}")
        expect(heading).to_be_in_viewport()
        expect(heading.locator(".script__problem").first).to_be_visible()
        fits(page)
        page.goto(script)


def addresses(part: object) -> list[str]:
    """Return where the links of a part of a page lead."""
    return part.locator("a[href*='#line-']").evaluate_all(  # type: ignore[attr-defined]
        "links => links.map(link => link.getAttribute('href'))"
    )


def all_is_understood_and_figures_lead_to_lines(page: Page, say: Say) -> None:
    """See the second version without anything to mend, and open the line behind a figure."""
    expect(page.locator("#mend")).to_have_count(0)
    expect(page.get_by_text(say("every line understood")).first).to_be_visible()
    page.locator(".script-episodes a[href$='#line-8']").first.click()
    expect(page.locator("#line-8")).to_contain_text("江边")
    fits(page)
