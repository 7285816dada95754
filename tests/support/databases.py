"""Copies of the database of a test, for processes that are killed over them."""

import os
import secrets
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.db import connection

from tests.support.repository import ROOT

RUN_S_MAX = 180


def run_over_a_copy(folder: Path, module: str, *arguments: object) -> str:
    """Run a module over a copy of the database, with a data folder; return what it printed."""
    with a_copy_of_the_database(folder) as address:
        done = subprocess.run(
            [sys.executable, "-m", module, *map(str, arguments)],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "duanju_web.config.settings.demo",
                "DATABASE_URL": address,
                "DUANJU_DATA": str(folder),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=RUN_S_MAX,
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


@contextmanager
def a_copy_of_the_database(folder: Path) -> Iterator[str]:
    """Yield the address of a copy, of the same kind, with all that was committed in it."""
    if connection.vendor == "sqlite":
        path = folder / "duanju.sqlite3"
        with sqlite3.connect(path) as copy:
            connection.connection.backup(copy)
        yield f"sqlite:///{path}"
        return
    cluster = os.environ["DUANJU_TEST_POSTGRESQL_URL"]
    name, own = f"copy_{secrets.token_hex(4)}", connection.settings_dict["NAME"]
    connection.close()  # a database that somebody uses is no template
    with psycopg.connect(cluster, autocommit=True) as administrator:
        administrator.execute(f'CREATE DATABASE {name} TEMPLATE "{own}"'.encode())
        try:
            yield cluster.replace("/postgres?", f"/{name}?")
        finally:
            administrator.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
