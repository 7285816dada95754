"""A title that does better stays a part of what all titles had."""

from fractions import Fraction

import pytest

from duanju.deals import entitle
from duanju.workflows.scaling import scale_facts
from tests.support.obligations import NEW_YEAR, a_pool_share, all_watched, bargain, pooled
from tests.support.terms import OCTOBER, watched


@pytest.mark.parametrize(
    ("factor", "amount"),
    [(0, 0), (1, 500), (2, Fraction(2000, 3)), (101, Fraction(10_100, 102) * 10)],
)
def test_pool_is_never_outgrown(factor: int, amount: Fraction) -> None:
    facts = [
        pooled(1000), all_watched(200), watched(100),
        all_watched(70, OCTOBER), watched(0, OCTOBER),
    ]  # fmt: skip
    scaled = scale_facts(facts, Fraction(factor))
    (own,) = entitle(terms=bargain(a_pool_share()), facts=scaled, as_of=NEW_YEAR)
    assert own.amount == amount
    assert scaled[3] == facts[3]
