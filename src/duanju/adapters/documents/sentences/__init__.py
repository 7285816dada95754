"""What problems say to people, in English and in Chinese.

The sentences stand in TOML files, a folder a language and a file a subject, so that a translator
needs no Python.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import NamedTuple

from duanju.kernel import Problem

LANGUAGES = ("en", "zh-Hans")
"""The languages that every sentence exists in; the first is read where another is asked for."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A problem in a language.

    Attributes:
        sentence: What is wrong.
        hint: What to do about it.
        of_options: What is wrong, where it is so for some options of a choice only.
    """

    sentence: str
    hint: str
    of_options: str = ""


def _load(language: str) -> Mapping[str, Explanation]:
    subjects = sorted((files(__package__) / language).iterdir(), key=lambda own: own.name)
    entries = [entry for own in subjects for entry in tomllib.loads(own.read_text("utf-8")).items()]
    assert len(dict(entries)) == len(entries), "a problem has two sentences"
    return {code: Explanation(**entry) for code, entry in entries}


PROBLEM_SENTENCES: Mapping[str, Mapping[str, Explanation]] = {
    language: _load(language) for language in LANGUAGES
}
"""Language to problem code to its sentence and hint, in which `{names}` are the params."""


_BLANKS: Mapping[str, str] = {" ()": "", "（）": "", ", )": ")", "，）": "）"}


class _Reason(NamedTuple):
    """What a parser says, and the same in another language."""

    said: re.Pattern[str]
    sentence: str


def _load_reasons(language: str) -> tuple[_Reason, ...]:
    own = files(__package__) / "reasons" / f"{language}.toml"
    if not own.is_file():
        return ()
    rows = tomllib.loads(own.read_text("utf-8"))["reason"]
    return tuple(_Reason(re.compile(row["said"], re.DOTALL), row["sentence"]) for row in rows)


_REASONS: Mapping[str, tuple[_Reason, ...]] = {own: _load_reasons(own) for own in LANGUAGES}
"""Language to what parsers say in English, which is all that they speak."""


class _Params(dict[str, str | int]):
    """Params of a problem; one that is not given shows its name instead of failing."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def explain_problem(problem: Problem, *, language: str) -> Explanation:
    """Return a problem in `en` or `zh-Hans`; any other language reads English.

    A code without a sentence is shown as it is, with its params.
    """
    sentences = PROBLEM_SENTENCES.get(language, PROBLEM_SENTENCES[LANGUAGES[0]])
    found = sentences.get(problem.code)
    if found is None:
        params = ", ".join(f"{name} {value}" for name, value in problem.params.items())
        return Explanation(f"{problem.code}: {params}".removesuffix(": "), "")
    params_by_name = _Params(problem.params)
    chosen = problem.params.get("options") and found.of_options
    sentence = chosen or found.sentence
    if "reason" in params_by_name:
        reason = _reason_in(language, str(params_by_name["reason"]))
        params_by_name["reason"] = reason
        sentence = sentence if reason else sentence.replace("：{reason}", "")
    if "expected" in params_by_name:
        expected = str(params_by_name["expected"])
        params_by_name["expected"] = _reason_in(language, expected) or expected
    said = _without_blanks(sentence.format_map(params_by_name))
    return Explanation(said, found.hint.format_map(params_by_name))


def _without_blanks(sentence: str) -> str:
    """Return a sentence without the brackets that a param without a word left empty.

    >>> _without_blanks("The fact in 2026-09 () counts twice (plays, ).")
    'The fact in 2026-09 counts twice (plays).'
    """
    for empty, rest in _BLANKS.items():
        sentence = sentence.replace(empty, rest)
    return sentence


def _reason_in(language: str, reason: str) -> str:
    """Return what a parser said in a language; nothing where it is known in English only."""
    reasons = _REASONS.get(language, ())
    if not reasons:
        return reason
    for own in reasons:
        if match := own.said.fullmatch(reason):
            return own.sentence.format(*match.groups())
    return ""
