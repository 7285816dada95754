"""The ledger as Beancount: accepted without a word, and equal to the last fen."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import regex
from beancount import loader
from beancount.core import account as beancount_names
from beancount.core.data import Balance, Open
from beancount.core.data import Transaction as Entry
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from duanju.adapters.documents import (
    LedgerOutOfOrder,
    account_of_beancount,
    beancount_account,
    ledger_as_beancount,
    ledger_as_csv,
    read_ledger,
    transfers_as_csv,
)
from duanju.adapters.documents.beancount import ROOTS
from duanju.cli import main
from duanju.kernel import CURRENCIES, Money, Month
from duanju.settlement import (
    AccountKey,
    BookedLeg,
    ClaimKey,
    Posting,
    Receipt,
    Transaction,
    Transfer,
    TransferAction,
    TransferLeg,
    balances,
)
from tests.support.bundles import a_bundle
from tests.support.repository import ROOT
from tests.support.terms import OCTOBER, SEPTEMBER

LEDGER = a_bundle().ledger


def loaded(transactions: Iterable[Transaction]) -> list[Any]:
    """Return the entries that Beancount makes of a ledger, which it accepts."""
    entries, errors, _ = loader.load_string("".join(ledger_as_beancount(transactions)))
    assert [str(own) for own in errors] == []
    return list(entries)


def held(entries: Iterable[Any], until: Month | None = None) -> Mapping[tuple[str, str], Decimal]:
    """Return what Beancount counts on each account of Duanju's, with Duanju's sign."""
    totals: dict[tuple[str, str], Decimal] = {}
    for entry in entries:
        if isinstance(entry, Entry) and (until is None or entry.meta["period"] <= str(until)):
            for leg in entry.postings:
                place = account_of_beancount(leg.account), leg.units.currency
                totals[place] = totals.get(place, Decimal(0)) - leg.units.number
    return {place: total for place, total in sorted(totals.items()) if total}


def in_major(totals: Mapping[tuple[str, str], int]) -> Mapping[tuple[str, str], Decimal]:
    """Return minor units as Beancount counts them."""
    return {place: Money(own, place[1]).as_decimal() for place, own in totals.items()}


def test_every_total_of_a_settled_ledger_agrees_month_by_month() -> None:
    entries = loaded(LEDGER)
    assert {own.period for own in LEDGER} == {SEPTEMBER, OCTOBER}
    for month in (SEPTEMBER, OCTOBER):
        posted = [own for own in LEDGER if own.period <= month]
        assert held(entries, month) == in_major(balances(posted))
    asserted = [own for own in entries if isinstance(own, Balance)]
    assert {str(own.date) for own in asserted} == {"2026-10-01", "2026-11-01"}
    assert all(own.tolerance == 0 for own in asserted)
    at_end = {
        (account_of_beancount(own.account), own.amount.currency): -own.amount.number
        for own in asserted
    }
    assert {place: own for place, own in at_end.items() if own} == in_major(balances(LEDGER))


def test_every_transaction_is_there_once_with_what_it_is_about() -> None:
    entries = [own for own in loaded(LEDGER) if isinstance(own, Entry)]
    assert len(entries) == len(LEDGER)
    by_id = {own.meta["id"]: own for own in entries}
    for transaction in LEDGER:
        entry, key = by_id[transaction.id], transaction.key
        names = ("period", "concerns", "deal", "clause", "title")
        assert [entry.meta[name] for name in names] == [
            *(str(transaction.period), str(transaction.concerns_period)),
            *(key.deal_id, key.clause_id, key.title_id),
        ]
        assert [
            Posting(
                account_of_beancount(leg.account),
                Money.of_major(-leg.units.number, leg.units.currency).amount_minor,
                leg.units.currency,
            )
            for leg in entry.postings
        ] == list(transaction.legs)
        assert str(entry.date)[:7] == str(transaction.period)


def test_sides_are_those_that_accountants_know() -> None:
    """Owed is a liability and negative; what it cost is positive; income kept is negative."""
    lines = "".join(ledger_as_beancount(LEDGER)).splitlines()
    legs = [own.split() for own in lines if re.match(r"  [A-Z]", own)]
    signs = {(leg[0].split(":")[0], leg[1].startswith("-")) for leg in legs[:8]}
    assert signs <= {
        *(("Liabilities", True), ("Assets", False), ("Expenses", False), ("Income", True)),
    }
    assert {root for root, _ in signs} == {"Liabilities", "Assets", "Expenses", "Income"}


NAMES = st.text(
    st.one_of(st.sampled_from("aZz09_-x.%兰"), st.characters(exclude_categories=["Cs"])), max_size=8
).filter(lambda own: ":" not in own)
ACCOUNTS = st.lists(NAMES, min_size=1, max_size=4).map(":".join) | st.builds(
    "{}:studio:{}".format, st.sampled_from(sorted(ROOTS)), NAMES
)


@given(account=ACCOUNTS)
def test_any_account_has_a_name_that_beancount_takes_and_that_is_turned_back(account: str) -> None:
    name = beancount_account(account)
    assert regex.fullmatch(beancount_names.ACCOUNT_RE, name), name
    assert name.isascii()
    assert account_of_beancount(name) == account


@st.composite
def ledgers(draw: st.DrawFn) -> list[Transaction]:
    """Draw ledgers in the order of their months, in several currencies, with any names."""
    found = []
    months = sorted(draw(st.lists(st.integers(0, 30), max_size=6)))
    for number, month in enumerate(months):
        code = draw(st.sampled_from(sorted(CURRENCIES)))
        accounts = draw(st.lists(ACCOUNTS, min_size=2, max_size=5, unique=True))
        limit = 10**17
        amounts = [draw(st.integers(-limit, limit)) for _ in accounts[1:]]
        legs = zip(accounts, [*amounts, -sum(amounts)], strict=True)
        period = Month(2025 + month // 12, month % 12 + 1)
        key = ClaimKey(draw(NAMES), draw(NAMES), draw(NAMES), code)
        own = tuple(Posting(account, amount, code) for account, amount in legs)
        found.append(Transaction(f"{number:064x}", period, period.previous(), key, own))
    return found


@given(ledger=ledgers())
def test_any_ledger_is_accepted_and_its_totals_agree(ledger: list[Transaction]) -> None:
    entries = loaded(ledger)
    assert held(entries) == in_major(balances(ledger))
    named = {own.meta["id"]: own.meta for own in entries if isinstance(own, Entry)}
    for own in ledger:
        assert named[own.id]["deal"] == own.key.deal_id


def test_one_fen_more_anywhere_is_not_accepted() -> None:
    lines = list(ledger_as_beancount(LEDGER))
    amounts = [place for place, line in enumerate(lines) if re.search(r"\d\.\d\d ", line)]
    assert len(amounts) == 19
    for place in amounts:
        found = re.search(r"\d(?= (CNY|~))", lines[place])
        assert found is not None
        digit = str((int(found[0]) + 1) % 10)
        changed = lines[place][: found.start()] + digit + lines[place][found.end() :]
        _, errors, _ = loader.load_string("".join([*lines[:place], changed, *lines[place + 1 :]]))
        assert errors, changed


def test_ledger_that_jumps_back_is_refused() -> None:
    with pytest.raises(LedgerOutOfOrder):
        list(ledger_as_beancount(LEDGER[::-1]))


def test_account_under_another_is_counted_with_it_as_beancount_does() -> None:
    (first, *_) = LEDGER
    accounts = ("payable:studio:lanxi", "payable:studio:lanxi:reserve", "expense:platform:aurora")
    legs = zip(accounts, (70, 30, -100), strict=True)
    posted = replace(first, legs=tuple(Posting(own, amount, "CNY") for own, amount in legs))
    text = "".join(ledger_as_beancount([posted]))
    assert " balance Liabilities:Payable:Studio:Lanxi  -1.00 ~ 0 CNY\n" in text
    assert " balance Liabilities:Payable:Studio:Lanxi:Reserve  -0.30 ~ 0 CNY\n" in text
    assert held(loaded([posted])) == in_major(balances([posted]))


def receipts() -> list[Receipt]:
    """Return a payout that is held and posted in November, and one that is held and voided."""
    lanxi, bank = ("payable:studio:lanxi", "bank:platform:aurora")
    legs = (
        TransferLeg(AccountKey(lanxi, "101", "CNY"), -150),
        TransferLeg(AccountKey(bank, "", "CNY"), 150),
    )
    wishes = [
        Transfer("p1", TransferAction.HOLD, legs, purpose='payout "S1"'),
        Transfer("p2", TransferAction.POST, resolves="p1"),
        Transfer("p3", TransferAction.HOLD, legs),
        Transfer("p4", TransferAction.VOID, resolves="p3"),
        Transfer("p5", TransferAction.MOVE, legs, purpose="payout S2"),
    ]
    booked = tuple(BookedLeg(own, 1, 0, 0, 0, None) for own in legs)
    at = datetime(2026, 10, 31, 16, tzinfo=UTC)
    return [Receipt(own, at, booked) for own in wishes]


def test_transfers_that_moved_stand_on_their_day_and_what_is_held_does_not() -> None:
    zone = ZoneInfo("Asia/Shanghai")
    text = "".join(ledger_as_beancount(LEDGER, transfers=receipts(), zone=zone))
    entries, errors, _ = loader.load_string(text)
    assert errors == []
    moved = [own for own in entries if isinstance(own, Entry) and "action" in own.meta]
    assert [(own.meta["id"], own.meta["action"], str(own.date)) for own in moved] == [
        *(("p2", "post", "2026-11-01"), ("p5", "move", "2026-11-01")),
    ]
    assert [own.meta["resolves"] for own in moved if "resolves" in own.meta] == ["p1"]
    assert [leg.meta["title"] for own in moved for leg in own.postings if "title" in leg.meta] == [
        *("101", "101"),
    ]
    expected = dict(balances(LEDGER))
    expected["payable:studio:lanxi", "CNY"] -= 300
    expected["bank:platform:aurora", "CNY"] = 300
    assert held(entries) == {key: in_major(expected)[key] for key in sorted(expected)}
    assert "2026-12-01 balance Assets:Bank:Platform:Aurora  -3.00 ~ 0 CNY" in text


def test_transfers_are_a_table_of_their_own() -> None:
    rows = list(transfers_as_csv(receipts()))
    assert len(rows) == 11
    assert rows[2] == (
        'p1,2026-10-31T16:00:00.000000Z,hold,,"payout ""S1""",bank:platform:aurora,,150,CNY\n'
    )
    (first, *_) = receipts()
    hostile = replace(first, transfer=replace(first.transfer, purpose="=1+1"))
    assert ",'=1+1," in list(transfers_as_csv([hostile]))[1]


def test_empty_ledger_is_a_file_too() -> None:
    assert loaded([]) == []


def test_months_without_postings_and_years_follow_one_another() -> None:
    (first, *_) = LEDGER
    december = replace(first, id="b", period=Month(2026, 12))
    text = "".join(ledger_as_beancount([first, december]))
    assert re.findall(r"^(\S+) balance", text, re.MULTILINE)[-1] == "2027-01-01"
    assert "2026-12-31 *" in text
    assert [own.date.isoformat() for own in loaded([first, december]) if isinstance(own, Open)] == [
        "2026-09-01"
    ] * len(first.legs)


def test_settled_folder_holds_one_ledger_in_two_forms(tmp_path: Path) -> None:
    example = ROOT / "examples" / "two-months"
    posted: list[str] = []
    for month, facts in (("2026-09", "september.csv"), ("2026-10", "october.csv")):
        given_files = ["--deals", str(example / "deals.toml"), "--facts", str(example / facts)]
        out = str(tmp_path / month)
        policies = ["--policies", str(ROOT / "policies")]
        arguments = ["settle", *given_files, *policies, "--period", month, "--out", out, *posted]
        assert CliRunner().invoke(main, arguments).exit_code == 0
        posted = ["--posted", f"{out}/ledger.csv"]
    ledger = read_ledger(tmp_path / "2026-10" / "ledger.csv")
    entries, errors, _ = loader.load_file(str(tmp_path / "2026-10" / "ledger.beancount"))
    assert errors == []
    assert held(entries) == in_major(balances(ledger))
    assert balances(ledger) != {}


def test_rows_of_the_csv_come_one_at_a_time_and_are_read_back(tmp_path: Path) -> None:
    rows = list(ledger_as_csv(LEDGER))
    assert len(rows) == 1 + sum(len(own.legs) for own in LEDGER)
    (tmp_path / "ledger.csv").write_text("".join(rows), "utf-8", newline="")
    assert read_ledger(tmp_path / "ledger.csv") == LEDGER
