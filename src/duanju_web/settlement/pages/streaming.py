"""Long files, sent while they are made."""

from collections.abc import Iterable, Iterator

from django.http import StreamingHttpResponse

CSV = "text/csv; charset=utf-8"
CHARACTERS_AT_ONCE = 64 * 1024
"""How much is gathered before it is sent."""


def streamed(pieces: Iterable[str], content_type: str, name: str) -> StreamingHttpResponse:
    """Return pieces as a file, gathered so that each row is not sent by itself."""
    answer = StreamingHttpResponse(_gathered(pieces), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _gathered(pieces: Iterable[str]) -> Iterator[bytes]:
    waiting, characters = [], 0
    for piece in pieces:
        waiting.append(piece)
        characters += len(piece)
        if characters >= CHARACTERS_AT_ONCE:
            yield "".join(waiting).encode()
            waiting, characters = [], 0
    yield "".join(waiting).encode()
