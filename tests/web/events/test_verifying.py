"""What is wrong with the lake is said in the reader's language."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from duanju.adapters import lake as face
from duanju_web.shared.problems import known_problem_codes
from duanju_web.theater.collecting import event_lake
from tests.support.events import an_honest_session
from tests.support.lakes import MEBIBYTE

CONSTANTS = {getattr(face, name) for name in face.__all__ if name.isupper()}
REASONS = {own for own in CONSTANTS if isinstance(own, str)}


@pytest.fixture
def _one_sealed_session() -> None:
    spool = face.Spool(settings.SPOOL_FOLDER, max_bytes=MEBIBYTE)
    spool.append(an_honest_session(session_id=1, reports=2))
    spool.close()
    event_lake().seal(now_us=1)


@pytest.mark.usefixtures("_one_sealed_session")
def test_command_tells_the_digest_of_a_whole_lake() -> None:
    """One file is of the events, and one of their partial sums."""
    printed = StringIO()
    call_command("verify_lake", stdout=printed)
    assert printed.getvalue() == f"2 sealed files, digest {event_lake().digest()}\n"


@pytest.mark.usefixtures("_one_sealed_session")
def test_command_names_the_file_that_was_changed() -> None:
    (sealed,) = settings.LAKE_FOLDER.glob("events/*/*.parquet")
    sealed.write_bytes(sealed.read_bytes() + b" ")
    said = StringIO()
    with translation.override("zh-hans"), pytest.raises(CommandError):
        call_command("verify_lake", stderr=said)
    assert "events/day=2026-09-10/part-000000001.parquet: 一个已封存的事件文件" in said.getvalue()


def test_every_reason_for_keeping_an_event_apart_has_a_sentence() -> None:
    assert len(REASONS) == 7
    assert known_problem_codes() >= REASONS
