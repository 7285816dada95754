"""One face for two databases: keep the index of works, and ask it."""

from collections.abc import Iterable, Sequence
from types import ModuleType

from django.db import connection

from duanju_web.library.models import Work
from duanju_web.library.searching import postgres, sqlite
from duanju_web.library.searching.tokens import phrases_of, tokens_of

FIELDS = ("title", "people", "synopsis")
"""Where is looked, in this order: a work found by its title stands before one found by its text."""

FOUND_MAX = 1_000
"""So many works are found at most; who finds more should say more."""


def index_works(works: Iterable[Work]) -> None:
    """Put works into the index as they are now; call it in the transaction that saves them."""
    rows = [(work.pk, [tokens_of(text) for text in _texts(work)]) for work in works]
    _engine().write(rows)


def find_work_ids(
    query: str, *, organisation_id: int, kind: str = "", audience: str = ""
) -> list[int]:
    """Return the works of an organisation that say what a query asks, best field first.

    Within a field the newest come first. At most `FOUND_MAX` are returned.
    """
    phrases = phrases_of(query)
    if not phrases:
        return []
    conditions = {"organisation_id": organisation_id, "kind": kind, "audience": audience}
    kept = {column: value for column, value in conditions.items() if value}
    found: dict[int, None] = {}
    for field in FIELDS:
        if len(found) >= FOUND_MAX:
            break
        found.update(dict.fromkeys(_engine().find(field, phrases, kept, FOUND_MAX)))
    return list(found)[:FOUND_MAX]


def _texts(work: Work) -> Sequence[str]:
    """Return the texts of the fields; the parts of one are kept apart by a sign without a token."""
    people = [name for name, _ in work.people]
    return (
        " | ".join([*work.title.values(), *work.tropes, *work.tags]),
        " | ".join(people),
        " | ".join(work.synopsis.values()),
    )


def _engine() -> ModuleType:
    return postgres if connection.vendor == "postgresql" else sqlite
