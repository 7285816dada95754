"""Sample videos for the tests of packaging."""

from pathlib import Path

import pytest

from tests.support.videos import SampleVideos


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> SampleVideos:
    root: Path = tmp_path_factory.getbasetemp()
    return SampleVideos((root if worker_id == "master" else root.parent) / "videos")
