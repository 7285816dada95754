"""What a studio fills in about a title."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from duanju_web.productions.models import BudgetTier, Genre, Orientation, ProductionKind, Title
from duanju_web.productions.publication import normalise_filing_number
from duanju_web.productions.services import TitleDetails

NAME_CHARACTERS_MAX = 60
SYNOPSIS_CHARACTERS_MAX = 600
FREE_EPISODES_MAX = 200
PRICE_COINS_MAX = 10_000
FILING_NUMBER_EXAMPLE = "(京)网微剧审字(2026)第001号"


class TitleForm(forms.Form):
    """All that is said of a title; only the name and what the feed needs are required."""

    name_zh = forms.CharField(
        label=_("Name in Chinese"), max_length=NAME_CHARACTERS_MAX, required=False
    )
    name_en = forms.CharField(
        label=_("Name in English"), max_length=NAME_CHARACTERS_MAX, required=False
    )
    synopsis_zh = forms.CharField(
        label=_("Synopsis in Chinese"),
        max_length=SYNOPSIS_CHARACTERS_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    synopsis_en = forms.CharField(
        label=_("Synopsis in English"),
        max_length=SYNOPSIS_CHARACTERS_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    orientation = forms.ChoiceField(
        label=_("Picture"), choices=Orientation, widget=forms.RadioSelect, initial="vertical"
    )
    genre = forms.ChoiceField(label=_("Genre"), choices=Genre)
    production_kind = forms.ChoiceField(
        label=_("How it is made"),
        choices=ProductionKind,
        widget=forms.RadioSelect,
        initial="live_action",
    )
    ai_label = forms.BooleanField(
        label=_("Every episode carries the AI label"),
        help_text=_("Required before a title made with AI is published."),
        required=False,
    )
    budget_tier = forms.ChoiceField(
        label=_("Budget tier"),
        choices=[("", _("Not decided yet")), *BudgetTier.choices],
        help_text=_(
            "Live action: key from ¥3M, ordinary from ¥1M, other below. "
            "Made with AI: key from ¥800k, ordinary from ¥300k, other below."
        ),
        required=False,
    )
    filing_number = forms.CharField(
        label=_("Filing number"),
        max_length=60,
        help_text=format_lazy(
            _("It reads like {example}; required before publishing."),
            example=FILING_NUMBER_EXAMPLE,
        ),
        required=False,
    )
    free_episode_count = forms.IntegerField(
        label=_("Free episodes"),
        min_value=0,
        max_value=FREE_EPISODES_MAX,
        initial=10,
        help_text=_("So many from the first; usually 5 to 20."),
    )
    episode_price_coins = forms.IntegerField(
        label=_("Price of each other episode, in coins"),
        min_value=0,
        max_value=PRICE_COINS_MAX,
        initial=80,
        help_text=_("Usually 60 to 120."),
    )

    @classmethod
    def of(cls, title: Title) -> "TitleForm":
        """Return the form filled with what is said of a title now."""
        fields = {name: getattr(title, name) for name in cls.base_fields if hasattr(title, name)}
        for name in ("name", "synopsis"):
            text = getattr(title, name)
            fields |= {f"{name}_zh": text.get("zh-Hans", ""), f"{name}_en": text.get("en", "")}
        return cls(initial=fields)

    def clean_filing_number(self) -> str:
        """Bring the number into its usual form, or refuse what cannot be one."""
        entered = self.cleaned_data["filing_number"].strip()
        number = normalise_filing_number(entered) if entered else ""
        if number is None:
            raise forms.ValidationError(
                _("A filing number reads like %(example)s."),
                params={"example": FILING_NUMBER_EXAMPLE},
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Ask for a name in one language at least."""
        cleaned = dict(super().clean() or {})
        if not cleaned.get("name_zh") and not cleaned.get("name_en"):
            raise forms.ValidationError(_("Give the name in one of the two languages."))
        return cleaned

    def details(self) -> TitleDetails:
        """Return what was filled in; only for a valid form."""
        given = dict(self.cleaned_data)
        texts = {
            name: {"zh-Hans": given.pop(f"{name}_zh"), "en": given.pop(f"{name}_en")}
            for name in ("name", "synopsis")
        }
        return TitleDetails(**texts, **given)
