"""The database itself keeps a closed month: no raw statement changes it, and legs balance."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from duanju_web.settlement.models import (
    Close,
    LedgerPosting,
    LedgerTransaction,
    StatementRecord,
)
from duanju_web.settlement.models.final import FinalRecord
from duanju_web.settlement.services import close_month
from tests.support.agreements import OCTOBER_5, SEPTEMBER_NOON, a_deal, a_title_of, watched
from tests.support.people import an_actor
from tests.web.settlement.test_closing import SEPTEMBER

KEPT = [Close, LedgerTransaction, LedgerPosting, StatementRecord]
FINAL_RECORDS = [
    model
    for room in ("settlement", "payouts")
    for model in apps.get_app_config(room).get_models()
    if issubclass(model, FinalRecord)
]
pytestmark = pytest.mark.django_db


@pytest.fixture
def close() -> Close:
    platform, studio = an_actor("platform", role="accountant"), an_actor("studio")
    title = a_title_of(studio)
    a_deal(platform, studio, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    made = close_month(
        platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_5
    )
    assert isinstance(made, Close)
    connection.check_constraints()  # as at the commit, which this test does not come to
    return made


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def rows_of(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def refused_statements(table: str) -> Iterator[str]:
    yield f"UPDATE {table} SET id = id"
    yield f"DELETE FROM {table}"
    if connection.vendor == "postgresql":
        yield f"TRUNCATE {table} CASCADE"
    else:
        yield f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        yield f"REPLACE INTO {table} SELECT * FROM {table}"


@pytest.mark.parametrize("model", KEPT)
def test_no_statement_changes_or_removes_a_row(model: Any, close: Close) -> None:
    before = rows_of(model)
    assert before
    for statement in refused_statements(model._meta.db_table):
        with pytest.raises(IntegrityError, match=r"settlement\.closed-period-is-final"):
            run(statement)
        assert rows_of(model) == before


def test_a_row_that_says_the_same_in_other_words_replaces_none(close: Close) -> None:
    if connection.vendor == "postgresql":
        pytest.skip("PostgreSQL has no INSERT OR REPLACE; ON CONFLICT fires the trigger of UPDATE")
    columns = [field.column for field in Close._meta.local_fields if not field.primary_key]
    names = ", ".join(columns)
    with pytest.raises(IntegrityError, match=r"settlement\.closed-period-is-final"):
        run(
            f"INSERT OR REPLACE INTO settlement_close (id, {names}) "
            f"SELECT id + 1000, {names} FROM settlement_close"
        )
    assert Close.objects.get() == close


def test_an_insertion_that_would_update_is_refused(close: Close) -> None:
    posting = LedgerPosting.objects.order_by("pk").first()
    posting.amount_minor += 1
    with (
        pytest.raises(IntegrityError, match=r"settlement\.closed-period-is-final"),
        transaction.atomic(),
    ):
        LedgerPosting.objects.bulk_create(
            [posting],
            update_conflicts=True,
            update_fields=["amount_minor"],
            unique_fields=["id"],
        )


def test_emptying_an_organisation_does_not_reach_a_close(close: Close) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no TRUNCATE")
    with pytest.raises(IntegrityError, match=r"settlement\.closed-period-is-final"):
        run("TRUNCATE shared_organisation CASCADE")
    assert Close.objects.get() == close


@pytest.mark.parametrize("model", FINAL_RECORDS)
def test_every_final_record_of_the_ledger_is_kept(model: Any) -> None:
    """A new one needs `keep_for_ever` in its migration; so does a table that was made anew."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'",
                [table],
            )
            expected = {f"{table}_stays"}
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table]
            )
            expected = {f"{table}_never_{fate}" for fate in ("changed", "deleted", "replaced")}
        assert expected <= {name for (name,) in cursor.fetchall()}


def legs(row: LedgerTransaction, *amounts: tuple[int, str]) -> list[LedgerPosting]:
    return [
        LedgerPosting(transaction=row, account=f"a{number}", amount_minor=amount, currency=code)
        for number, (amount, code) in enumerate(amounts)
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "amounts",
    [[(1, "CNY")], [(100, "CNY"), (-99, "CNY")], [(100, "CNY"), (-100, "USD")]],
)
def test_legs_that_do_not_sum_to_zero_are_refused_at_the_commit(
    amounts: list[tuple[int, str]], close: Close
) -> None:
    row, before = LedgerTransaction.objects.get(), rows_of(LedgerPosting)
    with pytest.raises(IntegrityError), transaction.atomic():
        LedgerPosting.objects.bulk_create(legs(row, *amounts))
    assert rows_of(LedgerPosting) == before


@pytest.mark.django_db(transaction=True)
def test_legs_may_come_one_by_one_as_long_as_they_balance_at_the_commit(close: Close) -> None:
    row, count = LedgerTransaction.objects.get(), LedgerPosting.objects.count()
    with transaction.atomic():
        for leg in legs(row, (70, "CNY"), (5, "USD"), (-100, "CNY"), (30, "CNY"), (-5, "USD")):
            leg.save()
    assert LedgerPosting.objects.count() == count + 5


@pytest.mark.django_db(transaction=True)
def test_unbalanced_legs_of_a_part_that_is_taken_back_refuse_nothing(close: Close) -> None:
    row, count = LedgerTransaction.objects.get(), LedgerPosting.objects.count()
    with transaction.atomic():
        part = transaction.savepoint()
        LedgerPosting.objects.bulk_create(legs(row, (1, "CNY")))
        transaction.savepoint_rollback(part)
        LedgerPosting.objects.bulk_create(legs(row, (2, "CNY"), (-2, "CNY")))
    assert LedgerPosting.objects.count() == count + 2
