"""Facts that no clause counts, as sentences."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from duanju.adapters.prose.numbers import LANGUAGES
from duanju.deals import UncountedFacts, UncountedReason


def _load(language: str) -> Mapping[str, str]:
    own = files(__package__) / "uncounted_sentences" / f"{language}.toml"
    return tomllib.loads(own.read_text("utf-8"))


_SENTENCES: Mapping[str, Mapping[str, str]] = {own: _load(own) for own in LANGUAGES}


def explain_uncounted(
    uncounted: UncountedFacts, *, language: str, measure: str = "", title: str = ""
) -> str:
    """Return which facts no clause counts, why, and which word was perhaps meant.

    Args:
        uncounted: Facts about one thing.
        language: `en` or `zh-Hans`.
        measure: What readers call the measure; by default its name in files.
        title: What readers call the title; by default its id in files.
    """
    words, first = _SENTENCES[language], uncounted.first
    sentence = words["line"].format(
        measure=measure or first.measure,
        item=f" {first.item}" if first.item else "",
        title=title or first.title_id or words["whole"],
        stretch=first.stretch,
        reason=words[uncounted.reason.value].format(word=uncounted.word or words["none"]),
        count=uncounted.count,
    )
    if uncounted.resembling:
        return sentence + words["resembling"].format(resembling=uncounted.resembling)
    if uncounted.known and uncounted.reason is not UncountedReason.TITLE:
        return sentence + words["known"].format(known=", ".join(uncounted.known))
    return sentence
