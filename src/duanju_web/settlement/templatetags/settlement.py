"""Accounts of the ledger in words."""

from django import template
from django.utils.translation import gettext as _

from duanju_web.deals.selectors import channel_in_words, measure_in_words

register = template.Library()


@register.filter
def account_name(account: str) -> str:
    """Say whose account it is and what for; an unknown one is shown as it is."""
    kind, _colon, rest = account.partition(":")
    own_id = rest.rpartition(":")[2]
    if kind == "fee":
        return _("Fees of %(channel)s") % {"channel": channel_in_words(own_id)}
    if kind == "income":
        measure = measure_in_words(rest.partition(":")[0])
        return _("%(measure)s held by %(party)s") % {"measure": measure, "party": own_id}
    names = {
        "payable": _("Owed to %(party)s"),
        "retained": _("Kept by %(party)s"),
        "expense": _("Cost of viewing for %(party)s"),
    }
    return names[kind] % {"party": own_id} if kind in names else account
