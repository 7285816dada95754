"""The sentences of problems and actions of reports."""

from django.utils.translation import gettext_lazy as _

from duanju_web.shared.problems import Sentence

SENTENCES: dict[str, Sentence] = {
    "settlement.report-too-large": (
        _("The report is larger than %(max)s MB."),
        _("Divide it by month, or ask the source for a smaller one."),
    ),
    "settlement.report-is-decided": (
        _("The report no longer waits."),
        _("Withdraw it and bring the file again to read it otherwise."),
    ),
    "settlement.report-counts-nothing": (
        _("No row of the report could be counted."),
        _("Look at the mapping of its columns."),
    ),
    "settlement.report-rows-with-problems": (
        _("Rows with problems: %(number)s. They would be left out."),
        _("Mend them in the file, or say that you accept the report without them."),
    ),
    "settlement.report-is-a-new-version": (
        _("The month has a report of this source: version %(version)s, %(file)s."),
        _("Look at what differs, and say that this one takes its place."),
    ),
    "settlement.withdrawal-without-reason": (
        _("A report that counts is withdrawn for a reason."),
        _("Write why."),
    ),
}

ACTIONS = {
    "settlement.bring-report": _("brought a report"),
    "settlement.map-report": _("changed how a report is read"),
    "settlement.accept-report": _("accepted a report"),
    "settlement.withdraw-report": _("withdrew a report"),
}
