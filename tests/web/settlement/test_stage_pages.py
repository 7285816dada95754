"""The pages of a month's stages, clicked through by two people and looked at by a partner."""

from typing import Any

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju.settlement import CloseCalendar, CloseStage
from duanju_web.settlement.models import (
    Close,
    CloseProposal,
    ClosingRules,
    MonthStep,
    ProvisionalStatement,
)
from duanju_web.settlement.selectors.stages import stage_of
from duanju_web.settlement.services import push_month, soft_close_month
from tests.support.agreements import (
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    a_deal,
    a_title_of,
    watched,
)
from tests.support.people import a_member_of, an_actor, client_of
from tests.web.settlement.test_stages import codes, proposed, softly_closed

pytestmark = pytest.mark.django_db
SEPTEMBER = Month(2026, 9)
QUERIES_MAX = 36
ENTERED = {
    "late_data_days": 1,
    "push_working_days": 5,
    "push_by_day": 9,
    "objections_by_day": 15,
    "invoice_by_day": 20,
    "audit_working_days": 5,
    "payment_working_days": 30,
    "paid_from": "audit",
    "holidays": "2026-10-01\n2026-10-02",
    "worked": "2026-10-10",
    "second_above": "CNY 14.99",
}


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def colleague(platform):
    return a_member_of(platform.organisation, role="accountant")


@pytest.fixture
def studio():
    return an_actor("studio")


@pytest.fixture
def title(platform, studio):
    own = a_title_of(studio)
    a_deal(platform, studio, [own])
    watched(own, minutes=600, at=SEPTEMBER_NOON)
    return own


def page_of(client: Any, name: str, *args: object, status: int = 200) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def pressed(client: Any, name: str, data: dict[str, Any] | None = None) -> int:
    return client.post(reverse(name, args=[str(SEPTEMBER)]), data or {}).status_code


def test_rules_are_entered_and_shown_again(platform, language):
    client = client_of(platform, language=language)
    assert page_of(client, "closing_rules").count('value="15"') == 1
    assert client.post(reverse("closing_rules"), ENTERED).status_code == 302
    rules = ClosingRules.objects.get()
    assert rules.second_above == [{"amount_minor": 1_499, "currency": "CNY"}]
    assert rules.calendar["holidays"] == ["2026-10-01", "2026-10-02"]
    assert rules.calendar["worked"] == ["2026-10-10"]
    shown = page_of(client, "closing_rules")
    assert "CNY 14.99" in shown
    assert "2026-10-10" in shown


@pytest.mark.parametrize(
    ("field", "entered"),
    [
        ("holidays", "1 October"),
        ("second_above", "CNY a lot"),
        ("second_above", "¥500"),
        ("second_above", "CNY 0.001"),
        ("second_above", "CNY -1"),
        ("push_by_day", "31"),
        ("objections_by_day", "8"),
    ],
)
def test_rules_that_cannot_be_are_refused_with_what_was_entered(platform, language, field, entered):
    client = client_of(platform, language=language)
    answer = client.post(reverse("closing_rules"), {**ENTERED, field: entered})
    assert answer.status_code == 422
    assert entered in answer.content.decode()
    assert not ClosingRules.objects.exists()


def test_two_people_close_a_month_through_its_page(platform, colleague, studio, title, language):
    first = client_of(platform, language=language)
    second = client_of(colleague, language=language)
    assert first.post(reverse("closing_rules"), ENTERED).status_code == 302
    assert reverse("push_month", args=[SEPTEMBER]) in page_of(first, "settlement_month", SEPTEMBER)
    assert pressed(first, "push_month") == 302
    page = page_of(first, "settlement_month", SEPTEMBER)
    assert reverse("soft_close_month", args=[SEPTEMBER]) in page
    assert pressed(first, "soft_close_month") == 302
    assert 'data-dialog-open="close-month"' in page_of(first, "settlement_month", SEPTEMBER)
    assert pressed(first, "close_month") == 302
    digest = CloseProposal.objects.get().digest
    approve = reverse("approve_close", args=[SEPTEMBER])
    own, others = (page_of(each, "settlement_month", SEPTEMBER) for each in (first, second))
    assert (approve in own, approve in others) == (False, True)
    assert digest in others
    assert pressed(first, "approve_close", {"digest": digest}) == 409
    assert not Close.objects.exists()
    assert pressed(second, "approve_close", {"digest": digest}) == 302
    assert Close.objects.get().digest == digest
    assert pressed(first, "make_month_due") == 302
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.INVOICED
    assert reverse("payouts") in page_of(first, "settlement_month", SEPTEMBER)
    assert pressed(first, "mark_month_paid") == 409
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.INVOICED


def test_refused_with_a_reason(platform, colleague, title, language):
    asked = proposed(platform)
    client = client_of(colleague, language=language)
    assert pressed(client, "refuse_close", {"digest": asked.digest}) == 409
    said = {"digest": asked.digest, "reason": "A title lacks."}
    assert pressed(client, "refuse_close", said) == 302
    assert not Close.objects.exists()


def test_partner_looks_at_figures_before_the_close(platform, studio, title, language):
    softly_closed(platform)
    own = ProvisionalStatement.objects.get()
    client = client_of(studio, language=language)
    assert reverse("provisional", args=[own.pk]) in page_of(client, "statements")
    page = page_of(client, "provisional", own.pk)
    assert "¥15.00" in page
    assert own.digest[:16] in page
    assert reverse("statements") in client.get("/home/").content.decode()
    page_of(client_of(platform), "provisional", own.pk)
    page_of(client_of(an_actor("studio")), "provisional", own.pk, status=404)


def test_figures_that_were_pushed_again_say_so(platform, studio, title):
    softly_closed(platform)
    old = ProvisionalStatement.objects.get()
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 20)
    again = push_month(
        platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_NOON
    )
    assert isinstance(again, MonthStep), codes(again)
    client = client_of(studio)
    assert "the newest stand" in page_of(client, "provisional", old.pk)
    newest = ProvisionalStatement.objects.get(step=again)
    page = page_of(client, "provisional", newest.pk)
    assert "the newest stand" not in page
    assert "¥16.50" in page


def test_others_press_nothing(platform, studio, title):
    softly_closed(platform)
    producer = a_member_of(platform.organisation, role="producer")
    for actor in (producer, studio, an_actor("platform")):
        client = client_of(actor)
        for name in ("push_month", "soft_close_month", "approve_close", "refuse_close"):
            assert pressed(client, name) in {404, 409}
    assert client_of(producer).get(reverse("closing_rules")).status_code == 404
    assert client_of(studio).get(reverse("closing_rules")).status_code == 404
    assert MonthStep.objects.count() == 2


def test_calendar_that_nobody_set_is_the_published_one():
    assert CloseCalendar().objections_end(SEPTEMBER).isoformat() == "2026-10-15"


def test_queries_of_a_month_in_stages_are_bounded(platform, studio, django_assert_max_num_queries):
    for number in range(6):
        own = a_title_of(studio, name=f"T{number}", chinese=f"剧{number}")
        a_deal(platform, studio, [own])
        watched(own, minutes=60, at=SEPTEMBER_NOON, seed=20 + number)
    softly_closed(platform)
    own = ProvisionalStatement.objects.first()
    assert own is not None
    for client, name, args in (
        (client_of(platform), "settlement_month", [SEPTEMBER]),
        (client_of(studio), "statements", []),
        (client_of(studio), "provisional", [own.pk]),
    ):
        with django_assert_max_num_queries(QUERIES_MAX):
            page_of(client, name, *args)


def test_soft_close_is_not_asked_of_a_month_that_is_not_pushed(platform, title):
    done = soft_close_month(
        platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_5
    )
    assert codes(done) == ["settlement.closes-in-one-step"]
