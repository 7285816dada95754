"""Policies as prose, with worked examples, for pages, files and paper."""

from pathlib import Path

import pytest

from duanju.adapters.documents import read_policy
from duanju.adapters.prose import (
    explain_policy,
    suppose_example_terms,
    terms_as_markdown,
    worked_example,
)

POLICIES = sorted((Path(__file__).parents[3] / "policies").glob("*.toml"))
T1 = Path(__file__).parents[3] / "policies" / "tencent-short-drama-vertical.toml"


@pytest.mark.parametrize("path", POLICIES, ids=lambda own: own.stem)
def test_every_published_policy_is_told_with_an_example(path: Path) -> None:
    policy = read_policy(path)
    for language in ("en", "zh-Hans"):
        page = terms_as_markdown(policy, {}, language)
        assert policy.title.in_language(language) in page
        assert all(clause.explanation.in_language(language) in page for clause in policy.clauses)
        assert "<" not in page.replace("<http", "")
        assert "undescribed" not in page


def test_example_stands_below_and_above_the_threshold() -> None:
    terms = suppose_example_terms(read_policy(T1), {})
    assert terms is not None
    cases = worked_example(terms, "zh-Hans").cases
    assert [case.suppositions for case in cases] == [
        ("有效播放时长：500,000 分钟。",),
        ("有效播放时长：2,500,000 分钟。",),
    ]
    assert [case.totals for case in cases] == [
        (("制作方", "¥12,500.00"),),
        (("制作方", "¥100,000.00"),),
    ]


def test_example_is_the_same_every_time() -> None:
    policy = read_policy(T1)
    assert terms_as_markdown(policy, {}, "en") == terms_as_markdown(policy, {}, "en")


def test_what_a_deal_chose_stands_in_the_text_and_what_is_open_as_options() -> None:
    policy = read_policy(T1)
    (still_open,) = explain_policy(policy, {}, "en").clauses
    (table,) = still_open.tables
    assert table.head[1:] == (
        "Exclusive premiere",
        "Non-exclusive premiere",
        "Non-exclusive, not a premiere",
    )
    chosen = {"rights": "exclusive_premiere", "tier_reading": "whole_amount"}
    (closed,) = explain_policy(policy, chosen, "en").clauses
    assert [row[1] for row in closed.tables[0].rows] == ["CN¥1.50", "CN¥3.00"]
    assert any("from the first on" in own for own in closed.sentences)
    assert explain_policy(policy, chosen, "fr").language == "en"
