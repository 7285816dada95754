"""Every row of the table of policies, and every announcement, has a policy and a case."""

import tomllib
from collections import defaultdict
from datetime import date
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from duanju.adapters.documents import find_cases, load_policies
from duanju.deals import Parameter, ParameterKind, Policy, read_parameters

HERE = Path(__file__).parent
FOLDER = HERE.parents[1] / "policies"
POLICIES = load_policies(FOLDER)
CASES = find_cases(HERE)

ROWS = {
    "T1": ["tencent-short-drama-vertical"],
    "T2": ["tencent-scripts"],
    "T2h": ["tencent-short-drama-horizontal"],
    "T3": ["tencent-micro-drama-2022"],
    "T4": ["tencent-micro-drama-2026-bonus"],
    "T5": ["tencent-huolong"],
    "T6": ["tencent-ai-drama"],
    "I3": ["iqiyi-micro"],
    "I4": ["iqiyi-micro"],
    "Y2": ["youku-2026"],
    "H1": ["hongguo-scripts"],
    "H3": ["hongguo-free-share"],
    "D1": [
        "douyin-chenxing-scripts",
        "douyin-chenxing-production",
        "douyin-chenxing-ip",
        "douyin-chenxing-investment",
    ],
    "D2": ["douyin-paid-share"],
    "P1": ["hippo-partner-plan"],
    "P2": ["hippo-joint-investment", "hippo-full-funding"],
    "Q1": ["qimao-production", "qimao-creators"],
    "R1": ["rednote-premium"],
    "B1": ["commissioned-live-action"],
    "W1": ["paid-unlock-waterfall-domestic"],
    "F1": ["paid-unlock-share"],
    "O1": ["overseas-publisher-centre"],
    "O2": ["overseas-platform-net-share"],
}
ANNOUNCEMENTS = {
    "WeTV": [
        "tencent-short-drama-horizontal",
        "tencent-short-drama-vertical",
        "tencent-scripts",
        "tencent-exclusive-commissioned",
    ],
    "iQIYI": ["iqiyi-ip-development"],
    "CMG": ["cmg-in-house", "cmg-co-production", "cmg-rights-partnership", "cmg-membership"],
    "Hippo": ["hippo-partner-plan", "hippo-joint-investment", "hippo-full-funding"],
    "Qimao": ["qimao-production", "qimao-creators"],
    "RedNote": ["rednote-premium"],
    "Stardust": ["stardust-365"],
    "Hongguo": ["hongguo-ways-to-earn"],
}
VERSIONS = {
    "iqiyi-micro": 2,
    "hongguo-scripts": 5,
    "douyin-paid-share": 2,
    "hippo-partner-plan": 2,
}
BESIDE = {("hongguo-scripts", 4)}
"""Versions that go on beside the next, for another kind of work."""

IN_CASES = {
    (deal["policy"], deal["version"])
    for case in CASES
    for file in case.glob("deals*.toml")
    for deal in tomllib.loads(file.read_text("utf-8"))["deal"]
}


@pytest.mark.parametrize("listed", [ROWS, ANNOUNCEMENTS], ids=["rows", "announcements"])
def test_everything_published_has_a_policy(listed: dict[str, list[str]]) -> None:
    held = {policy_id for policy_id, _ in POLICIES}
    assert {row: set(ids) - held for row, ids in listed.items() if set(ids) - held} == {}


def test_every_policy_belongs_to_a_row_or_an_announcement() -> None:
    listed = {own for table in (ROWS, ANNOUNCEMENTS) for ids in table.values() for own in ids}
    assert {policy_id for policy_id, _ in POLICIES} == listed


def test_every_policy_has_a_case() -> None:
    assert sorted(set(POLICIES) - IN_CASES) == []


def test_versions_follow_one_another_without_a_gap() -> None:
    versions: dict[str, list[int]] = defaultdict(list)
    for policy_id, version in sorted(POLICIES):
        versions[policy_id].append(version)
    assert {own: len(found) for own, found in versions.items() if len(found) > 1} == VERSIONS
    for policy_id, found in versions.items():
        assert found == list(range(1, len(found) + 1))
        for earlier, later in pairwise(found):
            before, after = POLICIES[policy_id, earlier], POLICIES[policy_id, later]
            if (policy_id, earlier) in BESIDE:
                assert before.valid_until is None
                assert before.valid_from == after.valid_from
            else:
                assert before.valid_until == after.valid_from


@pytest.mark.parametrize("policy", POLICIES.values(), ids=lambda own: f"{own.id}-{own.version}")
def test_policy_states_its_source_and_its_days(policy: Policy) -> None:
    assert policy.sources
    assert date(2022, 1, 1) <= policy.valid_from <= date(2026, 12, 31)
    for source in policy.sources:
        assert source.published_on is None or source.published_on <= date(2026, 12, 31)
        assert source.address == ""
    texts = [policy.title, policy.summary, *(clause.explanation for clause in policy.clauses)]
    texts += [parameter.title for parameter in policy.parameters]
    texts += [source.title for source in policy.sources]
    for text in texts:
        assert text.by_language.keys() >= {"en", "zh-Hans"}, str(text)


def test_doubtful_parameters_say_why() -> None:
    doubtful = [
        (policy.id, parameter.id, parameter.note)
        for policy in POLICIES.values()
        for parameter in policy.parameters
        if parameter.doubtful
    ]
    assert len(doubtful) >= 15
    assert [own for own in doubtful if own[2] is None] == []


def test_table_names_every_policy_and_every_case() -> None:
    table = (FOLDER / "README.md").read_text("utf-8")
    files = [path.name for path in FOLDER.glob("*.toml")]
    assert [name for name in files if f"({name})" not in table] == []
    named = [case.name for case in CASES if not case.name.startswith("open-")]
    assert [name for name in named if name not in table] == []


LIMITED = [
    (policy, parameter)
    for policy in POLICIES.values()
    for parameter in policy.parameters
    if parameter.at_least is not None or parameter.at_most is not None
]


@pytest.mark.parametrize(
    ("policy", "parameter"),
    LIMITED,
    ids=[f"{policy.id}-{policy.version}-{own.id}" for policy, own in LIMITED],
)
def test_published_limit_is_kept(policy: Policy, parameter: Parameter) -> None:
    assert len(LIMITED) >= 30
    step = Fraction(1, 100) if parameter.kind is not ParameterKind.COUNT else Fraction(1)
    for limit, beyond in ((parameter.at_least, -step), (parameter.at_most, step)):
        if limit is None:
            continue
        chosen, _ = read_parameters(policy=policy, chosen={parameter.id: limit})
        assert chosen == {parameter.id: limit}
        chosen, problems = read_parameters(policy=policy, chosen={parameter.id: limit + beyond})
        assert chosen == {}
        assert f"parameters.{parameter.id}" in {problem.where.path for problem in problems}
