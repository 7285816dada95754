"""Forms whose fields come from a policy's parameters."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.deals import MEASURES, Given, Parameter, ParameterKind, Policy
from duanju.kernel import Text
from duanju_web.deals.mapping.parameters import value_as_typed
from duanju_web.deals.mapping.vocabulary import named
from duanju_web.deals.pages.building.names import number_as_typed, plain
from duanju_web.deals.selectors import (
    Expectation,
    Expected,
    channel_in_words,
    currency_of,
    in_reader_language,
    measure_in_words,
    role_in_words,
    roles_needed,
)

PARAMETER = "parameter_"
MILESTONES = "milestones"
PARTY = "party_"
PARTY_NAME = "name_of_"
NAME_CHARACTERS_MAX = 80
OWN_SIDES = frozenset({"platform", "studio"})
"""Roles that every offer fills by itself."""
MINUTES_MAX = 10**11
INCOME_DIGITS_MAX = 15
EXAMPLE_BY_KIND = {
    ParameterKind.SHARE: "1%",
    ParameterKind.AMOUNT: "50000",
    ParameterKind.FACTOR: "1",
    ParameterKind.COUNT: "1",
}
HELP = {
    ParameterKind.SHARE: _("A percentage, such as 12% or 0.12."),
    ParameterKind.AMOUNT: _("An amount, such as 1.50."),
    ParameterKind.FACTOR: _("A factor, such as 1.2."),
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
        typed = {}
        for parameter in self.policy.parameters:
            value = str(self.cleaned_data.get(PARAMETER + parameter.id) or "").strip()
            is_number = parameter.kind is not ParameterKind.CHOICE
            typed[parameter.id] = number_as_typed(value) if is_number else value
        return {name: value for name, value in typed.items() if value}


class ExpectationForm(ParametersForm):
    """Asks what a title is expected to do, and for the parameters that are still open."""

    def __init__(
        self,
        *args: Any,
        policy: Policy,
        expected: Sequence[Expected],
        milestones: Mapping[str, bool],
        fixed: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """Make the fields; with `fixed` parameters only those of what is expected."""
        super().__init__(*args, policy=policy, **kwargs)
        self.fixed = fixed
        self.expected = tuple(expected)
        for name in list(self.fields):
            if fixed is not None:
                del self.fields[name]
            else:
                leave_open(self.fields[name])
        if fixed is None:
            suppose_parameters(self.fields, policy)
        for own in self.expected:
            self.fields[own.key] = figure_field(own)
        if milestones:
            self.fields[MILESTONES] = milestones_field(milestones)

    @property
    def parameter_fields(self) -> list[forms.BoundField]:
        """The fields of the parameters."""
        return [field for field in self if field.name.startswith(PARAMETER)]

    @property
    def supposition_fields(self) -> list[forms.BoundField]:
        """The fields of what is expected."""
        return [field for field in self if not field.name.startswith(PARAMETER)]

    def chosen(self) -> dict[str, str]:
        """Return the parameters that hold: the fixed ones, else what was typed."""
        return dict(self.fixed) if self.fixed is not None else super().chosen()

    def expectation(self) -> Expectation:
        """Return what was typed, all of it in one month."""
        return Expectation(
            amounts={
                own.key: Fraction(self.cleaned_data.get(own.key) or 0) for own in self.expected
            },
            milestones=frozenset(self.cleaned_data.get(MILESTONES) or ()),
            months=1,
            currency=currency_of(self.policy, self.chosen()) or "CNY",
        )


def figure_field(own: Expected, *, initial: object = None) -> forms.Field:
    """Return the field of one figure."""
    label = figure_label(own)
    shown = (own.example or None) if initial is None else initial
    if own.is_money:
        return forms.DecimalField(
            label=label,
            max_digits=INCOME_DIGITS_MAX,
            decimal_places=2,
            min_value=0,
            initial=shown,
            required=False,
        )
    return forms.IntegerField(
        label=label, min_value=0, max_value=MINUTES_MAX, initial=shown, required=False
    )


def figure_label(own: Expected) -> str:
    """Return what a figure is called: viewing in minutes, an income with its channel."""
    if own.key == "minutes":
        return _("Effective minutes since release")
    if own.measure == "unlock_income" and own.channel:
        return _("Income through %(channel)s") % {"channel": channel_in_words(own.channel)}
    name = measure_in_words(own.measure)
    if own.is_time:
        name = _("%(measure)s, in minutes") % {"measure": name}
    if own.channel:
        return f"{name} · {channel_in_words(own.channel)}"
    is_named = own.item and own.item != MEASURES[own.measure].needs_item
    return f"{name} · {role_in_words(own.item)}" if is_named else name


def milestones_field(milestones: Mapping[str, bool]) -> forms.Field:
    """Return the field of the milestones that will have been reached."""
    return forms.MultipleChoiceField(
        label=_("What will have happened"),
        choices=[(name, named("milestone", name)) for name in milestones],
        initial=[name for name, is_usual in milestones.items() if is_usual],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


def leave_open(own: forms.Field) -> None:
    """Let a text be empty, and begin a choice with its first option."""
    own.required = isinstance(own, forms.ChoiceField)
    if isinstance(own, forms.ChoiceField):
        own.choices = [(word, title) for word, title in own.choices if word]
        own.initial = own.initial or own.choices[0][0]


def parts_that_sum_to_one(policy: Policy) -> dict[str, str]:
    """Return an even example for each parameter that is the share of an instalment."""
    found: dict[str, str] = {}
    for clause in policy.clauses:
        shares = [own.share for own in getattr(clause, "instalments", ())]
        open_shares = [own.parameter for own in shares if isinstance(own, Given)]
        fixed = sum((own for own in shares if isinstance(own, Fraction)), Fraction(0))
        for name in open_shares:
            found[name] = str((1 - fixed) / len(open_shares))
    return found


def suppose_parameters(fields: dict[str, forms.Field], policy: Policy) -> None:
    """Put an example into numbers that a deal must say, so that there is something to read."""
    parts = parts_that_sum_to_one(policy)
    for parameter in policy.parameters:
        example = parts.get(parameter.id) or EXAMPLE_BY_KIND.get(parameter.kind)
        may_stay_open = not parameter.required and parameter.kind is ParameterKind.SHARE
        if may_stay_open or parameter.default is not None or example is None:
            continue
        own = fields[PARAMETER + parameter.id]
        limit = parameter.at_least or parameter.at_most
        own.initial = plain(limit) if limit and parameter.id not in parts else example
        own.help_text = _("An example: put in what is agreed.")


class PartiesForm(ParametersForm):
    """Asks who fills the roles that a policy names besides the two sides."""

    def __init__(
        self,
        *args: Any,
        policy: Policy,
        organisations: Iterable[tuple[str, str]] = (),
        filled: Collection[str] = (),
        **kwargs: Any,
    ) -> None:
        """Make two fields for each role that is not filled: an organisation, or a name."""
        super().__init__(*args, policy=policy, **kwargs)
        known = [("", _("somebody else")), *organisations]
        taken = OWN_SIDES.union(filled)
        self.roles = tuple(own for own in roles_needed(policy) if own not in taken)
        for own in self.roles:
            name = role_in_words(own)
            self.fields[PARTY + own] = forms.ChoiceField(
                label=_("%(role)s, an organisation here") % {"role": name},
                choices=known,
                required=False,
            )
            self.fields[PARTY_NAME + own] = forms.CharField(
                label=_("Or by name"), max_length=NAME_CHARACTERS_MAX, required=False
            )

    @property
    def parameter_fields(self) -> list[forms.BoundField]:
        """The fields of the parameters."""
        return [field for field in self if field.name.startswith(PARAMETER)]

    @property
    def party_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The two fields of each role: an organisation, or a name."""
        return [(self[PARTY + own], self[PARTY_NAME + own]) for own in self.roles]

    def parties(self) -> dict[str, dict[str, str]]:
        """Return who fills each role, as an offer stores it; roles that nobody fills left out."""
        found: dict[str, dict[str, str]] = {}
        for own in self.roles:
            slug = self.cleaned_data.get(PARTY + own)
            name = str(self.cleaned_data.get(PARTY_NAME + own) or "").strip()
            if slug or name:
                found[own] = {"slug": slug} if slug else {"name": name}
        return found


class OfferForm(PartiesForm):
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

    def __init__(self, *args: Any, titles: Any, **kwargs: Any) -> None:
        """Offer the studio's titles for choice, and for each other role who can fill it."""
        super().__init__(*args, **kwargs)
        self.fields["titles"].queryset = titles
        self.fields["titles"].label_from_instance = lambda title: in_reader_language_of(title.name)
        order = [name for name in self.fields if name.startswith(PARAMETER)]
        self.order_fields([*order, "titles", "starts_on", "last_day", "valid_until", "message"])


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
    limits = put_limits_in_words(parameter)
    return forms.CharField(
        label=title,
        required=needed,
        max_length=40,
        initial=value_as_typed(parameter.default),
        help_text=f"{note} {limits}".strip(),
    )


def put_limits_in_words(parameter: Parameter) -> str:
    """Return the least and the most that a deal may say, or an empty string."""
    words = {
        "least": value_as_typed(parameter.at_least),
        "most": value_as_typed(parameter.at_most),
    }
    if words["least"] and words["most"]:
        return _("From %(least)s to %(most)s.") % words
    if words["most"]:
        return _("At most %(most)s.") % words
    return _("At least %(least)s.") % words if words["least"] else ""
