"""Refusals that the API itself gives."""

from duanju.kernel import Problem
from duanju_web.shared.problems import put_in_words


def refusal(code: str) -> dict[str, str]:
    """Say a problem in the reader's language."""
    words = put_in_words(Problem(code=code))
    return {"code": words.code, "sentence": words.sentence, "hint": words.hint}


def no_such_episode() -> dict[str, str]:
    """Say that an episode is not there, for whatever reason."""
    return refusal("theater.no-such-episode")
