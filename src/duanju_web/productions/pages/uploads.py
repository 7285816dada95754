"""Resumable uploads over HTTP.

**Source** tus resumable upload protocol 1.0.0: core, creation, expiration, termination.
"""

import base64
import binascii
import uuid
from collections.abc import Callable, Iterator
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from duanju_web.productions.models import Upload, UploadState
from duanju_web.productions.pages.found import MAKERS, own_title, own_upload
from duanju_web.productions.services import (
    ARCHIVE_BYTES_MAX,
    TooManyUploads,
    UploadBusy,
    UploadExpired,
    UploadOffsetConflict,
    UploadTooLarge,
    append_to_upload,
    begin_upload,
    discard_upload,
    finish_upload,
)
from duanju_web.shared.permissions import acting_as

VERSION = "1.0.0"
_PIECE_TYPE = "application/offset+octet-stream"
_BLOCK_BYTES = 1 << 18
_NUMBER_DIGITS_MAX = 4
_STATUSES: dict[type[Exception], int] = {
    UploadTooLarge: 413,
    TooManyUploads: 429,
    UploadOffsetConflict: 409,
    UploadBusy: 423,
    UploadExpired: 410,
}
View = Callable[..., HttpResponse]


def _speaks_tus(view: View) -> View:
    """Refuse other versions, answer our own errors by their status, and name the version."""

    @wraps(view)
    def speaking(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
            answer = HttpResponse(status=412, headers={"Tus-Version": VERSION})
        else:
            try:
                answer = view(request, *args, **kwargs)
            except tuple(_STATUSES) as error:
                answer = HttpResponse(error.code, status=_STATUSES[type(error)])
        answer["Tus-Resumable"] = VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return speaking


@acting_as("studio", roles=MAKERS)
@_speaks_tus
def uploads(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an upload to a title (POST), or tell what the server can do (OPTIONS)."""
    title = own_title(request, slug)
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204,
            headers={
                "Tus-Version": VERSION,
                "Tus-Extension": "creation,expiration,termination",
                "Tus-Max-Size": str(ARCHIVE_BYTES_MAX),
            },
        )
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST", "OPTIONS"])
    size_bytes = _whole(request.headers.get("Upload-Length"))
    metadata = _metadata(request.headers.get("Upload-Metadata", ""))
    if size_bytes is None or metadata is None:
        return HttpResponse(status=400)
    episode = metadata.get("episode", "")
    upload = begin_upload(
        title=title,
        user=request.actor.user,
        name=metadata.get("filename", ""),
        size_bytes=size_bytes,
        now=timezone.now(),
        proposed_number=int(episode) if _is_episode_number(episode) else None,
    )
    answer = _told(upload, HttpResponse(status=201))
    answer["Location"] = reverse("upload", args=[upload.pk])
    return answer


@acting_as("studio", roles=MAKERS)
@_speaks_tus
def upload(request: HttpRequest, upload_id: uuid.UUID) -> HttpResponse:
    """Tell how far an upload has come (HEAD), add a piece (PATCH), or give it up (DELETE)."""
    found = own_upload(request, upload_id)
    if request.method == "HEAD":
        # A crash may have come between the last piece and what follows it.
        found = finish_upload(upload=found, now=timezone.now())
        return _told(found, HttpResponse())
    if request.method == "PATCH":
        return _receive(request, found)
    if request.method == "DELETE":
        discard_upload(upload=found)
        return HttpResponse(status=204)
    return HttpResponseNotAllowed(["HEAD", "PATCH", "DELETE"])


def _receive(request: HttpRequest, found: Upload) -> HttpResponse:
    if request.content_type != _PIECE_TYPE:
        return HttpResponse(status=415)
    offset_bytes = _whole(request.headers.get("Upload-Offset"))
    if offset_bytes is None:
        return HttpResponse(status=400)
    length_bytes = _whole(request.headers.get("Content-Length")) or 0
    if offset_bytes + length_bytes > found.size_bytes:
        raise UploadTooLarge(found.name)
    received = append_to_upload(
        upload=found, offset_bytes=offset_bytes, blocks=_blocks(request), now=timezone.now()
    )
    return _told(received, HttpResponse(status=204))


def _told(found: Upload, answer: HttpResponse) -> HttpResponse:
    answer["Upload-Offset"] = str(found.offset_bytes)
    answer["Upload-Length"] = str(found.size_bytes)
    if found.state == UploadState.RECEIVING:
        answer["Upload-Expires"] = http_date(found.expires_at.timestamp())
    return answer


def _blocks(request: HttpRequest) -> Iterator[bytes]:
    while block := request.read(_BLOCK_BYTES):
        yield block


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() else None


def _is_episode_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and 0 < len(text) <= _NUMBER_DIGITS_MAX


def _metadata(header: str) -> dict[str, str] | None:
    """Read `key base64,key base64`; None if it is not of that form."""
    metadata = {}
    for pair in filter(None, header.split(",")):
        key, _, encoded = pair.strip().partition(" ")
        try:
            metadata[key] = base64.b64decode(encoded, validate=True).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError):
            return None
    return metadata
