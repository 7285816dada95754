"""What the theater puts on first pages: going on, and what is new."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.home import VIEWER, Asked, Section, register_section
from duanju_web.shared.models import OrganisationKind
from duanju_web.theater.selectors import browse_titles, continue_watching, viewer_of_user, wallet_of

NEW_SHOWN = 6


def _continued(asked: Asked) -> Mapping[str, Any] | None:
    viewer = viewer_of_user(asked.request.user.pk)
    places = continue_watching(viewer=viewer)
    return {"places": places, "wallet": wallet_of(viewer)}


def _new(_asked: Asked) -> Mapping[str, Any]:
    return {"titles": browse_titles()[:NEW_SHOWN]}


register_section(
    Section(
        heading=_("Go on watching"),
        template="theater/waiting_continued.html",
        load=_continued,
        kinds=frozenset({VIEWER}),
        place=10,
        more_label=_("My wallet"),
        more_address="/wallet/",
    )
)
register_section(
    Section(
        heading=_("New on show"),
        template="theater/waiting_new.html",
        load=_new,
        kinds=frozenset({VIEWER, *OrganisationKind.values}) - {"platform", "studio"},
        place=30,
        more_label=_("All titles on show"),
        more_address="/titles/",
    )
)
