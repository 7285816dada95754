"""What stands against bank accounts and payouts, and what is left in the audit log."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, tuple[str | Promise, str | Promise]] = {
    "payouts.no-second-factor": (
        _("A bank account is entered with a second factor, and you have none yet."),
        _("Set up an authenticator app first, then come back."),
    ),
    "payouts.wrong-code": (
        _("The code is not the one that your authenticator app shows now."),
        _("Wait for the next code; each counts once, and for half a minute."),
    ),
    "payouts.change-waits": (
        _("A change of this account waits already."),
        _("Stop it first, or wait until it holds."),
    ),
    "payouts.change-cannot-be-stopped": (
        _("This account already receives, or its change was stopped before."),
        _("Enter the right account; it is a change of its own."),
    ),
    "payouts.no-own-account": (
        _("You have no bank account in %(currency)s to pay from."),
        _("Enter it under “Bank account”, then propose the batch again."),
    ),
    "payouts.nobody-to-pay": (
        _("Nobody can be paid in %(currency)s now; without a bank account: %(left_out)s."),
        _("What waits in a batch, or is on its way, is not proposed twice."),
    ),
    "payouts.day-is-over": (
        _("The value date is over."),
        _("Choose today or a day to come; withdraw a batch that waited too long."),
    ),
    "payouts.second-person": (
        _("A batch of this size is approved by somebody else than who proposed it."),
        _("Ask a colleague with the role of accountant or owner."),
    ),
    "payouts.batch-is-decided": (
        _("The batch no longer waits."),
        _("Look at it again; nothing was changed."),
    ),
    "payouts.account-changed": (
        _("The bank account of %(party)s is another one by now."),
        _("Withdraw the batch and propose it again."),
    ),
    "payouts.too-many-changes": (
        _("The file changes more than %(max)s payouts."),
        _("Import the bank's files batch by batch."),
    ),
}

ACTIONS: dict[str, str | Promise] = {
    "payouts.enter-bank-account": _("entered a bank account"),
    "payouts.stop-bank-account": _("stopped the change of a bank account"),
    "payouts.change-rule": _("changed the rule of payouts"),
    "payouts.propose": _("proposed payouts"),
    "payouts.approve": _("approved payouts"),
    "payouts.withdraw": _("withdrew payouts"),
    "payouts.import-status": _("imported what a bank says"),
}
