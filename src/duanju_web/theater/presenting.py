"""Titles, episodes and coins as the pages and the API both show them."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from babel.numbers import format_currency
from django.urls import reverse
from django.utils.translation import get_language

from duanju.kernel import Money, Text
from duanju_web.theater.models import CoinPack, WatchProgress
from duanju_web.theater.selectors import EpisodeView
from duanju_web.theater.selectors.access import Access

_BABEL_LOCALES = {"zh-hans": "zh_Hans_CN", "en": "en_US"}


@dataclass(frozen=True, slots=True)
class TitleCard:
    """What one sees of a title without having paid: never an address of media.

    Attributes:
        slug: Its name in addresses.
        name: In the reader's language.
        synopsis: In the reader's language.
        orientation: `vertical` or `horizontal`.
        genre: Its code.
        genre_label: The genre in the reader's language.
        ai_label: Whether it must be said that AI made it.
        filing_number: As it must be shown.
        poster: Address of the poster.
        episode_count: Episodes that can be played; if there are none, those that are announced.
        free_episode_count: How many of them are free, from the first.
        start_number: The episode to open first: where the viewer was, else the first.
        start_position_ms: Where in it.
        watch: Address of the page that plays it, empty while nothing of it can be played.
        about: Address of its own page.
    """

    slug: str
    name: str
    synopsis: str
    orientation: str
    genre: str
    genre_label: str
    ai_label: bool
    filing_number: str
    poster: str
    episode_count: int
    free_episode_count: int
    start_number: int
    start_position_ms: int
    watch: str
    about: str


@dataclass(frozen=True, slots=True)
class PackCard:
    """A coin pack as it is offered.

    Attributes:
        id: Its number.
        coins: Coins bought.
        bonus_coins: Coins given on top.
        price: The price in words of the reader's locale.
    """

    id: int
    coins: int
    bonus_coins: int
    price: str


@dataclass(frozen=True, slots=True)
class RestOfSeries:
    """What all that is still locked would take.

    Attributes:
        episode_count: Episodes still locked.
        coins: Their price together.
        duration_ms: How long they run together.
    """

    episode_count: int
    coins: int
    duration_ms: int


def in_reader_language(text: dict[str, str]) -> str:
    """Return a user's text in the active language; an empty mapping gives an empty string."""
    if not any(text.values()):
        return ""
    return Text(text).in_language("zh-Hans" if get_language() == "zh-hans" else "en")


def money_in_words(amount_minor: int, currency: str) -> str:
    """Return an amount as the reader's locale writes it."""
    amount = Money(amount_minor, currency).as_decimal()
    return format_currency(
        amount, currency, locale=_BABEL_LOCALES.get(get_language() or "en", "en_US")
    )


def title_card(title: Any, *, place: WatchProgress | None) -> TitleCard:
    """Show a title that `selectors` found published."""
    start = place.episode_number if place else title.first_number
    count = title.ready_count or title.listed_count
    return TitleCard(
        slug=title.slug,
        name=in_reader_language(title.name),
        synopsis=in_reader_language(title.synopsis),
        orientation=title.orientation,
        genre=title.genre,
        genre_label=str(title.get_genre_display()),
        ai_label=title.ai_label,
        filing_number=title.filing_number,
        poster=poster_address(title),
        episode_count=count,
        free_episode_count=min(title.free_episode_count, count),
        start_number=start,
        start_position_ms=place.position_ms if place else 0,
        watch=reverse("theater_watch", args=[title.slug, start]) if title.ready_count else "",
        about=reverse("theater_title", args=[title.slug]),
    )


def poster_address(title: Any) -> str:
    """Return the public address of a title's poster; it changes when the poster does."""
    return f"{reverse('theater_poster', args=[title.slug])}?v={quote(title.poster[-24:], safe='')}"


def media_address(media_token: str, episode: Any, file: str) -> str:
    """Return the signed address of a file in an episode's media folder."""
    folder = episode.media_folder.strip("/")
    return reverse("theater_media", args=[media_token, f"{folder}/{file}"])


def pack_card(pack: CoinPack) -> PackCard:
    """Show a pack."""
    return PackCard(
        id=pack.pk,
        coins=pack.coins,
        bonus_coins=pack.bonus_coins,
        price=money_in_words(pack.price_minor, pack.currency),
    )


def rest_of_series(episodes: tuple[EpisodeView, ...], *, price_coins: int) -> RestOfSeries:
    """Add up what is still locked."""
    locked = [episode for episode in episodes if episode.access is Access.LOCKED]
    return RestOfSeries(
        episode_count=len(locked),
        coins=price_coins * len(locked),
        duration_ms=sum(episode.duration_ms for episode in locked),
    )
