"""Problem codes as sentences in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from duanju.adapters.documents import PROBLEM_SENTENCES, explain_problem
from duanju.kernel import Problem

Sentence = tuple[str | Promise, str | Promise]
"""What is wrong, and a hint what to do; both may name the problem's params as %(name)s."""

_sentences: dict[str, Sentence] = {}


@dataclass(frozen=True, slots=True)
class ProblemInWords:
    """A problem as a reader sees it."""

    code: str
    place: str
    sentence: str
    hint: str


def register_problems(sentences: Mapping[str, Sentence]) -> None:
    """Add a room's sentences; called once from its `AppConfig.ready`."""
    _sentences.update(sentences)


def known_problem_codes() -> frozenset[str]:
    """Return every code that has a sentence."""
    return frozenset(_sentences)


def put_in_words(problem: Problem) -> ProblemInWords:
    """Say a problem in the active language; in the library's words if no room has its own.

    A code that nobody knows is shown as it is.
    """
    if problem.code not in _sentences and problem.code in PROBLEM_SENTENCES["en"]:
        language = "zh-Hans" if get_language() == "zh-hans" else "en"
        told = explain_problem(problem, language=language)
        return ProblemInWords(problem.code, str(problem.where), told.sentence, told.hint)
    sentence, hint = _sentences.get(problem.code, (_("Something is wrong: %(code)s"), ""))
    params = {"code": problem.code, **problem.params}
    return ProblemInWords(
        code=problem.code,
        place=str(problem.where),
        sentence=str(sentence) % params,
        hint=str(hint) % params if hint else "",
    )
