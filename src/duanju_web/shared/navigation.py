"""Where the acting organisation can go: the entries of the top bar and of the phone's tab bar."""

from dataclasses import dataclass
from functools import cache

from django.urls import is_valid_path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju_web.shared.actor import Actor


@dataclass(frozen=True, slots=True)
class Destination:
    """One entry of the navigation.

    Attributes:
        label: What it is called.
        address: Where it leads.
        icon: Its drawing in the phone's tab bar.
    """

    label: str | Promise
    address: str
    icon: str

    def contains(self, path: str) -> bool:
        """Tell whether a page belongs to this entry."""
        return path == self.address or (self.address != "/" and path.startswith(self.address))


HOME = Destination(pgettext_lazy("navigation", "Home"), "/home/", "house")
THEATER = Destination(_("Theater"), "/", "circle-play")
POLICIES = Destination(_("Policies"), "/policies/", "scroll-text")
ABOUT = Destination(_("What is Duanju?"), "/about/", "info")
TITLES = Destination(_("Titles"), "/studio/", "clapperboard")
SCRIPTS = Destination(_("Scripts"), "/scripts/", "scroll-text")
DEALS = Destination(_("Deals"), "/deals/", "stamp")
SETTLEMENT = Destination(_("Settlement"), "/settlement/", "calendar-check")
PAYOUTS = Destination(_("Payouts"), "/payouts/", "wallet")
STATEMENTS = Destination(_("Statements"), "/settlement/statements/", "receipt-text")
ORGANISATION = Destination(_("Organisation"), "/organisations/", "building-2")

DESTINATIONS: dict[str, tuple[Destination, ...]] = {
    "visitor": (THEATER, POLICIES, ABOUT),
    "viewer": (HOME, THEATER, POLICIES),
    "platform": (HOME, SETTLEMENT, PAYOUTS, DEALS, POLICIES, THEATER),
    "studio": (HOME, TITLES, STATEMENTS, PAYOUTS, DEALS, POLICIES),
    "writer": (HOME, SCRIPTS, STATEMENTS, PAYOUTS, DEALS, POLICIES),
}
OF_OTHER_ORGANISATIONS = (HOME, STATEMENTS, PAYOUTS, THEATER, POLICIES, ORGANISATION)


@cache
def _exists(address: str) -> bool:
    return is_valid_path(address)


def destinations_of(actor: Actor | None) -> list[Destination]:
    """Return the entries for an actor, in order; those that no app answers are left out."""
    visiting = actor is None or actor.user is None
    kind = "visitor" if visiting else actor.kind or "viewer"
    entries = DESTINATIONS.get(kind, OF_OTHER_ORGANISATIONS)
    return [entry for entry in entries if _exists(entry.address)]
