"""A fact is checked together with those recorded before: what contradicts them is refused."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from duanju.deals import MEASURES, Fact, Stretch
from duanju_web.deals.models import Deal, ReportedFact
from duanju_web.deals.services import (
    OfferDraft,
    accept_offer,
    make_offer,
    publish_draft,
    record_facts,
)
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import OCTOBER_5, SIGNED_AT, a_title_of
from tests.support.drafts import a_draft_of
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db
COLUMNS = "day,title_id,measure,quantity,unit,currency,item,territory\n"


@pytest.fixture
def platform():
    return an_actor("platform")


@pytest.fixture
def deal(platform):
    """A deal of a fee that falls due by milestones, and of an income that is reported."""
    studio = an_actor("studio")
    draft = a_draft_of(platform, "fee", "co_investment")
    version = publish_draft(
        actor=platform, draft_id=draft.pk, revision=draft.revision, now=SIGNED_AT
    )
    asked = OfferDraft(
        studio=studio.organisation,
        policy_version=version,
        parameters={},
        titles=[a_title_of(studio)],
        starts_on=date(2026, 9, 1),
        ends_on=None,
        valid_until=date(2026, 9, 30),
    )
    offer = make_offer(actor=platform, draft=asked, now=SIGNED_AT)
    signed = accept_offer(actor=studio, offer_id=offer.pk, now=SIGNED_AT)
    assert isinstance(signed, Deal), signed
    return signed


def a_fact(deal, measure, day, *, quantity=1, currency="", **words):
    first = date(2026, 9, day)
    stretch = Stretch(first, first + timedelta(days=1))
    title = str(deal.titles.get().pk)
    return Fact(measure, title, stretch, quantity, MEASURES[measure].unit, currency, **words)


def recorded(platform, deal, *facts, **how):
    return record_facts(actor=platform, deal_id=deal.pk, facts=facts, now=OCTOBER_5, **how)


def refused(platform, deal, *facts, **how):
    """Return the codes and lines of what is refused, after which nothing is recorded."""
    before = ReportedFact.objects.count(), AuditEntry.objects.count()
    problems = recorded(platform, deal, *facts, **how)
    assert isinstance(problems, tuple), problems
    assert (ReportedFact.objects.count(), AuditEntry.objects.count()) == before
    return [(own.code, own.where.line) for own in problems]


def test_milestone_that_was_reached_is_not_untold_on_a_later_day(platform, deal):
    assert recorded(platform, deal, a_fact(deal, "milestone", 10, item="released")) == 1
    later = a_fact(deal, "milestone", 20, item="released", quantity=0)
    assert refused(platform, deal, later) == [("deals.milestone-told-otherwise", 1)]


def test_milestone_is_untold_by_the_fact_that_replaces_it(platform, deal):
    recorded(platform, deal, a_fact(deal, "milestone", 10, item="released"))
    never = a_fact(deal, "milestone", 10, item="released", quantity=0)
    assert refused(platform, deal, never) == [("deals.fact-already-told", 1)]
    assert recorded(platform, deal, never, may_replace=True) == 1
    later = a_fact(deal, "milestone", 20, item="released", quantity=0)
    assert recorded(platform, deal, later) == 1


def test_earlier_milestone_told_after_a_later_nought_is_refused_too(platform, deal):
    later = a_fact(deal, "milestone", 20, item="released", quantity=0)
    assert recorded(platform, deal, later) == 1
    first = a_fact(deal, "milestone", 10, item="released")
    assert refused(platform, deal, first) == [("deals.milestone-told-otherwise", None)]


@pytest.mark.parametrize("reverse_order", [False, True])
def test_total_is_refused_beside_its_parts(platform, deal, reverse_order):
    whole = a_fact(deal, "production_cost", 10, quantity=900, currency="CNY")
    part = a_fact(deal, "production_cost", 10, quantity=500, currency="CNY", territory="CN")
    first, second = (part, whole) if reverse_order else (whole, part)
    assert recorded(platform, deal, first) == 1
    line = 1 if reverse_order else None
    assert refused(platform, deal, second) == [("deals.total-beside-its-parts", line)]


def test_old_contradictions_do_not_keep_new_facts_out(platform, deal):
    recorded(platform, deal, a_fact(deal, "milestone", 10, item="released"))
    row = ReportedFact.objects.get()
    row.pk, row.starts_on, row.ends_on, row.quantity = None, date(2026, 9, 20), date(2026, 9, 21), 0
    row.save()
    assert recorded(platform, deal, a_fact(deal, "milestone", 12, item="shooting_started")) == 1
    again = a_fact(deal, "milestone", 25, item="released", quantity=0)
    assert refused(platform, deal, again) == [("deals.milestone-told-otherwise", 1)]


def test_form_and_table_say_it_with_a_hint(platform, deal, language):
    recorded(platform, deal, a_fact(deal, "milestone", 10, item="released"))
    title = deal.titles.get()
    rows = f"2026-09-12,{title.slug},milestone,1,count,,shooting_started,\n"
    rows += f"2026-09-20,{title.slug},milestone,0,count,,released,\n"
    path = reverse("upload_facts", args=[deal.pk])
    from io import BytesIO

    file = BytesIO((COLUMNS + rows).encode())
    file.name = "facts.csv"
    answer = client_of(platform, language=language).post(path, {"file": file})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'class="problem__place">2<' in page
    assert 'class="problem__hint"' in page
    assert ReportedFact.objects.count() == 1
