"""Words from which forms let one pick, each with its name in the reader's language."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from duanju.adapters.prose import Speaker
from duanju.adapters.prose.speaking import WORDS
from duanju.deals import MEASURES
from duanju_web.deals.mapping.fields.field import Among, Label

CURRENCIES = ("CNY", "USD", "HKD", "TWD", "SGD", "EUR", "GBP", "JPY", "KRW", "THB", "MYR", "IDR")
FRAUDS: Mapping[str, Label] = {
    "taken_back": _("Fraudulent parts are taken off"),
    "counted": _("Fraudulent parts are counted, too"),
    "only": _("Only fraudulent parts are counted"),
}
KINDS = {
    Among.ROLES: "role",
    Among.MILESTONES: "milestone",
    Among.CHANNELS: "channel",
    Among.MEDIA: "medium",
    Among.WINDOWS: "window",
}
_KEYS = {
    Among.ROLES: frozenset({"role", "payer", "payee", "receiver", "residual", "holder"}),
    Among.MILESTONES: frozenset({"milestone"}),
}


def reader_language() -> str:
    """Return the tag of the active language, as texts of documents have it."""
    return "zh-Hans" if get_language() == "zh-hans" else "en"


def named(kind: str, word: str) -> str:
    """Return what people call a word of terms: a role, a milestone, a channel, a measure."""
    name = Speaker.of(reader_language()).name(kind, word)
    return name[:1].upper() + name[1:]


def words_among(among: Among, data: Mapping[str, Any]) -> dict[str, str]:
    """Return the words of a vocabulary with their names, those of the document's own included.

    Args:
        among: Which vocabulary; those that belong to one clause are empty.
        data: The policy's document.
    """
    if among is Among.CURRENCIES:
        return {code: f"{named('currency', code)} ({code})" for code in CURRENCIES}
    kind = KINDS.get(among)
    if kind is None:
        return {}
    known = dict.fromkeys(WORDS[reader_language()][kind])
    known |= dict.fromkeys(_used(data, _KEYS.get(among, frozenset())))
    return {word: named(kind, word) for word in known}


def measures_among(names: frozenset[str]) -> dict[str, str]:
    """Return measures with their names; all of them where no names are given."""
    return {name: named("measure", name) for name in MEASURES if not names or name in names}


def _used(value: object, keys: frozenset[str]) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key in keys and isinstance(item, str) and item:
                yield item
            else:
                yield from _used(item, keys)
    elif isinstance(value, list):
        for item in value:
            yield from _used(item, keys)
