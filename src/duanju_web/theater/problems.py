"""Sentences for what can go wrong in the theater."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "theater.not-enough-coins": (
        _("This takes %(price_coins)s coins and you have %(balance_coins)s."),
        _("Choose a coin pack below, then unlock."),
    ),
    "theater.over-daily-cap": (
        _("This would pass your own limit of %(cap_coins)s coins a day."),
        _("Change the limit in your wallet, or go on tomorrow."),
    ),
    "theater.key-used-otherwise": (
        _("This request was already used for something else."),
        _("Close this panel and try again."),
    ),
    "theater.no-such-episode": (
        _("This episode is not available."),
        _("Choose another episode of the series."),
    ),
    "theater.nothing-to-unlock": (
        _("There is nothing left to unlock in this series."),
        _("Choose an episode and watch."),
    ),
    "theater.no-such-pack": (
        _("This coin pack is no longer offered."),
        _("Open the wallet again to see the packs on offer."),
    ),
    "theater.no-payment-provider": (
        _("Coins cannot be bought here at the moment."),
        _("The free episodes stay open to you."),
    ),
    "theater.payment-failed": (
        _("The payment did not go through; nothing was charged."),
        _("Try again, or choose another way to pay."),
    ),
    "theater.invalid-grant": (
        _("This address is not valid."),
        _("Open the episode again from its page."),
    ),
    "theater.grant-expired": (
        _("This address has expired."),
        _("Open the episode again from its page."),
    ),
}
