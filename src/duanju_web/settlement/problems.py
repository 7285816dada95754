"""The room's problems and actions as sentences."""

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "settlement.month-not-over": (
        _("%(month)s is not over yet."),
        _("Close it on the first day of the next month or later."),
    ),
    "settlement.another-month-first": (
        _("Months close in order: before %(month)s comes %(next)s."),
        _("Close %(next)s first."),
    ),
    "settlement.no-deal": (
        _("There is no deal that began by %(month)s."),
        _("Make an offer to a studio; when it is accepted, its first month can be closed."),
    ),
    "settlement.month-not-closed": (
        _("%(month)s is not closed."),
        _("Close it; then what it brought can be made due."),
    ),
    "settlement.not-the-last-month": (
        _("%(last)s was closed after %(month)s, and holds what is still owed of it."),
        _("Make due what %(last)s brought."),
    ),
    "settlement.posted-without-claim": (
        _("Money was posted for clause %(clause)s of deal %(deal)s, which no longer says so."),
        _("Have the ledger checked before you close."),
    ),
}

ACTIONS = {
    "settlement.close-month": _("closed a month"),
    "settlement.transfer": _("moved money between accounts"),
}
