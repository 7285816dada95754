"""A month goes on by command as by its page, and a repeated command does nothing twice."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from duanju.kernel import Money
from duanju.settlement import CloseCalendar, CloseStage
from duanju_web.settlement.models import Close, ClosingRules, LedgerTransfer, MonthStep
from duanju_web.settlement.selectors.stages import stage_of
from duanju_web.settlement.services import set_closing_rules
from tests.support.agreements import OCTOBER_5, SEPTEMBER_NOON, a_deal, a_title_of, watched
from tests.support.people import a_member_of, an_actor
from tests.web.settlement.test_stages import SEPTEMBER

pytestmark = pytest.mark.django_db


@pytest.fixture
def platform():
    return an_actor("platform", role="accountant")


@pytest.fixture
def studio(platform):
    own = an_actor("studio")
    title = a_title_of(own)
    a_deal(platform, own, [title])
    watched(title, minutes=600, at=SEPTEMBER_NOON)
    return own


def advanced(actor, stage: str, *more: str) -> str:
    out = StringIO()
    slug, email = actor.organisation.slug, actor.user.email
    call_command("advance_month", slug, "2026-09", stage, "--as", email, *more, stdout=out)
    return out.getvalue()


def with_rules(platform, above_minor: int) -> None:
    made = set_closing_rules(
        platform=platform.organisation,
        calendar=CloseCalendar(),
        second_above=[Money(above_minor, "CNY")],
        actor=platform,
        now=OCTOBER_5,
    )
    assert isinstance(made, ClosingRules)


def test_month_goes_to_its_stage_and_stays(platform, studio):
    with_rules(platform, 1_500)
    told = advanced(platform, "invoiced")
    stages = ["pushed", "soft_closed", "closed", "invoiced"]
    assert told.split("\n") == [f"2026-09: {own}" for own in stages] + [""]
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.INVOICED
    assert advanced(platform, "invoiced") == ""
    assert (MonthStep.objects.count(), LedgerTransfer.objects.count()) == (4, 1)


def test_second_person_approves_what_was_asked(platform, studio):
    with_rules(platform, 0)
    asked = advanced(platform, "closed")
    digest = asked.split()[-1]
    assert not Close.objects.exists()
    with pytest.raises(CommandError, match="somebody else"):
        advanced(platform, "closed", "--approve", digest)
    colleague = a_member_of(platform.organisation, role="accountant")
    assert advanced(colleague, "closed", "--approve", digest) == "2026-09: closed\n"
    assert Close.objects.get().digest == digest


def test_without_rules_a_month_closes_in_one_step(platform, studio):
    assert advanced(platform, "closed") == "2026-09: closed\n"


def test_what_is_not_paid_is_not_marked_so(platform, studio):
    with pytest.raises(CommandError, match="not paid yet"):
        advanced(platform, "paid")
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.INVOICED


def test_others_take_no_step(platform, studio):
    producer = a_member_of(platform.organisation, role="producer")
    for actor in (producer, studio):
        with pytest.raises(CommandError, match="no accountant"):
            advanced(actor, "closed")
    assert not Close.objects.exists()
