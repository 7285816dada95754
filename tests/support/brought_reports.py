"""Reports that an accountant brings, accepts and settles.

report = accepted(platform, a_table(title))
"""

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from duanju.kernel import Month
from duanju_web.settlement.models import (
    Close,
    IncomeReport,
)
from duanju_web.settlement.selectors.reports import report_facts
from duanju_web.settlement.services import close_month
from duanju_web.settlement.services.reporting import (
    Consent,
    accept_report,
    bring_report,
)
from tests.support.agreements import OCTOBER_5

SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
OCTOBER_2 = datetime(2026, 10, 2, 4, tzinfo=UTC)
OCTOBER_20 = datetime(2026, 10, 20, 4, tzinfo=UTC)
HEADER = "日期,短剧ID,渠道,预估收入(元)"
ADVERTS = "cmg-rights-partnership"
FIFTH = {"licence_fee": "250000", "studio_share": "0.2"}
NONE = Consent()
ALL = Consent(without_problem_rows=True, despite_totals=True, as_new_version=True)


def a_table(title, *rows, total="1,000.05"):
    """Return a report's bytes: two days of a title, or other rows, and a total."""
    own = rows or (f"2026-09-01,{title.pk},android,400.02", f"2026-09-02,{title.pk},ios,600.03")
    lines = [HEADER, *own, f'合计,,,"{total}"']
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def brought(platform, content, *, name="pangle.csv", source="pangle", period=SEPTEMBER):
    """Bring a report."""
    report = bring_report(
        actor=platform,
        chunks=[content],
        file_name=name,
        source=source,
        period=period,
        now=OCTOBER_2,
    )
    assert isinstance(report, IncomeReport), report
    return report


def accepted(platform, content, *, now=OCTOBER_2, consent=NONE, **more):
    """Bring a report and accept it."""
    report = brought(platform, content, **more)
    done = accept_report(actor=platform, report_id=report.pk, consent=consent, now=now)
    assert isinstance(done, IncomeReport), done
    return done


def closed(platform, month=SEPTEMBER, now=OCTOBER_5):
    """Close a month."""
    close = close_month(platform=platform.organisation, month=month, actor=platform, now=now)
    assert isinstance(close, Close), close
    return close


def sum_of_facts(platform, **more):
    """Return what the reports come to, in fen."""
    until = more.pop("until", OCTOBER)
    facts = report_facts(platform=platform.organisation, until=until, **more)
    return sum(own.quantity for own in facts)


def an_upload(content, name="pangle.csv", source="pangle", period="2026-09"):
    """Return what the form sends."""
    return {"file": SimpleUploadedFile(name, content), "source": source, "period": period}


def text_of(response, status=200):
    assert response.status_code == status, response.status_code
    return response.content.decode()
