"""What a push shows a partner before a month is closed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from duanju.kernel import Month
from duanju.settlement import CloseStage
from duanju_web.deals.selectors import contract_of
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.selectors import find_close
from duanju_web.settlement.selectors.reading import Wording
from duanju_web.settlement.selectors.stages import (
    closing_for,
    find_provisional,
    last_push,
    stage_of,
    today_of,
)
from duanju_web.shared.permissions import acting_as

LINES_A_PAGE = 50


@acting_as()
def provisional(request: HttpRequest, statement_id: int) -> HttpResponse:
    """Show a provisional statement: its lines, until when they can be disputed, whether it stands.

    One that was pushed again, or whose month was closed, stays readable and says so.
    """
    organisation = request.actor.organisation  # type: ignore[attr-defined]
    own = find_provisional(organisation=organisation, statement_id=statement_id)
    if own is None:
        raise Http404
    platform, month = own.step.platform, Month.parse(own.step.period)
    shown = statement_of(own)
    wording = Wording.of(contract_of(own.deal, known_at=own.step.known_at), own.deal.titles.all())
    page = Paginator(shown.lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    stage = stage_of(platform, month)
    closing = closing_for(platform)
    calendar = closing.calendar if closing else None
    today = today_of(platform, timezone.now())
    may_object = bool(calendar and calendar.may_object(month, stage=stage, today=today))
    is_newest = last_push(platform, month) == own.step
    context = {
        "own": own,
        "month": month,
        "lines": [
            wording.line(number, line) for number, line in enumerate(page, start=page.start_index())
        ],
        "page": page,
        "is_closed": find_close(platform=platform, month=month) is not None,
        "is_newest": is_newest,
        "is_with_partners": stage is CloseStage.SOFT_CLOSED,
        "objections_by": calendar.objections_end(month) if calendar else None,
        "may_object": may_object,
        "disputable": own if may_object and is_newest and organisation == own.party else None,
    }
    return render(request, "settlement/provisional.html", context)
