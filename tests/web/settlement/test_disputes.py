"""A partner disputes a line, the platform answers, and both read the same, word by word."""

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from duanju.kernel import Month
from duanju.settlement import DisputeAction, DisputeState, Remedy
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import (
    Close,
    Dispute,
    DisputeFile,
    DisputeStep,
    MonthStep,
    ProvisionalStatement,
    StatementRecord,
)
from duanju_web.settlement.selectors.disputes import disputes_of, open_disputes_of
from duanju_web.settlement.services import close_month, push_month, soft_close_month
from duanju_web.settlement.services.attaching import FILE_BYTES_MAX, path_of_file
from duanju_web.settlement.services.disputing import Said, raise_dispute, say_in_dispute
from tests.support.agreements import OCTOBER_5, SEPTEMBER_NOON, a_deal, a_title_of, watched
from tests.support.people import an_actor, client_of
from tests.web.settlement.test_stages import SEPTEMBER, codes, rules, softly_closed

pytestmark = pytest.mark.django_db
QUERIES_MAX = 25
ZONE = ZoneInfo("Asia/Shanghai")
PDF = b"%PDF-1.7 a contract"


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio")


@pytest.fixture
def title(platform, studio):
    own = a_title_of(studio)
    a_deal(platform, studio, [own])
    watched(own, minutes=600, at=SEPTEMBER_NOON)
    return own


@pytest.fixture
def shown(platform, studio, title):
    softly_closed(platform)
    return ProvisionalStatement.objects.get()


@pytest.fixture
def shown_today(platform, studio):
    """A provisional statement of the month that runs, whose lines can be disputed by the clock."""
    now = timezone.now()
    month = Month.of(now, ZONE)
    start = month.period(ZONE).start
    own = a_title_of(studio)
    days = {"starts_on": start.date(), "ends_on": start.date() + timedelta(days=90)}
    a_deal(platform, studio, [own], now=start - timedelta(days=1), **days)
    watched(own, minutes=60, at=start + timedelta(hours=2))
    rules(platform)
    asked = {"platform": platform.organisation, "month": month, "actor": platform, "now": now}
    assert isinstance(push_month(**asked, may_be_early=True), MonthStep)
    assert isinstance(soft_close_month(**asked, may_be_early=True), MonthStep)
    return ProvisionalStatement.objects.get()


def a_file(name: str = "watched.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def raised(shown, studio, *, request: str = "r1", text: str = "Ten hours lack.", files=()) -> Any:
    return raise_dispute(
        statement=shown,
        line=statement_of(shown).lines[0],
        reason="quantity",
        expected_minor=3_000,
        said=Said(text, request, files),
        actor=studio,
        now=OCTOBER_5,
    )


def say(dispute, action: DisputeAction, actor, *, request: str, text="So.", remedy=None) -> Any:
    return say_in_dispute(
        dispute=dispute,
        action=action,
        said=Said(text, request),
        actor=actor,
        now=OCTOBER_5,
        remedy=remedy,
    )


def states() -> list[str]:
    return list(DisputeStep.objects.order_by("number").values_list("state", flat=True))


def test_dispute_names_the_line_as_it_was_seen(shown, studio, title):
    own = raised(shown, studio, files=[a_file()])
    assert isinstance(own, Dispute), codes(own)
    assert (own.period, own.seen_minor, own.expected_minor) == ("2026-09", 1_500, 3_000)
    assert (own.seen_digest, own.title_id) == (shown.digest, str(title.pk))
    kept = DisputeFile.objects.get()
    assert (kept.name, kept.size_bytes) == ("watched.pdf", len(PDF))
    assert path_of_file(kept.sha256).read_bytes() == PDF


def test_both_speak_in_turn_until_it_is_accepted(shown, platform, studio):
    own = raised(shown, studio)
    say(own, DisputeAction.ASK, platform, request="a")
    say(own, DisputeAction.ANSWER, studio, request="b")
    assert open_disputes_of(platform.organisation, SEPTEMBER).count() == 1
    done = say(own, DisputeAction.ACCEPT, platform, request="c", remedy=Remedy.BEFORE_CLOSE)
    assert (done.state, done.remedy) == ("accepted", "before_close")
    assert states() == ["open", "asked", "open", "accepted"]
    assert not open_disputes_of(platform.organisation, SEPTEMBER).exists()
    late = say(own, DisputeAction.WITHDRAW, studio, request="d")
    assert codes(late) == ["settlement.dispute-out-of-turn"]
    assert len(states()) == 4


def test_what_is_declined_can_be_contested(shown, platform, studio):
    own = raised(shown, studio)
    say(own, DisputeAction.DECLINE, platform, request="a")
    again = say(own, DisputeAction.CONTEST, studio, request="b")
    assert again.state == DisputeState.OPEN.value


@pytest.mark.parametrize(
    ("action", "by", "code"),
    [
        (DisputeAction.ACCEPT, "studio", "settlement.dispute-out-of-turn"),
        (DisputeAction.WITHDRAW, "platform", "settlement.dispute-out-of-turn"),
        (DisputeAction.RAISE, "studio", "settlement.dispute-out-of-turn"),
    ],
)
def test_nobody_speaks_for_the_other(shown, platform, studio, action, by, code):
    own = raised(shown, studio)
    remedy = Remedy.NEXT_MONTH if action is DisputeAction.ACCEPT else None
    actor = {"studio": studio, "platform": platform}[by]
    assert codes(say(own, action, actor, request="a", remedy=remedy)) == [code]
    assert states() == ["open"]


def test_accepting_says_how_and_nothing_else_does(shown, platform, studio):
    own = raised(shown, studio)
    without = ["settlement.dispute-without-remedy"]
    assert codes(say(own, DisputeAction.ACCEPT, platform, request="a")) == without
    declined = say(own, DisputeAction.DECLINE, platform, request="b", remedy=Remedy.NEXT_MONTH)
    assert codes(declined) == without
    assert states() == ["open"]


def test_sent_again_it_is_said_once(shown, platform, studio):
    own = raised(shown, studio)
    assert raised(shown, studio) == own
    first = say(own, DisputeAction.ASK, platform, request="a")
    assert say(own, DisputeAction.ASK, platform, request="a") == first
    assert len(states()) == 2


def test_a_line_has_one_open_dispute(shown, platform, studio):
    own = raised(shown, studio)
    assert codes(raised(shown, studio, request="r2")) == ["settlement.line-disputed"]
    say(own, DisputeAction.WITHDRAW, studio, request="a")
    assert isinstance(raised(shown, studio, request="r3"), Dispute)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([a_file("run.exe")], "settlement.attached-file-unknown"),
        ([a_file("watched.pdf", b"<html>")], "settlement.attached-file-unknown"),
        ([a_file("watched.csv", b"a\0b")], "settlement.attached-file-unknown"),
        ([a_file("page.html", b"<html>")], "settlement.attached-file-unknown"),
        ([a_file(f"{own}.pdf") for own in range(6)], "settlement.too-many-files"),
        (
            [a_file("large.pdf", PDF.ljust(FILE_BYTES_MAX + 1))],
            "settlement.attached-file-too-large",
        ),
    ],
)
def test_files_that_are_not_taken_leave_nothing(shown, studio, files, code):
    assert codes(raised(shown, studio, files=files)) == [code]
    assert not Dispute.objects.exists()


@pytest.mark.parametrize(
    ("text", "code"),
    [(" ", "settlement.dispute-without-words"), ("a" * 2_001, "settlement.dispute-too-long")],
)
def test_words_are_asked_for(shown, studio, text, code):
    assert codes(raised(shown, studio, text=text)) == [code]
    assert not Dispute.objects.exists()


def test_disputed_and_answered_through_the_pages(shown_today, platform, studio, language):
    shown = shown_today
    theirs, ours = (client_of(own, language=language) for own in (studio, platform))
    address = reverse("dispute_provisional", args=[shown.pk, 1])
    page = theirs.get(reverse("provisional", args=[shown.pk])).content.decode()
    assert address in page
    entered = {
        "reason": "missing",
        "expected": "30.00",
        "text": "Ten hours lack.",
        "request_id": "1",
        "files": [a_file(), a_file("hours.csv", b"day,hours\n")],
    }
    assert theirs.post(address, entered).status_code == 302
    own = Dispute.objects.get()
    assert own.expected_minor == 3_000
    assert DisputeFile.objects.count() == 2
    here = reverse("dispute", args=[own.pk])
    assert here in ours.get(reverse("disputes")).content.decode()
    month = ours.get(reverse("settlement_month", args=[shown.step.period])).content.decode()
    assert month.count(f'href="{reverse("disputes")}"') == 1
    assert "Ten hours lack." in ours.get(here).content.decode()
    answer = {"action": "accept", "text": "You are right.", "request_id": "2"}
    assert ours.post(here, answer).status_code == 422
    assert ours.post(here, {**answer, "remedy": "next_month"}).status_code == 302
    shown_to_both = [client.get(here).content.decode() for client in (theirs, ours)]
    assert all("You are right." in page and "multipart" not in page for page in shown_to_both)


@pytest.mark.parametrize("entered", [{"expected": "much"}, {"reason": "none"}, {"text": ""}])
def test_what_cannot_be_read_is_shown_again(shown_today, studio, entered, language):
    shown, client = shown_today, client_of(studio, language=language)
    good = {"reason": "rate", "expected": "", "text": "The tier.", "request_id": "1"}
    address = reverse("dispute_provisional", args=[shown.pk, 1])
    answer = client.post(address, {**good, **entered})
    assert answer.status_code == 422
    assert not Dispute.objects.exists()


def test_files_are_handed_out_to_both_sides_and_never_shown_in_place(shown, platform, studio):
    raised(shown, studio, files=[a_file()])
    address = reverse("dispute_file", args=[DisputeFile.objects.get().pk])
    for actor in (platform, studio):
        answer = client_of(actor).get(address)
        assert b"".join(answer.streaming_content) == PDF
        assert answer["Content-Type"] == "application/octet-stream"
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert client_of(an_actor("studio")).get(address).status_code == 404


def test_others_see_and_raise_nothing(shown_today, platform, studio):
    shown = shown_today
    own = raised(shown, studio)
    other = client_of(an_actor("studio"))
    assert other.get(reverse("dispute", args=[own.pk])).status_code == 404
    raising = reverse("dispute_provisional", args=[shown.pk, 1])
    for actor in (platform, an_actor("studio")):
        assert client_of(actor).get(raising).status_code == 404
    missing = reverse("dispute_provisional", args=[shown.pk, 9])
    assert client_of(studio).get(missing).status_code == 404
    assert not disputes_of(an_actor("studio").organisation).exists()


def test_after_the_last_day_a_provisional_line_is_not_disputed_any_more(shown, studio):
    client = client_of(studio)
    raising = reverse("dispute_provisional", args=[shown.pk, 1])
    assert raising not in client.get(reverse("provisional", args=[shown.pk])).content.decode()
    assert client.get(raising).status_code == 404


def test_line_of_a_closed_month_is_disputed_too(platform, studio, title, language):
    closed = close_month(
        platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_5
    )
    assert isinstance(closed, Close)
    record = StatementRecord.objects.get()
    client = client_of(studio, language=language)
    address = reverse("dispute_line", args=[record.pk, 1])
    line = client.get(reverse("statement_line", args=[record.pk, 1])).content.decode()
    assert address in line
    said = {"reason": "rate", "text": "Another tier.", "request_id": "1"}
    assert client.post(address, said).status_code == 302
    assert Dispute.objects.get().seen_digest == record.digest
    assert client_of(platform).get(address).status_code == 404


def test_queries_do_not_grow_with_what_was_said(shown, platform, studio):
    own = raised(shown, studio, files=[a_file()])
    client = client_of(platform)
    addresses = [reverse("disputes"), reverse("dispute", args=[own.pk])]
    before = [queries_of(client, address) for address in addresses]
    for number in range(6):
        say(own, DisputeAction.ANSWER, studio, request=str(number))
    assert [queries_of(client, address) for address in addresses] == before
    assert max(before) <= QUERIES_MAX


def queries_of(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
