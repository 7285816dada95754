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
    "settlement.closes-in-stages": (
        _("%(month)s is closed stage by stage, as the platform's calendar says."),
        _("Push its figures, open it to partners, and close it when objections are over."),
    ),
    "settlement.closes-in-one-step": (
        _("%(month)s has no stages: the platform has set no calendar."),
        _("Close it as it is, or set how months are closed."),
    ),
    "settlement.stage-changed": (
        _("Somebody else took a step with %(month)s meanwhile."),
        _("Look at the month again; nothing was done twice."),
    ),
    "settlement.not-all-paid": (
        _("%(number)s amounts that %(month)s made due are not paid yet."),
        _("Pay them in a batch of payouts and bring in what the bank says."),
    ),
    "settlement.another-proposal": (
        _("What you looked at is not what waits for %(month)s now."),
        _("Look at the month again; nothing was closed."),
    ),
    "settlement.needs-second-person": (
        _("You asked to close %(month)s: somebody else approves it."),
        _("Ask a colleague who is an accountant or an owner here."),
    ),
    "settlement.proposal-outdated": (
        _("%(month)s no longer comes to what was asked for."),
        _("Ask to close it again, and compare; nothing was closed."),
    ),
    "settlement.refused-without-reason": (
        _("No reason is given."),
        _("Say in a sentence why, for the colleague who asked."),
    ),
    "settlement.limit-said-twice": (
        _("A currency is named twice."),
        _("Give one sum a currency."),
    ),
    "settlement.limit-out-of-bounds": (
        _("A sum is below zero or beyond all measure."),
        _("Give the sum above which two people close, zero for always."),
    ),
    "settlement.dispute-out-of-turn": (
        _("That cannot be said in this dispute now."),
        _("Look at it again: it has ended, or it is the other side's turn."),
    ),
    "settlement.dispute-without-words": (
        _("Nothing is said."),
        _("Say it in a sentence; files alone explain little."),
    ),
    "settlement.dispute-too-long": (
        _("It is longer than %(max)s characters."),
        _("Say it shorter, and attach the rest as a file."),
    ),
    "settlement.dispute-without-remedy": (
        _("What is accepted is put right somehow, and only that."),
        _("Choose whether before the close or in the next month."),
    ),
    "settlement.line-disputed": (
        _("The line is disputed already, in %(dispute)s."),
        _("Go on in that dispute."),
    ),
    "settlement.too-many-files": (
        _("More than %(max)s files are attached."),
        _("Put them together, or answer with the others afterwards."),
    ),
    "settlement.attached-file-too-large": (
        _("The file is larger than %(max)s MB."),
        _("Make it smaller, or attach a part of it."),
    ),
    "settlement.attached-file-unknown": (
        _("The file is none of PDF, CSV, XLSX, PNG and JPG, or is not what its name says."),
        _("Save it as one of these."),
    ),
    "settlement.posted-without-claim": (
        _("Money was posted for clause %(clause)s of deal %(deal)s, which no longer says so."),
        _("Have the ledger checked before you close."),
    ),
}

ACTIONS = {
    "settlement.close-month": _("closed a month"),
    "settlement.set-closing-rules": _("set how months are closed"),
    "settlement.dispute-step": _("spoke in a dispute"),
    "settlement.month-step": _("took a step with a month"),
    "settlement.propose-close": _("asked a colleague to approve a close"),
    "settlement.approve-close": _("approved a close"),
    "settlement.refuse-close": _("refused a close"),
    "settlement.transfer": _("moved money between accounts"),
}
