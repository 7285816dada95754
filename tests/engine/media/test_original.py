"""What was brought is kept once, under the hash of its content."""

import hashlib
from pathlib import Path

import pytest

from duanju.adapters.media import store_original


def test_keeps_the_content_under_its_hash(tmp_path: Path) -> None:
    source = tmp_path / "第1集.mp4"
    source.write_bytes(b"picture" * 400_000)
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()

    stored = store_original(source=source, folder=tmp_path / "originals")

    assert (stored.sha256, stored.size_bytes) == (sha256, 2_800_000)
    assert stored.path.read_bytes() == source.read_bytes()
    assert stored.path == tmp_path / "originals" / sha256[:2] / sha256


def test_same_content_is_kept_once(tmp_path: Path) -> None:
    first, second = tmp_path / "a.mp4", tmp_path / "b.mp4"
    first.write_bytes(b"same")
    second.write_bytes(b"same")

    paths = {store_original(source=s, folder=tmp_path / "kept").path for s in (first, second)}

    assert [path.read_bytes() for path in paths] == [b"same"]
    assert sum(path.is_file() for path in (tmp_path / "kept").rglob("*")) == 1


def test_a_linked_original_outlives_its_source(tmp_path: Path) -> None:
    source = tmp_path / "upload"
    source.write_bytes(b"picture")

    stored = store_original(source=source, folder=tmp_path / "kept", link=True)
    source.unlink()

    assert stored.path.read_bytes() == b"picture"
    assert (stored.sha256, stored.size_bytes) == (hashlib.sha256(b"picture").hexdigest(), 7)


def test_a_failed_copy_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        store_original(source=tmp_path / "absent.mp4", folder=tmp_path / "kept")

    assert [path for path in (tmp_path / "kept").rglob("*") if path.is_file()] == []
