"""Sentences, words and numbers stand in both languages, and name the same things."""

import ast
import re
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from duanju.adapters.prose import STEP_SENTENCES
from duanju.adapters.prose.numbers import (
    LANGUAGES,
    say_amount,
    say_day,
    say_money,
    say_money_threshold,
    say_number,
    say_threshold,
    supported,
)
from duanju.adapters.prose.speaking import PHRASES, WORDS
from duanju.deals import MEASURES

SOURCE = Path(__file__).parents[3] / "src" / "duanju" / "deals"
NAMES = re.compile(r"\{(\w+)")


def codes_of_proofs() -> set[str]:
    """Return every code that the source gives to a step of a proof."""
    codes: set[str] = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                codes |= {
                    own.value.value
                    for own in node.keywords
                    if own.arg == "code" and isinstance(own.value, ast.Constant)
                }
                codes |= _positional_code(node)
    return codes


def _positional_code(node: ast.Call) -> set[str]:
    name = getattr(node.func, "id", getattr(node.func, "attr", ""))
    if name == "ProofStep" and node.args and isinstance(node.args[0], ast.Constant):
        return {str(node.args[0].value)}
    return set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_that_the_source_names_has_a_sentence(language: str) -> None:
    assert codes_of_proofs() - set(STEP_SENTENCES[language]) == set()


def test_both_languages_say_the_same_steps_with_the_same_inputs() -> None:
    english, chinese = (STEP_SENTENCES[language] for language in LANGUAGES)
    assert set(english) == set(chinese)
    for code, variants in english.items():
        assert list(variants) == list(chinese[code]), code
        for key, sentence in variants.items():
            assert set(NAMES.findall(sentence)) == set(NAMES.findall(chinese[code][key])), code
            assert "result" in NAMES.findall(sentence), code


def test_both_languages_have_the_same_phrases_with_the_same_words() -> None:
    english, chinese = (PHRASES[language] for language in LANGUAGES)
    assert set(english) == set(chinese)
    for key, phrase in english.items():
        assert set(NAMES.findall(phrase)) == set(NAMES.findall(chinese[key])), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_a_kind_read_the_same(language: str) -> None:
    for kind, words in WORDS[language].items():
        if kind not in ("unit", "direction"):
            assert len(set(words.values())) == len(words), kind
    assert {kind: set(words) for kind, words in WORDS[language].items()} == {
        kind: set(words) for kind, words in WORDS["en"].items()
    }
    assert set(WORDS[language]["measure"]) == set(MEASURES)


@pytest.mark.parametrize(
    ("number", "english", "chinese"),
    [
        (Fraction(1_000_000), "1,000,000", "100万"),
        (Fraction(1_500_000), "1,500,000", "150万"),
        (Fraction(123_456), "123,456", "123,456"),
        (Fraction(250_000_000), "250,000,000", "2.5亿"),
        (Fraction(5_000), "5,000", "5,000"),
        (Fraction(1, 3), "1/3 ≈ 0.3333", "1/3 ≈ 0.3333"),
    ],
)
def test_thresholds_are_short_only_where_they_stay_exact(
    number: Fraction, english: str, chinese: str
) -> None:
    assert say_threshold(number, "en") == english
    assert say_threshold(number, "zh-Hans") == chinese


def test_amounts_keep_their_digits_and_rates_may_be_finer() -> None:
    assert say_money(-150, "CNY", "en") == "-CN¥1.50"
    assert say_amount(Fraction(3), "CNY", "zh-Hans") == "¥3.00"
    assert say_amount(Fraction(1, 200), "CNY", "zh-Hans") == "¥0.005"
    assert say_amount(Fraction(1, 3), "CNY", "en") == "CNY 1/3 ≈ 0.3333"
    assert say_amount(Fraction(120), "JPY", "en") == "¥120"
    assert say_money_threshold(Fraction(5_000_000), "CNY", "zh-Hans") == "¥500万"
    assert say_money_threshold(Fraction(5_000_000), "CNY", "en") == "CN¥5,000,000.00"
    assert say_number(Fraction(-5, 2), "en") == "−2.5"


def test_other_languages_read_english() -> None:
    assert supported("fr") == "en"
    assert say_day(date(2025, 6, 3), "fr") == "3 June 2025"
    assert say_day(date(2025, 6, 3), "zh-Hans") == "2025年6月3日"
