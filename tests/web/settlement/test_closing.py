"""Closing a month: exact amounts, once, nothing half posted, corrections afterwards."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections

from duanju.adapters.lake import microseconds
from duanju.kernel import Month, new_id
from duanju.settlement import find_breaks
from duanju_web.productions.models import Episode
from duanju_web.settlement.mapping.ledger import snapshot_of
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import (
    Close,
    ClosedPeriodIsFinal,
    LedgerPosting,
    LedgerTransaction,
    StatementRecord,
)
from duanju_web.settlement.selectors import currency_sums
from duanju_web.settlement.services import close_month
from duanju_web.shared.models import AuditEntry
from duanju_web.theater.models import Unlock
from duanju_web.theater.services import create_viewer
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
from tests.support.people import an_actor

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio")


def closed(platform, month, now):
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close


@pytest.mark.parametrize(
    ("rights", "reading", "expected_minor"),
    [
        ("exclusive_premiere", "marginal", 10_000_000),
        ("non_exclusive_premiere", "marginal", 6_666_667),
        ("non_exclusive_non_premiere", "marginal", 2_000_000),
        ("exclusive_premiere", "whole_amount", 12_500_000),
    ],
)
def test_statement_says_the_worked_values_of_the_policy(
    platform, studio, rights, reading, expected_minor
):
    title = a_title_of(studio)
    a_deal(platform, studio, [title], parameters={"rights": rights, "tier_reading": reading})
    watched(title, minutes=2_500_000, at=SEPTEMBER_NOON)
    closed(platform, SEPTEMBER, OCTOBER_5)
    record = StatementRecord.objects.get()
    assert record.party == studio.organisation
    assert record.totals == [{"amount_minor": expected_minor, "currency": "CNY"}]


def test_paid_unlocks_are_shared_after_the_channel_fee(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON, channel="web", seed=1)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON, channel="wechat_ios", seed=2)
    closed(platform, SEPTEMBER, OCTOBER_5)
    (line,) = statement_of(StatementRecord.objects.get()).lines
    assert line.gross_minor == 2_000
    assert {own.receiver.id: own.amount_minor for own in line.deductions} == {
        "web": 6,
        "wechat_ios": 120,
    }
    assert line.amount_minor == 937
    assert currency_sums(platform.organisation) == {"CNY": 0}


def test_closing_twice_posts_nothing_new(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    first = closed(platform, SEPTEMBER, OCTOBER_5)
    legs = list(LedgerPosting.objects.order_by("pk").values())
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2)
    second = closed(platform, SEPTEMBER, NOVEMBER_5)
    assert second == first
    assert list(LedgerPosting.objects.order_by("pk").values()) == legs
    assert Close.objects.count() == 1


def test_late_event_is_a_correction_in_the_next_period(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    closed(platform, SEPTEMBER, OCTOBER_5)
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 30)
    watched(title, minutes=120, at=OCTOBER_NOON, seed=3)
    closed(platform, OCTOBER, NOVEMBER_5)
    late, own = statement_of(StatementRecord.objects.get(close__period="2026-10")).lines
    assert (late.corrects, late.amount_minor, late.posted_before_minor) == (SEPTEMBER, 150, 1_500)
    assert (own.corrects, own.amount_minor) == (None, 300)
    snapshots = [snapshot_of(close) for close in Close.objects.order_by("period")]
    assert find_breaks(snapshots) == ()


def test_month_that_is_not_over_is_refused(platform, studio):
    a_deal(platform, studio, [a_title_of(studio)])
    now = datetime(2026, 9, 30, 15, 59, tzinfo=UTC)
    found = close_month(platform=platform.organisation, month=SEPTEMBER, actor=platform, now=now)
    assert [problem.code for problem in found] == ["settlement.month-not-over"]
    assert not Close.objects.exists()


def test_months_close_in_order(platform, studio):
    a_deal(platform, studio, [a_title_of(studio)])
    found = close_month(
        platform=platform.organisation, month=OCTOBER, actor=platform, now=NOVEMBER_5
    )
    assert [problem.code for problem in found] == ["settlement.another-month-first"]
    assert not Close.objects.exists()


def test_income_through_a_channel_without_a_fee_blocks_the_close_whole(platform, studio):
    paid, free = a_title_of(studio), a_title_of(studio, name="Free", chinese="免费")
    deal = a_deal(platform, studio, [paid], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    a_deal(platform, studio, [free])
    unlocked(paid, amount_minor=1_000, at=SEPTEMBER_NOON, channel="google_play")
    watched(free, minutes=600, at=SEPTEMBER_NOON)
    trail = AuditEntry.objects.count()
    found = close_month(
        platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_5
    )
    assert [(own.code, own.params["deal"]) for own in found] == [
        ("deals.channel-without-rate", deal.number)
    ]
    assert not Close.objects.exists()
    assert not LedgerTransaction.objects.exists()
    assert not StatementRecord.objects.exists()
    assert AuditEntry.objects.count() == trail


def test_close_without_the_blocked_deals_settles_the_others(platform, studio):
    paid, free = a_title_of(studio), a_title_of(studio, name="Free", chinese="免费")
    a_deal(platform, studio, [paid], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    good = a_deal(platform, studio, [free])
    unlocked(paid, amount_minor=1_000, at=SEPTEMBER_NOON, channel="google_play")
    watched(free, minutes=600, at=SEPTEMBER_NOON)
    close = close_month(
        platform=platform.organisation,
        month=SEPTEMBER,
        actor=platform,
        now=OCTOBER_5,
        without_blocked=True,
    )
    assert isinstance(close, Close)
    assert [record.deal for record in StatementRecord.objects.all()] == [good]


def test_closed_period_never_changes(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    close = closed(platform, SEPTEMBER, OCTOBER_5)
    for record in (close, LedgerTransaction.objects.get(), StatementRecord.objects.get()):
        with pytest.raises(ClosedPeriodIsFinal):
            record.save()
        with pytest.raises(ClosedPeriodIsFinal):
            record.delete()
        with pytest.raises(ClosedPeriodIsFinal):
            type(record).objects.all().delete()
    with pytest.raises(ClosedPeriodIsFinal):
        LedgerPosting.objects.update(amount_minor=0)


def test_another_platforms_deals_are_not_settled(platform, studio):
    other = an_actor("platform")
    own, foreign = a_title_of(studio), a_title_of(studio, name="Else", chinese="他处")
    a_deal(platform, studio, [own])
    a_deal(other, studio, [foreign])
    watched(own, minutes=600, at=SEPTEMBER_NOON)
    watched(foreign, minutes=1_200, at=SEPTEMBER_NOON, seed=2)
    closed(platform, SEPTEMBER, OCTOBER_5)
    (record,) = StatementRecord.objects.all()
    assert record.totals == [{"amount_minor": 1_500, "currency": "CNY"}]


@pytest.mark.django_db(transaction=True)
def test_two_people_who_close_at_once_post_once(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    closes, barrier = [], threading.Barrier(2)

    def close_now():
        barrier.wait()
        try:
            closes.append(closed(platform, SEPTEMBER, OCTOBER_5).pk)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=close_now) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(closes) == 2
    assert len(set(closes)) == 1
    assert LedgerTransaction.objects.count() == 1
    assert StatementRecord.objects.count() == 1


def test_unlock_of_the_wallet_is_carried_to_the_lake_before_the_close(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    episode = Episode.objects.create(title=title, number=11, changed_at=SEPTEMBER_NOON)
    at_ms = microseconds(SEPTEMBER_NOON) // 1000
    Unlock.objects.create(
        id=new_id(time_ms=at_ms, random_bits=7),
        viewer=create_viewer(user=None, now=SEPTEMBER_NOON),
        episode=episode,
        coins=100,
        amount_minor=1_000,
        currency="CNY",
        at=SEPTEMBER_NOON,
    )
    closed(platform, SEPTEMBER, OCTOBER_5)
    assert StatementRecord.objects.get().totals == [{"amount_minor": 497, "currency": "CNY"}]
    assert Unlock.objects.get().carried_at == OCTOBER_5


def test_trail_of_a_close_names_its_digest_and_who_closed_it(platform, studio):
    a_deal(platform, studio, [a_title_of(studio)])
    close = closed(platform, SEPTEMBER, OCTOBER_5)
    entry = AuditEntry.objects.get(action="settlement.close-month")
    assert (entry.user, entry.after["digest"]) == (platform.user, close.digest)


def test_a_running_month_closed_early_gets_its_rest_as_corrections_in_the_next(platform, studio):
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    early = close_month(
        platform=platform.organisation,
        month=SEPTEMBER,
        actor=platform,
        now=datetime(2026, 9, 20, tzinfo=UTC),
        may_be_early=True,
    )
    assert early.period == "2026-09"
    watched(title, minutes=60, at=datetime(2026, 9, 25, 4, tzinfo=UTC), seed=2)
    closed(platform, OCTOBER, NOVEMBER_5)
    (rest,) = statement_of(StatementRecord.objects.get(close__period="2026-10")).lines
    assert (rest.corrects, rest.amount_minor) == (SEPTEMBER, 150)


def test_a_month_that_has_not_begun_is_refused_even_early(platform, studio):
    a_deal(platform, studio, [a_title_of(studio)])
    found = close_month(
        platform=platform.organisation,
        month=SEPTEMBER,
        actor=platform,
        now=datetime(2026, 8, 31, 15, 59, tzinfo=UTC),
        may_be_early=True,
    )
    assert [problem.code for problem in found] == ["settlement.month-not-over"]
    assert not Close.objects.exists()
