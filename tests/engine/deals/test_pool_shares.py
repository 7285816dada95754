"""A title's part of the platform's pool, month by month."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import Coefficient, EmptyPool, check_facts, entitle, entitle_by_month
from duanju.kernel import Month
from tests.support.obligations import (
    NAMED,
    NEW_YEAR,
    a_pool_share,
    all_watched,
    bargain,
    earned,
    entitlement_of,
    of_clause,
    pooled,
)
from tests.support.terms import AUTUMN, NOVEMBER, OCTOBER, OTHER_TITLE, SEPTEMBER, TITLE, watched

RIGHTS = Coefficient(name="rights", title=NAMED, value=Fraction(6, 5))
SEARCH = Coefficient(name="search", title=NAMED, value=Fraction(3, 2))


def test_title_has_the_part_of_the_pool_that_it_has_of_all_viewing() -> None:
    facts = [pooled(100_000), all_watched(3000), watched(500)]
    assert of_clause("pool", bargain(a_pool_share()), facts) == Fraction(100_000, 6)
    assert of_clause("pool", bargain(a_pool_share(share="0.6")), facts) == 10_000


def test_each_month_is_divided_by_itself() -> None:
    facts = [
        pooled(100_000), all_watched(1000), watched(100),
        pooled(30_000, OCTOBER), all_watched(100, OCTOBER), watched(50, OCTOBER),
    ]  # fmt: skip
    own = entitlement_of("pool", bargain(a_pool_share()), facts)
    assert [step.result for step in own.proof.steps] == [10_000, 15_000]
    assert (own.amount, own.measure, own.quantity) == (25_000, "effective_minutes", 150 * 60_000)


def test_month_in_which_nobody_watched_stays_with_the_payer_or_is_carried_over() -> None:
    facts = [pooled(40_000), pooled(60_000, OCTOBER)]
    later = [pooled(20_000, NOVEMBER), all_watched(1000, NOVEMBER), watched(100, NOVEMBER)]
    kept = bargain(a_pool_share())
    carried = bargain(a_pool_share(when_empty=EmptyPool.CARRIED_OVER))
    for terms in (kept, carried):
        assert earned(terms, facts) == {}
        assert earned(terms, [*facts, all_watched(0)]) == {}
    assert of_clause("pool", kept, [*facts, *later]) == 2_000
    assert of_clause("pool", carried, [*facts, *later]) == 12_000


def test_pool_is_carried_over_once_even_past_a_title_that_nobody_watched() -> None:
    terms = bargain(a_pool_share(when_empty=EmptyPool.CARRIED_OVER), titles=(TITLE, OTHER_TITLE))
    facts = [
        pooled(40_000),
        all_watched(1000, OCTOBER), watched(1000, OCTOBER),
        all_watched(1000, NOVEMBER), watched(1000, NOVEMBER, title=OTHER_TITLE),
    ]  # fmt: skip
    assert earned(terms, facts) == {("pool", "studio", TITLE): 40_000}


def test_coefficients_multiply_and_their_product_is_capped() -> None:
    facts = [pooled(100_000), all_watched(1000), watched(100)]
    both = (RIGHTS, SEARCH)
    assert of_clause("pool", bargain(a_pool_share(*both)), facts) == 18_000
    assert of_clause("pool", bargain(a_pool_share(*both, at_most="1.5")), facts) == 15_000


@given(
    st.dictionaries(
        st.sampled_from(AUTUMN),
        st.tuples(st.integers(0, 10**6), st.integers(0, 500), st.integers(0, 500)),
    ),
    st.sampled_from(list(EmptyPool)),
)
def test_whole_pool_goes_to_all_titles_and_pieces_come_to_the_whole(
    months: dict[Month, tuple[int, int, int]], when_empty: EmptyPool
) -> None:
    facts = []
    for month, (pool, own, other) in months.items():
        facts += [pooled(pool, month), all_watched(own + other, month)]
        facts += [watched(own, month), watched(other, month, title=OTHER_TITLE)]
    terms = bargain(a_pool_share(when_empty=when_empty), titles=(TITLE, OTHER_TITLE))
    whole = earned(terms, facts)
    watched_months = [month for month, (_, own, other) in months.items() if own + other]
    last = max(watched_months, default=SEPTEMBER)
    carried = when_empty is EmptyPool.CARRIED_OVER
    assert sum(whole.values()) == sum(
        pool
        for month, (pool, own, other) in months.items()
        if own + other or (carried and watched_months and month < last)
    )
    by_month = entitle_by_month(terms=terms, facts=facts, months=AUTUMN)
    assert by_month[AUTUMN[-1]] == entitle(terms=terms, facts=facts[::-1], as_of=NEW_YEAR)


def test_part_that_is_more_than_the_whole_is_no_part() -> None:
    terms = bargain(a_pool_share(), titles=(TITLE, OTHER_TITLE))
    facts = [pooled(1000), watched(60), watched(40, title=OTHER_TITLE)]
    assert check_facts(terms=terms, facts=[*facts, all_watched(100)]) == ()
    (short,) = check_facts(terms=terms, facts=[*facts, all_watched(99)])
    assert (short.code, short.params["own"], short.params["whole"]) == (
        "deals.more-than-the-whole",
        "100",
        "99",
    )
    (untold,) = check_facts(terms=terms, facts=facts)
    assert (untold.code, untold.params["whole"]) == ("deals.more-than-the-whole", "0")
