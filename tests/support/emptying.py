"""Emptying the database after a test whose threads have committed.

The ledger's own tables refuse that, as they must. A test run alone may put their triggers aside:
on PostgreSQL as the superuser that it is, on SQLite by making them anew right after.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.db import connections, transaction
from django.db.backends.base.operations import BaseDatabaseOperations


@contextmanager
def tables_may_be_emptied() -> Iterator[None]:
    """Let Django's own teardown of tests empty every table."""
    execute_sql_flush = BaseDatabaseOperations.execute_sql_flush

    def empty(operations: Any, statements: list[str]) -> None:
        with triggers_aside(operations.connection.alias):
            execute_sql_flush(operations, statements)

    with patch.object(BaseDatabaseOperations, "execute_sql_flush", empty):
        yield


@contextmanager
def triggers_aside(alias: str = "default") -> Iterator[None]:
    """Put all triggers aside for one transaction of this connection."""
    connection = connections[alias]
    with transaction.atomic(using=alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = origin")
            return
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        yield
        for _name, sql in triggers:
            cursor.execute(sql)
