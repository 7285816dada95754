"""The sentences of problems and actions of rates, taxes, terms of payment, and what is due."""

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "settlement.rates-too-large": (
        _("The file is larger than %(max)s MB."),
        _("Bring the days of the month alone."),
    ),
    "settlement.rates-unknown": (
        _("There is no such table of rates."),
        _("Import it first, or choose another one."),
    ),
    "settlement.rates-used": (
        _("%(month)s was made due with the rates that are pinned; they stay."),
        _("Pin other rates to the next month."),
    ),
    "settlement.table-without-the-day": (
        _("The table %(table)s has no rate for %(day)s, nor for the ten days before."),
        _("Import a newer table of the same source."),
    ),
    "settlement.tax-version-kept": (
        _("Version %(version)s of %(rule)s is not the next one; what is kept never changes."),
        _("Enter it as version %(next)s, with the day from which it holds."),
    ),
    "settlement.too-many-rules": (
        _("There are more than %(max)s rules and terms in it."),
        _("Divide it into several files."),
    ),
}

ACTIONS = {
    "settlement.import-rates": _("imported a table of exchange rates"),
    "settlement.pin-rates": _("pinned exchange rates to a month"),
    "settlement.enter-tax-rule": _("entered a version of a tax rule"),
    "settlement.enter-terms": _("entered how a party is paid"),
}
