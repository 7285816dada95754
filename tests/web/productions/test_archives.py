"""A ZIP file brings many episodes, and no harm."""

import io
import stat
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from duanju_web.productions.models import Original, Title, Upload, UploadState
from tests.support.titles import a_received_file, files_under

pytestmark = pytest.mark.django_db


def _zip(*entries: tuple[str | zipfile.ZipInfo, bytes], compression: int = 0) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return buffer.getvalue()


def _received_names(title: Title) -> list[str]:
    received = Upload.objects.filter(title=title, state=UploadState.RECEIVED)
    return sorted(received.values_list("name", flat=True))


def _refusal(title: Title, content: bytes) -> str:
    """Bring an archive that must be refused; nothing of it may stay."""
    upload = a_received_file(title, content, name="夜航.zip")
    assert upload.state == UploadState.REFUSED
    assert _received_names(title) == []
    assert Original.objects.count() == 0
    assert files_under(settings.UPLOADS_FOLDER) == []
    return str(upload.problem["code"]).removeprefix("productions.archive-")


def test_videos_come_out_of_all_folders(title: Title) -> None:
    content = _zip(
        ("夜航/第1集.mp4", b"one"),
        ("夜航/下/第2集.MP4", b"two"),
        ("夜航/说明.txt", b"notes"),
        ("__MACOSX/夜航/._第1集.mp4", b"fork"),
        ("夜航/.DS_Store", b"x"),
        ("夜航/._第2集.mp4", b"fork"),
    )

    a_received_file(title, content, name="夜航.zip")

    assert _received_names(title) == ["第1集.mp4", "第2集.MP4"]
    assert sorted(original.size_bytes for original in Original.objects.all()) == [3, 3]
    assert files_under(settings.UPLOADS_FOLDER) == []


def test_a_lost_last_reply_does_not_bring_the_archive_twice(title: Title) -> None:
    upload = a_received_file(title, _zip(("1.mp4", b"one")), name="all.zip")

    upload.refresh_from_db()
    assert upload.state == UploadState.UNPACKED
    assert upload.offset_bytes == upload.size_bytes


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_names_without_a_stated_encoding_are_read(title: Title, encoding: str) -> None:
    raw = "夜航/第1集 重逢.mp4".encode(encoding)
    entry = zipfile.ZipInfo("X" * len(raw))
    content = _zip((entry, b"one")).replace(b"X" * len(raw), raw)

    a_received_file(title, content, name="all.zip")

    assert _received_names(title) == ["第1集 重逢.mp4"]


@pytest.mark.parametrize(
    "name", ["../第1集.mp4", "a/../../第1集.mp4", "/etc/第1集.mp4", "..\\第1集.mp4"]
)
def test_an_entry_that_points_outside_condemns_the_archive(title: Title, name: str) -> None:
    assert _refusal(title, _zip(("1.mp4", b"one"), (name, b"two"))) == "unsafe-name"


def test_a_link_condemns_the_archive(title: Title) -> None:
    link = zipfile.ZipInfo("1.mp4")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16

    assert _refusal(title, _zip((link, b"/etc/passwd"))) == "unsafe-name"


def test_a_bomb_is_not_unpacked(title: Title) -> None:
    content = _zip(("1.mp4", bytes(20_000_000)), compression=zipfile.ZIP_DEFLATED)
    assert len(content) < 50_000

    assert _refusal(title, content) == "bomb"


def test_an_entry_that_lies_about_its_length_is_stopped(title: Title) -> None:
    honest = _zip(("1.mp4", bytes(500_000)), compression=zipfile.ZIP_DEFLATED)
    lying = honest.replace((500_000).to_bytes(4, "little"), (100).to_bytes(4, "little"))

    assert _refusal(title, lying) in {"broken", "bomb"}


def test_too_many_files_are_refused(title: Title) -> None:
    content = _zip(*((f"{number}.mp4", b"") for number in range(301)))

    assert _refusal(title, content) == "too-many-files"


def test_a_locked_archive_is_refused(title: Title) -> None:
    content = bytearray(_zip(("1.mp4", b"one")))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1

    assert _refusal(title, bytes(content)) == "encrypted"


def test_an_archive_without_videos_is_refused(title: Title) -> None:
    assert _refusal(title, _zip(("readme.txt", b"hello"))) == "empty"


@pytest.mark.parametrize("content", [b"not a zip", _zip(("1.mp4", b"one" * 1000))[:-300]])
def test_a_damaged_archive_is_refused(title: Title, content: bytes) -> None:
    assert _refusal(title, content) == "broken"


def test_nothing_is_written_outside_our_folders(title: Title, tmp_path: Path) -> None:
    before = set(tmp_path.parent.iterdir())

    a_received_file(title, _zip(("../../out.mp4", b"two")), name="all.zip")

    assert set(tmp_path.parent.iterdir()) == before
    assert files_under(tmp_path) == []
