"""What a page says in a reader's language, from the catalogues that the pages use."""

from collections.abc import Callable

from tools.messages import applications, read_catalogue

Say = Callable[..., str]


def sentences_in(language: str) -> Say:
    """Return a function from an English message to what pages say in the language.

    A message that no page says is refused, so that a journey cannot pass by a misspelling; so is
    one that rooms say differently, unless the room is named. Where a message means more than one
    thing, its context says which.
    """
    catalogues = {app: read_catalogue(app) for app in applications()}

    def say(english: str, *, room: str = "", context: str | None = None) -> str:
        known = {
            str(message.string)
            for app, catalogue in catalogues.items()
            if app == (room or app) and (message := catalogue.get(english, context)) is not None
        }
        assert known, f"no page says {english!r}"
        if language == "en":
            return english
        assert len(known) == 1, f"rooms say {english!r} differently: {known}"
        return known.pop()

    return say
