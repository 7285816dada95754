"""What a party is told of a month, line by line: each figure with where it comes from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from duanju.adapters.documents import plain_number
from duanju_web.deals.selectors import money_in_words


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One line of an advice.

    Attributes:
        label: What it is.
        amount: With its currency, in words.
        note: Where it comes from; empty where the label says so.
        reference: The id of a transfer or a rule's digest, whole.
        is_total: Whether the lines above come to it.
    """

    label: str
    amount: str
    note: str = ""
    reference: str = ""
    is_total: bool = False


def lines_of_advice(
    content: Mapping[str, Any],
    *,
    currency: str,
    due_minor: int,
    carried: str,
    transfer_id: str,
) -> list[AdviceLine]:
    """Return an advice line by line, in the order in which it is reckoned."""
    gross = money_in_words(content["gross_minor"], currency)
    together = [AdviceLine(_("Together, before taxes"), gross, is_total=True)]
    return [
        *_earned(content),
        *_reserve(content),
        *_left(content),
        *_conversions(content),
        *(together if content["conversions"] or content["taxes"] else ()),
        *_taxes(content),
        _last(content, currency, due_minor, carried, transfer_id),
    ]


def carried_in_words(carried: str) -> str:
    """Say why nothing is due."""
    return {
        "nothing_earned": _("Nothing was earned"),
        "owed": _("Carried to the next month: more was taken back than earned"),
        "below_minimum": _("Carried to the next month: it is below the minimum"),
    }.get(carried, carried)


def _earned(content: Mapping[str, Any]) -> Iterator[AdviceLine]:
    earned, owed = content["earned"], content["owed"]
    for code in sorted({*earned, *owed}):
        since = earned.get(code, 0)
        before = owed.get(code, 0) - since
        if since:
            yield AdviceLine(_("Earned"), money_in_words(since, code))
        if before:
            yield AdviceLine(_("Brought from months before"), money_in_words(before, code))


def _reserve(content: Mapping[str, Any]) -> Iterator[AdviceLine]:
    for own in content["released"]:
        yield AdviceLine(
            _("Released from the reserve"),
            money_in_words(own["amount_minor"], own["currency"]),
            _("Held of %(month)s") % {"month": own["of"]},
            own["transfer_id"],
        )
    for own in content["reserved"]:
        yield AdviceLine(
            _("Held in reserve"),
            money_in_words(-own["amount_minor"], own["currency"]),
            "",
            own["transfer_id"],
        )


def _left(content: Mapping[str, Any]) -> Iterator[AdviceLine]:
    for code, amount_minor in content["left"].items():
        yield AdviceLine(
            _("Left for the next month"),
            money_in_words(amount_minor, code),
            _("In this currency more was taken back than earned."),
        )


def _conversions(content: Mapping[str, Any]) -> Iterator[AdviceLine]:
    for own in content["conversions"]:
        days = ", ".join(sorted({day for day, *_rest in own["path"]}))
        told = {
            "given": money_in_words(own["given_minor"], own["given_currency"]),
            "rate": plain_number(Fraction(own["rate"])),
            "source": own["source"],
            "days": days,
        }
        yield AdviceLine(
            _("Converted from %(given)s") % told,
            money_in_words(own["got_minor"], own["got_currency"]),
            _("at %(rate)s, from %(source)s, published %(days)s") % told,
        )


def _taxes(content: Mapping[str, Any]) -> Iterator[AdviceLine]:
    for own in content["taxes"]:
        effect, amount_minor = own["effect"], own["amount_minor"]
        label = {
            "added": _("Tax on top"),
            "included": _("Tax inside the amount"),
            "withheld": _("Tax withheld"),
        }[effect]
        told = {
            "rule": own["rule"],
            "version": own["version"],
            "source": own["source"],
            "base": money_in_words(own["base_minor"], own["currency"]),
        }
        signed = -amount_minor if effect == "withheld" else amount_minor
        yield AdviceLine(
            label,
            money_in_words(signed, own["currency"]),
            _("%(rule)s, version %(version)s, on %(base)s. %(source)s") % told,
            own["digest"],
        )


def _last(
    content: Mapping[str, Any], currency: str, due_minor: int, carried: str, transfer_id: str
) -> AdviceLine:
    if not carried:
        amount = money_in_words(due_minor, currency)
        return AdviceLine(pgettext("amount", "Due"), amount, "", transfer_id, is_total=True)
    note = ""
    if carried == "below_minimum":
        minimum = money_in_words(content["minimum_minor"], currency)
        note = _("The minimum is %(amount)s.") % {"amount": minimum}
    amount = money_in_words(0, currency)
    return AdviceLine(carried_in_words(carried), amount, note, is_total=True)
