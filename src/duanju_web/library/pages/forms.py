"""Forms of the library."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju_web.library.models import Audience, WorkKind


class SearchForm(forms.Form):
    """Asks what to look for."""

    q = forms.CharField(
        label=_("Title, person or words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(
        label=pgettext_lazy("of a work", "Kind"),
        required=False,
        choices=[("", _("All kinds")), *WorkKind.choices],
    )
    audience = forms.ChoiceField(
        label=_("Audience"), required=False, choices=[("", _("Any audience")), *Audience.choices]
    )


class TableForm(forms.Form):
    """Asks for a table of works."""

    file = forms.FileField(label=_("The table: CSV or XLSX"))
