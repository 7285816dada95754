"""A month through the pages: an advertising report, a dispute, two approvals, a payment, a replay.

By hand: the network reports 1,000.05 yuan in rows that can be read and says 1,100.00 at its foot;
three rows are spoilt. A fifth of 1,000.05 is 200.01. The studio disputes it, the report comes again
with the three rows put right, 33.30 and 33.30 and 33.35, and a fifth of 1,100.00 is 220.00.
"""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.sync_api import Page, expect

from duanju.kernel import Month
from tests.journeys.conftest import NewPage
from tests.journeys.test_from_files_to_a_statement import log_in
from tests.support.live_site import LiveSite
from tests.support.payouts import LIME, RIVER
from tests.support.second_factor import the_code
from tests.support.sentences import Say

ZONE = ZoneInfo("Asia/Shanghai")
STUDIO, CHIEF, COLLEAGUE = "producer@example.org", "accountant@example.org", "books@example.org"
HEADER = "日期,短剧ID,渠道,预估收入(元)"
PUSH_ON, DISPUTES_END, CLOSE_ON = 3, 5, 6
"""Days of the next month."""


def test_a_month_closes_through_the_pages(
    empty_site: LiveSite, new_page: NewPage, say: Say, tmp_path: Path
) -> None:
    month = Month.of(datetime.now(UTC), ZONE)
    title = json.loads(empty_site.run_module("tests.support.journey_world", "advertising"))["title"]
    chief = new_page(empty_site, screen="desktop")
    colleague = new_page(empty_site, screen="desktop")
    studio = new_page(empty_site, screen="phone")
    for page, email in ((chief, CHIEF), (colleague, COLLEAGUE), (studio, STUDIO)):
        log_in(page, email, say)

    the_platform_says_how_it_closes(chief, say)
    it_brings_a_report_with_three_bad_rows(chief, month, title, say)
    it_is_too_early_to_push(chief, month, say)

    the_day_is(empty_site, month, PUSH_ON)
    it_pushes_and_opens_to_disputes(chief, month, say)
    the_studio_disputes_its_line(studio, month, say)
    the_platform_puts_it_right(chief, month, title, say)
    the_studio_sees_what_is_right(studio, say)

    the_day_is(empty_site, month, CLOSE_ON)
    one_asks_and_cannot_approve(chief, month, say)
    the_other_approves(colleague, month, say)
    the_bundle_is_replayed_elsewhere(studio, tmp_path / "elsewhere", say)

    empty_site.run_module("tests.support.journey_world", "second-factors")
    both_enter_bank_accounts(chief, studio, say)
    it_becomes_due(chief, month, say)
    it_is_paid(chief, colleague, month, say)
    the_studio_has_its_money(studio, say)


def a_report(month: Month, title: int, spoilt: Mapping[int, str]) -> bytes:
    """Write what the advertising network says; some rows as they should not be."""
    rows = {
        1: f"{month}-01,{title},android,400.02",
        2: f"{month}-02,{title},ios,600.03",
        3: f"{month}-03,{title},android,33.30",
        4: f"{month}-04,{title},ios,33.30",
        5: f"{month}-05,{title},ios,33.35",
    } | spoilt
    lines = [HEADER, *rows.values(), '合计,,,"1,100.00"']
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def spoilt_rows(month: Month, title: int) -> dict[int, str]:
    """Return rows with an amount in words, a day that no month has, and no title."""
    return {
        3: f"{month}-03,{title},android,about 33",
        4: f"{month}-44,{title},ios,33.30",
        5: f"{month}-05,999999,ios,33.35",
    }


def the_day_is(site: LiveSite, month: Month, day: int) -> None:
    """Move the site's clock to a day of the month after; never back."""
    now = datetime.now(ZONE)
    wanted = (month.period(ZONE).end + timedelta(days=day - 1)).date()
    (site.folder / "days_ahead").write_text(str((wanted - now.date()).days))


def press(page: Page, name: str, *, last: bool = False) -> None:
    """Press the button of a form in the page's middle."""
    found = page.locator("main").get_by_role("button", name=name, exact=True)
    (found.last if last else found.first).click()


def bring(page: Page, content: bytes, month: Month, say: Say) -> None:
    """Bring a report's file and look through it."""
    page.goto("/settlement/reports/")
    file = {"name": "pangle.csv", "mimeType": "text/csv", "buffer": content}
    page.locator("[name=file]").set_input_files([file])
    page.locator("[name=source]").fill("pangle")
    period = page.locator("[name=period]")
    if period.evaluate("own => own.tagName") == "SELECT":
        period.select_option(str(month))
    else:
        period.fill(str(month))
    press(page, say("Look through it"))


def the_platform_says_how_it_closes(page: Page, say: Say) -> None:
    """Set a calendar, and that above 100 yuan two people close."""
    page.goto("/settlement/rules/")
    for name, value in {
        "push_by_day": "4",
        "objections_by_day": str(DISPUTES_END),
        "invoice_by_day": "7",
        "second_above": "CNY 100",
    }.items():
        page.locator(f"[name={name}]").fill(value)
    press(page, say("Close months so"))
    page.wait_for_url("**/settlement/")


def it_brings_a_report_with_three_bad_rows(page: Page, month: Month, title: int, say: Say) -> None:
    """See what cannot be read, be refused without saying so, and accept the rest."""
    bring(page, a_report(month, title, spoilt_rows(month, title)), month, say)
    waiting = page.locator("main")
    for place in ("4", "5", "6"):
        expect(waiting.locator(".problem__place").filter(has_text=place).first).to_be_visible()
    expect(waiting.locator(".problem__place")).to_have_count(4)
    expect(waiting).to_contain_text("1,000.05")
    expect(waiting).to_contain_text("1,100.00")
    press(page, say("Accept the report"))
    expect(waiting.locator(".problems").first).to_be_visible()
    page.goto("/settlement/")
    expect(page.locator(".waiting__money")).not_to_contain_text("200.01")
    page.goto("/settlement/reports/")
    page.locator("main a.row").first.click()
    page.locator("[name=without_problem_rows]").check()
    page.locator("[name=despite_totals]").check()
    press(page, say("Accept the report"))
    expect(page.locator("main .problem")).to_have_count(3)
    page.goto("/settlement/")
    expect(page.locator(".waiting__money")).to_contain_text("200.01")


def it_is_too_early_to_push(page: Page, month: Month, say: Say) -> None:
    """No button before the month is over."""
    page.goto(f"/settlement/months/{month}/")
    expect(page.get_by_role("button", name=say("Push the figures"))).to_have_count(0)


def it_pushes_and_opens_to_disputes(page: Page, month: Month, say: Say) -> None:
    """Push, then let partners look."""
    page.goto(f"/settlement/months/{month}/")
    press(page, say("Push the figures"))
    expect(page.get_by_role("button", name=say("Open to disputes"))).to_be_visible()
    press(page, say("Open to disputes"))
    expect(page.locator("main .step")).to_be_visible()
    expect(page.get_by_role("button", name=say("Close month"))).to_have_count(0)


def the_studio_disputes_its_line(page: Page, month: Month, say: Say) -> None:
    """Say that something is missing, what would be right, and attach why."""
    page.goto("/settlement/statements/")
    page.locator("main a.row").filter(has_text=str(month)).first.click()
    expect(page.locator("main .total__money")).to_contain_text("200.01")
    page.get_by_role("link", name=say("Dispute it")).first.click()
    page.locator("[name=reason]").select_option("missing")
    page.locator("[name=expected]").fill("220.00")
    page.locator("[name=text]").fill("The network told us 1,100.00.")
    table = {"name": "ours.csv", "mimeType": "text/csv", "buffer": b"sum,1100.00\n"}
    page.locator("[name=files]").set_input_files([table])
    press(page, say("Dispute it"))
    expect(page.locator(".said")).to_contain_text("The network told us 1,100.00.")
    expect(page.locator("main .facts")).to_contain_text("220.00")


def the_platform_puts_it_right(page: Page, month: Month, title: int, say: Say) -> None:
    """Read the file, accept the dispute, bring the report again, and push again."""
    page.goto(f"/settlement/months/{month}/")
    page.locator(".step__wait a[href='/settlement/disputes/']").click()
    page.locator("main a.row").first.click()
    with page.expect_download() as attached:
        page.get_by_role("link", name="ours.csv").click()
    assert attached.value.path().read_bytes() == b"sum,1100.00\n"
    page.locator("[name=action][value=accept]").check()
    page.locator("[name=remedy]").select_option("before_close")
    page.locator("[name=text]").fill("Three rows were spoilt; the network sent them again.")
    press(page, say("Say it"))
    expect(page.locator(".said__step")).to_have_count(2)
    bring(page, a_report(month, title, {}), month, say)
    expect(page.locator("main .problem__place")).to_have_count(0)
    page.locator("[name=as_new_version]").check()
    press(page, say("Accept the report"))
    page.goto(f"/settlement/months/{month}/")
    press(page, say("Push again"))
    expect(page.locator("main .step__wait a")).to_have_count(0)


def the_studio_sees_what_is_right(page: Page, say: Say) -> None:
    """Find the newest figures, and the answer."""
    page.goto("/settlement/statements/")
    page.locator("main a.row").first.click()
    expect(page.locator("main .total__money")).to_contain_text("220.00")
    page.goto("/settlement/disputes/")
    page.locator("main a.row").first.click()
    expect(page.locator(".said")).to_contain_text("the network sent them again")


def one_asks_and_cannot_approve(page: Page, month: Month, say: Say) -> None:
    """Close as one person: the month waits for another."""
    page.goto(f"/settlement/months/{month}/")
    press(page, say("Close month"))
    page.locator("#close-month form button:not([type=button])").click()
    expect(page.locator(".step .waiting__money")).to_contain_text("220.00")
    expect(page.get_by_role("button", name=say("Approve and close"))).to_have_count(0)


def the_other_approves(page: Page, month: Month, say: Say) -> None:
    """Approve exactly what was asked; the month is closed and sums to zero."""
    page.goto(f"/settlement/months/{month}/")
    expect(page.locator(".step .waiting__money")).to_contain_text("220.00")
    press(page, say("Approve and close"))
    expect(page.locator("main .stat__value").first).to_contain_text("220.00")
    expect(page.locator("main")).to_contain_text(say("They sum to zero, as they must."))


def the_bundle_is_replayed_elsewhere(page: Page, folder: Path, say: Say) -> None:
    """Fetch three files, and check them by other processes in another folder."""
    folder.mkdir()
    page.goto("/settlement/statements/")
    page.locator("main a.row[href*='/statements/']").first.click()
    expect(page.locator("main .total__money")).to_contain_text("220.00")
    names = {}
    for kind in ("Bundle", "Signature", "Public key"):
        with page.expect_download() as download:
            page.locator("#verify").get_by_role("link", name=say(kind), exact=True).click()
        names[kind] = download.value.suggested_filename
        download.value.save_as(folder / names[kind])
    bundle = folder / names["Bundle"]
    proofs = ["--signature", names["Signature"], "--public-key", names["Public key"]]
    assert duanju(folder, "verify", bundle.name, *proofs) == 0
    assert duanju(folder, "replay", bundle.name) == 0
    told = bundle.read_text("utf-8")
    assert told.count("22000") >= 1
    bundle.write_text(told.replace("22000", "22001"), "utf-8")
    assert duanju(folder, "verify", bundle.name, *proofs) != 0
    assert duanju(folder, "replay", bundle.name) != 0


def duanju(folder: Path, *arguments: str) -> int:
    """Run the command in a folder; return how it ended."""
    command = [sys.executable, "-c", "from duanju.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode


def both_enter_bank_accounts(chief: Page, studio: Page, say: Say) -> None:
    """Enter where money goes from and to, each with their second factor."""
    for page, account in ((chief, RIVER), (studio, LIME)):
        page.goto("/payouts/bank-accounts/new/")
        page.locator("[name=holder]").fill(account.holder)
        page.locator("[name=number]").fill(account.number)
        if account.bic:
            page.locator("[name=bic]").fill(account.bic)
        if account.clearing_system:
            page.locator("[name=clearing_system]").select_option(account.clearing_system)
            page.locator("[name=clearing_member]").fill(account.clearing_member)
        page.locator("[name=code]").fill(the_code())
        press(page, say("Keep the account"))
        page.wait_for_url("**/payouts/bank-accounts/")


def it_becomes_due(page: Page, month: Month, say: Say) -> None:
    """Invoice the month."""
    page.goto(f"/settlement/months/{month}/")
    page.get_by_role("link", name=say("What is due")).first.click()
    expect(page.locator("main details.working")).to_contain_text("220.00")
    press(page, say("Make it due"))
    expect(page.locator("main table")).to_contain_text("220.00")


def it_is_paid(chief: Page, colleague: Page, month: Month, say: Say) -> None:
    """Propose, approve as somebody else, fetch the bank's file, and import what the bank says."""
    chief.goto("/payouts/")
    press(chief, say("Propose a batch"))
    expect(chief.locator("main h1")).to_contain_text("220.00")
    expect(chief.get_by_role("button", name=say("Approve", room="payouts"))).to_have_count(0)
    colleague.goto(chief.url)
    press(colleague, say("Approve", room="payouts"))
    with colleague.expect_download() as pain:
        colleague.locator("a[href$='/pain/']").click()
    assert '<InstdAmt Ccy="CNY">220.00</InstdAmt>' in pain.value.path().read_text("utf-8")
    with colleague.expect_download() as table:
        colleague.locator("a[href$='/csv/']").click()
    (payout,) = csv.DictReader(io.StringIO(table.value.path().read_text("utf-8-sig")))
    said = f"payout,status,reason\r\n{payout['payout']},settled,\r\n".encode()
    colleague.goto("/payouts/statuses/")
    file = {"name": "bank.csv", "mimeType": "text/csv", "buffer": said}
    colleague.locator("[name=file]").set_input_files([file])
    press(colleague, say("Import", room="payouts"))
    expect(colleague.locator("main a.row, main .row").first).to_contain_text("bank.csv")
    chief.goto(f"/settlement/months/{month}/")
    press(chief, say("The month is paid"))
    expect(chief.locator(".stage--current")).to_contain_text(say("Paid", context="stage"))


def the_studio_has_its_money(page: Page, say: Say) -> None:
    """Read that it is paid, and that nothing is due."""
    page.goto("/payouts/")
    expect(page.locator("main .rows .row")).to_have_count(1)
    expect(page.locator("main .rows .row")).to_contain_text("220.00")
    expect(page.get_by_role("heading", name=say("Still due"), exact=True)).to_have_count(0)
    expect(page.locator("main .badge")).to_have_text(say("Paid", room="payouts", context="payout"))
