"""A bundle downloaded from the page replays, far from the site's database."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from django.urls import reverse

from duanju.adapters.documents import read_bundle
from duanju.cli import main
from duanju.kernel import Month
from duanju.workflows import replay
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.services import close_month
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
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def closes(studio) -> list[Close]:
    """September and October of two deals; of September, something came late."""
    platform = an_actor("platform", role="accountant")
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    watched(title, minutes=480, at=SEPTEMBER_NOON)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON)
    made = [_closed(platform, Month(2026, 9), OCTOBER_5)]
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2)
    watched(title, minutes=90, at=OCTOBER_NOON, seed=3)
    unlocked(title, amount_minor=300, at=OCTOBER_NOON)
    return [*made, _closed(platform, Month(2026, 10), NOVEMBER_5)]


def _closed(platform, month, now) -> Close:
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close


def test_bundle_from_the_page_replays(closes, studio, tmp_path: Path) -> None:
    records = list(StatementRecord.objects.order_by("pk"))
    assert len(records) == 4
    files = []
    for record in records:
        answer = client_of(studio).get(reverse("statement_json", args=[record.pk]))
        name = f"{record.number}-{record.close.period}.bundle.json"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        path = tmp_path / name
        path.write_bytes(answer.content)
        files.append(str(path))
        bundle = read_bundle(path)
        assert replay(bundle).deviations == ()
        assert bundle.statements[0].digest == record.digest
        assert bundle.snapshot is not None
        assert bundle.snapshot.digest == record.close.digest
    done = CliRunner().invoke(main, ["replay", *files])
    assert done.exit_code == 0, done.output
    assert [line.split(": ")[1].split(".")[0] for line in done.stdout.splitlines()] == ["equal"] * 4
    october = read_bundle(Path(files[-1]))
    assert october.closed == (Month(2026, 9),)


def test_bundle_of_a_closed_month_does_not_change_afterwards(closes, studio) -> None:
    first = StatementRecord.objects.order_by("pk")[0]
    client = client_of(studio)
    address = reverse("statement_json", args=[first.pk])
    before = client.get(address).content
    title = first.deal.titles.get()
    watched(title, minutes=30, at=SEPTEMBER_NOON, seed=9)
    assert client.get(address).content == before


def test_bundle_of_another_studio_is_not_to_be_had(closes) -> None:
    stranger = client_of(an_actor("studio", role="accountant"))
    record = StatementRecord.objects.order_by("pk")[0]
    assert stranger.get(reverse("statement_json", args=[record.pk])).status_code == 404
