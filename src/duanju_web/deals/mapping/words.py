"""The names that terms use, in the reader's language."""

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from duanju.kernel import Text

ROLES = {
    "platform": pgettext_lazy("party", "the platform"),
    "studio": pgettext_lazy("party", "the studio"),
    "channel": pgettext_lazy("party", "the payment channel"),
}
CHANNELS = {
    "web": _("Web"),
    "wechat_android": _("WeChat on Android"),
    "wechat_ios": _("WeChat on iOS"),
    "google_play": _("Google Play"),
    "app_store": _("App Store"),
    "": _("Any channel"),
}
MEASURES = {
    "effective_minutes": _("Effective viewing"),
    "unlock_income": _("Income from unlocks"),
}


def in_reader_language(text: Text) -> str:
    """Return a text in the active language, or the nearest that exists."""
    return text.in_language("zh-Hans" if get_language() == "zh-hans" else "en")


def role_in_words(role: str) -> str:
    """Return what terms call a party."""
    return str(ROLES.get(role, role))


def channel_in_words(channel: str) -> str:
    """Return a channel's name."""
    return str(CHANNELS.get(channel, channel))


def measure_in_words(measure: str) -> str:
    """Return what a measure counts."""
    return str(MEASURES.get(measure, measure))
