"""What keeps the ledger goes and comes with its migrations."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import RunPython

MIGRATIONS = (
    "0003_kept_by_the_database",
    "0004_transfers",
    "0005_reports",
    "0006_rates_taxes_and_terms",
    "0007_stages_of_a_month",
    "0008_disputes_of_lines",
)


def operations() -> list[RunPython]:
    """Return the operations of the migrations that give triggers to tables."""
    modules = [import_module(f"duanju_web.settlement.migrations.{name}") for name in MIGRATIONS]
    found = [own for module in modules for own in module.Migration.operations]
    return [own for own in found if isinstance(own, RunPython)]


def kept() -> set[str]:
    """Return the triggers on tables of the ledger, and the tables that SQLite's need."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'settlement%'"
            )
        else:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE name LIKE 'settlement%' "
                "AND (type = 'trigger' OR name LIKE '%unbalanced')"
            )
        return {str(name) for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_what_keeps_the_ledger_can_be_taken_back_and_applied_again() -> None:
    before = kept()
    assert len(operations()) == 8
    assert len(before) >= 9
    with connection.schema_editor() as editor:
        for own in reversed(operations()):
            own.reverse_code(apps, editor)
    left = kept()
    with connection.schema_editor() as editor:
        for own in operations():
            own.code(apps, editor)
    assert kept() == before
    assert left == set()
