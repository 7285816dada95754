"""A month goes from stage to stage: in order, in time, once, and by two people above a sum."""

from datetime import UTC, datetime
from typing import Any

import pytest

from duanju.kernel import Money, Month
from duanju.settlement import AccountKey, CloseCalendar, CloseStage
from duanju_web.settlement.models import (
    Close,
    CloseProposal,
    ClosingRules,
    LedgerPosting,
    LedgerTransfer,
    MonthStep,
    ProposalVerdict,
    ProvisionalStatement,
    StatementRecord,
)
from duanju_web.settlement.selectors.stages import (
    find_proposal,
    find_provisional,
    find_stages,
    find_unpaid,
    provisional_of,
    stage_of,
)
from duanju_web.settlement.services import (
    approve_close,
    ask_to_close,
    close_month,
    invoice_month,
    make_transfers,
    mark_paid,
    open_account,
    push_month,
    refuse_close,
    set_closing_rules,
    soft_close_month,
)
from duanju_web.shared.models import AuditEntry
from tests.support.agreements import (
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    a_deal,
    a_title_of,
    watched,
)
from tests.support.people import a_member_of, an_actor
from tests.support.transfers import a_move

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
OCTOBER_16 = datetime(2026, 10, 16, 4, tzinfo=UTC)
NOVEMBER_17 = datetime(2026, 11, 17, 4, tzinfo=UTC)
CALENDAR = CloseCalendar()


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
    """A title of which 600 minutes were watched in September: 15 yuan."""
    own = a_title_of(studio)
    a_deal(platform, studio, [own])
    watched(own, minutes=600, at=SEPTEMBER_NOON)
    return own


def rules(platform, *, above: int | None = None) -> None:
    limits = [] if above is None else [Money(above, "CNY")]
    made = set_closing_rules(
        platform=platform.organisation,
        calendar=CALENDAR,
        second_above=limits,
        actor=platform,
        now=OCTOBER_5,
    )
    assert isinstance(made, ClosingRules), made


def do(step: Any, actor: Any, now: datetime, month: Month = SEPTEMBER, **more: Any) -> Any:
    return step(platform=actor.organisation, month=month, actor=actor, now=now, **more)


def codes(found: Any) -> list[str]:
    return [own.code for own in found]


def softly_closed(platform, above: int | None = None) -> None:
    rules(platform, above=above)
    assert isinstance(do(push_month, platform, OCTOBER_5), MonthStep)
    assert isinstance(do(soft_close_month, platform, OCTOBER_5), MonthStep)


def proposed(platform) -> CloseProposal:
    softly_closed(platform, above=1_499)
    asked = do(ask_to_close, platform, OCTOBER_16)
    assert isinstance(asked, CloseProposal), asked
    return asked


def paid_out(platform, studio, amount_minor: int, *, now: datetime) -> None:
    """Let the bank have paid what was due."""
    due = AccountKey(f"due:studio:{studio.organisation.slug}", "", "CNY")
    bank = AccountKey("bank:CNY", "", "CNY")
    open_account(platform=platform.organisation, account=bank, may_be_negative=True, now=now)
    move = a_move(f"paid-{amount_minor}", amount_minor, out_of=due, into=bank)
    make_transfers(platform=platform.organisation, transfers=[move], actor=platform, now=now)


def test_without_a_calendar_a_month_closes_in_one_step(platform, title):
    assert codes(do(push_month, platform, OCTOBER_5)) == ["settlement.closes-in-one-step"]
    assert find_stages(platform.organisation, SEPTEMBER, now=OCTOBER_5) == []
    assert isinstance(do(ask_to_close, platform, OCTOBER_5), Close)
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.CLOSED


def test_with_a_calendar_no_stage_is_passed_over(platform, title):
    rules(platform)
    assert codes(do(close_month, platform, OCTOBER_16)) == ["settlement.closes-in-stages"]
    out_of_order = ["settlement.stage-out-of-order"]
    assert codes(do(ask_to_close, platform, OCTOBER_16)) == out_of_order
    assert codes(do(soft_close_month, platform, OCTOBER_16)) == out_of_order
    assert codes(do(mark_paid, platform, OCTOBER_16)) == out_of_order
    assert codes(do(invoice_month, platform, OCTOBER_16)) == ["settlement.month-not-closed"]
    assert not MonthStep.objects.exists()
    assert not Close.objects.exists()


def test_late_data_and_objections_are_waited_for(platform, title):
    rules(platform)
    early = datetime(2026, 9, 30, 16, tzinfo=UTC)  # the first minute of October in Shanghai
    assert codes(do(push_month, platform, early)) == ["settlement.late-data-awaited"]
    softly_closed(platform)
    last_day = datetime(2026, 10, 15, 15, 59, tzinfo=UTC)
    assert codes(do(ask_to_close, platform, last_day)) == ["settlement.objections-run"]
    assert not Close.objects.exists()
    assert isinstance(do(ask_to_close, platform, OCTOBER_16), Close)


def test_push_shows_each_partner_what_closing_will_post(platform, studio, title):
    softly_closed(platform)
    (shown,) = provisional_of(studio.organisation)
    assert shown.totals == [{"amount_minor": 1_500, "currency": "CNY"}]
    assert not LedgerPosting.objects.exists()
    do(ask_to_close, platform, OCTOBER_16)
    record = StatementRecord.objects.get()
    whole = ProvisionalStatement.objects.get()
    assert (record.document, record.digest) == (whole.document, whole.digest)
    assert list(provisional_of(studio.organisation)) == []


def test_pushed_again_the_newest_stands_and_the_first_is_kept(platform, studio, title):
    softly_closed(platform)
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 20)
    again = do(push_month, platform, OCTOBER_16)
    assert (again.number, again.stage, again.is_push) == (3, "soft_closed", True)
    (shown,) = provisional_of(studio.organisation)
    assert shown.totals == [{"amount_minor": 1_650, "currency": "CNY"}]
    assert ProvisionalStatement.objects.count() == 2
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.SOFT_CLOSED


def test_provisional_statements_are_for_both_sides_alone(platform, studio, title):
    softly_closed(platform)
    own = ProvisionalStatement.objects.get()

    def found(actor):
        return find_provisional(organisation=actor.organisation, statement_id=own.pk)

    assert found(studio) == own
    assert found(platform) == own
    assert found(an_actor("studio")) is None
    assert found(an_actor("platform")) is None


def test_up_to_the_sum_one_person_closes(platform, title):
    softly_closed(platform, above=1_500)
    assert isinstance(do(ask_to_close, platform, OCTOBER_16), Close)
    assert not CloseProposal.objects.exists()


def test_above_the_sum_a_second_person_closes_exactly_what_was_asked(platform, colleague, title):
    asked = proposed(platform)
    assert asked.totals == [{"amount_minor": 1_500, "currency": "CNY"}]
    assert not Close.objects.exists()
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 20)
    close = do(approve_close, colleague, OCTOBER_16, digest=asked.digest)
    assert isinstance(close, Close), close
    assert (close.digest, close.closed_by) == (asked.digest, colleague.user)
    assert close.known_at == asked.known_at
    assert StatementRecord.objects.get().totals == asked.totals
    again = do(approve_close, colleague, OCTOBER_16, digest=asked.digest)
    assert (again, Close.objects.count()) == (close, 1)
    assert ProposalVerdict.objects.get().is_approved
    told = AuditEntry.objects.values_list("action", flat=True)
    assert {"settlement.propose-close", "settlement.approve-close"} <= set(told)


def test_a_currency_without_a_sum_is_asked_of_two(platform, title):
    rules(platform)
    made = set_closing_rules(
        platform=platform.organisation,
        calendar=CALENDAR,
        second_above=[Money(10**9, "USD")],
        actor=platform,
        now=OCTOBER_5,
    )
    assert isinstance(made, ClosingRules)
    do(push_month, platform, OCTOBER_5)
    do(soft_close_month, platform, OCTOBER_5)
    assert isinstance(do(ask_to_close, platform, OCTOBER_16), CloseProposal)


def test_nobody_approves_their_own(platform, title):
    asked = proposed(platform)
    own = do(approve_close, platform, OCTOBER_16, digest=asked.digest)
    assert codes(own) == ["settlement.needs-second-person"]
    assert not Close.objects.exists()


def test_only_what_was_looked_at_is_approved(platform, colleague, title):
    asked = proposed(platform)
    other = do(approve_close, colleague, OCTOBER_16, digest="0" * 64)
    assert codes(other) == ["settlement.another-proposal"]
    watched(title, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 20)
    newer = do(ask_to_close, platform, OCTOBER_16)
    assert (newer.number, newer.totals[0]["amount_minor"]) == (2, 1_650)
    stale = do(approve_close, colleague, OCTOBER_16, digest=asked.digest)
    assert codes(stale) == ["settlement.another-proposal"]
    assert not Close.objects.exists()
    assert isinstance(do(approve_close, colleague, OCTOBER_16, digest=newer.digest), Close)


def test_asked_twice_it_is_one_proposal(platform, title):
    asked = proposed(platform)
    assert do(ask_to_close, platform, OCTOBER_16) == asked


def test_refused_with_a_reason_the_month_stays_and_can_be_asked_for_again(
    platform, colleague, title
):
    asked = proposed(platform)
    without = do(refuse_close, colleague, OCTOBER_16, digest=asked.digest, reason="  ")
    assert codes(without) == ["settlement.refused-without-reason"]
    verdict = do(refuse_close, colleague, OCTOBER_16, digest=asked.digest, reason="A title lacks.")
    assert (verdict.is_approved, verdict.reason) == (False, "A title lacks.")
    assert find_proposal(platform.organisation, SEPTEMBER) is None
    late = do(approve_close, colleague, OCTOBER_16, digest=asked.digest)
    assert codes(late) == ["settlement.another-proposal"]
    assert not Close.objects.exists()
    assert do(ask_to_close, platform, OCTOBER_16).number == 2


def test_invoiced_and_paid_when_nothing_is_left(platform, studio, title):
    softly_closed(platform)
    do(ask_to_close, platform, OCTOBER_16)
    assert do(invoice_month, platform, OCTOBER_16) == 1
    assert stage_of(platform.organisation, SEPTEMBER) is CloseStage.INVOICED
    assert codes(do(mark_paid, platform, OCTOBER_16)) == ["settlement.not-all-paid"]
    account = f"due:studio:{studio.organisation.slug}"
    assert find_unpaid(platform.organisation, SEPTEMBER) == {(account, "CNY"): 1_500}
    paid_out(platform, studio, 1_000, now=OCTOBER_16)
    assert find_unpaid(platform.organisation, SEPTEMBER) == {(account, "CNY"): 500}
    paid_out(platform, studio, 500, now=OCTOBER_16)
    paid = do(mark_paid, platform, OCTOBER_16)
    assert (paid.stage, paid.number) == ("paid", 5)
    assert do(mark_paid, platform, OCTOBER_16) == paid
    assert do(invoice_month, platform, OCTOBER_16) == 0
    assert LedgerTransfer.objects.filter(transfer_id__startswith="remit-").count() == 1


def test_what_is_paid_pays_what_was_due_first(platform, studio, title):
    softly_closed(platform)
    do(ask_to_close, platform, OCTOBER_16)
    do(invoice_month, platform, OCTOBER_16)
    watched(title, minutes=120, at=OCTOBER_NOON, seed=2)
    do(push_month, platform, NOVEMBER_17, month=OCTOBER)
    do(soft_close_month, platform, NOVEMBER_17, month=OCTOBER)
    assert isinstance(do(ask_to_close, platform, NOVEMBER_17, month=OCTOBER), Close)
    assert do(invoice_month, platform, NOVEMBER_17, month=OCTOBER) == 1
    paid_out(platform, studio, 1_500, now=NOVEMBER_17)
    assert find_unpaid(platform.organisation, SEPTEMBER) == {}
    assert list(find_unpaid(platform.organisation, OCTOBER).values()) == [300]
    assert isinstance(do(mark_paid, platform, NOVEMBER_17), MonthStep)
    late = do(mark_paid, platform, NOVEMBER_17, month=OCTOBER)
    assert codes(late) == ["settlement.not-all-paid"]


def test_stages_tell_their_days_and_what_is_late(platform, title):
    softly_closed(platform)
    stages = find_stages(platform.organisation, SEPTEMBER, now=datetime(2026, 10, 17, tzinfo=UTC))
    assert [(own.stage.value, str(own.due_on), own.is_reached) for own in stages] == [
        ("open", "None", True),
        ("pushed", "2026-10-07", True),
        ("soft_closed", "2026-10-07", True),
        ("closed", "2026-10-16", False),
        ("invoiced", "2026-10-20", False),
        ("paid", "2026-12-08", False),
    ]
    assert [own.stage.value for own in stages if own.is_current] == ["soft_closed"]
    assert [own.stage.value for own in stages if own.is_overdue] == ["closed"]


@pytest.mark.parametrize(
    ("calendar", "limits", "code"),
    [
        (CloseCalendar(push_by_day=31), (), "settlement.calendar-day"),
        (CloseCalendar(objections_by_day=8), (), "settlement.calendar-order"),
        (CALENDAR, (Money(-1, "CNY"),), "settlement.limit-out-of-bounds"),
        (CALENDAR, (Money(1, "CNY"), Money(2, "CNY")), "settlement.limit-said-twice"),
    ],
)
def test_rules_that_cannot_be_kept_are_refused(platform, calendar, limits, code):
    found = set_closing_rules(
        platform=platform.organisation,
        calendar=calendar,
        second_above=limits,
        actor=platform,
        now=OCTOBER_5,
    )
    assert code in codes(found)
    assert not ClosingRules.objects.exists()


def test_the_same_rules_are_no_new_version(platform):
    rules(platform, above=5)
    rules(platform, above=5)
    assert ClosingRules.objects.count() == 1
    rules(platform, above=6)
    assert ClosingRules.objects.count() == 2
