"""A search of 100,000 works as the page asks, against the bare query of the index."""

import os
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

WORKS = 100_000
QUERIES = ("逆袭", "总裁", "裁", "林", "一分不差", "last fen", "逆袭 总裁", "boss")
ROUNDS = 12


def run(*, count: int = WORKS) -> list[str]:
    """Return how long an import takes, and what a search costs above the index's own query."""
    with TemporaryDirectory() as folder:
        os.environ["DUANJU_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duanju_web.config.settings.demo")
        return _measured(Path(folder), count)


def _measured(folder: Path, count: int) -> list[str]:
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    settings.DATA_FOLDER = folder
    connection.close()
    connection.settings_dict["NAME"] = str(folder / "library.sqlite3")
    call_command("migrate", verbosity=0)
    organisation, seconds = _import(count)
    from duanju_web.library.searching import find_work_ids, sqlite
    from duanju_web.library.searching.tokens import phrases_of
    from duanju_web.library.selectors import search_works

    def page(query: str) -> None:
        list(search_works(organisation, query=query).works[:30])

    def bare(query: str) -> None:
        sqlite.find("title", phrases_of(query), {"organisation_id": organisation.pk}, 1_000)

    found = {query: len(find_work_ids(query, organisation_id=organisation.pk)) for query in QUERIES}
    whole, least = _times(page), _times(bare)
    at_95 = [statistics.quantiles(own, n=20)[-1] * 1000 for own in (whole, least)]
    return [
        f"library: {count:,} works imported in {seconds:.0f} CPU s",
        f"library: found {found}",
        f"library: a page of results {at_95[0]:.1f} ms at the 95th percentile = "
        f"{at_95[0] / at_95[1]:.1f} of the bare query of titles",
    ]


def _import(count: int) -> tuple[object, float]:
    from duanju_web.library.models import ImportState, WorkImport
    from duanju_web.library.services import bring_works, take_in
    from duanju_web.shared.actor import Actor
    from duanju_web.shared.models import Membership, Organisation, User
    from tests.support.works import a_table, as_csv

    now = datetime(2026, 11, 24, tzinfo=UTC)
    person = User.objects.create_user("bench@example.org", "x" * 20)
    organisation = Organisation.objects.create(slug="bench", kind="studio", name={"en": "Bench"})
    member = Membership.objects.create(user=person, organisation=organisation, role="owner")
    content = as_csv(a_table(count))
    start = time.process_time()
    brought = bring_works(
        actor=Actor(user=person, membership=member),
        chunks=[content],
        file_name="works.csv",
        now=now,
    )
    assert isinstance(brought, WorkImport)
    WorkImport.objects.update(state=ImportState.RUNNING)
    take_in(import_id=brought.pk, now=now)
    return organisation, time.process_time() - start


def _times(ask: Callable[[str], None]) -> list[float]:
    taken = []
    for _ in range(ROUNDS):
        for query in QUERIES:
            start = time.perf_counter()
            ask(query)
            taken.append(time.perf_counter() - start)
    return taken
