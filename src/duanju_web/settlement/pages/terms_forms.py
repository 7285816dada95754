"""The form about how a party is paid."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from duanju.kernel import currency
from duanju.settlement import RESERVE_MONTHS_MAX, NegativeBalance, RemittanceTerms
from duanju_web.settlement.pages.taxes_forms import WORD, ExactField, currency_choices

NEGATIVES = [
    (NegativeBalance.CARRIED.value, _("It waits for the next month")),
    (NegativeBalance.RECOUPED.value, _("The other currencies pay it")),
]


class TermsForm(forms.Form):
    """Asks how a party is paid from now on."""

    party = forms.ChoiceField(label=_("Party"))
    currency = forms.ChoiceField(label=_("Paid in"), choices=currency_choices)
    taxpayer = forms.RegexField(
        label=_("Kind of taxpayer"),
        regex=WORD,
        required=False,
        help_text=_("As the rules name it; empty where its taxes are its own business."),
    )
    minimum = ExactField(
        label=_("Minimum payout"),
        required=False,
        help_text=_("In whole units of the currency. Less than that waits."),
    )
    negative = forms.ChoiceField(label=_("A currency in which it owes"), choices=NEGATIVES)
    reserve = ExactField(
        label=_("Share held in reserve"),
        required=False,
        help_text=_("Of what each month earns, such as 10%."),
    )
    reserve_months = forms.IntegerField(
        label=_("Months for which it is held"),
        min_value=0,
        max_value=RESERVE_MONTHS_MAX,
        required=False,
    )

    def __init__(self, *args: Any, parties: Mapping[str, str], **options: Any) -> None:
        """Offer the parties of the platform: `role:id` to the name."""
        super().__init__(*args, **options)
        self.fields["party"].choices = sorted(parties.items(), key=lambda own: own[1])  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Return what was said; refuse a minimum that the currency cannot pay."""
        said = super().clean() or self.cleaned_data
        if "minimum" in said and "currency" in said:
            minimum = said["minimum"] * currency(said["currency"]).minor_per_major
            if minimum < 0 or minimum.denominator != 1:
                self.add_error("minimum", _("It is not an amount that this currency can pay."))
        return said

    def terms(self) -> RemittanceTerms:
        """Return the terms."""
        said = self.cleaned_data
        role, _colon, party_id = said["party"].partition(":")
        minimum = said["minimum"] * currency(said["currency"]).minor_per_major
        return RemittanceTerms(
            role=role,
            party_id=party_id,
            taxpayer=said["taxpayer"],
            currency=said["currency"],
            minimum_minor=int(minimum),
            negative=NegativeBalance(said["negative"]),
            reserve_rate=said["reserve"],
            reserve_months=said["reserve_months"] or 0,
        )
