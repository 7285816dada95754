"""Forms about payouts: the bank account, the batch, the rule, the bank's file."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duanju.adapters.payments import PainVersion
from duanju.kernel import CURRENCIES, Money
from duanju.settlement import CLEARING_MEMBERS, PayoutAccount
from duanju_web.payouts.pages.words import CHARACTERS

_CURRENCIES = [(code, code) for code in sorted(CURRENCIES)]
_SYSTEMS = [("", _("none"))] + [(code, code) for code in CLEARING_MEMBERS]
_LATIN = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
MAJOR_MAX = 10**13


class BankAccountForm(forms.Form):
    """Asks where money goes, and for the second factor."""

    currency = forms.ChoiceField(label=_("Currency"), choices=_CURRENCIES, initial="CNY")
    holder = forms.CharField(
        label=_("Holder"), max_length=140, help_text=_("As the bank has it, in any script.")
    )
    number = forms.CharField(
        label=_("Account number"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=_LATIN),
        help_text=_("In China, the United States and wherever there is no IBAN."),
    )
    clearing_system = forms.ChoiceField(
        label=_("Clearing system"),
        choices=_SYSTEMS,
        required=False,
        help_text=_("CNAPS in China, USABA in the United States."),
    )
    clearing_member = forms.CharField(
        label=_("The bank’s number there"),
        max_length=35,
        required=False,
        widget=forms.TextInput(attrs=_LATIN),
    )
    iban = forms.CharField(
        label="IBAN", max_length=60, required=False, widget=forms.TextInput(attrs=_LATIN)
    )
    bic = forms.CharField(
        label="BIC", max_length=11, required=False, widget=forms.TextInput(attrs=_LATIN)
    )
    contact_email = forms.EmailField(
        label=_("Who is told of changes"),
        help_text=_("An address of this account’s own, which can stop a later change."),
    )
    code = forms.CharField(
        label=_("Code of your authenticator app"),
        max_length=12,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "value": ""}
        ),
    )

    def account(self) -> PayoutAccount:
        """Return what was entered; spaces that people write in numbers are left out."""
        said = self.cleaned_data
        return PayoutAccount(
            holder=said["holder"].strip(),
            iban="".join(said["iban"].split()).upper(),
            number="".join(said["number"].split()),
            bic=said["bic"].strip().upper(),
            clearing_system=said["clearing_system"],
            clearing_member="".join(said["clearing_member"].split()),
        )


class BatchForm(forms.Form):
    """Asks for the day on which to pay what is due."""

    currency = forms.ChoiceField(label=_("Currency"))
    value_date = forms.DateField(
        label=_("Value date"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    remittance = forms.CharField(label=_("What receivers read"), max_length=140, required=False)

    def __init__(self, *args: Any, currencies: list[str], today: date, **kwargs: Any) -> None:
        """Offer the currencies in which something is due."""
        super().__init__(*args, **kwargs)
        self.fields["currency"].choices = [(code, code) for code in currencies]  # type: ignore[attr-defined]
        self.fields["value_date"].initial = today


class RuleForm(forms.Form):
    """Asks what holds for the batches in a currency."""

    currency = forms.ChoiceField(label=_("Currency"), choices=_CURRENCIES, initial="CNY")
    second_person_above = forms.CharField(
        label=_("A second person approves above"),
        max_length=20,
        initial="0",
        help_text=_("In whole units, as 50000 or 50000.50. With 0 it always takes two."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    characters = forms.ChoiceField(label=_("Characters that the bank takes"), choices=CHARACTERS)
    version = forms.ChoiceField(
        label=_("Message that the bank takes"),
        choices=[(own.value, own.value) for own in PainVersion],
        initial=PainVersion.V09.value,
    )

    def clean(self) -> dict[str, Any]:
        """Read the amount in its currency's minor units, exactly."""
        said = dict(super().clean() or {})
        if "second_person_above" not in said or "currency" not in said:
            return said
        try:
            amount = Decimal(said["second_person_above"].strip())
            if not amount.is_finite() or not 0 <= amount <= MAJOR_MAX:
                raise ValueError(amount)
            said["second_person_above_minor"] = Money.of_major(
                amount, said["currency"]
            ).amount_minor
        except (InvalidOperation, ValueError):
            self.add_error("second_person_above", _("Write an amount, as 50000 or 50000.50."))
        return said


class StatusFileForm(forms.Form):
    """Asks for what a bank says."""

    file = forms.FileField(label=_("pain.002 or CSV"))
