"""Files come in piece by piece, and only from those who may send them."""

import base64
import os
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from duanju_web.productions.models import Original, Title, Upload, UploadState
from duanju_web.productions.services import (
    UPLOAD_BYTES_MAX,
    UploadBusy,
    UploadExpired,
    append_to_upload,
    begin_upload,
    discard_expired_uploads,
    finish_upload,
)
from duanju_web.productions.services.uploads import UPLOAD_LIFETIME
from duanju_web.shared.actor import Actor
from tests.support.people import A_MOMENT, a_member_of, an_actor, client_of
from tests.support.titles import a_received_file, files_kept, files_under

pytestmark = pytest.mark.django_db
_TUS = {"Tus-Resumable": "1.0.0"}


def _begin(client: Client, title: Title, size: int, name: str = "第1集.mp4", **more: str):
    metadata = {"filename": name, **more}
    encoded = ",".join(f"{k} {base64.b64encode(v.encode()).decode()}" for k, v in metadata.items())
    return client.post(
        f"/studio/titles/{title.slug}/uploads",
        headers={**_TUS, "Upload-Length": str(size), "Upload-Metadata": encoded},
    )


def _send(client: Client, address: str, offset: int, data: bytes):
    return client.patch(
        address,
        data=data,
        content_type="application/offset+octet-stream",
        headers={**_TUS, "Upload-Offset": str(offset)},
    )


def test_a_file_comes_in_pieces_and_is_kept(maker: Actor, title: Title) -> None:
    client = client_of(maker)
    begun = _begin(client, title, 10)
    assert begun.status_code == 201

    first = _send(client, begun["Location"], 0, b"01234")
    assert (first.status_code, first["Upload-Offset"]) == (204, "5")
    second = _send(client, begun["Location"], 5, b"56789")
    assert (second.status_code, second["Upload-Offset"]) == (204, "10")

    upload = Upload.objects.get()
    assert (upload.state, upload.name, upload.path) == (UploadState.RECEIVED, "第1集.mp4", "")
    assert (settings.ORIGINALS_FOLDER / upload.original.path).read_bytes() == b"0123456789"
    assert files_under(settings.UPLOADS_FOLDER) == []


def test_a_broken_connection_keeps_what_came(title: Title, maker: Actor) -> None:
    now = timezone.now()
    upload = begin_upload(title=title, user=maker.user, name="1.mp4", size_bytes=10, now=now)

    def breaking():
        yield b"0123"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        append_to_upload(upload=upload, offset_bytes=0, blocks=breaking(), now=now)

    client = client_of(maker)
    asked = client.head(f"/studio/uploads/{upload.pk}", headers=_TUS)
    assert (asked["Upload-Offset"], asked["Upload-Length"]) == ("4", "10")
    assert asked["Cache-Control"] == "no-store"
    assert _send(client, f"/studio/uploads/{upload.pk}", 4, b"456789").status_code == 204
    assert Upload.objects.get().state == UploadState.RECEIVED
    assert Original.objects.get().size_bytes == 10


def test_a_piece_at_the_wrong_place_is_refused_and_changes_nothing(
    maker: Actor, title: Title
) -> None:
    client = client_of(maker)
    address = _begin(client, title, 10)["Location"]
    _send(client, address, 0, b"01234")

    assert _send(client, address, 3, b"34567").status_code == 409
    assert Upload.objects.get().offset_bytes == 5


def test_a_piece_beyond_the_declared_length_is_refused(maker: Actor, title: Title) -> None:
    client = client_of(maker)
    address = _begin(client, title, 4)["Location"]

    assert _send(client, address, 0, b"01234").status_code == 413
    assert Upload.objects.get().offset_bytes == 0


def test_too_large_a_file_is_refused_before_anything_comes(maker: Actor, title: Title) -> None:
    assert _begin(client_of(maker), title, UPLOAD_BYTES_MAX + 1).status_code == 413
    assert Upload.objects.count() == 0


def test_too_many_waiting_files_are_refused(maker: Actor, title: Title, monkeypatch) -> None:
    monkeypatch.setattr("duanju_web.productions.services.uploads.UPLOADS_MAX", 1)
    client = client_of(maker)
    assert _begin(client, title, 4).status_code == 201

    assert _begin(client, title, 4, "2.mp4").status_code == 429
    assert Upload.objects.count() == 1


@pytest.mark.parametrize(
    "other",
    ["another studio", "a platform", "an accountant of the studio", "a visitor"],
)
def test_only_makers_of_the_studio_send_files(maker: Actor, title: Title, other: str) -> None:
    address = _begin(client_of(maker), title, 10)["Location"]
    actors = {
        "another studio": lambda: an_actor("studio"),
        "a platform": lambda: an_actor("platform"),
        "an accountant of the studio": lambda: a_member_of(title.studio, role="accountant"),
        "a visitor": lambda: None,
    }
    client = client_of(actors[other]())
    refused = 302 if other == "a visitor" else 404

    assert _begin(client, title, 10).status_code == refused
    assert _send(client, address, 0, b"01234").status_code == refused
    assert client.head(address, headers=_TUS).status_code == refused
    assert client.delete(address, headers=_TUS).status_code == refused
    assert client.post(f"{address}/discard").status_code == refused
    assert Upload.objects.get().offset_bytes == 0


def test_a_producer_sends_files(title: Title) -> None:
    producer = a_member_of(title.studio, role="producer")

    assert _begin(client_of(producer), title, 10).status_code == 201


def test_an_unknown_upload_does_not_exist(maker: Actor) -> None:
    answer = client_of(maker).head(f"/studio/uploads/{uuid.uuid4()}", headers=_TUS)
    assert answer.status_code == 404


def test_the_server_says_what_it_can_do(maker: Actor, title: Title) -> None:
    answer = client_of(maker).options(f"/studio/titles/{title.slug}/uploads")

    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Extension"] == "creation,expiration,termination"


def test_another_version_of_the_protocol_is_refused(maker: Actor, title: Title) -> None:
    answer = client_of(maker).post(
        f"/studio/titles/{title.slug}/uploads",
        headers={"Tus-Resumable": "0.2.2", "Upload-Length": "5"},
    )
    assert (answer.status_code, answer["Tus-Version"]) == (412, "1.0.0")


@pytest.mark.parametrize("length", ["", "-1", "many", "１２"])
def test_a_length_that_is_none_is_refused(maker: Actor, title: Title, length: str) -> None:
    answer = client_of(maker).post(
        f"/studio/titles/{title.slug}/uploads",
        headers={**_TUS, "Upload-Length": length, "Upload-Metadata": "filename MQ=="},
    )
    assert answer.status_code == 400


def test_a_piece_of_another_type_is_refused(maker: Actor, title: Title) -> None:
    client = client_of(maker)
    address = _begin(client, title, 10)["Location"]

    answer = client.patch(address, data=b"01", headers={**_TUS, "Upload-Offset": "0"})
    assert answer.status_code == 415


def test_a_second_sender_at_the_same_time_is_refused(title: Title, maker: Actor) -> None:
    upload = begin_upload(title=title, user=maker.user, name="1.mp4", size_bytes=10, now=A_MOMENT)
    again = Upload.objects.get(pk=upload.pk)

    def interrupting():
        with pytest.raises(UploadBusy):
            append_to_upload(upload=again, offset_bytes=0, blocks=[b"xx"], now=A_MOMENT)
        yield b"0123456789"

    append_to_upload(upload=upload, offset_bytes=0, blocks=interrupting(), now=A_MOMENT)
    assert Original.objects.get().size_bytes == 10


def test_giving_up_removes_the_file(maker: Actor, title: Title) -> None:
    client = client_of(maker)
    address = _begin(client, title, 10)["Location"]
    _send(client, address, 0, b"01234")

    assert client.delete(address, headers=_TUS).status_code == 204
    assert Upload.objects.count() == 0
    assert files_under(settings.UPLOADS_FOLDER) == []


def test_a_silent_upload_expires(title: Title, maker: Actor) -> None:
    upload = begin_upload(title=title, user=maker.user, name="1.mp4", size_bytes=10, now=A_MOMENT)
    later = A_MOMENT + UPLOAD_LIFETIME

    with pytest.raises(UploadExpired):
        append_to_upload(upload=upload, offset_bytes=0, blocks=[b"0"], now=later)
    assert discard_expired_uploads(now=later - timedelta(seconds=1)) == 0
    assert discard_expired_uploads(now=later) == 1
    assert files_under(settings.UPLOADS_FOLDER) == []


def test_what_a_crash_left_in_the_folder_goes_but_no_live_upload(
    title: Title, maker: Actor
) -> None:
    live = begin_upload(title=title, user=maker.user, name="1.mp4", size_bytes=10, now=A_MOMENT)
    stray = settings.UPLOADS_FOLDER / "0123abcd"
    stray.write_bytes(b"half an entry of an archive")
    long_ago_s = (A_MOMENT - UPLOAD_LIFETIME).timestamp() - 1
    for path in (stray, settings.UPLOADS_FOLDER / live.path):
        os.utime(path, (long_ago_s, long_ago_s))

    discard_expired_uploads(now=A_MOMENT)

    assert files_under(settings.UPLOADS_FOLDER) == [live.path]


def test_a_crash_after_the_last_piece_is_made_good_on_asking(maker: Actor, title: Title) -> None:
    upload = begin_upload(title=title, user=maker.user, name="1.mp4", size_bytes=4, now=A_MOMENT)
    (settings.UPLOADS_FOLDER / upload.path).write_bytes(b"0123")
    Upload.objects.update(offset_bytes=4)

    asked = client_of(maker).head(f"/studio/uploads/{upload.pk}", headers=_TUS)

    assert asked["Upload-Offset"] == "4"
    received = Upload.objects.get()
    assert received.state == UploadState.RECEIVED
    assert finish_upload(upload=received, now=A_MOMENT).original == Original.objects.get()


def test_same_content_from_two_files_is_kept_once(title: Title) -> None:
    a_received_file(title, b"same", name="1.mp4")
    a_received_file(title, b"same", name="2.mp4")

    assert Original.objects.count() == 1
    assert len(files_kept()) == 1


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("../../etc/passwd.mp4", "passwd.mp4"),
        ("C:\\videos\\第1集.mp4", "第1集.mp4"),
        ("a\x00b\u202e.mp4", "ab.mp4"),
        ("", "unnamed"),
        ("长" * 300 + ".mp4", "长" * 251 + ".mp4"),
    ],
)
def test_names_lose_folders_and_what_cannot_be_seen(title: Title, sent: str, kept: str) -> None:
    assert a_received_file(title, b"x", name=sent).name == kept
    assert [Path(name).name for name in files_kept()] == [Original.objects.get().sha256]
