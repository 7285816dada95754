"""Texts that people write in several languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass


class UntranslatedText(ValueError):
    """A text has no language at all."""

    code = "kernel.untranslated-text"


@dataclass(frozen=True, slots=True)
class Text(Mapping[str, str]):
    """A text by BCP-47 tag, with a stated fallback: asked, then same language, `en`, first.

    >>> Text({"zh-Hans": "夜航", "en": "Night Flight"}).in_language("zh-Hans-CN")
    '夜航'
    """

    by_language: Mapping[str, str]

    def __post_init__(self) -> None:
        """Refuse a text in no language."""
        if not any(self.by_language.values()):
            raise UntranslatedText("a text needs at least one language")

    def __getitem__(self, tag: str) -> str:
        return self.by_language[tag]

    def __iter__(self) -> Iterator[str]:
        return iter(self.by_language)

    def __len__(self) -> int:
        return len(self.by_language)

    def in_language(self, tag: str) -> str:
        """Return the text in the asked language, or the nearest that exists."""
        parts = tag.split("-")
        asked = ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]
        same_language = [own for own in self.by_language if own.split("-")[0] == parts[0]]
        for candidate in [*asked, *same_language, "en", *self.by_language]:
            if self.by_language.get(candidate):
                return self.by_language[candidate]
        raise UntranslatedText(tag)
