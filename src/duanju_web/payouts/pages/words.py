"""Payouts and bank accounts as readers see them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.kernel import Problem
from duanju.settlement import PayoutState
from duanju_web.payouts.mapping.payouts import account_of
from duanju_web.payouts.models import BankAccount, PayoutRecord
from duanju_web.shared.problems import put_in_words

STATES: dict[PayoutState, tuple[str | Promise, str]] = {
    PayoutState.WAITING: (pgettext_lazy("payout", "Waits for the bank"), "wait"),
    PayoutState.ACCEPTED: (pgettext_lazy("payout", "Taken by the bank"), "note"),
    PayoutState.SETTLED: (pgettext_lazy("payout", "Paid"), "good"),
    PayoutState.REJECTED: (pgettext_lazy("payout", "Returned"), "bad"),
}
"""Each state in words, with the tone of its badge."""

PROPOSED = (pgettext_lazy("payout", "Proposed"), "plain")
WITHDRAWN = (pgettext_lazy("payout", "Withdrawn"), "plain")

CHARACTERS = [
    ("keep", _("Keeps them, Chinese too")),
    ("transliterate", _("Latin letters; accents are taken away")),
    ("latin", _("Latin letters only")),
]


@dataclass(frozen=True, slots=True)
class PayoutInWords:
    """A payout with its state in words."""

    record: PayoutRecord
    masked: str
    label: str | Promise
    tone: str


def in_words(record: PayoutRecord, *, batch_state: str = "approved") -> PayoutInWords:
    """Return a payout as a page shows it, its account masked."""
    label, tone = {"proposed": PROPOSED, "withdrawn": WITHDRAWN}.get(
        batch_state, STATES[PayoutState(record.state)]
    )
    return PayoutInWords(record, account_of(record.bank_account).masked, label, tone)


@dataclass(frozen=True, slots=True)
class AccountInWords:
    """A bank account, masked, with where it stands.

    Attributes:
        account: The record.
        masked: Its last digits.
        bank: Its BIC, or its number in a clearing system.
        standing: `receives`, `waits`, `stopped` or `past`.
    """

    account: BankAccount
    masked: str
    bank: str
    standing: str


def account_in_words(account: BankAccount, *, standing: str) -> AccountInWords:
    """Return a bank account as a page shows it: never its whole number."""
    system = f"{account.clearing_system} {account.clearing_member}".strip()
    bank = " · ".join(own for own in (account.bic, system) if own)
    return AccountInWords(account, account_of(account).masked, bank, standing)


def put_at_fields(form: forms.Form, problems: Iterable[Problem]) -> None:
    """Add problems to the fields of a form that their places name, else to the form."""
    for problem in problems:
        said = put_in_words(problem)
        field = problem.where.path if problem.where.path in form.fields else None
        form.add_error(field, f"{said.sentence} {said.hint}".strip())
