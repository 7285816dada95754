"""What the shared room puts on first pages: one's organisation, or how to get one."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.home import VIEWER, Asked, Section, register_section
from duanju_web.shared.models import OrganisationKind
from duanju_web.shared.selectors import members_of

MEMBERS_SHOWN = 6
WITHOUT_OWN_ROOMS = frozenset(OrganisationKind.values) - {"platform", "studio"}


def _members(asked: Asked) -> Mapping[str, Any]:
    organisation = asked.request.actor.organisation  # type: ignore[attr-defined]
    return {"members": members_of(organisation)[:MEMBERS_SHOWN]}


def _nothing(_asked: Asked) -> Mapping[str, Any]:
    return {}


register_section(
    Section(
        heading=_("Your organisation"),
        template="shared/home/members.html",
        load=_members,
        kinds=WITHOUT_OWN_ROOMS,
        place=80,
        more_label=_("Members and roles"),
        more_address="/organisations/",
    )
)
register_section(
    Section(
        heading=_("Do you make, buy or show dramas?"),
        template="shared/home/found.html",
        load=_nothing,
        kinds=frozenset({VIEWER}),
        place=90,
    )
)
