"""How soon a statement of 500 titles is on its way, beside loading what is stored of it."""

import json
import os
import time
from collections.abc import Callable
from typing import Any

TITLES, ROUNDS = 500, 7


def run() -> list[str]:
    """Return one line: the time to the first byte of the page over that of the bare document.

    The page is asked for as a browser does, through every middleware, by one of the studio; it is
    made whole before its first byte is sent. The bare way reads the stored statement from the same
    database and writes it as JSON.
    """
    os.environ["DJANGO_SETTINGS_MODULE"] = "duanju_web.config.settings.testing"
    import django

    django.setup()
    client, address, record_id = _a_statement()
    page_s, bare_s = [], []
    for _ in range(ROUNDS):
        bare_s.append(_seconds(lambda: _load(record_id)))
        page_s.append(_seconds(lambda: _ask(client, address)))
    return [
        f"statements: ratio {min(page_s) / min(bare_s):.1f} of loading and writing the stored "
        f"document, by the clock ({min(page_s) * 1000:.0f} ms to the first byte, {TITLES} titles; "
        f"the first time {page_s[0] * 1000:.0f} ms)"
    ]


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _ask(client: Any, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code


def _load(record_id: int) -> str:
    from duanju_web.settlement.models import StatementRecord

    return json.dumps(StatementRecord.objects.get(pk=record_id).document)


def _a_statement() -> tuple[Any, str, int]:
    """Close a month of one deal with many titles, in a temporary folder; return where to ask."""
    from django.core.management import call_command
    from django.urls import reverse

    from tests.support.large_statements import a_large_statement
    from tests.support.people import client_of

    call_command("migrate", verbosity=0)
    reader, record = a_large_statement(TITLES)
    return client_of(reader), reverse("statement", args=[record.pk]), record.pk
