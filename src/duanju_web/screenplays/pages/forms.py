"""Forms about scripts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from duanju.adapters.scripts import SCRIPT_SUFFIXES


class ScriptForm(forms.Form):
    """Asks for a script's file, and for its name if it is a new one."""

    file = forms.FileField(
        label=_("The script: DOCX, PDF, FDX, Fountain or text"),
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SCRIPT_SUFFIXES)}),
        error_messages={"empty": _("The file is empty. Choose the file again.")},
    )
    name = forms.CharField(
        label=_("Its name"),
        max_length=120,
        required=False,
        help_text=_("The title on its first page, or the file's name, if you leave this empty."),
    )


class ScriptVersionForm(ScriptForm):
    """Asks for the next version of a script."""

    name = None
