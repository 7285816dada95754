"""What was acknowledged counts once, whatever happens to the sealer."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path

import pytest

from duanju.adapters.lake import Spool, sealing
from duanju.adapters.lake.frames import encode_frame
from duanju.adapters.lake.manifest import Manifest
from tests.support.events import a_report, an_event, an_honest_session, an_unlock
from tests.support.lakes import MEBIBYTE, a_lake, a_sealed_lake, counted, kept_apart, spooled


def test_sealed_event_comes_back_as_it_was_told(tmp_path: Path) -> None:
    told = [
        *an_honest_session(session_id=-5, reports=3, language="zh-Hans", territory="CN"),
        an_unlock(seed=9, amount_minor=-(2**63), channel="wechat_ios"),
    ]
    lake = a_sealed_lake(tmp_path, told)
    assert sorted(counted(lake), key=lambda event: event.id) == sorted(
        told, key=lambda event: event.id
    )


def test_event_told_again_counts_once(tmp_path: Path) -> None:
    session = an_honest_session(session_id=1, reports=4)
    lake = a_sealed_lake(tmp_path, [*session, *session], session, reversed(session))
    assert [event.id for event in counted(lake)] == [event.id for event in session]
    assert kept_apart(lake) == []


def test_copy_received_first_stands(tmp_path: Path) -> None:
    early = an_event(seed=1, delay_s=1)
    late = an_event(seed=1, delay_s=90)
    lake = a_sealed_lake(tmp_path, [late, early])
    assert counted(lake) == [early]


def test_changed_duplicate_is_kept_apart_once(tmp_path: Path) -> None:
    first = a_report(seconds=5, seed=1, after_s=60)
    changed = a_report(seconds=50, seed=1, after_s=60, delay_s=9)
    lake = a_sealed_lake(tmp_path, [changed, first], [changed], [changed, first])
    assert counted(lake) == [first]
    assert kept_apart(lake) == [(first.id, "lake.changed-duplicate")]


def test_changed_duplicate_of_a_sealed_event_is_kept_apart(tmp_path: Path) -> None:
    first = a_report(seconds=5, seed=1, after_s=60)
    changed = a_report(seconds=6, seed=1, after_s=60, delay_s=9)
    lake = a_sealed_lake(tmp_path, [first], [changed], [changed])
    assert counted(lake) == [first]
    assert kept_apart(lake) == [(first.id, "lake.changed-duplicate")]


def test_file_that_still_grows_is_sealed_up_to_where_it_is(tmp_path: Path) -> None:
    lake = a_lake(tmp_path)
    spool = Spool(tmp_path / "lake" / "spool", max_bytes=MEBIBYTE)
    spool.append([an_event(seed=1)])
    assert lake.seal(now_us=1).events == 1
    spool.append([an_event(seed=2)])
    report = lake.seal(now_us=2)
    assert report.events == 1
    assert len(counted(lake)) == 2
    spool.close()
    assert lake.seal(now_us=3) == sealing.SealReport()
    assert list((tmp_path / "lake" / "spool").iterdir()) == []
    assert Manifest(tmp_path / "lake" / "manifest.sqlite3").offsets() == {}


def test_torn_tail_counts_nothing_and_is_kept_for_people(tmp_path: Path) -> None:
    spooled(tmp_path, [an_event(seed=1)])
    (path,) = (tmp_path / "lake" / "spool").iterdir()
    path.write_bytes(path.read_bytes() + encode_frame([an_event(seed=2)])[:-1])
    lake = a_lake(tmp_path)
    report = lake.seal(now_us=1)
    assert (report.events, report.torn_files) == (1, (path.name,))
    assert [each.suffix for each in path.parent.iterdir()] == [".torn"]
    assert counted(lake) == [an_event(seed=1)]


def test_long_spool_is_sealed_in_bounded_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "BATCH_BYTES_MAX", 1)
    sessions = [an_honest_session(session_id=number, reports=2) for number in range(1, 5)]
    for session in sessions:
        spooled(tmp_path, session)
    lake = a_lake(tmp_path)
    assert lake.seal(now_us=1).events == 12
    assert sorted(event.id for event in counted(lake)) == sorted(
        event.id for session in sessions for event in session
    )


STEPS = ("load_incoming", "drop_known", "judge", "sync_file", "sync_folder", "file_sha256")


@pytest.mark.parametrize("step", [*STEPS, "commit", "remove_sealed", "forget_spool"])
@pytest.mark.parametrize("is_done", [False, True], ids=["before", "after"])
def test_seal_that_fails_at_any_step_is_made_good_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, is_done: bool
) -> None:
    class Killed(BaseException):
        pass

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def step_and_die(*arguments: object, **named: object) -> None:
            if is_done:
                real(*arguments, **named)
            raise Killed

        return step_and_die

    batches = [
        [*an_honest_session(session_id=1, reports=3), a_report(seconds=999, seed=5)],
        [*an_honest_session(session_id=2, reports=3), an_unlock(amount_minor=80)],
    ]
    for batch in batches:
        spooled(tmp_path, batch)
    lake = a_lake(tmp_path)
    place = Manifest if step in ("commit", "forget_spool") else sealing
    with monkeypatch.context() as patch:
        patch.setattr(place, step, dying(getattr(place, step)))
        with pytest.raises(Killed):
            lake.seal(now_us=1)
    lake.seal(now_us=2)
    undisturbed = a_sealed_lake(tmp_path / "undisturbed", *batches)
    assert counted(lake) == counted(undisturbed)
    assert kept_apart(lake) == kept_apart(undisturbed) != []
    assert lake.verify() == ()
    files = {str(path.relative_to(tmp_path / "lake")) for path in tmp_path.glob("lake/*/day=*/*")}
    assert files == {
        part.contents.file for part in Manifest(tmp_path / "lake" / "manifest.sqlite3").parts()
    }


def seal_once(folder: Path) -> None:
    a_lake(folder).seal(now_us=1)


def test_two_sealers_exclude_one_another(tmp_path: Path) -> None:
    sessions = [an_honest_session(session_id=number, reports=5) for number in range(1, 21)]
    for session in sessions:
        spooled(tmp_path, session)
    context = multiprocessing.get_context("spawn")
    sealers = [context.Process(target=seal_once, args=(tmp_path,)) for _ in range(3)]
    for sealer in sealers:
        sealer.start()
    for sealer in sealers:
        sealer.join(timeout=60)
    assert [sealer.exitcode for sealer in sealers] == [0, 0, 0]
    lake = a_lake(tmp_path)
    assert len(counted(lake)) == 120
    assert lake.verify() == ()
