"""Forms whose fields come from a policy's parameters."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.deals import Parameter, ParameterKind, Policy
from duanju.kernel import Money, Text
from duanju_web.deals.mapping.parameters import value_as_typed
from duanju_web.deals.selectors import channel_in_words, channels_of, in_reader_language

PARAMETER = "parameter_"
INCOME = "income_"
MINUTES_MAX = 10**11
INCOME_DIGITS_MAX = 15
EXAMPLE_MINUTES = 2_500_000
EXAMPLE_INCOME = 100_000
EXAMPLE_SHARE = "1%"
HELP = {
    ParameterKind.SHARE: _("A percentage, such as 12% or 0.12."),
    ParameterKind.AMOUNT: _("An amount, such as 1.50."),
    ParameterKind.COUNT: _("A whole number."),
}


class ParametersForm(forms.Form):
    """Has a field for each parameter that a deal fills in."""

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        """Make the fields."""
        super().__init__(*args, **kwargs)
        self.policy = policy
        for parameter in policy.parameters:
            self.fields[PARAMETER + parameter.id] = _field(parameter)

    def chosen(self) -> dict[str, str]:
        """Return the parameters as they were typed, the empty ones left out."""
        typed = {
            parameter.id: str(self.cleaned_data.get(PARAMETER + parameter.id) or "").strip()
            for parameter in self.policy.parameters
        }
        return {name: value for name, value in typed.items() if value}


class CalculatorForm(ParametersForm):
    """Asks what a title is supposed to do, and for the parameters that are still open."""

    def __init__(
        self, *args: Any, policy: Policy, fixed: Mapping[str, str] | None = None, **kwargs: Any
    ) -> None:
        """Make the fields; with `fixed` parameters only those of the supposition."""
        super().__init__(*args, policy=policy, **kwargs)
        self.fixed = fixed
        for name in list(self.fields):
            if fixed is not None:
                del self.fields[name]
            else:
                self._leave_open(self.fields[name])
        if fixed is None:
            self._suppose_fees()
        measures = {clause.measure for clause in policy.clauses}
        if "effective_minutes" in measures:
            self.fields["minutes"] = forms.IntegerField(
                label=_("Effective minutes since release"),
                min_value=0,
                max_value=MINUTES_MAX,
                initial=EXAMPLE_MINUTES,
                required=False,
            )
        if "unlock_income" in measures:
            for number, channel in enumerate(channels_of(policy)):
                self.fields[INCOME + channel] = forms.DecimalField(
                    label=_("Income through %(channel)s") % {"channel": channel_in_words(channel)},
                    min_value=0,
                    max_digits=INCOME_DIGITS_MAX,
                    decimal_places=2,
                    initial=EXAMPLE_INCOME if number == 0 else None,
                    required=False,
                )

    def _leave_open(self, own: forms.Field) -> None:
        """Let a text be empty, and begin a choice with its first option."""
        own.required = isinstance(own, forms.ChoiceField)
        if isinstance(own, forms.ChoiceField):
            own.choices = [(word, title) for word, title in own.choices if word]
            own.initial = own.initial or own.choices[0][0]

    def _suppose_fees(self) -> None:
        """Put an example into shares that a deal must say, so that there is something to read."""
        for parameter in self.policy.parameters:
            is_open = parameter.required and parameter.default is None
            if is_open and parameter.kind is ParameterKind.SHARE:
                own = self.fields[PARAMETER + parameter.id]
                own.initial, own.help_text = EXAMPLE_SHARE, _("An example: put in what is agreed.")

    @property
    def parameter_fields(self) -> list[forms.BoundField]:
        """The fields of the parameters."""
        return [field for field in self if field.name.startswith(PARAMETER)]

    @property
    def supposition_fields(self) -> list[forms.BoundField]:
        """The fields of what is supposed."""
        return [field for field in self if not field.name.startswith(PARAMETER)]

    def chosen(self) -> dict[str, str]:
        """Return the parameters that hold: the fixed ones, else what was typed."""
        return dict(self.fixed) if self.fixed is not None else super().chosen()

    def minutes(self) -> int:
        """Return the supposed effective minutes."""
        return int(self.cleaned_data.get("minutes") or 0)

    def incomes(self, currency: str) -> dict[str, int]:
        """Return the supposed income by channel, in minor units; channels without any left out."""
        typed = {
            name.removeprefix(INCOME): value
            for name, value in self.cleaned_data.items()
            if name.startswith(INCOME) and value
        }
        return {
            channel: Money.of_major(value, currency).amount_minor
            for channel, value in typed.items()
        }


class OfferForm(ParametersForm):
    """Asks for everything else that an offer holds."""

    titles = forms.ModelMultipleChoiceField(
        label=_("Titles"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    starts_on = forms.DateField(
        label=_("First day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty for an open end."),
    )
    valid_until = forms.DateField(
        label=_("The studio can accept until"), widget=forms.DateInput(attrs={"type": "date"})
    )
    message = forms.CharField(
        label=pgettext_lazy("offer", "Message"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, policy: Policy, titles: Any, **kwargs: Any) -> None:
        """Offer the studio's titles for choice."""
        super().__init__(*args, policy=policy, **kwargs)
        self.fields["titles"].queryset = titles
        self.fields["titles"].label_from_instance = lambda title: in_reader_language_of(title.name)
        order = [name for name in self.fields if name.startswith(PARAMETER)]
        self.order_fields([*order, "titles", "starts_on", "last_day", "valid_until", "message"])

    @property
    def parameter_fields(self) -> list[forms.BoundField]:
        """The fields of the parameters."""
        return [field for field in self if field.name.startswith(PARAMETER)]


class DeclineForm(forms.Form):
    """Asks why."""

    reason = forms.CharField(
        label=_("Why not?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The platform reads it."),
    )


def in_reader_language_of(name: Mapping[str, str]) -> str:
    """Return a stored text in the active language."""
    return in_reader_language(Text(name))


def _field(parameter: Parameter) -> forms.Field:
    title = in_reader_language(parameter.title)
    note = in_reader_language(parameter.note) if parameter.note else HELP.get(parameter.kind, "")
    needed = parameter.required and parameter.default is None
    if parameter.kind is ParameterKind.CHOICE:
        options = [(word, in_reader_language(text)) for word, text in parameter.options.items()]
        return forms.ChoiceField(
            label=title,
            choices=[("", _("Choose…")), *options] if needed else options,
            required=needed,
            initial=parameter.default,
            help_text=note,
        )
    return forms.CharField(
        label=title,
        required=needed,
        max_length=40,
        initial=value_as_typed(parameter.default),
        help_text=note,
    )
