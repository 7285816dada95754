"""Every word that a policy or a case uses is called something in both languages."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel import Locale

from duanju.adapters.documents import find_cases, load_policies
from duanju.adapters.prose import policy_titles
from duanju.adapters.prose.numbers import LANGUAGES, locale_of
from duanju.adapters.prose.speaking import WORDS
from duanju.deals import MEASURES, ParameterKind, Policy
from duanju.deals.clauses import (
    Clawback,
    Counted,
    Deduction,
    Instalment,
    MilestoneReached,
    StepDown,
)
from duanju.deals.clauses.roles import roles_of
from duanju.deals.clauses.walking import find_within
from duanju.kernel import CURRENCIES, Text

ROOT = Path(__file__).parents[3]
CASES = find_cases(ROOT / "tests" / "golden")
POLICIES = [
    *load_policies(ROOT / "policies").values(),
    *(
        policy
        for own in sorted((ROOT / "tests" / "golden").glob("*/policies"))
        for policy in load_policies(own).values()
    ),
]
CHINESE = range(0x4E00, 0xA000)
Said = tuple[str, str]
"""A kind of word, and the word."""


def name_of(policy: Policy) -> str:
    """Return what a test of a policy is called."""
    return f"{policy.id}-{policy.version}"


def is_chinese(text: str) -> bool:
    """Tell whether Chinese is written here; a grade such as `S+` reads the same in both."""
    return any(ord(letter) in CHINESE for letter in text)


def words_of(policy: Policy) -> Iterator[Said]:
    """Yield every word of a policy that a sentence may have to name."""
    for clause in policy.clauses:
        yield "kind", clause.kind
        yield from (("role", role) for role in roles_of(clause))
        for _, counted in find_within(clause, Counted):
            yield from _words_of_counted(counted)
        for kind in (Instalment, Clawback, StepDown, MilestoneReached):
            yield from (("milestone", own.milestone) for _, own in find_within(clause, kind))
        for _, deduction in find_within(clause, Deduction):
            yield "role", deduction.receiver
            yield from (("channel", channel) for channel in deduction.rate_by_channel)
        yield from (("currency", own) for own in [clause.currency] if isinstance(own, str))
    for parameter in policy.parameters:
        if parameter.kind is ParameterKind.CHOICE and set(parameter.options) <= set(CURRENCIES):
            yield from (("currency", own) for own in parameter.options)


def _words_of_counted(counted: Counted) -> Iterator[Said]:
    yield "measure", counted.measure
    yield from (("channel", own) for own in counted.channels)
    yield from (("territory", own) for own in counted.territories)
    yield from (("medium", own) for own in counted.media)
    yield from (("window", own) for own in counted.windows)
    yield from ((MEASURES[counted.measure].needs_item, own) for own in counted.items)


def words_of_facts(path: Path) -> Iterator[Said]:
    """Yield every word that a file of facts uses."""
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield "measure", row["measure"]
            yield "currency", row.get("currency") or ""
            yield MEASURES[row["measure"]].needs_item, row.get("item") or ""
            for kind in ("channel", "territory", "medium", "window"):
                yield kind, row.get(kind) or ""


def nameless(said: Iterator[Said], language: str) -> set[Said]:
    """Return the words that nobody has given a name in a language."""
    locale = Locale.parse(locale_of(language))
    known = {
        **WORDS[language],
        "territory": locale.territories,
        "currency": locale.currencies,
    }
    return {(kind, word) for kind, word in said if word and word not in known.get(kind, {})}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("policy", POLICIES, ids=name_of)
def test_every_word_of_a_policy_has_a_name(policy: Policy, language: str) -> None:
    assert nameless(words_of(policy), language) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_facts_of_cases_has_a_name(language: str) -> None:
    paths = [path for case in CASES for path in sorted(case.glob("facts*.csv"))]
    assert len(paths) > len(CASES)
    assert nameless((said for path in paths for said in words_of_facts(path)), language) == set()


@pytest.mark.parametrize("policy", POLICIES, ids=name_of)
def test_what_authors_write_is_there_in_both_languages(policy: Policy) -> None:
    texts = dict(find_within(policy, Text))
    assert {"title", "summary", "clauses.0.title"} <= set(texts)
    for path, text in texts.items():
        assert set(text) == set(LANGUAGES), path
        assert all(text.values()), path
        assert is_chinese(text["zh-Hans"]) or text["zh-Hans"] == text["en"], path
        assert not is_chinese(text["en"]), path


@pytest.mark.parametrize("policy", POLICIES, ids=name_of)
def test_every_deduction_step_and_coefficient_has_a_title(policy: Policy) -> None:
    for language in LANGUAGES:
        titles = policy_titles(policy, language)
        assert set(titles) >= {own.id for own in policy.clauses}
        assert all(titles.values())


def test_a_word_without_a_name_is_found() -> None:
    said: list[Said] = [("role", "studio"), ("role", "nobody"), ("territory", "CN"), ("role", "")]
    assert nameless(iter(said), "en") == {("role", "nobody")}
    assert nameless(iter([("report", "unheard_of")]), "zh-Hans") == {("report", "unheard_of")}
