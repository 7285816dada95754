"""Statements leave the house as workbooks and under a signature, ledgers as CSV and Beancount."""

import stat
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from beancount import loader
from beancount.core.data import Transaction as Entry
from click.testing import CliRunner
from django.urls import reverse
from openpyxl import load_workbook

from duanju.adapters.documents import account_of_beancount, read_ledger, verify_bundle
from duanju.adapters.documents import read_public_key as read_key
from duanju.adapters.documents import read_signature as read
from duanju.cli import main
from duanju.kernel import Money, Month
from duanju.settlement import AccountKey, balances
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors import account_balances
from duanju_web.settlement.selectors.transfers import balances_by_key
from duanju_web.settlement.services import close_month, make_transfers, open_account
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
from tests.support.transfers import a_hold, a_move

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def closes(platform, studio) -> list[Close]:
    """September and October of two deals; of September, something came late."""
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    a_deal(platform, studio, [title], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    watched(title, minutes=480, at=SEPTEMBER_NOON)
    unlocked(title, amount_minor=1_000, at=SEPTEMBER_NOON, channel="wechat_ios")
    made = [_closed(platform, SEPTEMBER, OCTOBER_5)]
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2)
    unlocked(title, amount_minor=300, at=OCTOBER_NOON)
    return [*made, _closed(platform, OCTOBER, NOVEMBER_5)]


def _closed(platform, month, now) -> Close:
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close


def content_of(answer) -> bytes:
    assert answer.status_code == 200
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def saved(client, name: str, record: StatementRecord, folder: Path) -> Path:
    """Download one of a statement's files under the name that the page gives it."""
    answer = client.get(reverse(name, args=[record.pk]))
    path = folder / answer["Content-Disposition"].split('"')[1]
    path.write_bytes(content_of(answer))
    return path


def test_files_from_the_page_verify_far_from_it(closes, studio, tmp_path: Path) -> None:
    client = client_of(studio)
    for record in StatementRecord.objects.order_by("pk"):
        bundle = saved(client, "statement_json", record, tmp_path)
        signature = saved(client, "statement_signature", record, tmp_path)
        key = saved(client, "statement_public_key", record, tmp_path)
        own = read(signature)
        assert (own.snapshot_digest, own.previous_digest) == (
            record.close.digest,
            record.close.previous_digest,
        )
        assert str(own.period) == record.close.period
        page = client.get(reverse("statement", args=[record.pk])).content.decode()
        files = f"--signature {signature.name} --public-key {key.name}"
        assert f"duanju verify {bundle.name} {files}" in page
        assert own.key_id in page
        command = ["verify", str(bundle), "--signature", str(signature), "--public-key", str(key)]
        assert CliRunner().invoke(main, command).exit_code == 0
        bundle.write_bytes(bundle.read_bytes().replace(b'"minor"', b'"major"', 1))
        assert verify_bundle(bundle, signature=own, key=read_key(key)) != ()


def test_each_platform_has_a_key_of_its_own_made_once_and_kept_private(
    closes, platform, studio, settings, tmp_path: Path
) -> None:
    record = StatementRecord.objects.order_by("pk")[0]
    first = saved(client_of(studio), "statement_signature", record, tmp_path).read_bytes()
    again = saved(client_of(platform), "statement_signature", record, tmp_path).read_bytes()
    assert first == again
    (key,) = settings.SIGNING_KEYS_FOLDER.iterdir()
    assert key.name == f"{platform.organisation.slug}.pem"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    secret = key.read_bytes().splitlines()[1]
    page = client_of(platform).get(reverse("statement", args=[record.pk])).content
    assert secret not in page + first


def test_page_offers_the_files_in_both_languages(closes, studio, language) -> None:
    record = StatementRecord.objects.order_by("pk")[0]
    page = client_of(studio, language=language).get(reverse("statement", args=[record.pk]))
    text = page.content.decode()
    for name in ("statement_xlsx", "statement_json", "statement_signature", "statement_public_key"):
        assert f'href="{reverse(name, args=[record.pk])}"' in text
    assert {"en": "Check it yourself", "zh-hans": "自行核验"}[language] in text


def test_workbook_says_what_the_statement_says(closes, studio, language) -> None:
    client = client_of(studio, language=language)
    for record in StatementRecord.objects.order_by("pk"):
        answer = client.get(reverse("statement_xlsx", args=[record.pk]))
        name = f"{record.number}-{record.close.period}.xlsx"
        assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.streaming
        summary, lines, *_ = load_workbook(BytesIO(content_of(answer))).worksheets
        rows = list(summary.values)
        assert rows[0][1] == record.number
        assert record.close.digest in [row[1] for row in rows]
        for total, row in zip(record.money_totals, rows[-len(record.totals) :], strict=True):
            assert (row[0], Decimal(str(row[1]))) == (total.currency, total.as_decimal())
        amounts = [Decimal(str(row[-2])) for row in list(lines.values)[1:]]
        assert sum(amounts) == sum(own.as_decimal() for own in record.money_totals)
        heading = {"en": "Amount", "zh-hans": "本期金额"}[language]
        assert next(lines.values)[-2] == heading


FILES = ("statement_xlsx", "statement_signature", "statement_public_key")


@pytest.mark.parametrize("name", FILES)
def test_files_of_others_do_not_exist(closes, name, settings) -> None:
    record = StatementRecord.objects.order_by("pk")[0]
    address = reverse(name, args=[record.pk])
    for stranger in (an_actor("studio"), an_actor("platform")):
        assert client_of(stranger).get(address).status_code == 404
    assert client_of().get(address).status_code == 302
    assert not settings.SIGNING_KEYS_FOLDER.exists()


def ledger(actor, name: str, folder: Path, month: str = "") -> Path:
    """Download the ledger."""
    answer = client_of(actor).get(reverse(name), {"month": month} if month else {})
    assert answer.streaming
    path = folder / answer["Content-Disposition"].split('"')[1]
    path.write_bytes(content_of(answer))
    return path


def test_ledger_is_the_same_in_the_database_in_csv_and_in_beancount(
    closes, platform, tmp_path: Path
) -> None:
    held = {
        (account, code): amount
        for account, code, amount in account_balances(platform.organisation)
        if amount
    }
    table = read_ledger(ledger(platform, "ledger_csv", tmp_path))
    assert dict(balances(table)) == held
    totals, entries = totals_of(ledger(platform, "ledger_beancount", tmp_path))
    assert totals == {place: Money(own, place[1]).as_decimal() for place, own in held.items()}
    assert len(entries) == len(table)


def totals_of(path: Path):
    """Return what Beancount counts on each account with our sign, and its transactions."""
    entries, errors, _ = loader.load_file(str(path))
    assert errors == []
    found = [own for own in entries if isinstance(own, Entry)]
    totals: dict[tuple[str, str], Decimal] = {}
    for leg in (leg for own in found for leg in own.postings):
        place = account_of_beancount(leg.account), leg.units.currency
        totals[place] = totals.get(place, Decimal(0)) - leg.units.number
    return {place: own for place, own in totals.items() if own}, found


def test_what_moved_after_settlement_is_in_the_totals_too(closes, platform, tmp_path: Path) -> None:
    organisation = platform.organisation
    settled = {place[:2]: place[2] for place in account_balances(organisation)}
    name, _ = next(own for own in settled if own[0].startswith("payable"))
    rows = balances_by_key(organisation, name)
    studio = next(key for key, own in rows.items() if own.available_minor > 300)
    bank = AccountKey(f"bank:platform:{organisation.slug}", "", studio.currency)
    for key in (studio, bank):
        open_account(
            platform=organisation, account=key, may_be_negative=key == bank, now=NOVEMBER_5
        )
    wishes = [
        a_move("paid", 200, out_of=studio, into=bank, purpose="payout"),
        a_hold("waits", 100, out_of=studio, into=bank),
    ]
    make_transfers(platform=organisation, transfers=wishes, actor=platform, now=NOVEMBER_5)
    totals, entries = totals_of(ledger(platform, "ledger_beancount", tmp_path))
    for own in (name, bank.name):
        exact = sum(held.balance_minor for held in balances_by_key(organisation, own).values())
        expected = Money(exact, studio.currency).as_decimal()
        assert totals[own, studio.currency] == expected
    assert [own.meta["id"] for own in entries if "action" in own.meta] == ["paid"]
    table = ledger(platform, "transfers_csv", tmp_path, "2026-11").read_text("utf-8")
    assert [row.split(",")[2] for row in table.splitlines()[1:]] == ["move"] * 2 + ["hold"] * 2
    october = ledger(platform, "transfers_csv", tmp_path, "2026-10").read_text("utf-8")
    assert len(october.splitlines()) == 1


def test_month_of_the_ledger_is_its_own_in_csv_and_the_end_in_beancount(
    closes, platform, tmp_path: Path
) -> None:
    october = ledger(platform, "ledger_csv", tmp_path, "2026-10")
    assert october.name == f"ledger-{platform.organisation.slug}-2026-10.csv"
    assert {own.period for own in read_ledger(october)} == {OCTOBER}
    september = ledger(platform, "ledger_beancount", tmp_path, "2026-09")
    text = september.read_text("utf-8")
    assert 'period: "2026-09"' in text
    assert 'period: "2026-10"' not in text
    assert loader.load_string(text)[1] == []
    page = client_of(platform).get(reverse("ledger"), {"month": "2026-10"}).content.decode()
    assert f"{reverse('ledger_csv')}?month=2026-10" in page
    assert f"{reverse('ledger_beancount')}?month=2026-10" in page


@pytest.mark.parametrize("name", ["ledger_csv", "ledger_beancount"])
def test_ledger_of_a_platform_is_for_the_platform(closes, platform, studio, name) -> None:
    for own in (name, "transfers_csv"):
        assert client_of(studio).get(reverse(own)).status_code == 404
    assert client_of(platform).get(reverse(name), {"month": "soon"}).status_code == 404
    other = client_of(an_actor("platform")).get(reverse(name))
    assert b"payable" not in content_of(other).lower()
    member = a_member_of(platform.organisation, role="accountant")
    assert b"payable" in content_of(client_of(member).get(reverse(name))).lower()


def test_queries_do_not_grow_with_the_ledger(
    closes, platform, django_assert_max_num_queries
) -> None:
    client = client_of(platform)
    for name in ("ledger_csv", "ledger_beancount", "transfers_csv"):
        with django_assert_max_num_queries(8):
            content_of(client.get(reverse(name)))
