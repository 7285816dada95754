"""What has to be measured, and how measures become facts."""

from dataclasses import dataclass
from datetime import date

import pytest

from duanju.deals import Reset, Stretch
from duanju.kernel import Month
from duanju.settlement import balances
from duanju.workflows import UnmeasuredStretch, find_stretches, settle_month
from tests.support.rates import MINUTES, a_rate, a_term
from tests.support.terms import (
    NOVEMBER,
    OCTOBER,
    SEPTEMBER,
    a_contract,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
)


@dataclass(frozen=True)
class Row:
    """A row as the lake measures it."""

    title_id: int
    channel: str
    currency: str
    effective_ms: int
    amount_minor: int


SEPTEMBER_WHOLE = Stretch.of_month(SEPTEMBER)
ROWS = [Row(101, "web", "", 1_800_000, 0), Row(101, "web", "CNY", 1_800_000, 1_000)]


def test_months_are_cut_where_a_deal_begins_or_ends() -> None:
    contracts = [
        a_contract(terms_of(a_tiered_rate(), starts_on=date(2026, 9, 5)), "a"),
        a_contract(terms_of(a_tiered_rate(), ends_on=date(2026, 10, 11)), "b"),
    ]
    assert [str(own) for own in find_stretches(contracts=contracts, until=NOVEMBER)] == [
        "2026-09-01/2026-09-05",
        "2026-09-05/2026-10-01",
        "2026-10-01/2026-10-11",
        "2026-10-11/2026-11-01",
        "2026-11-01/2026-12-01",
    ]


def test_months_are_cut_where_a_term_can_end_and_a_deal_year_begins() -> None:
    begun = date(2026, 9, 5)
    rate = a_rate(term=a_term(1, (10, 2), counted=MINUTES))
    of_years = a_rate(reset=Reset.YEAR, own_id="yearly")
    contract = a_contract(terms_of(rate, of_years, starts_on=begun))
    stretches = find_stretches(contracts=[contract], until=Month(2027, 9))
    within = {own.starts_on for own in stretches if own.starts_on.day != 1}
    assert within == {begun, date(2026, 10, 5), date(2026, 11, 5), date(2027, 9, 5)}


@pytest.mark.parametrize("starts_on", [date(2026, 11, 1), date(2026, 11, 2)])
def test_nothing_is_measured_before_the_first_deal_begins(starts_on: date) -> None:
    contracts = [a_contract(terms_of(a_tiered_rate(), starts_on=starts_on))]
    assert find_stretches(contracts=contracts, until=OCTOBER) == ()


def test_measures_of_the_lake_are_settled_as_they_are() -> None:
    contracts = [a_contract(terms_of(a_tiered_rate(), a_revenue_share()))]
    settlement = settle_month(
        contracts=contracts,
        measures_by_stretch={SEPTEMBER_WHOLE: ROWS},
        posted=[],
        period=SEPTEMBER,
    )
    assert settlement.problems == ()
    assert balances(settlement.transactions)["payable:studio:lanxi", "CNY"] == 150 + 500


def test_stretch_that_was_not_measured_is_never_taken_for_zero() -> None:
    contracts = [a_contract(terms_of(a_tiered_rate()))]
    with pytest.raises(UnmeasuredStretch, match="2026-10-01"):
        settle_month(
            contracts=contracts,
            measures_by_stretch={SEPTEMBER_WHOLE: ROWS},
            posted=[],
            period=OCTOBER,
        )
