"""Every page is tested in both languages, on whichever database the run is for."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.support.emptying import tables_may_be_emptied


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    """Name one of the two languages; a test that takes this runs in each."""
    return str(request.param)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Make the database, whose final records only the end of a test may take away."""
    with tables_may_be_emptied():
        yield


@pytest.fixture(autouse=True)
def _separate_language() -> Iterator[None]:
    """Leave the next test none of the language in which this one asked for a page."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def _separate_data(settings, tmp_path) -> None:
    """Give each test its own folders for media, originals, spool and lake."""
    settings.DATA_FOLDER = tmp_path
    for name in (
        "ORIGINALS",
        "UPLOADS",
        "MEDIA",
        "LAKE",
        "SPOOL",
        "CLOSES",
        "MAIL",
        "SIGNING_KEYS",
    ):
        setattr(settings, f"{name}_FOLDER", tmp_path / name.lower())
