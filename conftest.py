"""Which database the tests run on, decided before Django reads its settings.

`--database sqlite` (the default) runs in a file of SQLite's, `--database postgresql` in a temporary
cluster, and `--database both` in two processes side by side: every test runs once, and those of the
web run on both. So do the journeys, but each language of a journey on one of them: what a browser
shows in Chinese does not hang on the database, and a journey takes half a minute.
"""

import os
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.postgres import running_cluster

os.environ.setdefault("OPENPYXL_LXML", "False")
"""A library of the tests brings lxml; spreadsheets are read as where Duanju runs, without it."""

DATABASE_VARIABLE = "DUANJU_TEST_DATABASE"
ADDRESS_VARIABLE = "DUANJU_TEST_POSTGRESQL_URL"
HALF_VARIABLE = "DUANJU_TEST_HALF"
ON_BOTH_DATABASES = ("tests/web", "tests/journeys")
"""Tests that touch the database, and so run on each."""
JOURNEYS = "tests/journeys"
DATABASE_OF_JOURNEYS = {"en": "sqlite", "zh-hans": "postgresql"}
"""On which database a language of a journey runs; a journey without a language runs on both."""
WITH_POSTGRESQL = ("tests/architecture", "tests/engine/lake")
"""Tests that need no database; they keep the PostgreSQL half as busy as the other."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--database`."""
    parser.addoption(
        "--database",
        choices=["sqlite", "postgresql", "both"],
        default="sqlite",
        help="the database of the tests; both runs the tests that touch it on each",
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> Generator[None, object, object]:
    """Start the cluster for the whole run, and send the tests to processes that see it."""
    choice = config.getoption("--database")
    inside_worker = "PYTEST_XDIST_WORKER" in os.environ
    with ExitStack() as stack:
        if choice != "sqlite" and not inside_worker and not config.option.collectonly:
            os.environ[ADDRESS_VARIABLE] = stack.enter_context(running_cluster())
            _send_to_workers(config, choice)
        return (yield)


def _send_to_workers(config: pytest.Config, choice: str) -> None:
    if choice == "both":
        config.option.numprocesses = None
        config.option.dist = "each"
        config.option.tx = [
            f"popen//env:{DATABASE_VARIABLE}={name}//env:{HALF_VARIABLE}=1"
            for name in ("sqlite", "postgresql")
        ]
        return
    os.environ[DATABASE_VARIABLE] = "postgresql"
    if not config.option.numprocesses:
        config.option.dist = "load"
        config.option.tx = ["popen"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what the other half of a run on both databases does."""
    if HALF_VARIABLE not in os.environ:
        return
    mine = [item for item in items if _belongs_to_this_half(item, config.rootpath)]
    config.hook.pytest_deselected(items=[item for item in items if item not in mine])
    items[:] = mine


def _belongs_to_this_half(item: pytest.Item, root: Path) -> bool:
    place = item.path.relative_to(root).as_posix()
    database = os.environ[DATABASE_VARIABLE]
    if place.startswith(JOURNEYS):
        return DATABASE_OF_JOURNEYS.get(_language_of(item), database) == database
    if place.startswith(ON_BOTH_DATABASES):
        return True
    return place.startswith(WITH_POSTGRESQL) == (database == "postgresql")


def _language_of(item: pytest.Item) -> str:
    call = getattr(item, "callspec", None)
    return str(call.params.get("language", "")) if call else ""
