"""Forms by which people record what no event tells: one fact, or a table of them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from duanju.deals import (
    MEASURES,
    Counted,
    Fact,
    Policy,
    Stretch,
    Terms,
    Unit,
    find_within,
    parts_of,
)
from duanju.kernel import Money, Month
from duanju_web.deals.mapping.vocabulary import named
from duanju_web.deals.models import Deal
from duanju_web.deals.selectors import (
    LAKE_MEASURES,
    contract_of,
    currency_of,
    find_expected,
    find_milestones,
    measure_in_words,
)
from duanju_web.shared.templatetags.duanju import localized


class FactForm(forms.Form):
    """Asks for one fact."""

    what = forms.ChoiceField(label=pgettext_lazy("fact", "What happened"))
    title = forms.ChoiceField(label=gettext_lazy("Title"), required=False)
    when = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"})
    )
    whole_month = forms.BooleanField(
        label=gettext_lazy("It is the sum of that whole month"), required=False, initial=True
    )
    quantity = forms.DecimalField(
        label=gettext_lazy("How much"),
        help_text=gettext_lazy("Money in whole units and cents; viewing in minutes."),
        max_digits=18,
        decimal_places=2,
        required=False,
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"), required=False)
    channel = forms.CharField(label=gettext_lazy("Channel"), max_length=40, required=False)
    note = forms.CharField(
        label=gettext_lazy("Where you know it from"), max_length=500, required=False
    )
    may_replace = forms.BooleanField(
        label=gettext_lazy("It corrects what was recorded before"), required=False
    )

    def __init__(self, *args: Any, deal: Deal, **kwargs: Any) -> None:
        """Offer what the terms that hold ask for, amendments included, and the deal's titles."""
        super().__init__(*args, **kwargs)
        terms = _terms_that_hold(deal)
        self.codes = _currencies(terms)
        if len(self.codes) == 1:
            del self.fields["currency"]
        else:
            names = [(code, f"{named('currency', code)} ({code})") for code in self.codes]
            self.fields["currency"].choices = names  # type: ignore[attr-defined]
        titles = [(str(own.pk), localized(own.name)) for own in deal.titles.all()]
        self.fields["title"].choices = [("", _("the whole deal")), *titles]  # type: ignore[attr-defined]
        self.fields["title"].initial = titles[0][0] if titles else ""
        recordable = list(_recordable([own.policy for own in terms]))
        self.fields["what"].choices = recordable  # type: ignore[attr-defined]

    def fact(self) -> Fact:
        """Return what was typed, as a fact."""
        cleaned = self.cleaned_data
        name, _slash, item = cleaned["what"].partition("/")
        measure = MEASURES[name.removesuffix("!")]
        quantity = cleaned["quantity"] or 0
        code = cleaned.get("currency") or self.codes[0]
        if measure.name == "milestone":
            quantity, unit_quantity = 1, 1
        elif measure.unit is Unit.MINOR:
            unit_quantity = Money.of_major(quantity, code).amount_minor
        else:
            unit_quantity = int(quantity * measure.per_term_unit)
        day: date = cleaned["when"]
        is_day = measure.name == "milestone" or not cleaned["whole_month"]
        return Fact(
            measure=measure.facts_of,
            title_id="" if measure.is_platform_wide else cleaned["title"],
            stretch=Stretch(day, day + timedelta(days=1))
            if is_day
            else Stretch.of_month(Month(day.year, day.month)),
            quantity=unit_quantity,
            unit=measure.unit,
            currency=code if measure.unit is Unit.MINOR else "",
            channel=cleaned["channel"].strip(),
            item=item,
            is_fraud=name.endswith("!"),
        )


class FactsFileForm(forms.Form):
    """Asks for a table of facts."""

    file = forms.FileField(
        label=gettext_lazy("A table: CSV, XLSX or Parquet"),
        help_text=gettext_lazy("One row a fact; the template shows the columns."),
    )


def _terms_that_hold(deal: Deal) -> list[Terms]:
    """Return all terms of a deal that hold for some of its days, in the order of agreement."""
    return [part.terms for part in parts_of(contract_of(deal))]


def _currencies(terms: Iterable[Terms]) -> list[str]:
    """Return the currencies in which terms pay, each once; the yuan where all leave it open."""
    found = [currency_of(own.policy, own.parameters) for own in terms]
    return list(dict.fromkeys(code for code in found if code)) or ["CNY"]


def _recordable(policies: Sequence[Policy]) -> Iterable[tuple[str, Any]]:
    """Yield what people can record about a deal, what its policies ask for before all else."""
    milestones = [
        (f"milestone/{name}", named("milestone", name)) for name in find_milestones(policies)
    ]
    if milestones:
        yield _("Milestones"), milestones
    asked = [own for own in find_expected(policies) if own.measure not in LAKE_MEASURES]
    keys = dict.fromkeys((own.measure, own.item) for own in asked)
    figures = [
        (f"{measure}/{item}" if item else measure, figure_in_words(measure, item))
        for measure, item in keys
    ]
    if figures:
        yield _("Figures that the terms ask for"), figures
    others = [
        (name, measure_in_words(name))
        for name, own in MEASURES.items()
        if name not in LAKE_MEASURES
        and not own.needs_item
        and not own.of
        and name not in {measure for measure, _item in keys}
    ]
    yield _("Other figures"), others
    clauses = [clause for policy in policies for clause in policy.clauses]
    counted = {own.measure for _path, own in find_within(clauses, Counted)}
    frauds = [
        (f"{name}!", _("%(measure)s, found to be fraud") % {"measure": figure_in_words(name, "")})
        for name in sorted(counted & LAKE_MEASURES)
    ]
    if frauds:
        yield _("Fraud"), frauds


def figure_in_words(measure: str, item: str) -> str:
    """Return what people call a measure, with the role or report that it is of."""
    name = measure_in_words(measure)
    is_named = item and item != MEASURES[measure].needs_item
    return f"{name} · {named('role', item)}" if is_named else name
