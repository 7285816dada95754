"""A statement beside the month before: what changed, why, and where corrections belong."""

from fractions import Fraction

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Month, Party, ProofStep
from duanju.settlement import ClaimKey, Statement, StatementLine
from duanju_web.settlement.mapping.statements import statement_of
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.selectors.comparing import (
    RateChange,
    Standing,
    compare_lines,
    compare_totals,
    find_before,
    find_corrected,
)
from duanju_web.settlement.services import close_month
from tests.support.agreements import (
    HALF_AFTER_FEES,
    NOVEMBER_5,
    OCTOBER_5,
    OCTOBER_NOON,
    SEPTEMBER_NOON,
    UNLOCK_SHARE,
    a_deal,
    a_title_of,
    unlocked,
    watched,
)
from tests.support.people import an_actor, client_of

AUGUST, SEPTEMBER, OCTOBER = Month(2026, 8), Month(2026, 9), Month(2026, 10)
PLATFORM, STUDIO = Party("platform", "longriver"), Party("studio", "lantern")
QUERIES_MAX = 20


def tier(above: int, rate: Fraction) -> ProofStep:
    inputs = {"threshold": Fraction(above), "rate": rate, "reading": "marginal"}
    return ProofStep("tier", "measured * rate", inputs, Fraction(0), "minor", "CNY")


def a_line(
    amount: int,
    *tiers: ProofStep,
    title: str = "7",
    quantity: int = 0,
    corrects: Month | None = None,
    month: Month = OCTOBER,
    currency: str = "CNY",
) -> StatementLine:
    proof = ProofStep("tiered_rate", "sum(tier)", {}, Fraction(0), "minor", currency, tiers)
    return StatementLine(
        key=ClaimKey("D1", "hours", title, currency),
        concerns_period=corrects or month,
        corrects=corrects,
        measure="effective_minutes",
        quantity=quantity,
        cumulative_quantity=quantity,
        gross_minor=None,
        deductions=(),
        previous_cumulative_minor=0,
        cumulative_minor=amount,
        posted_before_minor=0,
        amount_minor=amount,
        proof=proof,
    )


def a_statement(*lines: StatementLine, month: Month = OCTOBER) -> Statement:
    return Statement(month, "D1", PLATFORM, STUDIO, lines, (), "")


FIRST, BEYOND = Fraction(3, 2), Fraction(3)


def test_tier_that_is_reached_and_rate_that_changes_are_named() -> None:
    before = a_statement(a_line(100, tier(0, FIRST)), month=SEPTEMBER)
    now = a_statement(a_line(250, tier(0, Fraction(2)), tier(1_000_000, BEYOND), quantity=5))
    (change,) = compare_lines(now, before)
    assert (change.standing, change.difference_minor) == (Standing.KEPT, 150)
    assert change.is_other_quantity
    assert change.rates == (
        RateChange("tier", {}, Fraction(0), (FIRST,), (Fraction(2),)),
        RateChange("tier", {}, Fraction(1_000_000), (), (BEYOND,)),
    )


def test_new_and_ended_lines_are_named_and_the_largest_difference_comes_first() -> None:
    before = a_statement(a_line(70, title="1"), a_line(5, title="2"), month=SEPTEMBER)
    now = a_statement(a_line(90, title="1"), a_line(900, title="3"))
    changes = compare_lines(now, before)
    assert [(own.standing, own.line.key.title_id, own.difference_minor) for own in changes] == [
        (Standing.NEW, "3", 900),
        (Standing.KEPT, "1", 20),
        (Standing.ENDED, "2", -5),
    ]
    assert [own.number for own in changes] == [2, 1, 2]


def test_without_a_month_before_every_line_is_new() -> None:
    (change,) = compare_lines(a_statement(a_line(7)), None)
    assert (change.standing, change.before_minor, change.rates) == (Standing.NEW, 0, ())


LINES = st.lists(
    st.builds(
        a_line,
        st.integers(-(10**12), 10**12),
        title=st.sampled_from("123456"),
        corrects=st.sampled_from([None, AUGUST]),
        currency=st.sampled_from(["CNY", "USD"]),
    ),
    unique_by=lambda line: (line.key, line.concerns_period),
    max_size=12,
)


@given(LINES, LINES)
def test_differences_of_lines_and_corrections_add_up_to_that_of_the_totals(
    lines: list[StatementLine], earlier: list[StatementLine]
) -> None:
    now, before = a_statement(*lines), a_statement(*earlier)
    changes = compare_lines(now, before)
    for total in compare_totals(now, before):
        of_lines = sum(
            own.difference_minor for own in changes if own.line.key.currency == total.currency
        )
        assert of_lines == total.own_now_minor - total.own_before_minor
        assert total.now_minor == sum(
            own.amount_minor for own in lines if own.key.currency == total.currency
        )
        assert total.before_minor == sum(
            own.amount_minor for own in earlier if own.key.currency == total.currency
        )
    same = compare_lines(now, now)
    assert {own.difference_minor for own in same} <= {0}
    assert {own.standing for own in same} <= {Standing.KEPT}


@pytest.fixture
def studio():
    return an_actor("studio", role="accountant")


@pytest.fixture
def records(studio):
    """September and October of two deals: hours with a correction, unlocks on another channel."""
    platform = an_actor("platform", role="accountant")
    kept, new = (a_title_of(studio, name=f"T{own}", chinese=f"剧{own}") for own in (1, 2))
    a_deal(platform, studio, [kept, new])
    a_deal(platform, studio, [kept], policy=UNLOCK_SHARE, parameters=HALF_AFTER_FEES)
    watched(kept, minutes=480, at=SEPTEMBER_NOON)
    unlocked(kept, amount_minor=1_000, at=SEPTEMBER_NOON, seed=8)
    close_month(platform=platform.organisation, month=SEPTEMBER, actor=platform, now=OCTOBER_5)
    watched(kept, minutes=60, at=SEPTEMBER_NOON, seed=2, delay_s=86_400 * 30)
    watched(kept, minutes=120, at=OCTOBER_NOON, seed=3)
    watched(new, minutes=600, at=OCTOBER_NOON, seed=4)
    unlocked(kept, amount_minor=1_000, at=OCTOBER_NOON, seed=9, channel="wechat_ios")
    close_month(platform=platform.organisation, month=OCTOBER, actor=platform, now=NOVEMBER_5)
    assert Close.objects.count() == 2
    return list(StatementRecord.objects.order_by("pk"))


@pytest.mark.django_db
def test_correction_leads_to_the_line_that_it_corrects(records, studio, language) -> None:
    september, _, october, _ = records
    assert find_before(october) == september
    assert find_before(september) is None
    late = [own for own in statement_of(october).lines if own.corrects]
    assert find_corrected(october, late) == {(late[0].key, SEPTEMBER): (september.pk, 1)}
    page = client_of(studio, language=language).get(reverse("statement_line", args=[october.pk, 1]))
    assert f'href="{reverse("statement_line", args=[september.pk, 1])}"' in page.content.decode()


@pytest.mark.django_db
def test_page_tells_both_sides_what_changed_and_why(records, studio, language) -> None:
    september, _, hours, unlocks = records
    client = client_of(studio, language=language)
    address = reverse("statement_comparison", args=[hours.pk])
    assert address in client.get(reverse("statement", args=[hours.pk])).content.decode()
    page = client.get(address).content.decode()
    for money in ("¥12.00", "¥3.00", "-", "¥15.00", "¥1.50", "¥19.50"):
        assert money in page
    new = {"en": "New", "zh-hans": "新增"}[language]
    assert f">{new}</span>" in page
    assert reverse("statement_line", args=[september.pk, 1]) in page
    quantity = {"en": "120 min instead of 480 min", "zh-hans": "120 分钟，上月为 480 分钟"}
    assert quantity[language] in page
    page = client.get(reverse("statement_comparison", args=[unlocks.pk])).content.decode()
    fee = {"en": "12%, not in the month before", "zh-hans": "12%，上月没有"}[language]
    assert fee in page


@pytest.mark.django_db
def test_first_month_says_that_there_is_none_before(records, studio, language) -> None:
    client = client_of(studio, language=language)
    page = client.get(reverse("statement_comparison", args=[records[0].pk])).content.decode()
    assert {"en": "There is no statement of 2026-08", "zh-hans": "2026-08 没有结算单"}[
        language
    ] in page


@pytest.mark.django_db
def test_comparison_of_others_does_not_exist_and_its_queries_are_bounded(
    records, studio, django_assert_max_num_queries
) -> None:
    address = reverse("statement_comparison", args=[records[2].pk])
    for stranger in (an_actor("studio"), an_actor("platform")):
        assert client_of(stranger).get(address).status_code == 404
    client = client_of(studio)
    with django_assert_max_num_queries(QUERIES_MAX):
        assert client.get(address).status_code == 200
