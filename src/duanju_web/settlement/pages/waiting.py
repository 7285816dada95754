"""What settlement puts on first pages: the month to close, and what was earned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import takewhile
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from duanju.kernel import Month
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.selectors import months_of, statements_of
from duanju_web.settlement.selectors.stages import provisional_of
from duanju_web.shared.home import Asked, Section, Task, register_section, register_tasks
from duanju_web.shared.permissions import may_act
from duanju_web.shared.templatetags.duanju import month as month_in_words

MONTHS_SHOWN = 4
STATEMENTS_SHOWN = 5
PROVISIONAL_MAX = 50
CLOSERS = ("accountant",)


def _closes(asked: Asked) -> Iterable[Task]:
    """The month that is over and next, for those who may close it."""
    actor = asked.request.actor  # type: ignore[attr-defined]
    if not may_act(actor, kinds=("platform",), roles=CLOSERS):
        return
    for own in months_of(platform=actor.organisation, now=asked.now):
        if own.is_over and own.is_next:
            yield Task(
                label=_("Close %(month)s") % {"month": month_in_words(own.month)},
                note=_("The month is over; its statements can be issued."),
                address=reverse("settlement_month", args=[str(own.month)]),
                icon="calendar-check",
                tone="seal",
            )


def _to_look_at(asked: Asked) -> Iterable[Task]:
    """Provisional statements, a task for each month and platform."""
    organisation = asked.request.actor.organisation  # type: ignore[attr-defined]
    if organisation is None:
        return
    told = set()
    for own in provisional_of(organisation)[:PROVISIONAL_MAX]:
        month = (own.step.platform_id, own.step.period)
        if month not in told:
            told.add(month)
            yield Task(
                label=_("Look at your figures of %(month)s")
                % {"month": month_in_words(Month.parse(own.step.period))},
                note=_("They are not closed yet: now a line can still be put right."),
                address=reverse("statements"),
                icon="eye",
            )


def _months(asked: Asked) -> Mapping[str, Any]:
    organisation = asked.request.actor.organisation  # type: ignore[attr-defined]
    return {"months": months_of(platform=organisation, now=asked.now)[:MONTHS_SHOWN]}


def _earned(asked: Asked) -> Mapping[str, Any]:
    """Return the studio's newest statements, and what the last closed month came to."""
    statements = list(statements_of(asked.request.actor.organisation)[:100])  # type: ignore[attr-defined]
    period = statements[0].close.period if statements else ""
    newest = takewhile(lambda own: own.close.period == period, statements)
    return {
        "period": period,
        "sums": _sums(newest),
        "statements": statements[:STATEMENTS_SHOWN],
    }


def _sums(statements: Iterable[StatementRecord]) -> list[tuple[str, int]]:
    """Add up statements, each currency by itself."""
    sums: dict[str, int] = defaultdict(int)
    for statement in statements:
        for total in statement.totals:
            sums[total["currency"]] += total["amount_minor"]
    return sorted(sums.items())


register_tasks("platform", load=_closes)
register_tasks("studio", "writer", load=_to_look_at)
register_section(
    Section(
        heading=gettext_lazy("Months"),
        template="settlement/waiting_months.html",
        load=_months,
        kinds=frozenset({"platform"}),
        place=10,
        more_label=gettext_lazy("Settlement"),
        more_address="/settlement/",
    )
)
register_section(
    Section(
        heading=gettext_lazy("Earned"),
        template="settlement/waiting_statements.html",
        load=_earned,
        kinds=frozenset({"studio"}),
        place=10,
        more_label=gettext_lazy("All statements"),
        more_address="/settlement/statements/",
    )
)
