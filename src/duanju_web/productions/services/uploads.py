"""Receiving files piece by piece; what was acknowledged is on the disk."""

import fcntl
import os
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from duanju.adapters.media import SIZE_BYTES_MAX
from duanju.kernel import Problem
from duanju_web.productions.mapping import problem_as_json
from duanju_web.productions.models import Title, Upload, UploadState
from duanju_web.productions.services.archives import (
    ARCHIVE_BYTES_MAX,
    UnpackedFile,
    is_archive,
    unpack_archive,
)
from duanju_web.productions.services.originals import keep_original
from duanju_web.shared.models import User

UPLOAD_BYTES_MAX = SIZE_BYTES_MAX
UPLOADS_MAX = 400
UPLOAD_LIFETIME = timedelta(days=7)
_NAME_CHARACTERS_MAX = 255


class UploadTooLarge(Exception):
    """The file, or what came of it, is larger than allowed or declared."""

    code = "productions.upload-too-large"


class TooManyUploads(Exception):
    """The title has as many files waiting to be accepted as it may have."""

    code = "productions.too-many-uploads"


class UploadOffsetConflict(Exception):
    """The piece does not begin where the last one ended."""

    code = "productions.upload-offset-conflict"


class UploadBusy(Exception):
    """Another piece of the same file is being received."""

    code = "productions.upload-busy"


class UploadExpired(Exception):
    """Nothing has come for so long that the upload was given up."""

    code = "productions.upload-expired"


def begin_upload(
    *,
    title: Title,
    user: User,
    name: str,
    size_bytes: int,
    now: datetime,
    proposed_number: int | None = None,
) -> Upload:
    """Expect a file for a title.

    Args:
        title: Which title.
        user: Who sends it.
        name: What the file is called; folders are left out.
        size_bytes: How long it will be.
        now: The time, aware.
        proposed_number: The episode that it is meant for, if it is meant for one.

    Raises:
        UploadTooLarge: Longer than a video or an archive may be.
        TooManyUploads: Too many files wait for this title.
    """
    name = _plain_name(name)
    if size_bytes > (ARCHIVE_BYTES_MAX if is_archive(name) else UPLOAD_BYTES_MAX):
        raise UploadTooLarge(name)
    discard_expired_uploads(now=now)
    if Upload.objects.filter(title=title).count() >= UPLOADS_MAX:
        raise TooManyUploads(title.slug)
    upload = Upload(
        title=title,
        user=user,
        name=name,
        size_bytes=size_bytes,
        proposed_number=proposed_number,
        created_at=now,
        expires_at=now + UPLOAD_LIFETIME,
    )
    upload.path = upload.pk.hex
    _folder().mkdir(parents=True, exist_ok=True)
    (_folder() / upload.path).touch()
    upload.save(force_insert=True)
    return upload if size_bytes else finish_upload(upload=upload, now=now)


def append_to_upload(
    *, upload: Upload, offset_bytes: int, blocks: Iterable[bytes], now: datetime
) -> Upload:
    """Add a piece to a file; what came before a connection broke is kept.

    Args:
        upload: The file.
        offset_bytes: Where the sender believes that the piece begins.
        blocks: The piece.
        now: The time, aware; the file's life is prolonged from here.

    Returns:
        The upload with its new offset; it is finished if the piece was the last.

    Raises:
        UploadOffsetConflict: The file is not as long as the sender believes.
        UploadTooLarge: The piece goes beyond the declared length.
        UploadBusy: Another piece is being received.
        UploadExpired: The file was given up.
    """
    if upload.expires_at <= now:
        raise UploadExpired(upload.name)
    if upload.state != UploadState.RECEIVING:
        raise UploadOffsetConflict(upload.name)
    with _opened_alone(upload) as file:
        upload.refresh_from_db()
        if offset_bytes != upload.offset_bytes or not upload.path:
            raise UploadOffsetConflict(upload.name)
        _write(file, upload, blocks, now)
    return finish_upload(upload=upload, now=now) if _is_complete(upload) else upload


def finish_upload(*, upload: Upload, now: datetime) -> Upload:
    """Keep a file that has come whole, or take the videos out of it; done twice it is done once."""
    if upload.state != UploadState.RECEIVING or not _is_complete(upload):
        return upload
    path = _folder() / upload.path
    if is_archive(upload.name):
        _finish_archive(upload, path, now)
    else:
        upload.original = keep_original(path=path, name=upload.name, now=now, link=True)
        _leave_receiving(upload, UploadState.RECEIVED)
    path.unlink(missing_ok=True)
    return upload


def discard_upload(*, upload: Upload) -> None:
    """Forget a file that was not accepted."""
    path = upload.path
    upload.delete()
    if path:
        (_folder() / path).unlink(missing_ok=True)


def discard_expired_uploads(*, now: datetime) -> int:
    """Forget the files of which nothing came for a long time; return how many.

    Unpacked archives are remembered until then, so that a sender whose last reply was lost learns
    that all came; and what a crash left in the folder goes too.
    """
    over = (UploadState.RECEIVING, UploadState.UNPACKED)
    expired = list(Upload.objects.filter(state__in=over, expires_at__lte=now))
    for upload in expired:
        discard_upload(upload=upload)
    _discard_strays(oldest_s=(now - UPLOAD_LIFETIME).timestamp())
    return len(expired)


def _discard_strays(*, oldest_s: float) -> None:
    live = set(Upload.objects.filter(state=UploadState.RECEIVING).values_list("path", flat=True))
    for path in _folder().glob("*"):
        if path.name not in live and path.is_file() and path.stat().st_mtime < oldest_s:
            path.unlink(missing_ok=True)


@contextmanager
def _opened_alone(upload: Upload) -> Iterator[BinaryIO]:
    """Open a file for writing, or refuse while another request writes to it."""
    try:
        file = (_folder() / upload.path).open("r+b")
    except FileNotFoundError:
        raise UploadExpired(upload.name) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UploadBusy(upload.name) from None
        yield file


def _write(file: BinaryIO, upload: Upload, blocks: Iterable[bytes], now: datetime) -> None:
    file.seek(upload.offset_bytes)
    # Bytes behind the offset were never acknowledged.
    file.truncate()
    try:
        for block in blocks:
            if file.tell() + len(block) > upload.size_bytes:
                raise UploadTooLarge(upload.name)
            file.write(block)
    finally:
        file.flush()
        os.fsync(file.fileno())
        upload.offset_bytes = file.tell()
        upload.expires_at = now + UPLOAD_LIFETIME
        upload.save(update_fields=["offset_bytes", "expires_at"])


def _finish_archive(upload: Upload, path: Path, now: datetime) -> None:
    unpacked = unpack_archive(path=path, name=upload.name, folder=_folder())
    if isinstance(unpacked, Problem):
        upload.problem = problem_as_json(unpacked)
        _leave_receiving(upload, UploadState.REFUSED)
        return
    try:
        _replace_archive(upload, unpacked, now)
    finally:
        for file in unpacked:
            file.path.unlink(missing_ok=True)


def _replace_archive(upload: Upload, unpacked: Iterable[UnpackedFile], now: datetime) -> None:
    kept = [(f, keep_original(path=f.path, name=f.name, now=now, link=True)) for f in unpacked]
    with transaction.atomic():
        for file, original in kept:
            Upload.objects.create(
                title_id=upload.title_id,
                user_id=upload.user_id,
                name=_plain_name(file.name),
                size_bytes=file.size_bytes,
                offset_bytes=file.size_bytes,
                original=original,
                state=UploadState.RECEIVED,
                created_at=now,
                expires_at=now + UPLOAD_LIFETIME,
            )
        _leave_receiving(upload, UploadState.UNPACKED)


def _leave_receiving(upload: Upload, state: UploadState) -> None:
    upload.state = state
    upload.path = ""
    upload.save(update_fields=["state", "path", "original", "problem"])


def _is_complete(upload: Upload) -> bool:
    return upload.offset_bytes == upload.size_bytes


def _plain_name(name: str) -> str:
    last = PurePosixPath(name.replace("\\", "/")).name
    printable = "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()
    stem, dot, suffix = printable.rpartition(".")
    room = _NAME_CHARACTERS_MAX - len(suffix) - 1
    return (f"{stem[:room]}.{suffix[:20]}" if dot else printable[:room]) or "unnamed"


def _folder() -> Path:
    return Path(settings.UPLOADS_FOLDER)
