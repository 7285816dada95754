"""How a platform closes: its calendar, and above which sum two people close."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from duanju.kernel import Money
from duanju.settlement import CloseCalendar, PaidFrom, WorkingDays
from duanju_web.settlement.mapping.closing_rules import Closing
from duanju_web.settlement.models import ClosingRules
from duanju_web.settlement.pages.stage_words import CLOSERS
from duanju_web.settlement.selectors.stages import closing_for, find_rules
from duanju_web.settlement.services import set_closing_rules
from duanju_web.shared.permissions import acting_as
from duanju_web.shared.problems import put_in_words

DAYS_TEXT_MAX = 4_000
LIMITS_TEXT_MAX = 400


class ClosingRulesForm(forms.Form):
    """Asks for a calendar, and for sums."""

    late_data_days = forms.IntegerField(
        label=_("Days for late events"),
        help_text=_("So many days after the month's end before its figures are pushed."),
    )
    push_working_days = forms.IntegerField(label=_("Figures pushed within working days"))
    push_by_day = forms.IntegerField(
        label=_("and at the latest on day"), help_text=_("Of the next month.")
    )
    objections_by_day = forms.IntegerField(label=_("Last day for disputes"))
    invoice_by_day = forms.IntegerField(label=_("Last day for invoices"))
    audit_working_days = forms.IntegerField(label=_("Working days to look at an invoice"))
    payment_working_days = forms.IntegerField(label=_("Working days until payment"))
    paid_from = forms.ChoiceField(
        label=_("counted from"),
        choices=[
            (PaidFrom.AUDIT.value, _("when the invoice was looked at")),
            (PaidFrom.INVOICE.value, _("the invoice")),
        ],
    )
    holidays = forms.CharField(
        label=_("Days off beside weekends"),
        help_text=_("A day each line, as 2026-10-01."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=DAYS_TEXT_MAX,
    )
    worked = forms.CharField(
        label=_("Days of weekends that are worked"),
        help_text=_("A day each line."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=DAYS_TEXT_MAX,
    )
    second_above = forms.CharField(
        label=_("Above these sums two people close"),
        help_text=_(
            "A currency and a sum each line, as CNY 500000. A currency that is not named is then "
            "closed by two. Empty: one person is enough."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=LIMITS_TEXT_MAX,
    )

    def clean_holidays(self) -> frozenset[date]:
        """Return the days off."""
        return frozenset(_days(self.cleaned_data["holidays"]))

    def clean_worked(self) -> frozenset[date]:
        """Return the days that are worked all the same."""
        return frozenset(_days(self.cleaned_data["worked"]))

    def clean_second_above(self) -> list[Money]:
        """Return the sums, exactly."""
        return list(_limits(self.cleaned_data["second_above"]))

    def calendar(self) -> CloseCalendar:
        """Return the calendar that was entered."""
        said = dict(self.cleaned_data)
        said.pop("second_above")
        days = WorkingDays(holidays=said.pop("holidays"), worked=said.pop("worked"))
        return CloseCalendar(working_days=days, paid_from=PaidFrom(said.pop("paid_from")), **said)


@acting_as("platform", roles=CLOSERS)
def rules(request: HttpRequest) -> HttpResponse:
    """Show how the platform closes, and set it."""
    actor = request.actor  # type: ignore[attr-defined]
    standing = find_rules(actor.organisation)
    form = ClosingRulesForm(
        request.POST or None, initial=_as_entered(closing_for(actor.organisation))
    )
    problems: list[Any] = []
    if request.method == "POST" and form.is_valid():
        done = set_closing_rules(
            platform=actor.organisation,
            calendar=form.calendar(),
            second_above=form.cleaned_data["second_above"],
            actor=actor,
            now=timezone.now(),
        )
        if isinstance(done, ClosingRules):
            messages.success(request, _("From now on months are closed so."))
            return redirect("settlement")
        problems = [put_in_words(own) for own in done]
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "standing": standing, "problems": problems}
    return render(request, "settlement/closing_rules.html", context, status=status)


def _as_entered(closing: Closing | None) -> dict[str, Any]:
    """Return rules as a form shows them; of a platform that has none, the published calendar."""
    calendar = closing.calendar if closing else CloseCalendar()
    limits = closing.second_above if closing else {}
    return {
        **{
            name: getattr(calendar, name)
            for name in ClosingRulesForm.base_fields
            if hasattr(calendar, name)
        },
        "paid_from": calendar.paid_from.value,
        "holidays": _lines(str(day) for day in sorted(calendar.working_days.holidays)),
        "worked": _lines(str(day) for day in sorted(calendar.working_days.worked)),
        "second_above": _lines(
            f"{code} {Money(amount, code).as_decimal()}" for code, amount in sorted(limits.items())
        ),
    }


def _lines(own: Iterator[str]) -> str:
    return "\n".join(own)


def _days(text: str) -> Iterator[date]:
    for line in text.split():
        try:
            yield date.fromisoformat(line)
        except ValueError:
            said = _("“%(day)s” is no day; write it as 2026-10-01.") % {"day": line}
            raise forms.ValidationError(said) from None


def _limits(text: str) -> Iterator[Money]:
    for line in filter(None, map(str.strip, text.splitlines())):
        code, _space, amount = line.partition(" ")
        try:
            yield Money.of_major(Decimal(amount.strip().replace(",", "")), code)
        except (InvalidOperation, ValueError, OverflowError):
            said = _("“%(line)s” is no sum; write it as CNY 500000.") % {"line": line}
            raise forms.ValidationError(said) from None
