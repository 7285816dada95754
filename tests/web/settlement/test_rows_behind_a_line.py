"""The rows behind a statement's line: whole, exact, streamed, and nobody else's."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju_web.deals.services import import_policies
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors.drilling import (
    by_day,
    by_episode,
    each_event,
    find_events,
    find_source,
    quantity_of,
)
from duanju_web.settlement.services import close_month
from tests.support.agreements import (
    HALF_AFTER_FEES,
    NOVEMBER_5,
    OCTOBER_5,
    SEPTEMBER_NOON,
    SIGNED_AT,
    UNLOCK_SHARE,
    a_deal,
    a_title_of,
    unlocked,
    watched,
)
from tests.support.brought_reports import ADVERTS, FIFTH, a_table, accepted
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
QUERIES_MAX = 16

ONE_CHANNEL = """\
id = "one-channel"
version = 1
valid_from = 2026-01-01
title = { en = "One channel", zh-Hans = "单一渠道" }
summary = { en = "Hours of one channel.", zh-Hans = "单一渠道的时长。" }

[[source]]
title = { en = "Made up", zh-Hans = "虚构" }

[[clause]]
id = "hours"
kind = "tiered_rate"
title = { en = "Hours", zh-Hans = "时长" }
explanation = { en = "Paid by the hour.", zh-Hans = "按小时支付。" }
measure = { measure = "effective_minutes", channels = CHANNELS }
currency = "CNY"
reading = "marginal"
per = 60

[[clause.tier]]
above = 0
rate = 1.5
"""


def closed(platform, month, now) -> None:
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close


def rows_of(answer) -> list[dict[str, str]]:
    assert answer.status_code == 200
    assert answer.streaming
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def records(platform, studio):
    """Hours and unlocks of September; a title of somebody else was watched, too."""
    title, other = a_title_of(studio), a_title_of(an_actor("studio"), name="Secret")
    a_deal(platform, studio, [title])
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    for seed in range(60):
        at = datetime(2026, 9, 1 + seed % 28, 4, tzinfo=UTC)
        watched(title, minutes=1 + seed, at=at, seed=100 + seed)
    unlocked(title, amount_minor=1_001, at=SEPTEMBER_NOON, seed=8)
    unlocked(title, amount_minor=999, at=SEPTEMBER_NOON, seed=9, channel="wechat_ios")
    watched(other, minutes=7, at=SEPTEMBER_NOON, seed=99)
    closed(platform, SEPTEMBER, OCTOBER_5)
    return list(StatementRecord.objects.filter(party=studio.organisation).order_by("pk"))


def test_table_of_events_adds_up_to_the_line_and_is_what_the_pages_show(records, studio, language):
    client = client_of(studio, language=language)
    for record in records:
        (line,) = statement_of(record).lines
        rows = rows_of(client.get(reverse("statement_events_csv", args=[record.pk, 1])))
        source = find_source(record, line)
        streamed = list(each_event(source))
        assert sum(quantity_of(own, line.measure) for own in streamed) == line.quantity
        column = {"en": ("Milliseconds", "Amount"), "zh-hans": ("毫秒", "金额")}[language]
        if line.measure == "effective_minutes":
            assert sum(int(own[column[0]]) for own in rows) == line.quantity
        else:
            assert sum(Decimal(own[column[1]]) for own in rows) == Decimal("20.00")
        paged, after = [], None
        while True:
            page = find_events(source, after=after)
            paged += page.events
            after = page.after
            if after is None:
                break
        assert paged == streamed
        event = {"en": "Event", "zh-hans": "事件"}[language]
        assert [own[event] for own in rows] == [own.id for own in paged]


def test_page_of_events_says_what_all_of_its_pages_come_to(records, studio, language):
    client = client_of(studio, language=language)
    address = reverse("statement_events", args=[records[0].pk, 1])
    whole = client.get(address).content.decode()
    assert "1,830" in whole
    assert reverse("statement_events_csv", args=[records[0].pk, 1]) in whole
    day = client.get(address, {"day": "2026-09-03"}).content.decode()
    assert f"{3 + 31 + 59}" in day
    assert 'class="adds-up"' in day


def test_table_of_a_correction_holds_what_came_too_late(records, platform, studio):
    title = records[0].deal.titles.get()
    watched(title, minutes=11, at=SEPTEMBER_NOON, seed=200, delay_s=86_400 * 30)
    closed(platform, OCTOBER, NOVEMBER_5)
    late = StatementRecord.objects.get(
        close__period="2026-10", deal=records[0].deal, party=studio.organisation
    )
    rows = rows_of(client_of(studio).get(reverse("statement_events_csv", args=[late.pk, 1])))
    assert [int(own["Milliseconds"]) for own in rows] == [11 * 60_000]


def test_table_of_reported_rows_adds_up_to_the_line(platform, studio, language):
    title = a_title_of(studio)
    a_deal(platform, studio, [title], policy=ADVERTS, parameters=FIFTH)
    report = accepted(platform, a_table(title))
    closed(platform, SEPTEMBER, OCTOBER_5)
    record = StatementRecord.objects.get(party=studio.organisation)
    (line,) = statement_of(record).lines
    client = client_of(studio, language=language)
    rows = rows_of(client.get(reverse("statement_reported_csv", args=[record.pk, 1])))
    amount = {"en": "Amount", "zh-hans": "金额"}[language]
    assert sum(Decimal(own[amount]) for own in rows) * 100 == line.quantity
    digest = {"en": "Digest", "zh-hans": "摘要值"}[language]
    assert {own[digest] for own in rows} == {report.sha256}
    page = client.get(reverse("statement_reported_rows", args=[record.pk, 1])).content.decode()
    assert 'class="adds-up"' in page
    assert "1,000.05" in page


@pytest.mark.parametrize("name", ["statement_events_csv", "statement_reported_csv"])
def test_rows_of_others_do_not_exist(records, name):
    address = reverse(name, args=[records[0].pk, 1])
    for stranger in (an_actor("studio"), an_actor("platform")):
        assert client_of(stranger).get(address).status_code == 404
    assert client_of().get(address).status_code == 302


def test_queries_do_not_grow_with_the_rows(records, studio, django_assert_max_num_queries):
    client = client_of(studio)
    for name in ("statement_events", "statement_events_csv", "statement_reported_csv"):
        with django_assert_max_num_queries(QUERIES_MAX):
            answer = client.get(reverse(name, args=[records[1].pk, 1]))
            list(answer.streaming_content) if answer.streaming else answer.content


def test_clause_of_one_channel_shows_the_rows_of_that_channel_alone(platform, studio, tmp_path):
    text = ONE_CHANNEL.replace("CHANNELS", '["web"]')
    (tmp_path / "one-channel.toml").write_text(text, "utf-8")
    import_policies(folder=tmp_path, now=SIGNED_AT)
    title = a_title_of(studio)
    a_deal(platform, studio, [title], policy="one-channel", parameters={})
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=31)
    watched(title, minutes=7, at=SEPTEMBER_NOON, seed=32, channel="wechat_ios")
    closed(platform, SEPTEMBER, OCTOBER_5)
    watched(title, minutes=5, at=SEPTEMBER_NOON, seed=33, delay_s=86_400 * 30)
    watched(title, minutes=9, at=SEPTEMBER_NOON, seed=34, delay_s=86_400 * 30, channel="wechat_ios")
    closed(platform, OCTOBER, NOVEMBER_5)
    for period, minutes, row_count in (("2026-09", 60, 1), ("2026-10", 65, 1)):
        record = StatementRecord.objects.get(close__period=period)
        (line,) = statement_of(record).lines
        assert line.quantity == minutes * 60_000
        source = find_source(record, line)
        for portions in (by_day(source), by_episode(source)):
            assert sum(own.quantity for own in portions) == line.quantity
        events = find_events(source).events
        assert len(events) == row_count
        assert events == tuple(each_event(source))
        added = sum(own.difference for own in by_day(source))
        assert sum(quantity_of(own, line.measure) for own in events) == added
        page = client_of(studio).get(reverse("statement_line", args=[record.pk, 1]))
        assert 'class="adds-up"' in page.content.decode()
