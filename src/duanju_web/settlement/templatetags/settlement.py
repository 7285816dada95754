"""Accounts of the ledger in words."""

from collections.abc import Mapping

from django import template
from django.utils.translation import gettext as _

from duanju_web.deals.selectors import (
    channel_in_words,
    measure_in_words,
    money_in_words,
    role_in_words,
)

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """Say a party's role."""
    return role_in_words(role)


@register.simple_tag
def difference(now_minor: int, before_minor: int, currency: str) -> str:
    """Show how much more something is now, with its sign."""
    minor = now_minor - before_minor
    return f"+{money_in_words(minor, currency)}" if minor > 0 else money_in_words(minor, currency)


@register.simple_tag
def account_name(account: str, parties: Mapping[str, str]) -> str:
    """Say whose account it is and what for; an unknown one is shown as it is.

    Args:
        account: As the ledger has it, `payable:studio:lantern`.
        parties: Slug of an organisation to its name.
    """
    kind, _colon, rest = account.partition(":")
    own_id = rest.rpartition(":")[2]
    if kind == "fee":
        return _("Fees of %(channel)s") % {"channel": channel_in_words(own_id)}
    party = parties.get(own_id, own_id)
    if kind == "income":
        measure = measure_in_words(rest.partition(":")[0])
        return _("%(measure)s held by %(party)s") % {"measure": measure, "party": party}
    names = {
        "payable": _("Owed to %(party)s"),
        "retained": _("Kept by %(party)s"),
        "expense": _("Cost of viewing for %(party)s"),
        "due": _("To be paid to %(party)s"),
        "withheld": _("Withheld by tax rule %(party)s"),
        "tax": _("Added by tax rule %(party)s"),
        "reserve": _("Held in reserve for %(party)s"),
        "conversion": _("Conversion by the rates of %(party)s"),
        "bank": _("Bank account in %(party)s"),
    }
    return names[kind] % {"party": party} if kind in names else account
