"""What a comparison asks: the figures of a title, and what must be earned back."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duanju_web.deals.mapping.vocabulary import named
from duanju_web.deals.pages.forms import MILESTONES, figure_field, figure_label, milestones_field
from duanju_web.deals.selectors import Expectation, Expected, measure_in_words

MONTHS_MAX = 36
MONTHS_EXAMPLE = 3
SEED = 20260901
SLIDER_FACTOR = 20
"""How far beyond its example the slider of a figure reaches."""


class FiguresForm(forms.Form):
    """Asks what the title is expected to do."""

    def __init__(
        self,
        *args: Any,
        expected: Sequence[Expected],
        milestones: dict[str, bool],
        roles: Sequence[str],
        **kwargs: Any,
    ) -> None:
        """Make a field for each figure, viewing in hours."""
        super().__init__(*args, **kwargs)
        self.expected = tuple(expected)
        for own in self.expected:
            example = own.example // 60 if own.is_time else own.example
            field = figure_field(own, initial=example or "")
            field.label = _label(own)
            field.widget.attrs["data-slider"] = str(max(example, 50_000) * SLIDER_FACTOR)
            self.fields[own.key] = field
        self.fields["months"] = forms.IntegerField(
            label=_("Over how many months, in equal parts"),
            min_value=1,
            max_value=MONTHS_MAX,
            initial=MONTHS_EXAMPLE,
        )
        if milestones:
            self.fields[MILESTONES] = milestones_field(milestones)
        self.roles = tuple(roles)
        if len(self.roles) > 1:
            choices = [(own, named("role", own)) for own in self.roles]
            self.fields["role"] = forms.ChoiceField(label=_("Whose income"), choices=choices)
            self.fields["role"].initial = self.roles[0]
            self.order_fields(["role"])

    @property
    def role(self) -> str:
        """Whose income is compared."""
        return str(self.cleaned_data.get("role") or self.roles[0])

    @property
    def first_fields(self) -> list[forms.BoundField]:
        """The fields that hold something from the first."""
        return [own for own in self if own.name not in self._beside]

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The fields of channels that ordinary titles earn little through."""
        return [own for own in self if own.name in self._beside]

    @property
    def _beside(self) -> set[str]:
        return {own.key for own in self.expected if not own.example and not self[own.key].value()}

    def expectation(self, code: str) -> Expectation:
        """Return what was typed."""
        cleaned = self.cleaned_data
        amounts = {
            own.key: Fraction(cleaned.get(own.key) or 0) * (60 if own.is_time else 1)
            for own in self.expected
        }
        reached = frozenset(cleaned.get(MILESTONES) or ())
        return Expectation(amounts, reached, cleaned["months"], code)


class InvestedForm(forms.Form):
    """Asks what must be earned back."""

    invested = forms.DecimalField(
        label=gettext_lazy("What the drama cost you"),
        min_value=0,
        max_digits=15,
        decimal_places=2,
        initial=100_000,
        required=False,
        widget=forms.NumberInput(attrs={"data-slider": "5000000"}),
    )
    seed = forms.IntegerField(
        label=gettext_lazy("Seed of chance"),
        help_text=gettext_lazy("The same seed gives the same forecast."),
        min_value=0,
        max_value=10**9,
        initial=SEED,
        required=False,
    )


def _label(own: Expected) -> str:
    if own.key == "minutes":
        return _("Effective hours")
    if own.is_time:
        return _("%(measure)s, in hours") % {"measure": measure_in_words(own.measure)}
    return figure_label(own)
