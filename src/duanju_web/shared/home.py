"""What rooms put on each persona's first page.

A room registers in its module `pages/waiting.py`, which is found by itself when the applications
are ready; so the shared room knows none of the others.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

VIEWER = "viewer"
"""The kind of a person who acts for no organisation."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that waits for the reader.

    Attributes:
        label: What to do.
        note: What it is about.
        address: Where it is done.
        icon: Its drawing.
        tone: `seal` if it binds, `bad` if something failed, else empty.
    """

    label: str
    note: str
    address: str
    icon: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom a first page is made, and when."""

    request: HttpRequest
    kind: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the first page.

    Attributes:
        heading: What stands above it.
        template: Draws it from `section`, what `load` returned.
        load: Reads what it shows, or None to leave it out.
        kinds: Kinds of organisation that see it, `viewer` for people without one.
        place: Sections come in the order of their places.
    """

    heading: str | Promise
    template: str
    load: Callable[[Asked], Mapping[str, Any] | None]
    kinds: frozenset[str]
    place: int
    more_label: str | Promise = ""
    more_address: str = ""


_sections: list[Section] = []
_tasks: list[tuple[frozenset[str], Callable[[Asked], Iterable[Task]]]] = []


def register_section(section: Section) -> None:
    """Add a section; called once while `pages/waiting.py` is imported."""
    _sections.append(section)


def register_tasks(*kinds: str, load: Callable[[Asked], Iterable[Task]]) -> None:
    """Add a source of tasks for these kinds of organisation."""
    _tasks.append((frozenset(kinds), load))


def discover() -> None:
    """Let every room register what it has."""
    autodiscover_modules("pages.waiting")


def tasks_of(asked: Asked) -> list[Task]:
    """Return what waits for the reader, what binds or failed first."""
    found = [task for kinds, load in _tasks if asked.kind in kinds for task in load(asked)]
    return sorted(found, key=lambda task: task.tone not in ("seal", "bad"))


def sections_of(asked: Asked) -> list[tuple[Section, Mapping[str, Any]]]:
    """Return the sections that have something to show, each with what it shows."""
    chosen = sorted((s for s in _sections if asked.kind in s.kinds), key=lambda s: s.place)
    loaded = [(section, section.load(asked)) for section in chosen]
    return [(section, content) for section, content in loaded if content is not None]
