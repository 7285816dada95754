"""The stock of words and sentences, kept in TOML files that a translator can read."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.abc import Traversable
from importlib.resources import files
from typing import Any

from babel import Locale

from duanju.adapters.prose.numbers import LANGUAGES, locale_of, supported
from duanju.deals.measures import Measure

_CHINESE_GAP = re.compile(
    r"(?<=[年月日万亿）］]) (?=[\u4e00-\u9fff（［])|(?<=[\u4e00-\u9fff）］]) (?=［|[0-9]+年)"
)

Phrases = Mapping[str, str]
"""A dotted key to its sentence, in which `{names}` are filled in."""


def _phrases_in(own: Traversable) -> Iterator[tuple[str, str]]:
    for table, phrases in tomllib.loads(own.read_text("utf-8")).items():
        for key, phrase in phrases.items():
            yield f"{table}.{key}", phrase


def _load_phrases(language: str) -> Phrases:
    folder = files(__package__) / "clauses" / language
    found = [
        pair
        for own in sorted(folder.iterdir(), key=lambda own: own.name)
        for pair in _phrases_in(own)
    ]
    assert len(dict(found)) == len(found), "a phrase stands in two files"
    return dict(found)


def _load_words(language: str) -> Mapping[str, Mapping[str, str]]:
    own = files(__package__) / "words" / f"{language}.toml"
    found: dict[str, Mapping[str, str]] = tomllib.loads(own.read_text("utf-8"))
    return found


PHRASES: Mapping[str, Phrases] = {own: _load_phrases(own) for own in LANGUAGES}
"""Language to the sentences of clauses."""

WORDS: Mapping[str, Mapping[str, Mapping[str, str]]] = {own: _load_words(own) for own in LANGUAGES}
"""Language to kind (`role`, `channel`, `measure`, …) to id to name."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks a language.

    Attributes:
        language: `en` or `zh-Hans`.
    """

    language: str

    @classmethod
    def of(cls, language: str) -> "Speaker":
        """Return the speaker of a language; of English where nobody speaks the one asked for."""
        return cls(supported(language))

    def phrase(self, key: str, /, **words: Any) -> str:
        """Return a part of a sentence."""
        return _tidy(PHRASES[self.language][key].format(**words), self.language)

    def fill(self, template: str, **words: Any) -> str:
        """Return a template of the language filled in."""
        return _tidy(template.format(**words), self.language)

    def say(self, key: str, /, **words: Any) -> str:
        """Return a sentence."""
        sentence = self.phrase(key, **words)
        return sentence[:1].upper() + sentence[1:]

    def knows(self, key: str) -> bool:
        """Tell whether there is a sentence with this key."""
        return key in PHRASES[self.language]

    def quantity(self, number: str, measure: Measure) -> str:
        """Return a number of a measure with its unit, where it has one."""
        words = WORDS[self.language]["unit"]
        template = words.get(measure.name) or words.get(measure.term_unit, "{number}")
        return self.fill(template, number=number)

    def name(self, kind: str, own_id: str) -> str:
        """Return what people call an id; one that has no name is shown as it is."""
        if kind == "territory":
            return str(Locale.parse(locale_of(self.language)).territories.get(own_id, own_id))
        if kind == "currency":
            return str(Locale.parse(locale_of(self.language)).currencies.get(own_id, own_id))
        return WORDS[self.language].get(kind, {}).get(own_id, own_id)


def _tidy(sentence: str, language: str) -> str:
    """Take out the blanks that a Chinese sentence has between its own words and a value's."""
    return _CHINESE_GAP.sub("", sentence) if language == "zh-Hans" else sentence


def name_kind(kind: str, language: str) -> str:
    """Return what a kind of clause is called, everywhere."""
    return Speaker.of(language).name("kind", kind)


def name_role(role: str, language: str) -> str:
    """Return what terms call a party."""
    return Speaker.of(language).name("role", role)


def name_channel(channel: str, language: str) -> str:
    """Return a channel's name; one that is empty stands for any."""
    speaker = Speaker.of(language)
    return speaker.name("channel", channel) if channel else speaker.phrase("counted.any_channel")


def name_measure(measure: str, language: str) -> str:
    """Return what a measure counts, as the beginning of a sentence."""
    name = Speaker.of(language).name("measure", measure)
    return name[:1].upper() + name[1:]
