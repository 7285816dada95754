"""The rows of reports behind a statement's line, for both sides."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from duanju.kernel import Text
from duanju_web.deals.selectors import in_reader_language
from duanju_web.settlement.pages.report_words import line_in_words, sums_in_words
from duanju_web.settlement.pages.statements import own_line
from duanju_web.settlement.selectors.reported import find_reported, lines_behind
from duanju_web.shared.permissions import acting_as

ROWS_A_PAGE = 50


@acting_as()
def rows(request: HttpRequest, statement_id: int, number: int) -> HttpResponse:
    """List the rows of reports about a line's titles, each with its file's digest and number."""
    record, asked = own_line(request, statement_id, number)
    if not asked.line.measure:
        raise Http404
    found = lines_behind(record, asked.line).defer("report__mapping", "report__totals", "problems")
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    shown = [
        line_in_words(own, {str(own.title_id): in_reader_language(Text(own.title.name))})
        | {"cells": own.cells, "file_name": own.report.file_name, "sha256": own.report.sha256}
        for own in page
    ]
    context = {"record": record, "line": asked, "page": page, "rows": shown}
    context["sums"] = sums_in_words(find_reported(record, asked.line), asked.currency)
    return render(request, "settlement/reported_rows.html", context)
