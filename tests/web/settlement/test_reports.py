"""What others report: brought, mapped, accepted, kept, and withdrawn."""

import pytest
from django.db import Error, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from duanju.adapters.reports import mapping_from_data, mapping_to_text
from duanju_web.settlement.models import (
    ClosedPeriodIsFinal,
    IncomeReport,
    ReportLine,
)
from duanju_web.settlement.selectors.reports import file_of, report_facts
from duanju_web.settlement.services.reporting import (
    Consent,
    accept_report,
    withdraw_report,
)
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import OCTOBER_5, a_deal, a_title_of
from tests.support.brought_reports import (
    ADVERTS,
    ALL,
    FIFTH,
    OCTOBER,
    OCTOBER_2,
    OCTOBER_20,
    a_table,
    accepted,
    an_upload,
    brought,
    sum_of_facts,
    text_of,
)
from tests.support.forms import filled_form
from tests.support.people import a_member_of, an_actor, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def title(studio):
    return a_title_of(studio)


@pytest.fixture
def deal(platform, studio, title):
    return a_deal(platform, studio, [title], policy=ADVERTS, parameters=FIFTH)


def test_report_is_brought_looked_through_and_accepted(platform, title, deal, language):
    client = client_of(platform, language=language)
    answer = client.post(reverse("reports"), an_upload(a_table(title)))
    report = IncomeReport.objects.get()
    address = reverse("report", args=[report.pk])
    assert answer["Location"] == address
    page = text_of(client.get(address))
    assert "1,000.05" in page
    assert "400.02" in page
    assert (report.state, ReportLine.objects.count()) == ("waiting", 0)
    assert sum_of_facts(platform) == 0
    assert client.post(reverse("accept_report", args=[report.pk])).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.version, report.row_count) == ("accepted", 1, 2)
    assert [
        (own.number, own.kind, own.measure, own.amount_minor, own.channel)
        for own in ReportLine.objects.all()
    ] == [
        (2, "counted", "advert_income", 40_002, "android"),
        (3, "counted", "advert_income", 60_003, "ios"),
        (4, "total", "", None, ""),
    ]
    assert ReportLine.objects.first().cells == ["2026-09-01", str(title.pk), "android", "400.02"]
    assert sum_of_facts(platform) == 100_005
    kept = text_of(client.get(address))
    assert report.sha256 in kept
    assert "600.03" in kept
    assert report.file_name in text_of(client.get(reverse("reports")))
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))
    assert actions[-2:] == ["settlement.bring-report", "settlement.accept-report"]
    entry = AuditEntry.objects.latest("pk")
    assert entry.after["sha256"] == report.sha256
    assert entry.user == platform.user


def test_same_file_again_changes_nothing(platform, title, deal):
    report = accepted(platform, a_table(title))
    entries = AuditEntry.objects.count()
    client = client_of(platform)
    answer = client.post(reverse("reports"), an_upload(a_table(title), name="other-name.csv"))
    assert answer["Location"] == reverse("report", args=[report.pk])
    again = accept_report(actor=platform, report_id=report.pk, consent=ALL, now=OCTOBER_20)
    assert (again.pk, again.accepted_at) == (report.pk, OCTOBER_2)
    assert (IncomeReport.objects.count(), ReportLine.objects.count()) == (1, 3)
    assert AuditEntry.objects.count() == entries
    assert sum_of_facts(platform) == 100_005


def test_faulty_rows_are_left_out_only_if_somebody_says_so(platform, title, deal, language):
    rows = (
        f"2026-09-01,{title.pk},android,400.02",
        "2026-09-01,stranger,android,1.00",
        f"2026-10-01,{title.pk},android,1.00",
        f"2026-09-03,{title.pk},android,1.005",
    )
    report = brought(platform, a_table(title, *rows, total="400.02"))
    client = client_of(platform, language=language)
    page = text_of(client.get(reverse("report", args=[report.pk])))
    for number in (3, 4, 5):
        assert f"pangle.csv:{number}:" in page
    refused = client.post(reverse("accept_report", args=[report.pk]))
    assert "without_problem_rows" in text_of(refused, 422)
    report.refresh_from_db()
    assert (report.state, ReportLine.objects.count(), report.version) == ("waiting", 0, 0)
    assert sum_of_facts(platform) == 0
    client.post(reverse("accept_report", args=[report.pk]), {"without_problem_rows": "on"})
    report.refresh_from_db()
    assert (report.row_count, report.rows_with_problems) == (1, 3)
    assert sum_of_facts(platform) == 40_002
    faulty = ReportLine.objects.filter(kind="problem")
    assert [(own.number, own.problems[0]["code"]) for own in faulty] == [
        (3, "reports.unknown-title"),
        (4, "reports.other-month"),
        (5, "reports.part-of-a-minor-unit"),
    ]
    assert "stranger" in text_of(client.get(reverse("report", args=[report.pk])))


def test_totals_that_disagree_are_told_and_need_consent(platform, title, deal, language):
    report = brought(platform, a_table(title, total="1,000.15"))
    client = client_of(platform, language=language)
    page = text_of(client.get(reverse("report", args=[report.pk])))
    assert "0.10" in page
    problems = accept_report(actor=platform, report_id=report.pk, consent=Consent(), now=OCTOBER_2)
    assert [(own.code, own.params["difference"]) for own in problems] == [
        ("reports.total-disagrees", "10")
    ]
    assert not ReportLine.objects.exists()
    client.post(reverse("accept_report", args=[report.pk]), {"despite_totals": "on"})
    assert sum_of_facts(platform) == 100_005


def test_other_content_is_a_new_version_told_row_by_row(platform, title, deal, language):
    first = accepted(platform, a_table(title))
    rows = (f"2026-09-01,{title.pk},android,400.03", f"2026-09-07,{title.pk},web,5.00")
    second = brought(platform, a_table(title, *rows, total="405.03"), name="again.csv")
    client = client_of(platform, language=language)
    page = text_of(client.get(reverse("report", args=[second.pk])))
    assert "400.02" in page
    assert "600.03" in page
    assert "595.02" in page
    refused = client.post(reverse("accept_report", args=[second.pk]))
    assert refused.status_code == 422
    first.refresh_from_db()
    assert (first.state, sum_of_facts(platform)) == ("accepted", 100_005)
    client.post(reverse("accept_report", args=[second.pk]), {"as_new_version": "on"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state, second.version) == ("ended", "accepted", 2)
    assert second.replaces == first
    assert sum_of_facts(platform) == 40_503
    assert sum_of_facts(platform, known_at=OCTOBER_5) == 100_005
    assert ReportLine.objects.filter(report=first, kind="counted").count() == 2


def test_withdrawn_report_no_longer_counts_and_can_be_brought_again(platform, title, deal):
    report = accepted(platform, a_table(title))
    client = client_of(platform)
    address = reverse("withdraw_report", args=[report.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert sum_of_facts(platform) == 100_005
    assert client.post(address, {"reason": "Read wrongly"}).status_code == 302
    report.refresh_from_db()
    assert (report.state, report.reason) == ("ended", "Read wrongly")
    assert sum_of_facts(platform) == 0
    assert ReportLine.objects.filter(report=report).count() == 3
    again = accepted(platform, a_table(title), now=OCTOBER_20)
    assert (again.pk != report.pk, again.version) == (True, 2)
    assert sum_of_facts(platform) == 100_005


def test_mapping_is_corrected_on_the_page_and_saved_for_the_next_month(
    platform, title, deal, language
):
    header = "when,what,how much"
    content = f"{header}\r\n2026/9/1,Night,12.34\r\n".encode()
    client = client_of(platform, language=language)
    client.post(reverse("reports"), an_upload(content, source="store"))
    report = IncomeReport.objects.get()
    address = reverse("report", args=[report.pk])
    page = text_of(client.get(address))
    assert "problem" in page
    assert client.post(reverse("accept_report", args=[report.pk])).status_code == 422
    sent = filled_form(page, "mapping-form") | {
        "title_column": "what",
        "title_words": f"Night = {title.slug}",
        "when_column": "when",
        "when_form": "slash_day",
        "amount_column": "how much",
        "measure": "advert_income",
        "currency": "cny",
    }
    assert client.post(reverse("remap_report", args=[report.pk]), sent).status_code == 302
    assert "12.34" in text_of(client.get(address))
    assert client.post(reverse("accept_report", args=[report.pk])).status_code == 302
    assert sum_of_facts(platform) == 1_234
    october = f"{header}\r\n2026/10/1,Night,1.00\r\n".encode()
    accepted(platform, october, source="store", period=OCTOBER)
    assert sum_of_facts(platform) == 1_334
    toml = client.get(reverse("report_mapping", args=[report.pk]))
    assert toml.content.decode().startswith('source = "store"')


def test_mapping_as_text_is_read_with_its_faults(platform, title, deal, language):
    report = brought(platform, a_table(title))
    client = client_of(platform, language=language)
    address = reverse("remap_report", args=[report.pk])
    before = report.mapping
    refused = text_of(client.post(address, {"text": 'source = "x"'}), 422)
    assert "problem" in refused
    report.refresh_from_db()
    assert report.mapping == before
    text = mapping_to_text(mapping_from_data(before)).replace("advert_income", "traffic_cost")
    assert client.post(address, {"text": text}).status_code == 302
    accept_report(actor=platform, report_id=report.pk, consent=Consent(), now=OCTOBER_2)
    assert set(ReportLine.objects.exclude(measure="").values_list("measure", flat=True)) == {
        "traffic_cost"
    }
    assert client.post(address, {"text": text}).status_code == 404


def test_reports_do_not_exist_for_others_and_nothing_moves(platform, studio, title, deal):
    report = brought(platform, a_table(title))
    pages = ("report", "report_mapping")
    actions = ("accept_report", "withdraw_report", "remap_report")
    member = a_member_of(platform.organisation, role="member")
    producer = a_member_of(platform.organisation, role="producer")
    others = (studio, member, producer, an_actor("platform"), an_actor("buyer"))
    for other in others:
        client = client_of(other)
        for name in pages:
            assert client.get(reverse(name, args=[report.pk])).status_code == 404
        for name in actions:
            sent = {"reason": "x", "text": "", "despite_totals": "on"}
            assert client.post(reverse(name, args=[report.pk]), sent).status_code == 404
    for other in (studio, member, producer):
        assert client_of(other).get(reverse("reports")).status_code == 404
        upload = an_upload(a_table(title, total="1"))
        assert client_of(other).post(reverse("reports"), upload).status_code == 404
    report.refresh_from_db()
    assert (report.state, IncomeReport.objects.count()) == ("waiting", 1)
    assert not ReportLine.objects.exists()
    anonymous = client_of().get(reverse("reports"))
    assert anonymous.status_code == 302


def test_file_that_cannot_be_read_is_refused_and_not_kept(platform, title, deal, language):
    client = client_of(platform, language=language)
    for name, content in (("a.pdf", b"x"), ("a.xlsx", b"x")):
        answer = client.post(reverse("reports"), an_upload(content, name=name))
        assert "problem" in text_of(answer, 422)
    answer = client.post(reverse("reports"), an_upload(b"x", source="no spaces", period="x"))
    assert answer.status_code == 422
    assert not IncomeReport.objects.exists()


def test_rows_are_final(platform, title, deal):
    accepted(platform, a_table(title))
    line = ReportLine.objects.first()
    for forbidden in (line.save, line.delete, ReportLine.objects.all().delete):
        with pytest.raises(ClosedPeriodIsFinal):
            forbidden()
    with pytest.raises(Error), connection.cursor() as cursor:
        cursor.execute("UPDATE settlement_reportline SET amount_minor = 1")


def test_file_is_kept_by_its_digest_and_so_are_its_bytes(platform, title, deal):
    report = accepted(platform, a_table(title))
    assert file_of(report).read_bytes() == a_table(title)
    assert [own.name for own in file_of(report).parent.iterdir()] == [f"{report.sha256}.csv"]


def test_number_of_queries_does_not_grow_with_reports_or_rows(platform, title, deal):
    client = client_of(platform)

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    first = accepted(platform, a_table(title))
    few = [queries(reverse("reports")), queries(reverse("report", args=[first.pk]))]
    rows = [f"2026-09-{day:02},{title.pk},android,1.00" for day in range(1, 31)]
    for number in range(5):
        content = a_table(title, *rows, total="30.00") + b"\r\n" * number
        last = accepted(platform, content, source=f"s{number}")
    many = [queries(reverse("reports")), queries(reverse("report", args=[last.pk]))]
    assert many == few
    assert max(many) <= 16
    with CaptureQueriesContext(connection) as captured:
        facts = report_facts(platform=platform.organisation, until=OCTOBER)
    assert len(captured) == 1
    assert sum(own.quantity for own in facts) == 100_005 + 5 * 3_000


def test_withdrawing_twice_is_once(platform, title, deal):
    report = accepted(platform, a_table(title))
    for reason in ("first", "second"):
        withdraw_report(actor=platform, report_id=report.pk, reason=reason, now=OCTOBER_20)
    report.refresh_from_db()
    assert report.reason == "first"
    assert file_of(report).read_bytes() == a_table(title)
