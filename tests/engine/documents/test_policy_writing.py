"""A policy that is written is read again as it was."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duanju.adapters.documents import policy_from_text, policy_to_text, read_policy
from duanju.deals import Reading, Reset, Scope
from duanju.kernel import RoundingRule, Text
from tests.support.terms import a_channel_fee, a_policy, a_revenue_share, a_tiered_rate

POLICIES = sorted((Path(__file__).parents[3] / "policies").glob("*.toml"))


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_published_policy_is_read_again_with_the_same_digest(path: Path) -> None:
    policy = read_policy(path)
    again = policy_from_text(policy_to_text(policy))
    assert again == policy
    assert again.digest == policy.digest


texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20).map(
    lambda text: Text({"en": text, "zh-Hans": "夜航"})
)
rates = st.fractions(min_value=0, max_value=100, max_denominator=60)


@given(
    texts,
    st.lists(rates, min_size=1, max_size=4),
    st.sampled_from(Reading),
    st.sampled_from(Scope),
    st.sampled_from(Reset),
    st.booleans(),
    st.fractions(min_value=0, max_value=1, max_denominator=60),
    st.sampled_from(RoundingRule),
    st.dates(min_value=date(2025, 1, 2)),
)
def test_any_policy_is_read_again_as_it_was_written(
    text: Text,
    hourly: list[Fraction],
    reading: Reading,
    scope: Scope,
    reset: Reset,
    inclusive: bool,
    share: Fraction,
    rounding: RoundingRule,
    until: date,
) -> None:
    tiers = [(60 * place, str(rate)) for place, rate in enumerate(hourly)]
    rate = a_tiered_rate(
        *tiers, reading=reading.value, scope=scope, reset=reset, inclusive=inclusive
    )
    divided = a_revenue_share(
        a_channel_fee(web=str(share)), shares={"studio": share}, rounding=rounding
    )
    policy = replace(a_policy(rate, divided), title=text, summary=text, valid_until=until)
    assert policy_from_text(policy_to_text(policy)) == policy
