"""Words, money and numbers in the reader's language."""

from collections.abc import Mapping
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from django import template
from django.utils import timezone
from django.utils.translation import get_language

from duanju.kernel import Money, Month, Text
from duanju_web.shared.actions import name_action

register = template.Library()

_DAY_PATTERNS = {"zh-hans": "y年M月d日", "en": "d MMM y"}
_BABEL_LOCALES = {"zh-hans": "zh_Hans_CN", "en": "en_US"}


def babel_locale() -> str:
    """Return the name that Babel has for the active language."""
    return _BABEL_LOCALES.get(get_language() or "en", "en_US")


@register.simple_tag
def localized(text: Mapping[str, str]) -> str:
    """Show a user's text in the reader's language, or the nearest that exists."""
    return Text(text).in_language("zh-Hans" if get_language() == "zh-hans" else "en")


@register.simple_tag
def money(amount_minor: int, currency: str) -> str:
    """Show an amount with its currency, exactly, all minor digits."""
    amount = Money(int(amount_minor), currency).as_decimal()
    return format_currency(amount, currency, locale=babel_locale())


@register.filter
def grouped(number: int) -> str:
    """Show a whole number with separators."""
    return format_decimal(number, locale=babel_locale())


@register.filter
def big_number(number: int) -> str:
    """Show a count in few characters: 1.2万, 3.4亿; 12K, 3.4M."""
    steps = (
        [(10**8, "亿"), (10**4, "万")]
        if get_language() == "zh-hans"
        else [(10**9, "B"), (10**6, "M"), (10**3, "K")]
    )
    for size, unit in steps:
        if abs(number) >= size:
            tenths = number * 10 // size
            return f"{tenths / 10:.1f}".removesuffix(".0") + unit
    return str(number)


@register.filter
def clock_ms(duration_ms: int) -> str:
    """Show a duration as minutes and seconds, 1:05."""
    seconds = round(duration_ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


@register.filter
def percent(per_mille: int) -> int:
    """Show a progress counted in thousandths as whole percents; only what is finished says 100."""
    return int(per_mille) // 10


@register.filter
def initial(name: object) -> str:
    """Take the first character of a name, for its avatar."""
    return str(name).strip()[:1].upper() or "?"


@register.filter
def day(moment: datetime | date) -> str:
    """Show a day: 14 Nov 2026, 2026年11月14日."""
    shown = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    return format_date(
        shown, format=_DAY_PATTERNS.get(get_language() or "en"), locale=babel_locale()
    )


@register.filter
def month(period: object) -> str:
    """Show a month: November 2026, 2026年11月.

    Args:
        period: A `Month`, or its text such as 2026-11.
    """
    first = Month.parse(str(period))
    pattern = "y年M月" if get_language() == "zh-hans" else "MMMM y"
    return format_date(date(first.year, first.number, 1), format=pattern, locale=babel_locale())


@register.filter
def moment(when: datetime) -> str:
    """Show a day and the time of day, in the zone of the page."""
    pattern = _DAY_PATTERNS.get(get_language() or "en", _DAY_PATTERNS["en"])
    return format_datetime(
        timezone.localtime(when), format=f"{pattern} HH:mm", locale=babel_locale()
    )


@register.filter
def audited(action: str) -> str:
    """Say what an audit entry's action was."""
    return str(name_action(action))


@register.filter
def stated(value: object) -> str:
    """Show a field of an audit entry: a text in the reader's language, a list, or as it is."""
    if isinstance(value, Mapping) and value.keys() & {"en", "zh-Hans"}:
        return localized({str(language): str(text) for language, text in value.items()})
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {stated(part)}" for name, part in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(stated(part) for part in value)
    return "–" if value in (None, "") else str(value)
