"""A share of each month is held back and released later: by hand, and over any months."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from duanju.kernel import Money, Month
from duanju.settlement import (
    AccountKey,
    HeldReserve,
    Remittance,
    RemittanceTerms,
    Transfer,
    pin_rates,
    release_id,
    remit,
    reserve_id,
    reserves_in,
)
from tests.support.taxes import AUTHOR

SEPTEMBER, OCTOBER, NOVEMBER = Month(2026, 9), Month(2026, 10), Month(2026, 11)
TENTH = RemittanceTerms(
    role="studio",
    party_id="lanxi",
    taxpayer="",
    currency="CNY",
    reserve_rate=Fraction(1, 10),
    reserve_months=2,
)
PARTY = "studio:lanxi"


def payable(title: str = "", code: str = "CNY") -> AccountKey:
    return AccountKey(f"payable:{PARTY}", title, code)


class Books:
    """What was earned and booked, month after month."""

    def __init__(self, terms: RemittanceTerms = TENTH) -> None:
        self.terms = terms
        self.accounts: dict[AccountKey, int] = defaultdict(int)
        self.booked: dict[str, Transfer] = {}

    def earn(self, earned: Mapping[AccountKey, int]) -> None:
        for key, amount in earned.items():
            self.accounts[key] += amount

    def remit(self, month: Month, earned: Mapping[str, int]) -> Remittance:
        found = remit(
            period=month,
            day=date(2026, 12, 1),
            terms=self.terms,
            balances={key: own for key, own in self.accounts.items() if key.name == payable().name},
            rules=[AUTHOR],
            rates=pin_rates([], source="", day=date(2026, 9, 30)),
            earned=earned,
            reserves=reserves_in(self.booked.values()),
        )
        assert isinstance(found, Remittance), found
        return found

    def book(self, transfers: Sequence[Transfer]) -> None:
        for own in transfers:
            assert own.id not in self.booked
            self.booked[own.id] = own
            for leg in own.legs:
                self.accounts[leg.account] += leg.amount_minor

    def has(self, kind: str) -> int:
        return sum(own for key, own in self.accounts.items() if key.name == f"{kind}:{PARTY}")


def test_a_tenth_is_held_for_two_months_and_comes_back() -> None:
    books = Books()
    dues = []
    for month, amount in ((SEPTEMBER, 100_000), (OCTOBER, 50_000), (NOVEMBER, 20_000)):
        books.earn({payable("above"): amount})
        found = books.remit(month, {"CNY": amount})
        books.book(found.transfers)
        dues.append((found.due.amount_minor, books.has("reserve")))
    assert dues == [(90_000, 10_000), (45_000, 15_000), (18_000 + 10_000, 7_000)]
    assert books.has("due") + books.has("reserve") == 170_000
    assert books.has("payable") == 0


def test_both_have_ids_of_platform_books_month_party_and_currency() -> None:
    books = Books()
    books.earn({payable("above"): 100_000})
    (held, made_due) = books.remit(SEPTEMBER, {"CNY": 100_000}).transfers
    assert held.id == reserve_id(SEPTEMBER, PARTY, "CNY")
    assert held.id.startswith("reserve-2026-09-")
    assert {leg.account.name: leg.amount_minor for leg in held.legs} == {
        "payable:studio:lanxi": -10_000,
        "reserve:studio:lanxi": 10_000,
    }
    assert sum(
        leg.amount_minor for leg in made_due.legs if leg.account.name.startswith("due:")
    ) == (90_000)
    own = HeldReserve(SEPTEMBER, PARTY, "CNY", 10_000)
    ids = {
        held.id,
        release_id(own),
        reserve_id(OCTOBER, PARTY, "CNY"),
        reserve_id(SEPTEMBER, PARTY, "USD"),
        reserve_id(SEPTEMBER, "studio:other", "CNY"),
    }
    assert len(ids) == 5
    assert max(map(len, ids)) <= 64


def test_what_is_held_is_taxed_when_it_is_released() -> None:
    books = Books(replace(TENTH, taxpayer="author", reserve_months=1))
    books.earn({payable(): 1_000_000})
    first = books.remit(SEPTEMBER, {"CNY": 1_000_000})
    assert first.taxes[0].base == Money(900_000, "CNY")
    books.book(first.transfers)
    then = books.remit(OCTOBER, {})
    assert then.taxes[0].base == Money(100_000, "CNY")
    assert [own.amount_minor for own in then.reserving.released] == [100_000]


def test_what_was_carried_is_not_held_of_again() -> None:
    books = Books(replace(TENTH, minimum_minor=10_000))
    books.earn({payable(): 1_000})
    found = books.remit(SEPTEMBER, {"CNY": 1_000})
    assert found.transfer is None
    assert [own.amount_minor for own in found.reserving.held] == [100]
    books.book(found.transfers)
    books.earn({payable(): 20_000})
    found = books.remit(OCTOBER, {"CNY": 20_000})
    assert [own.amount_minor for own in found.reserving.held] == [2_000]
    assert found.due == Money(18_900, "CNY")


def test_no_more_is_held_than_there_is() -> None:
    books = Books(replace(TENTH, reserve_rate=Fraction(1, 2)))
    books.earn({payable(): -900})
    books.earn({payable(): 1_000})
    found = books.remit(SEPTEMBER, {"CNY": 1_000})
    assert [own.amount_minor for own in found.reserving.held] == [100]
    assert books.remit(SEPTEMBER, {"CNY": -5}).reserving.held == ()


def test_terms_without_a_reserve_release_all() -> None:
    books = Books()
    books.earn({payable(): 1_000})
    books.book(books.remit(SEPTEMBER, {"CNY": 1_000}).transfers)
    books.terms = replace(TENTH, reserve_rate=Fraction(0), reserve_months=0)
    found = books.remit(OCTOBER, {})
    assert found.due == Money(100, "CNY")
    books.book(found.transfers)
    assert books.has("reserve") == 0


MONTHS = st.lists(
    st.dictionaries(
        st.tuples(st.sampled_from(["", "above", "below"]), st.sampled_from(["CNY"])),
        st.integers(-50_000, 10**6),
        max_size=3,
    ),
    min_size=1,
    max_size=9,
)


@given(MONTHS, st.integers(0, 100), st.integers(1, 4), st.sampled_from([0, 5_000]))
def test_held_less_released_is_the_balance_and_a_repeat_moves_nothing(
    months: list[dict[tuple[str, str], int]], percent: int, length: int, minimum: int
) -> None:
    terms = replace(
        TENTH,
        reserve_rate=Fraction(percent, 100),
        reserve_months=length,
        minimum_minor=minimum,
    )
    books, month, earned_in_all = Books(terms), SEPTEMBER, 0
    for earned in months:
        books.earn({payable(title, code): own for (title, code), own in earned.items()})
        gained = {"CNY": sum(earned.values())}
        earned_in_all += gained["CNY"]
        found = books.remit(month, gained)
        books.book(found.transfers)
        kept = reserves_in(books.booked.values())
        open_minor = sum(own.amount_minor for own in kept if not own.is_released)
        assert open_minor == books.has("reserve") >= 0
        assert all(_later(own.period, length) > month for own in kept if not own.is_released)
        again = books.remit(month, gained)
        assert again.reserving.transfers == ()
        assert books.has("due") + books.has("reserve") + books.has("payable") == earned_in_all
        month = month.next()


def _later(month: Month, number: int) -> Month:
    for _ in range(number):
        month = month.next()
    return month
