"""Where a page's player sends its beacons."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

OWN_PATH = "/events"
"""Of the page's own address: a proxy leads it to the collector, else the page server answers."""


def collector_addresses(request: HttpRequest) -> list[str]:
    """Return the addresses that a page's player tries before the page's own; mostly none.

    The collector is named where it listens beside the page server with no proxy in front: by the
    name by which the page was asked, in plain HTTP, and never by an IPv6 address, which no content
    policy can name.
    """
    host = urlsplit(f"//{request.get_host()}").hostname
    direct = settings.PLAYERS_ASK_THE_COLLECTOR and settings.COLLECTOR_PORT
    if not direct or not host or ":" in host or request.is_secure():
        return []
    return [f"http://{host}:{settings.COLLECTOR_PORT}{OWN_PATH}"]


def origins_of(addresses: Sequence[str]) -> list[str]:
    """Return the origins of collectors' addresses."""
    return [address.removesuffix(OWN_PATH) for address in addresses]
