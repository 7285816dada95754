"""What productions put on a studio's first page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from duanju.kernel import Text
from duanju_web.productions.models import Title, TitleState
from duanju_web.productions.selectors import titles_of
from duanju_web.shared.home import Asked, Section, Task, register_section, register_tasks
from duanju_web.shared.templatetags.duanju import localized

TITLES_SHOWN = 6


def _name_of(title: Title) -> str:
    return localized(Text(title.name))


def _tasks(asked: Asked) -> Iterable[Task]:
    for title in titles_of(asked.request.actor.organisation):  # type: ignore[attr-defined]
        address = reverse("studio_title", args=[title.slug])
        if title.failed_count:
            label = ngettext(
                "%(count)d episode could not be taken in",
                "%(count)d episodes could not be taken in",
                title.failed_count,
            ) % {"count": title.failed_count}
            yield Task(label, _name_of(title), address, "triangle-alert", "bad")
        if title.state == TitleState.DRAFT and title.ready_count and not title.active_count:
            yield Task(_("Look over and publish"), _name_of(title), address, "clapperboard", "seal")


def _titles(asked: Asked) -> Mapping[str, Any]:
    return {"titles": titles_of(asked.request.actor.organisation)[:TITLES_SHOWN]}  # type: ignore[attr-defined]


register_tasks("studio", load=_tasks)
register_section(
    Section(
        heading=gettext_lazy("Your titles"),
        template="productions/waiting_titles.html",
        load=_titles,
        kinds=frozenset({"studio"}),
        place=20,
        more_label=gettext_lazy("All titles"),
        more_address="/studio/titles/",
    )
)
