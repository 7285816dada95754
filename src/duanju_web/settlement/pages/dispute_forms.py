"""What is asked of whoever says something in a dispute."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from duanju.kernel import Money
from duanju.settlement import DisputeAction, Remedy
from duanju_web.settlement.models import DisputeReason, DisputeStep
from duanju_web.settlement.pages.dispute_words import ACTIONS, REMEDIES
from duanju_web.settlement.services.disputing import Said


class _FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    widget = _FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return all files that were chosen."""
        chosen = data if isinstance(data, list | tuple) else [data]
        return [super(_FilesField, self).clean(own, initial) for own in chosen if own]


class SayingForm(forms.Form):
    """Asks for words and files."""

    text = forms.CharField(
        label=_("In your words"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=DisputeStep.TEXT_MAX,
    )
    files = _FilesField(
        label=_("Files"),
        help_text=_("PDF, CSV, XLSX, PNG or JPG; five at most, of 10 MB each."),
        required=False,
    )
    request_id = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give the form an id of its own, so that sent twice it is said once."""
        super().__init__(*args, **kwargs)
        self.fields["request_id"].initial = str(uuid4())

    def said(self) -> Said:
        """Return what was entered."""
        own = self.cleaned_data
        return Said(text=own["text"], request_id=own["request_id"], files=tuple(own["files"]))


class RaisingForm(SayingForm):
    """Asks what is wrong with a line."""

    reason = forms.ChoiceField(label=_("What is wrong"), choices=DisputeReason)
    expected = forms.CharField(
        label=_("What would be right"),
        help_text=_("An amount, as 1234.50, if you know it."),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    field_order = ("reason", "expected", "text", "files", "request_id")

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        """Ask for an amount in the line's currency."""
        super().__init__(*args, **kwargs)
        self._currency = currency

    def clean_expected(self) -> int | None:
        """Return the amount in minor units, exactly."""
        text = self.cleaned_data["expected"].strip().replace(",", "")
        if not text:
            return None
        try:
            return Money.of_major(Decimal(text), self._currency).amount_minor
        except (InvalidOperation, ValueError, OverflowError):
            raise forms.ValidationError(_("Write an amount, as 1234.50.")) from None


class AnsweringForm(SayingForm):
    """Asks what to say next."""

    action = forms.ChoiceField(label=_("What you say"), widget=forms.RadioSelect)
    remedy = forms.ChoiceField(
        label=_("If you accept it"),
        choices=[
            ("", "–"),
            *((own.value, REMEDIES[own]) for own in Remedy),
        ],
        required=False,
    )
    field_order = ("action", "remedy", "text", "files", "request_id")

    def __init__(self, *args: Any, actions: Iterable[DisputeAction], **kwargs: Any) -> None:
        """Offer what may be said now."""
        super().__init__(*args, **kwargs)
        offered = list(actions)
        choices = [(own.value, ACTIONS[own]) for own in offered]
        self.fields["action"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["action"].initial = choices[0][0]
        if DisputeAction.ACCEPT not in offered:
            del self.fields["remedy"]

    def chosen_remedy(self) -> Remedy | None:
        """Return the remedy, of what is accepted."""
        entered = self.cleaned_data.get("remedy", "")
        is_accepted = self.cleaned_data["action"] == DisputeAction.ACCEPT.value
        return Remedy(entered) if is_accepted and entered else None
