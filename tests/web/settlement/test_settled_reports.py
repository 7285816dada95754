"""Accepted reports are settled with the month, and stand behind the statement's line."""

from pathlib import Path

import pytest
from django.urls import reverse

from duanju.adapters.documents import read_bundle
from duanju.workflows import replay
from duanju_web.settlement.models import (
    StatementRecord,
)
from duanju_web.settlement.selectors.bundles import bundle_as_bytes
from duanju_web.settlement.selectors.reports import report_facts
from tests.support.agreements import NOVEMBER_5, a_deal, a_title_of
from tests.support.brought_reports import (
    ADVERTS,
    ALL,
    FIFTH,
    OCTOBER,
    OCTOBER_20,
    SEPTEMBER,
    a_table,
    accepted,
    closed,
    sum_of_facts,
    text_of,
)
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def title(studio):
    return a_title_of(studio)


@pytest.fixture
def deal(platform, studio, title):
    return a_deal(platform, studio, [title], policy=ADVERTS, parameters=FIFTH)


def test_several_sources_add_up_and_each_month_is_a_report_of_its_own(platform, title, deal):
    accepted(platform, a_table(title))
    accepted(platform, a_table(title, total="1000.05") + b"\r\n", source="csj")
    october = a_table(title, f"2026-10-01,{title.pk},android,2.00", total="2.00")
    accepted(platform, october, period=OCTOBER)
    assert sum_of_facts(platform, until=SEPTEMBER) == 200_010
    assert sum_of_facts(platform) == 200_210
    assert not report_facts(platform=an_actor("platform").organisation, until=OCTOBER)


def test_accepted_report_is_settled_and_stands_behind_the_line(
    platform, studio, title, deal, language
):
    report = accepted(platform, a_table(title))
    closed(platform)
    record = StatementRecord.objects.get(party=studio.organisation)
    assert record.totals == [{"amount_minor": 20_001, "currency": "CNY"}]
    for reader in (platform, studio):
        client = client_of(reader, language=language)
        line = text_of(client.get(reverse("statement_line", args=[record.pk, 1])))
        assert "pangle.csv" in line
        assert "1,000.05" in line
        rows = text_of(client.get(reverse("statement_reported_rows", args=[record.pk, 1])))
        assert report.sha256 in rows
        assert "400.02" in rows
        assert "pangle.csv, 3" in rows
    stranger = client_of(an_actor("studio"))
    address = reverse("statement_reported_rows", args=[record.pk, 1])
    assert stranger.get(address).status_code == 404


def test_studio_reads_only_rows_of_its_own_titles(platform, studio, title, deal):
    other_studio = an_actor("studio")
    other = a_title_of(other_studio, name="Secret")
    a_deal(platform, other_studio, [other], policy=ADVERTS, parameters=FIFTH)
    rows = (f"2026-09-01,{title.pk},android,100.00", f"2026-09-01,{other.pk},android,777.77")
    accepted(platform, a_table(title, *rows, total="877.77"))
    closed(platform)
    record = StatementRecord.objects.get(party=studio.organisation)
    page = text_of(client_of(studio).get(reverse("statement_reported_rows", args=[record.pk, 1])))
    assert "100.00" in page
    assert "777.77" not in page
    assert "877.77" not in page


def test_bundle_of_a_month_with_reports_replays(platform, studio, title, deal, tmp_path: Path):
    accepted(platform, a_table(title))
    closed(platform)
    record = StatementRecord.objects.get(party=studio.organisation)
    later = a_table(title, f"2026-09-01,{title.pk},android,1.00", total="1.00")
    accepted(platform, later, now=OCTOBER_20, consent=ALL)
    path = tmp_path / "bundle.json"
    path.write_bytes(bundle_as_bytes(record))
    replayed = replay(read_bundle(path))
    assert (replayed.deviations, replayed.problems) == ((), ())
    assert sum(own.quantity for own in read_bundle(path).facts) == 100_005


def test_late_version_leaves_the_closed_month_and_corrects_the_next(platform, studio, title, deal):
    accepted(platform, a_table(title))
    september = closed(platform)
    digest = september.digest
    rows = (f"2026-09-01,{title.pk},android,400.02", f"2026-09-02,{title.pk},ios,500.03")
    accepted(platform, a_table(title, *rows, total="900.05"), now=OCTOBER_20, consent=ALL)
    closed(platform, OCTOBER, NOVEMBER_5)
    september.refresh_from_db()
    assert september.digest == digest
    correction = StatementRecord.objects.get(close__period="2026-10", party=studio.organisation)
    assert correction.totals == [{"amount_minor": -2_000, "currency": "CNY"}]
    (line,) = correction.document["lines"]
    assert line["corrects"] == "2026-09"
