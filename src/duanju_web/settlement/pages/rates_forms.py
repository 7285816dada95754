"""Forms about exchange rates: a file with its source, and which table a month is settled with."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RatesFileForm(forms.Form):
    """Asks for a table of exchange rates."""

    file = forms.FileField(
        label=_("The table: the European Central Bank’s XML or CSV, or a plain CSV"),
        help_text=_("A plain table has the columns day, base, quote and rate."),
    )
    source = forms.RegexField(
        label=_("Who published it"),
        regex=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$",
        initial="ecb",
        help_text=_("A short name, as ecb. The ledger names it with every conversion."),
    )


class PinForm(forms.Form):
    """Asks which table a month is settled with."""

    table = forms.IntegerField(min_value=1)
