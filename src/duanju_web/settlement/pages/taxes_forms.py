"""Forms about rules of tax: a file of them, or one simple rule."""

from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.deals import exact_number
from duanju.kernel import CURRENCIES
from duanju.settlement import TaxBracket, TaxEffect, TaxKind, TaxRule

SOURCE_CHARACTERS_MAX = 300
WORD = r"^[a-z][a-z0-9_-]{0,63}$"

KINDS = [
    (TaxKind.VALUE_ADDED.value, _("on the supply (value-added tax)")),
    (TaxKind.INCOME.value, _("on income")),
]
EFFECTS = [
    (TaxEffect.ADDED.value, _("added on top")),
    (TaxEffect.INCLUDED.value, _("included in the amount")),
    (TaxEffect.WITHHELD.value, _("withheld for the state")),
]


class ExactField(forms.CharField):
    """A number as people write it, `0.2`, `20%` or `1/5`, exactly."""

    def clean(self, value: Any) -> Any:
        """Return the number."""
        text = super().clean(value)
        if not text:
            return Fraction(0)
        number = exact_number(text)
        if number is None:
            raise forms.ValidationError(_("Write a number, such as 0.2, 20% or 1/5."))
        return number


class DayField(forms.DateField):
    """A day."""

    def __init__(self, **options: Any) -> None:
        """Ask for it with the browser's own calendar."""
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}), **options)


class RulesFileForm(forms.Form):
    """Asks for a file of rules and terms."""

    file = forms.FileField(
        label=_("Rules and terms as TOML"),
        help_text=_("The same file that the command duanju remit reads."),
    )


class TaxRuleForm(forms.Form):
    """Asks for one version of a rule with one rate; those with brackets come as a file."""

    rule = forms.RegexField(
        label=_("Rule"),
        regex=WORD,
        help_text=_("A short name that stays the same over all versions, as cn-author."),
    )
    version = forms.IntegerField(label=pgettext_lazy("tax rule", "Version"), min_value=1)
    kind = forms.ChoiceField(label=_("What is taxed"), choices=KINDS)
    effect = forms.ChoiceField(label=_("What it does to what is due"), choices=EFFECTS)
    taxpayer = forms.RegexField(
        label=_("Kind of taxpayer"),
        regex=WORD,
        help_text=_("Your own word for those whom it concerns, as author or foreign_company."),
    )
    rate = ExactField(label=_("Rate"))
    counted = ExactField(label=_("Part of the amount that counts"), initial="1")
    starts_on = DayField(label=_("Holds from"))
    ends_on = DayField(label=_("First day on which it no longer holds"), required=False)
    source = forms.CharField(label=_("Law or notice"), max_length=SOURCE_CHARACTERS_MAX)

    def rule_as_entered(self) -> TaxRule:
        """Return the version."""
        said = self.cleaned_data
        return TaxRule(
            id=said["rule"],
            version=said["version"],
            kind=TaxKind(said["kind"]),
            effect=TaxEffect(said["effect"]),
            taxpayer=said["taxpayer"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
            source=said["source"],
            brackets=(TaxBracket(Fraction(0), said["rate"]),),
            counted=said["counted"],
        )


def currency_choices() -> list[tuple[str, str]]:
    """Return the currencies that are known."""
    return [(code, code) for code in sorted(CURRENCIES)]
