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
    "theater.invalid-beacon": (
        _("The body is no beacon."),
        _("Send a grant and events as JSON; this body will never be taken."),
    ),
    "theater.beacon-too-large": (
        _("The beacon is larger than %(bytes)s bytes or has more than %(events)s events."),
        _("Send the events in several beacons; those that came already count once."),
    ),
    "theater.beacon-too-slow": (
        _("The body did not arrive in time."),
        _("Nothing was taken. Send it again."),
    ),
    "theater.beacon-type": (
        _("A beacon is sent as text/plain or application/json."),
        _("Send the same body with one of these types."),
    ),
    "theater.beacon-method": (
        _("Beacons are sent with POST."),
        _("Nothing can be read here."),
    ),
    "theater.no-such-address": (
        _("There is nothing at this address."),
        _("Beacons are taken at /events."),
    ),
    "theater.beacon-not-taken": (
        _("The beacon could not be kept, for a reason that is ours."),
        _("Nothing was acknowledged. Send the same beacon again later."),
    ),
    "lake.spool-full": (
        _("There is no room for more events at the moment."),
        _("Nothing was taken. Send the same beacon again later."),
    ),
    "lake.changed-duplicate": (
        _("The same event was told twice with different words."),
        _("The one received first stands; this one is kept apart and does not count."),
    ),
    "lake.from-the-future": (
        _("The event says that it happened after it was received."),
        _("The clock of the device is wrong; what it reports from now on can count."),
    ),
    "lake.too-old": (
        _("The event was made too long before it was received, or before its session began."),
        _("It is kept apart and does not count."),
    ),
    "lake.session-over": (
        _("The event was made days after its play session began."),
        _("It is kept apart and does not count."),
    ),
    "lake.after-grant": (
        _("The event was made after the permission to report its play session had ended."),
        _("It is kept apart and does not count."),
    ),
    "lake.too-many-seconds": (
        _("The session claims more seconds of playing than had passed."),
        _("It is kept apart and does not count."),
    ),
    "lake.episode-locked": (
        _("The episode was not unlocked by this viewer."),
        _("It is kept apart and does not count."),
    ),
    "lake.unlock-from-player": (
        _("A player reported an unlock, which only the wallet can."),
        _("It is kept apart and does not count; real unlocks are in the wallet’s book."),
    ),
    "theater.reason-to-give": (
        _("A reason is needed, of at most %(most)s characters."),
        _("Partners read it beside what was taken back."),
    ),
    "theater.events-to-name": (
        _("Between one and %(most)s events can be taken back at once."),
        _("Write the id of each in a line of its own."),
    ),
    "theater.no-event-id": (
        _("“%(text)s” is no id of an event."),
        _("Copy it from the list of events; it has 32 digits and letters in five groups."),
    ),
    "theater.no-such-event": (
        _("No event %(event)s of a title under your deals counts."),
        _("It may not be sealed yet, or was kept apart already."),
    ),
    "theater.taken-back-already": (
        _("Event %(event)s is taken back already."),
        _("Leave it out; nothing else of the list was taken back yet."),
    ),
    "theater.counts-already": (
        _("Event %(event)s counts again already."),
        _("Look at the list again; nothing was done twice."),
    ),
    "lake.broken-chain": (
        _("The manifest’s line for %(file)s was changed, or a line before it was removed."),
        _("Restore the lake’s folder from a backup and compare it with the last close."),
    ),
    "lake.missing-file": (
        _("A sealed file of events is missing."),
        _("Restore it from a backup; without it, closed months cannot be recomputed."),
    ),
    "lake.changed-file": (
        _("A sealed file of events is not what it was when it was sealed."),
        _("Restore it from a backup; without it, closed months cannot be recomputed."),
    ),
    "lake.partial-differs": (
        _("A file of partial sums says something else than its events."),
        _("Restore the lake’s folder from a backup and compare it with the last close."),
    ),
}

ACTIONS = {
    "theater.mark-event": _("took back a play as fraud"),
    "theater.unmark-event": _("let a play count again"),
}
