"""Forms about reports: the file, the mapping of its columns, and consent."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from duanju.adapters.reports import (
    EXAMPLES,
    MEASURES_OF_REPORTS,
    AmountColumn,
    AmountUnit,
    DayForm,
    Delimiter,
    Encoding,
    Layout,
    Named,
    ReportMapping,
    Sign,
    Totals,
    When,
)
from duanju.kernel import Month
from duanju_web.deals.selectors import measure_in_words

_UNITS = [
    (AmountUnit.MAJOR.value, _("Whole units, as yuan")),
    (AmountUnit.MINOR.value, _("Smallest units, as fen")),
]
_ENCODINGS = [(own.value, own.value.upper()) for own in Encoding]
_DELIMITERS = [
    (Delimiter.COMMA.value, _("Comma")),
    (Delimiter.SEMICOLON.value, _("Semicolon")),
    (Delimiter.TAB.value, _("Tab")),
]
_THOUSANDS = [("", _("none")), (",", ","), (".", "."), (" ", _("space")), ("'", "'")]


class ReportFileForm(forms.Form):
    """Asks for a report."""

    file = forms.FileField(label=_("The report: CSV or XLSX"))
    source = forms.RegexField(
        label=_("Who reports"),
        regex=r"^[A-Za-z][A-Za-z0-9_-]{0,63}$",
        help_text=_("A short name, always the same for the same source, as pangle."),
        widget=forms.TextInput(attrs={"list": "report-sources"}),
    )
    period = forms.CharField(
        label=_("Month"), widget=forms.TextInput(attrs={"type": "month"}), max_length=7
    )

    def clean_period(self) -> Month:
        """Return the month."""
        try:
            return Month.parse(self.cleaned_data["period"])
        except ValueError:
            raise forms.ValidationError(_("Write the month as 2026-09.")) from None


class MappingForm(forms.Form):
    """Asks which column of a report holds what."""

    title_column = forms.ChoiceField(label=_("Title"))
    title_words = forms.CharField(
        label=_("What the source calls titles"),
        help_text=_("A line each: their word = our number or short name. Empty if they use ours."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
    )
    when_column = forms.ChoiceField(label=_("Day or month"), required=False)
    when_form = forms.ChoiceField(
        label=_("Written as"), choices=[(own.value, EXAMPLES[own]) for own in DayForm]
    )
    amount_column = forms.ChoiceField(label=pgettext_lazy("report", "Amount"))
    measure = forms.ChoiceField(label=_("What the money is"))
    unit = forms.ChoiceField(label=_("It counts"), choices=_UNITS)
    currency = forms.CharField(label=_("Currency of all rows"), max_length=3, required=False)
    currency_column = forms.ChoiceField(label=_("or the column of it"), required=False)
    decimal_mark = forms.ChoiceField(label=_("Decimal mark"), choices=[(".", "."), (",", ",")])
    thousands_mark = forms.ChoiceField(
        label=_("Thousands mark"), choices=_THOUSANDS, required=False
    )
    symbol = forms.CharField(label=_("Symbol"), max_length=8, required=False)
    is_negated = forms.BooleanField(label=_("A minus means more of it"), required=False)
    channel = forms.CharField(label=_("Channel of all rows"), max_length=40, required=False)
    channel_column = forms.ChoiceField(label=_("or the column of it"), required=False)
    territory_column = forms.ChoiceField(label=_("Territory"), required=False)
    reference_column = forms.ChoiceField(label=_("Names each row once"), required=False)
    total_column = forms.ChoiceField(label=_("Totals stand in"), required=False)
    total_words = forms.CharField(label=_("Words of a total"), max_length=200, required=False)
    subtotal_words = forms.CharField(
        label=_("Words of a partial total"), max_length=200, required=False
    )
    header_row = forms.IntegerField(label=_("Row of the header"), min_value=1, max_value=200)
    rows_to_skip = forms.IntegerField(label=_("Rows to skip after it"), min_value=0, max_value=200)
    sheet = forms.CharField(label=_("Sheet"), max_length=80, required=False)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=_ENCODINGS)
    delimiter = forms.ChoiceField(label=_("Between cells"), choices=_DELIMITERS)

    def __init__(
        self, *args: Any, mapping: ReportMapping, columns: Iterable[str], **kwargs: Any
    ) -> None:
        """Offer the columns of the file, and begin with what the mapping says."""
        super().__init__(*args, initial=_initial(mapping), **kwargs)
        self.mapping = mapping
        names = list(dict.fromkeys((*columns, *mapping.columns)))
        for name, field in self.fields.items():
            if name.endswith("_column"):
                blank = [("", "—")] if not field.required else []
                field.choices = [*blank, *((own, own) for own in names)]  # type: ignore[attr-defined]
        self.fields["measure"].choices = [  # type: ignore[attr-defined]
            (own, measure_in_words(own)) for own in sorted(MEASURES_OF_REPORTS)
        ]

    def changed_mapping(self) -> ReportMapping:
        """Return the mapping as the form says it; what the form does not ask stays."""
        said = self.cleaned_data
        first = AmountColumn(
            column=said["amount_column"],
            measure=Named(fixed=said["measure"]),
            currency=_named(said["currency"].strip().upper(), said["currency_column"]),
            unit=AmountUnit(said["unit"]),
            decimal_mark=said["decimal_mark"],
            thousands_mark=said["thousands_mark"],
            symbol=said["symbol"].strip(),
            sign=Sign.NEGATED if said["is_negated"] else Sign.AS_WRITTEN,
        )
        before = self.mapping
        forms_of_days = (DayForm(said["when_form"]), *before.when.forms)
        return replace(
            before,
            title=replace(
                before.title, column=said["title_column"], words=_pairs(said["title_words"])
            ),
            amounts=(first, *before.amounts[1:]),
            when=When(said["when_column"], tuple(dict.fromkeys(forms_of_days))[:1]),
            channel=replace(
                _named(said["channel"].strip(), said["channel_column"]),
                words=before.channel.words if said["channel_column"] else {},
            ),
            territory=replace(before.territory, column=said["territory_column"]),
            reference=said["reference_column"],
            layout=Layout(
                said["header_row"],
                said["rows_to_skip"],
                Encoding(said["encoding"]),
                Delimiter(said["delimiter"]),
                said["sheet"].strip(),
            ),
            totals=_totals(said),
        )


class MappingTextForm(forms.Form):
    """Asks for a whole mapping as TOML, for what the other form cannot say."""

    text = forms.CharField(
        label=_("The mapping as TOML"), widget=forms.Textarea(attrs={"rows": 18})
    )


def _initial(mapping: ReportMapping) -> dict[str, Any]:
    first = mapping.amounts[0] if mapping.amounts else None
    found: dict[str, Any] = {
        "title_column": mapping.title.column,
        "title_words": "\n".join(" = ".join(own) for own in mapping.title.words.items()),
        "when_column": mapping.when.column,
        "when_form": mapping.when.forms[0].value,
        "channel": mapping.channel.fixed,
        "channel_column": mapping.channel.column,
        "territory_column": mapping.territory.column,
        "reference_column": mapping.reference,
        "total_column": mapping.totals.column,
        "total_words": " ".join(mapping.totals.words),
        "subtotal_words": " ".join(mapping.totals.subtotal_words),
        "header_row": mapping.layout.header_row,
        "rows_to_skip": mapping.layout.rows_to_skip,
        "sheet": mapping.layout.sheet,
        "encoding": mapping.layout.encoding.value,
        "delimiter": mapping.layout.delimiter.value,
        "currency": "CNY",
        "measure": "advert_income",
    }
    if first is not None:
        found |= {
            "amount_column": first.column,
            "measure": first.measure.fixed,
            "unit": first.unit.value,
            "currency": first.currency.fixed,
            "currency_column": first.currency.column,
            "decimal_mark": first.decimal_mark,
            "thousands_mark": first.thousands_mark,
            "symbol": first.symbol,
            "is_negated": first.sign is Sign.NEGATED,
        }
    return found


def _named(fixed: str, column: str) -> Named:
    """Return a column's word, or else the fixed one."""
    return Named(column=column) if column else Named(fixed=fixed)


def _pairs(text: str) -> dict[str, str]:
    lines = [own.partition("=") for own in text.splitlines() if own.strip()]
    return {theirs.strip(): ours.strip() for theirs, _sign, ours in lines}


def _totals(said: dict[str, Any]) -> Totals:
    if not said["total_column"]:
        return Totals()
    words = tuple(said["total_words"].split())
    return Totals(said["total_column"], words, tuple(said["subtotal_words"].split()))
