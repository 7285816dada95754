"""What a page says in a reader's language, from the catalogues that the pages use."""

from collections.abc import Callable

from tools.messages import applications, read_catalogue

Say = Callable[..., str]


def sentences_in(language: str) -> Say:
    """Return a function from an English message to what the page says in the language.

    A message without a translation is refused, so that a journey cannot pass by a misspelling.
    """
    catalogues = [read_catalogue(app) for app in applications()]

    def say(english: str, context: str | None = None, **placeholders: object) -> str:
        known = [
            message.string
            for catalogue in catalogues
            if (message := catalogue.get(english, context)) is not None
        ]
        assert known, f"no page says {english!r}"
        spoken = english if language == "en" else str(known[0])
        return spoken % placeholders if placeholders else spoken

    return say
