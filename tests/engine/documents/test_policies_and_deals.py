"""Policies and deals as files: read whole, or refused with every problem and its line."""

import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from duanju.adapters.documents import (
    load_policies,
    policy_from_text,
    read_deals,
    read_policy,
)
from duanju.deals import Chosen, Given, RevenueShare, TieredRate
from duanju.kernel import Party, ProblemsFound

POLICIES = Path(__file__).parents[3] / "policies"
TENCENT = (POLICIES / "tencent-short-drama-vertical.toml").read_text("utf-8")


def problems_of(text: str) -> list[tuple[str, int | None, str]]:
    """Return code, line and path of each problem of a policy text."""
    try:
        policy_from_text(text, file="policy.toml")
    except ProblemsFound as refused:
        return [(own.code, own.where.line, own.where.path) for own in refused.problems]
    return []


def line_with(text: str, words: str) -> int:
    """Return the line on which words stand first."""
    return text[: text.index(words)].count("\n") + 1


def test_published_policies_are_good() -> None:
    policies = load_policies(POLICIES)
    assert {own_id for own_id, _ in policies} >= {
        "tencent-short-drama-vertical",
        "paid-unlock-share",
    }
    for policy in policies.values():
        assert policy.sources
        for named in (policy.title, policy.summary, *(c.explanation for c in policy.clauses)):
            assert set(named) >= {"en", "zh-Hans"}


def test_rates_are_read_exactly_and_hang_on_the_rights() -> None:
    (clause,) = policy_from_text(TENCENT).clauses
    assert isinstance(clause, TieredRate)
    assert clause.reading == Given("tier_reading")
    assert [tier.threshold for tier in clause.tiers] == [0, 1_000_000]
    assert clause.tiers[0].rate == Chosen(
        "rights",
        {
            "exclusive_premiere": Fraction(3, 2),
            "non_exclusive_premiere": Fraction(1),
            "non_exclusive_non_premiere": Fraction(3, 10),
        },
    )


def test_channel_fees_are_read_exactly() -> None:
    (clause,) = read_policy(POLICIES / "paid-unlock-share.toml").clauses
    assert isinstance(clause, RevenueShare)
    assert clause.deductions[0].rate_by_channel["wechat_ios"] == Fraction(12, 100)
    assert clause.deductions[0].rate_by_channel["web"] == Given("web_fee")


def test_digest_depends_on_what_a_policy_says_and_not_on_how() -> None:
    spaced = TENCENT.replace("version = 1", "# another comment\nversion   =  1")
    raised = TENCENT.replace("exclusive_premiere = 1.5", "exclusive_premiere = 1.50000001")
    assert policy_from_text(spaced).digest == policy_from_text(TENCENT).digest
    assert policy_from_text(raised).digest != policy_from_text(TENCENT).digest


def test_all_problems_of_a_file_are_found_at_once_with_their_lines() -> None:
    text = (
        TENCENT.replace("version = 1", 'version = "one"')
        .replace("published_on = 2025-06-03", "publishd_on = 2025-06-03")
        .replace('kind = "choice"\nrequired = true', 'kind = "colour"\nrequired = true')
        .replace('measure = "effective_minutes"', 'measure = "likes"')
        .replace("above = 1_000_000", "above = -5")
        .replace('currency = "CNY"', 'currency = "RMB"')
    )
    assert problems_of(text) == [
        ("documents.wrong-type", line_with(text, "version"), "version"),
        ("documents.unknown-key", line_with(text, "publishd_on"), "source.0.publishd_on"),
        ("documents.not-one-of", line_with(text, '"colour"'), "parameter.0.kind"),
        ("deals.unknown-measure", line_with(text, '"likes"'), "clause.0.measure"),
        ("deals.unknown-currency", line_with(text, '"RMB"'), "clause.0.currency"),
        ("deals.tiers-not-rising", line_with(text, "above = -5") - 1, "clause.0.tier.1"),
    ]


def test_problem_of_a_second_clause_keeps_its_place_when_the_first_cannot_be_read() -> None:
    again = TENCENT[TENCENT.index("[[clause]]") :].replace('measure = "eff', 'measure = "ineff')
    broken = TENCENT.replace("per = 60", "per = true")
    text = broken + again.replace('id = "effective-hours"', 'id = "again"')
    found = problems_of(text)
    assert [(code, path) for code, _, path in found] == [
        ("documents.not-a-number", "clause.0.per"),
        ("deals.unknown-measure", "clause.1.measure"),
    ]
    assert found[1][1] == line_with(text, '"ineffective_minutes"')


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ('title = { en = "Rights granted", zh-Hans = "授权类型" }\n', "", "documents.missing-key"),
        ('id = "rights"', 'id = "Rights!"', "documents.bad-id"),
        ("per = 60", "per = nan", "documents.not-a-number"),
        ("per = 60", "per = 1e400", "documents.not-a-number"),
        ("per = 60", 'per = "sixty"', "documents.not-a-number"),
        ("valid_from = 2025-06-03", 'valid_from = "soon"', "documents.wrong-type"),
        ('kind = "tiered_rate"', 'kind = "lottery"', "documents.not-one-of"),
        ('kind = "tiered_rate"\n', "", "documents.missing-key"),
        ('scope = "title"', 'scope = "planet"', "documents.not-one-of"),
        ("above = 0\n", "above = 0\nbelow = 1\n", "documents.unknown-key"),
        ("[[source]]", "[source]\n[[sources]]", None),
    ],
)
def test_each_slip_has_its_code(before: str, after: str, code: str | None) -> None:
    assert before in TENCENT
    found = problems_of(TENCENT.replace(before, after, 1))
    assert code is None or code in [own for own, _, _ in found]


DEEP = (
    TENCENT[: TENCENT.index("[[clause]]")]
    + """\
[[clause]]
id = "flow"
kind = "waterfall"
title = { en = "Flow" }
explanation = { en = "Flow." }
measure = ["unlock_income", { measure = "advert_income", channels = ["web"] }]
currency = "CNY"
residual = "platform"
when = [
  { kind = "parameter_is", parameter = "rights", options = ["exclusive_premiere"] },
]

[[clause.step]]
name = "cost"
title = { en = "Cost" }
limit = { cost = "production_cost", cost_cap = 800_000 }
receiver = [
  { role = "platform", weight = 1 },
  { role = "studio", weight = 1, limit = { amount = 500_000 } },
]

[[clause.step.gate]]
gauge = "pool"
above = 3

[[clause]]
id = "hours"
kind = "tiered_rate"
title = { en = "Hours" }
explanation = { en = "Hours." }
measure = { measure = "plays", over_seconds = 30 }
per = 1
currency = "CNY"
reading = "marginal"
term = { months = 12, measure = "reported_income", lengthening = [{ above = 1, months = 24 }] }
tier = [
  { above = 0, rate = 1 },
  { from = 10, rate = 2 },
]
"""
)


@pytest.mark.parametrize(
    ("before", "after", "code", "path"),
    [
        ("500_000", "true", "not-a-number", "clause.0.step.0.receiver.1.limit.amount"),
        ('"pool"', '"lake"', "not-one-of", "clause.0.step.0.gate.0.gauge"),
        ('["web"]', '["W!"]', "bad-id", "clause.0.measure.1.channels.0"),
        ("weight = 1 },", "wait = 1 },", "unknown-key", "clause.0.step.0.receiver.0.wait"),
        (
            'options = ["exclusive_premiere"]',
            "options = 1",
            "wrong-type",
            "clause.0.when.0.options",
        ),
        ("over_seconds", "seconds", "unknown-key", "clause.1.measure.seconds"),
        ("months = 24", 'months = "long"', "not-a-number", "clause.1.term.lengthening.0.months"),
        ("from = 10", "from = 10, above = 10", "not-one-threshold", "clause.1.tier.1"),
        ("from = 10, rate", "rate", "not-one-threshold", "clause.1.tier.1"),
    ],
)
def test_slip_deep_within_a_clause_has_its_path_and_its_line(
    before: str, after: str, code: str, path: str
) -> None:
    assert DEEP.count(before) == 1
    assert (f"documents.{code}", line_with(DEEP, before), path) in problems_of(
        DEEP.replace(before, after)
    )


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ('"plays", over', '"claps", over', "clause.1.measure"),
        ("{ from = 10, ", "{ from = -10, ", "clause.1.tier.1"),
        ('"rights", options', '"wrongs", options', "clause.0.when.0.parameter"),
        ("cost_cap = 800_000", 'cost_cap = { parameter = "x" }', "clause.0.step.0.limit.cost_cap"),
    ],
)
def test_what_makes_no_sense_has_the_path_of_the_document(
    before: str, after: str, path: str
) -> None:
    assert DEEP.count(before) == 1
    found = problems_of(DEEP.replace(before, after))
    assert (line_with(DEEP, before), path) in [(line, where) for _, line, where in found]


def test_clause_that_refers_to_one_that_could_not_be_read_is_not_blamed() -> None:
    after = """
[[clause]]
id = "agency"
kind = "commission"
title = { en = "Agency" }
explanation = { en = "Agency." }
of = ["hours"]
rate = "10%"
currency = "CNY"
payee = "agent"
"""
    assert problems_of(DEEP + after) == []
    assert [code for code, _, _ in problems_of(DEEP.replace("per = 1", "per = true") + after)] == [
        "documents.not-a-number"
    ]


def test_text_that_is_no_toml_says_where_it_stops() -> None:
    assert problems_of('id = "a"\nversion = = 1\n') == [("documents.not-toml", 2, "")]


def test_clause_without_residual_receiver_is_refused_in_words_of_its_own() -> None:
    text = (POLICIES / "paid-unlock-share.toml").read_text("utf-8")
    assert problems_of(text.replace('residual = "platform"\n', "")) == [
        ("deals.no-residual", line_with(text, "[[clause]]"), "clause.0.residual")
    ]


def test_two_files_of_one_id_and_version_are_refused(tmp_path: Path) -> None:
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(TENCENT, "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        load_policies(tmp_path)
    assert [own.code for own in refused.value.problems] == ["documents.duplicate-policy"]


DEALS = """\
zone = "Asia/Shanghai"

[[title]]
id = 101
name = { en = "Night Flight", zh-Hans = "夜航" }

[[deal]]
id = "first"
policy = "tencent-short-drama-vertical"
version = 1
titles = [101, "102"]
starts_on = 2026-09-01
ends_on = 2027-09-01
signed_on = 2026-08-20
parties = { platform = "aurora", studio = "lanxi" }
parameters = { rights = "exclusive_premiere" }
"""


def test_deals_become_contracts(tmp_path: Path) -> None:
    (tmp_path / "deals.toml").write_text(DEALS, "utf-8")
    deals = read_deals(tmp_path / "deals.toml", policies=load_policies(POLICIES))
    (contract,) = deals.contracts
    assert str(deals.zone) == "Asia/Shanghai"
    assert deals.titles["101"].in_language("zh-Hans") == "夜航"
    assert contract.id == "first"
    assert contract.terms.title_ids == {"101", "102"}
    assert contract.terms.parties["studio"] == Party("studio", "lanxi")
    assert contract.terms.ends_on == date(2027, 9, 1)
    assert contract.terms.parameters == {"rights": "exclusive_premiere"}


def test_every_problem_of_a_deals_file_has_its_line(tmp_path: Path) -> None:
    text = (
        DEALS.replace("Asia/Shanghai", "Mars/Olympus")
        .replace('"exclusive_premiere"', '"forever"')
        .replace(', studio = "lanxi"', "")
        .replace("signed_on = 2026-08-20", "signed_on = 2020-01-01")
    )
    text += re.sub("first", "second", text[text.index("[[deal]]") :]).replace(
        "version = 1", "version = 7"
    )
    (tmp_path / "deals.toml").write_text(text, "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        read_deals(tmp_path / "deals.toml", policies=load_policies(POLICIES))
    assert [(own.code, own.where.line) for own in refused.value.problems] == [
        ("documents.unknown-zone", 1),
        ("deals.not-an-option", line_with(text, '"forever"')),
        ("deals.unknown-policy", line_with(text, '"second"') + 1),
    ]


AMENDED = (
    DEALS
    + """
[[deal.amendment]]
id = "second"
policy = "paid-unlock-share"
version = 1
effective_on = 2026-11-01
mode = "beside"
signed_on = 2026-10-20
parties = { writer = "qiu" }
parameters = { currency = "CNY", web_fee = 0 }

[[deal.amendment]]
id = "third"
policy = "tencent-short-drama-vertical"
version = 1
by = "signing_date"
titles = [101]
parameters = { rights = "non_exclusive_premiere" }
"""
)


def test_amendments_say_what_is_new_and_keep_the_rest(tmp_path: Path) -> None:
    (tmp_path / "deals.toml").write_text(AMENDED, "utf-8")
    (contract,) = read_deals(tmp_path / "deals.toml", policies=load_policies(POLICIES)).contracts
    second, third = contract.amendments
    assert (second.id, second.mode, second.by) == ("second", "beside", "play_date")
    assert (second.effective_on, second.terms.signed_on) == (date(2026, 11, 1), date(2026, 10, 20))
    assert second.terms.title_ids == {"101", "102"}
    assert second.terms.parties == contract.terms.parties | {"writer": Party("writer", "qiu")}
    assert second.terms.ends_on == date(2027, 9, 1)
    assert (third.mode, third.by, third.effective_on) == ("over", "signing_date", date(2026, 9, 1))
    assert third.terms.title_ids == {"101"}


def test_every_problem_of_an_amendment_has_its_line(tmp_path: Path) -> None:
    text = (
        AMENDED.replace("effective_on = 2026-11-01\n", "")
        .replace('"second"', '"third"')
        .replace('"non_exclusive_premiere"', '"forever"')
    )
    (tmp_path / "deals.toml").write_text(text, "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        read_deals(tmp_path / "deals.toml", policies=load_policies(POLICIES))
    assert [(own.code, own.where.line) for own in refused.value.problems] == [
        ("documents.missing-key", line_with(text, "[[deal.amendment]]")),
        ("deals.not-an-option", line_with(text, '"forever"')),
    ]
    text = AMENDED.replace('parties = { writer = "qiu" }', 'parties = { studio = "qiu" }')
    text = text.replace('"third"', '"second"')
    (tmp_path / "deals.toml").write_text(text, "utf-8")
    with pytest.raises(ProblemsFound) as refused:
        read_deals(tmp_path / "deals.toml", policies=load_policies(POLICIES))
    assert {(own.code, own.where.line) for own in refused.value.problems} == {
        ("deals.duplicate-amendment", line_with(text, 'id = "second"')),
        ("deals.duplicate-amendment", text[: text.rindex('id = "second"')].count("\n") + 1),
        ("deals.amendment-of-other-parties", line_with(text, '"qiu"')),
    }
