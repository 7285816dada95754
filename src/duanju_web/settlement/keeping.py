"""What the database itself holds to, whoever asks: records that stay, legs that balance.

Migrations use the two operations below. SQLite loses the triggers of a table when a later migration
has to make the table anew; name the table in such a migration again. A test looks for them.
"""

# ruff: noqa: S608 — it composes SQL of the names of tables and columns; there are no values.

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

FINAL = "settlement.closed-period-is-final"
UNBALANCED = "settlement.unbalanced-transaction"


def keep_for_ever(*models: str, app: str = "settlement") -> RunPython:
    """Return the operation after which rows of these models can be added and nothing else.

    On PostgreSQL it also refuses TRUNCATE; on SQLite also INSERT OR REPLACE, which deletes without
    asking a trigger.
    """

    def keep(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for name in models:
            meta = _meta_of(apps, name, app)
            _run(schema_editor, _KEEP[schema_editor.connection.vendor](meta))

    def release(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for name in models:
            meta = _meta_of(apps, name, app)
            _run(schema_editor, _RELEASE[schema_editor.connection.vendor](meta))

    return RunPython(keep, release)


def balance_legs(model: str, *, belonging_to: str) -> RunPython:
    """Return the operation after which no commit leaves legs that do not sum to zero.

    Args:
        model: Of the legs; it has `amount_minor` and `currency`.
        belonging_to: The field of it that says which legs belong together.
    """

    def balance(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        meta = _meta_of(apps, model)
        column = meta.get_field(belonging_to).column
        column_type = meta.get_field(belonging_to).db_type(schema_editor.connection)
        vendor = schema_editor.connection.vendor
        _run(schema_editor, _BALANCE[vendor](meta.db_table, column, column_type))

    def unbalance(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        vendor = schema_editor.connection.vendor
        _run(schema_editor, _UNBALANCE[vendor](_meta_of(apps, model).db_table))

    return RunPython(balance, unbalance)


def _meta_of(apps: Any, name: str, app: str = "settlement") -> Any:
    return apps.get_model(app, name)._meta


def _run(schema_editor: BaseDatabaseSchemaEditor, statements: Sequence[str]) -> None:
    for statement in statements:
        schema_editor.execute(statement, params=None)


def _keep_on_postgresql(meta: Any) -> Sequence[str]:
    return [
        f"""
        CREATE OR REPLACE FUNCTION settlement_refuse_change() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{FINAL}: % of %', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'integrity_constraint_violation';
        END $$
        """,
        *_release_on_postgresql(meta),
        f'CREATE TRIGGER "{meta.db_table}_stays" BEFORE UPDATE OR DELETE OR TRUNCATE '
        f'ON "{meta.db_table}" FOR EACH STATEMENT EXECUTE FUNCTION settlement_refuse_change()',
    ]


def _release_on_postgresql(meta: Any) -> Sequence[str]:
    return [f'DROP TRIGGER IF EXISTS "{meta.db_table}_stays" ON "{meta.db_table}"']


def _keep_on_sqlite(meta: Any) -> Sequence[str]:
    table = meta.db_table
    taken = " OR ".join(
        f'EXISTS (SELECT 1 FROM "{table}" WHERE {_same(columns)})' for columns in _identities(meta)
    )
    refused = {
        "changed": ("UPDATE", "1"),
        "deleted": ("DELETE", "1"),
        "replaced": ("INSERT", taken),
    }
    return [
        *_release_on_sqlite(meta),
        *(
            f'CREATE TRIGGER "{table}_never_{fate}" BEFORE {act} ON "{table}" WHEN {condition} '
            f"BEGIN SELECT RAISE(ABORT, '{FINAL}: {act} of {table}'); END"
            for fate, (act, condition) in refused.items()
        ),
    ]


def _release_on_sqlite(meta: Any) -> Sequence[str]:
    return [
        f'DROP TRIGGER IF EXISTS "{meta.db_table}_never_{fate}"'
        for fate in ("changed", "deleted", "replaced")
    ]


def _identities(meta: Any) -> Sequence[Sequence[str]]:
    """Return the sets of columns of which no two rows may say the same."""
    single = [[field.column] for field in meta.local_fields if field.unique]
    several = [
        [meta.get_field(name).column for name in constraint.fields]
        for constraint in meta.total_unique_constraints
    ]
    return [*single, *several]


def _same(columns: Sequence[str]) -> str:
    return " AND ".join(f'"{column}" = NEW."{column}"' for column in columns)


def _balance_on_postgresql(table: str, column: str, _column_type: str) -> Sequence[str]:
    return [
        f"""
        CREATE OR REPLACE FUNCTION "{table}_require_balance"() RETURNS trigger
        LANGUAGE plpgsql AS $$
        BEGIN
            IF (
                SELECT sum(amount_minor) FROM "{table}"
                WHERE "{column}" = NEW."{column}" AND currency = NEW.currency
            ) <> 0 THEN
                RAISE EXCEPTION '{UNBALANCED}: %', NEW."{column}"
                USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END $$
        """,
        f'CREATE CONSTRAINT TRIGGER "{table}_balance" AFTER INSERT ON "{table}" '
        f"DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
        f'EXECUTE FUNCTION "{table}_require_balance"()',
    ]


def _unbalance_on_postgresql(table: str) -> Sequence[str]:
    return [
        f'DROP TRIGGER IF EXISTS "{table}_balance" ON "{table}"',
        f'DROP FUNCTION IF EXISTS "{table}_require_balance"()',
    ]


def _balance_on_sqlite(table: str, column: str, column_type: str) -> Sequence[str]:
    """Return how SQLite, which defers foreign keys alone, defers this.

    What does not sum to zero yet stands in a table of its own, each row with a deferred foreign key
    that no row can ever meet. So a commit succeeds only when the table is empty.
    """
    place = f'"{column}" = NEW."{column}" AND currency = NEW.currency'
    return [
        f"""
        CREATE TABLE "{table}_unbalanced" (
            id integer PRIMARY KEY CHECK (id > 0),
            "{column}" {column_type} NOT NULL,
            currency varchar(3) NOT NULL,
            total_minor bigint NOT NULL,
            never integer NOT NULL DEFAULT 0
                REFERENCES "{table}_unbalanced" (id) DEFERRABLE INITIALLY DEFERRED,
            UNIQUE ("{column}", currency)
        )
        """,
        f"""
        CREATE TRIGGER "{table}_balance" AFTER INSERT ON "{table}"
        BEGIN
            INSERT INTO "{table}_unbalanced" ("{column}", currency, total_minor)
            SELECT NEW."{column}", NEW.currency, 0
            WHERE NOT EXISTS (SELECT 1 FROM "{table}_unbalanced" WHERE {place});
            UPDATE "{table}_unbalanced" SET total_minor = total_minor + NEW.amount_minor
            WHERE {place};
            DELETE FROM "{table}_unbalanced" WHERE {place} AND total_minor = 0;
        END
        """,
    ]


def _unbalance_on_sqlite(table: str) -> Sequence[str]:
    return [
        f'DROP TRIGGER IF EXISTS "{table}_balance"',
        f'DROP TABLE IF EXISTS "{table}_unbalanced"',
    ]


_KEEP = {"postgresql": _keep_on_postgresql, "sqlite": _keep_on_sqlite}
_RELEASE = {"postgresql": _release_on_postgresql, "sqlite": _release_on_sqlite}
_BALANCE = {"postgresql": _balance_on_postgresql, "sqlite": _balance_on_sqlite}
_UNBALANCE = {"postgresql": _unbalance_on_postgresql, "sqlite": _unbalance_on_sqlite}
