"""The pages of months, ledgers and statements, in both languages, for those who may read them."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors.drilling import by_day, by_episode, find_events, find_source
from duanju_web.settlement.services import bring_into_lake, close_month
from tests.support.agreements import (
    HALF_AFTER_FEES,
    NOVEMBER_5,
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    UNLOCK_SHARE,
    a_deal,
    a_title_of,
    unlocked,
    watched,
)
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
QUERIES_MAX = 24


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def title(studio):
    return a_title_of(studio)


def closed(platform, month, now):
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close


@pytest.fixture
def record(platform, studio, title):
    """A statement of September: ten hours watched on two days, and two unlocks of ten yuan."""
    a_deal(platform, studio, [title])
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    watched(title, minutes=480, at=SEPTEMBER_NOON)
    watched(title, minutes=120, at=datetime(2026, 9, 20, 4, tzinfo=UTC), seed=2, episode_number=2)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON, seed=8)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON, seed=9, channel="wechat_ios")
    closed(platform, SEPTEMBER, OCTOBER_5)
    return StatementRecord.objects.order_by("pk").first()


@pytest.fixture
def share(record):
    """The statement of the unlocks."""
    return StatementRecord.objects.order_by("pk").last()


def text_of(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()


def test_platform_sees_its_months_and_what_waits(platform, studio, title, language):
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    bring_into_lake(now=OCTOBER_5)
    page = text_of(client_of(platform, language=language).get(reverse("settlement")))
    assert "2026-09" in page
    assert "¥15.00" in page


def test_preview_posts_nothing_and_the_button_closes(platform, studio, title, language):
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    client = client_of(platform, language=language)
    address = reverse("settlement_month", args=["2026-09"])
    close = reverse("close_month", args=["2026-09"])
    preview = text_of(client.get(address))
    assert preview.count(close) == 1
    assert preview.count("statement-lines") == 1
    assert not Close.objects.exists()
    assert client.post(close).status_code == 302
    assert Close.objects.get().period == "2026-09"
    page = text_of(client.get(address))
    assert "¥15.00" in page
    assert close not in page


def test_deal_with_a_problem_is_named_and_can_be_left_out(platform, studio, title, language):
    deal = a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON, channel="app_store")
    client = client_of(platform, language=language)
    close = reverse("close_month", args=["2026-09"])
    page = text_of(client.post(close), status=409)
    assert deal.number in page
    assert not Close.objects.exists()
    assert client.post(close, {"without_blocked": "yes"}).status_code == 302
    assert Close.objects.exists()


def test_producer_cannot_close(platform, studio, title):
    a_deal(platform, studio, [title])
    producer = a_member_of(platform.organisation, role="producer")
    answer = client_of(producer).post(reverse("close_month", args=["2026-09"]))
    assert answer.status_code == 404
    assert not Close.objects.exists()


def test_studio_reads_its_statement(record, studio, title, language):
    client = client_of(studio, language=language)
    assert record.number in text_of(client.get(reverse("statements")))
    page = text_of(client.get(reverse("statement", args=[record.pk])))
    assert "¥15.00" in page
    assert record.digest[:16] in page
    assert ("夜航" if language == "zh-hans" else "Night Flight") in page


def test_statement_of_unlocks_says_where_every_fen_went(share, studio, language):
    page = text_of(client_of(studio, language=language).get(reverse("statement", args=[share.pk])))
    for money in ("¥20.00", "¥0.06", "¥1.20", "¥9.37"):
        assert money in page


def test_drawing_and_table_of_the_flow_say_the_same(share, studio, language):
    share.party.name = {"en": "Lantern Films", "zh-Hans": "灯影"}
    share.party.save()
    page = text_of(client_of(studio, language=language).get(reverse("statement", args=[share.pk])))
    across, down = re.findall(r"<svg class=\"flow__drawing.*?</svg>", page, re.DOTALL)
    table = page[page.rindex("</svg>", 0, page.index('id="lines"')) : page.index('id="lines"')]
    name = {"en": "Lantern Films", "zh-hans": "灯影"}[language]
    for drawing in (across, down):
        shown = re.findall(r'class="flow__amount"[^>]*>([^<]*)<', drawing)
        assert sorted(shown) == sorted(
            f"{'CN' if language == 'en' else ''}{own}"
            for own in ("¥20.00", "¥0.06", "¥1.20", "¥9.37", "¥9.37", "¥9.37")
        )
        assert all(own.strip("CN") in table for own in shown)
        assert name in drawing
        assert 'role="img"' in drawing
        assert "<desc" in drawing
    assert name in table


def test_lines_of_one_clause_are_shown_alone(share, studio, language):
    client = client_of(studio, language=language)
    address = reverse("statement", args=[share.pk])
    clause_id = share.document["lines"][0]["clause_id"]
    one = text_of(client.get(address, {"clause": clause_id}))
    assert one.count("statement-lines") == 1
    assert {"en": "Only the lines of", "zh-hans": "只显示"}[language] in one
    none = text_of(client.get(address, {"clause": "nonsense"}))
    assert reverse("statement_line", args=[share.pk, 1]) not in none


def test_line_opens_to_proof_days_and_episodes(record, studio, language):
    client = client_of(studio, language=language)
    address = reverse("statement_line", args=[record.pk, 1])
    page = text_of(client.get(address))
    assert "600 ÷ 60 × 1.5 = 15" in page
    assert "?day=2026-09-10" in page
    assert "?day=2026-09-20" in page
    assert "?episode=2" in page
    assert "adds-up" in page
    part = text_of(client.get(address, headers={"hx-request": "true"}))
    assert "<html" not in part
    assert "?day=2026-09-10" in part


def test_drill_down_sums_equal_the_line(record, share):
    for own in (record, share):
        (line,) = statement_of(own).lines
        source = find_source(own, line)
        assert sum(day.quantity for day in by_day(source)) == line.quantity
        assert sum(episode.quantity for episode in by_episode(source)) == line.quantity
        page = find_events(source)
        field = "amount_minor" if own == share else "effective_ms"
        assert page.after is None
        assert sum(getattr(event, field) for event in page.events) == line.quantity


def test_events_are_paged_and_narrowed(record, share, studio, language):
    client = client_of(studio, language=language)
    address = reverse("statement_events", args=[record.pk, 1])
    assert text_of(client.get(address)).count('scope="row"') == 2
    assert text_of(client.get(address, {"day": "2026-09-20"})).count('scope="row"') == 1
    assert text_of(client.get(address, {"episode": "7"})).count('class="empty"') == 1
    assert client.get(address, {"after": "nonsense"}).status_code == 404
    assert client.get(address, {"day": "nonsense"}).status_code == 404
    assert "2026-09-10 12:00:00" in text_of(client.get(address))
    assert ("28,800 秒" if language == "zh-hans" else "28,800 s") in text_of(client.get(address))
    money = reverse("statement_events", args=[share.pk, 1])
    assert "¥10.00" in text_of(client.get(money))


def test_correction_shows_only_what_came_too_late(platform, record, studio, title, language):
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=5, delay_s=86_400 * 30, episode_number=3)
    watched(title, minutes=120, at=OCTOBER_NOON, seed=6)
    closed(platform, OCTOBER, NOVEMBER_5)
    correction = StatementRecord.objects.filter(close__period="2026-10").order_by("pk").first()
    client = client_of(studio, language=language)
    page = text_of(client.get(reverse("statement", args=[correction.pk])))
    assert "2026-09" in page
    assert "¥1.50" in page
    late = statement_of(correction).lines[0]
    source = find_source(correction, late)
    assert [event.episode_number for event in find_events(source).events] == [3]
    assert [(own.earlier, own.difference) for own in by_day(source)] == [
        (480 * 60_000, 60 * 60_000),
        (120 * 60_000, 0),
    ]
    first = statement_of(record).lines[0]
    assert sum(own.quantity for own in by_day(find_source(record, first))) == 600 * 60_000
    part = text_of(client.get(reverse("statement_line", args=[correction.pk, 1])))
    assert "60 min" in part.replace("分钟", "min") or "60" in part


def test_downloads_hold_the_statement(record, share, studio, language):
    client = client_of(studio, language=language)
    table = client.get(reverse("statement_csv", args=[share.pk])).content.decode("utf-8-sig")
    assert ("本期金额" if language == "zh-hans" else "Amount") in table
    assert "9.37" in table
    bundle = json.loads(client.get(reverse("statement_json", args=[share.pk])).content)
    assert bundle["statements"][0]["totals"] == [{"amount_minor": 937, "currency": "CNY"}]
    assert [own["digest"] for own in bundle["policies"]] == [share.deal.policy_digest]
    assert sum(leg["amount_minor"] for own in bundle["ledger"] for leg in own["legs"]) == 0
    assert sum(own["quantity"] for own in bundle["facts"] if own.get("currency")) == 2_000


def test_paper_is_a_pdf_with_both_parties(share, studio, language, tmp_path):
    answer = client_of(studio, language=language).get(reverse("statement_pdf", args=[share.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    assert b"NotoSansCJKsc" in answer.content


def test_ledger_sums_to_zero_and_is_paged(record, platform, language):
    page = text_of(client_of(platform, language=language).get(reverse("ledger")))
    assert "¥0.00" in page
    assert record.deal.number in page
    assert "payable:studio:" in text_of(
        client_of(platform, language=language).get(reverse("accounts"))
    )
    text_of(client_of(platform, language=language).get(reverse("ledger"), {"month": "2026-09"}))


def test_accounts_name_the_organisations_and_not_their_addresses(record, platform, language):
    name = "灯影" if language == "zh-hans" else "Lantern Films"
    record.party.name = {"en": "Lantern Films", "zh-Hans": "灯影"}
    record.party.save()
    owed = {"en": f"Owed to {name}", "zh-hans": f"应付{name}"}[language]
    for address in ("ledger", "accounts"):
        page = text_of(client_of(platform, language=language).get(reverse(address)))
        assert owed in page.replace(" " if language == "zh-hans" else "\0", "")


def test_others_find_nothing(record):
    addresses = [
        reverse("statement", args=[record.pk]),
        reverse("statement_line", args=[record.pk, 1]),
        reverse("statement_events", args=[record.pk, 1]),
        reverse("statement_csv", args=[record.pk]),
        reverse("statement_json", args=[record.pk]),
        reverse("statement_pdf", args=[record.pk]),
    ]
    for stranger in (an_actor("platform"), an_actor("studio"), an_actor("buyer")):
        client = client_of(stranger)
        assert {client.get(address).status_code for address in addresses} == {404}
    assert {client_of().get(address).status_code for address in addresses} == {302}
    other = client_of(an_actor("platform"))
    assert record.number not in text_of(other.get(reverse("statements")))
    assert other.get(reverse("settlement_month", args=["2026-09"])).status_code == 404
    studio = client_of(an_actor("studio"))
    assert studio.get(reverse("ledger")).status_code == 404
    assert studio.get(reverse("accounts")).status_code == 404
    assert studio.get(reverse("settlement_month", args=["2026-09"])).status_code == 404


def test_studio_is_led_from_settlement_to_its_statements(studio):
    answer = client_of(studio).get(reverse("settlement"))
    assert (answer.status_code, answer["Location"]) == (302, reverse("statements"))


@pytest.mark.parametrize("name", ["statements", "settlement", "ledger", "accounts"])
def test_empty_lists_say_what_to_do_next(name, platform, language):
    page = text_of(client_of(platform, language=language).get(reverse(name)))
    assert 'class="empty"' in page


def test_queries_of_lists_and_statements_are_bounded(
    platform, studio, django_assert_max_num_queries
):
    titles = [a_title_of(studio, name=f"T{own}", chinese=f"剧{own}") for own in range(12)]
    for number, own in enumerate(titles):
        a_deal(platform, studio, [own])
        watched(own, minutes=60, at=SEPTEMBER_NOON, seed=20 + number)
    closed(platform, SEPTEMBER, OCTOBER_5)
    client, reader = client_of(platform), client_of(studio)
    some = StatementRecord.objects.first()
    for browser, address in (
        (client, reverse("settlement")),
        (client, reverse("settlement_month", args=["2026-09"])),
        (client, reverse("settlement_month", args=["2026-10"])),
        (client, reverse("ledger")),
        (reader, reverse("statements")),
        (reader, reverse("statement", args=[some.pk])),
    ):
        with django_assert_max_num_queries(QUERIES_MAX):
            text_of(browser.get(address))


def test_days_before_the_deal_are_neither_paid_nor_shown(platform, studio, title):
    a_deal(platform, studio, [title], starts_on=date(2026, 9, 15), ends_on=date(2026, 9, 25))
    for day in (10, 20, 28):
        watched(title, minutes=60, at=datetime(2026, 9, day, 4, tzinfo=UTC), seed=day)
    closed(platform, SEPTEMBER, OCTOBER_5)
    own = StatementRecord.objects.get()
    assert own.totals == [{"amount_minor": 150, "currency": "CNY"}]
    source = find_source(own, statement_of(own).lines[0])
    assert [portion.day for portion in by_day(source)] == [date(2026, 9, 20)]
    assert len(find_events(source).events) == 1
