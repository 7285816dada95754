"""Files of the media folder over HTTP, with ranges and conditions by a kept library."""

from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseFileResponse
from whitenoise.responders import MissingFileError, NotARegularFileError, Response, SlicedFile
from whitenoise.responders import StaticFile as WhiteNoiseFile

CONTENT_TYPES = {
    ".m3u8": "application/vnd.apple.mpegurl",
    ".mp4": "video/mp4",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
}
"""What may leave the media folder; nothing else does."""


class MediaFile(WhiteNoiseFile):
    """A file that can be fetched in ranges.

    The library refuses a range of exactly one byte (`start >= end`, both inclusive), which RFC 9110
    section 14.1.2 allows.
    """

    def get_range_response(
        self, range_header: str, base_headers: Iterable[tuple[str, str]], file_handle: Any
    ) -> Response:
        """Answer with the bytes asked for, or say that there are none."""
        headers = dict(base_headers)
        size = int(headers.pop("Content-Length"))
        start, end = self.get_byte_range(range_header, size)
        if start > end:
            return self.get_range_not_satisfiable_response(file_handle, size)
        if file_handle is not None:
            file_handle = SlicedFile(file_handle, start, end)
        headers["Content-Range"] = f"bytes {start}-{end}/{size}"
        headers["Content-Length"] = str(end - start + 1)
        return Response(HTTPStatus.PARTIAL_CONTENT, list(headers.items()), file_handle)


def file_below(folder: Path, relative: str) -> Path:
    """Return the file of a folder that a request names.

    Raises:
        Http404: It lies elsewhere, is no file, or is of a kind that never leaves the folder.
    """
    root = folder.resolve()
    path = (root / relative).resolve()
    if not path.is_relative_to(root) or path.suffix not in CONTENT_TYPES or not path.is_file():
        raise Http404
    return path


def serve_file(request: HttpRequest, path: Path, *, cache_control: str) -> HttpResponseBase:
    """Stream a file, or the range of it that is asked for."""
    content_type = CONTENT_TYPES[path.suffix]
    if path.suffix == ".mp4" and path.name.startswith("audio"):
        content_type = "audio/mp4"
    headers = [
        ("Content-Type", content_type),
        ("Cache-Control", cache_control),
        ("Accept-Ranges", "bytes"),
    ]
    try:
        answer = MediaFile(str(path), headers).get_response(request.method, request.META)
    except (MissingFileError, NotARegularFileError):
        raise Http404 from None
    response = WhiteNoiseFileResponse(answer.file or (), status=int(answer.status))
    del response["content-type"]
    for name, value in answer.headers:
        response[name] = value
    return response
