"""An import that is killed at any line is finished by the same command, and counts once."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests.engine.lake.test_importing import a_file
from tests.support.corrections import a_correction, spooled_corrections
from tests.support.events import an_event, an_unlock, received_later
from tests.support.lakes import YEAR, a_lake, counted, kept_apart, spooled
from tests.support.repository import ROOT

SEEDS = range(12)
IMPORTER = """
import sys
from pathlib import Path
from duanju.adapters.lake import importing
from tests.support.ending import end_before_line

importing.ADOPTED_ROWS_MIN = 3
stop = end_before_line(int(sys.argv[2]))
report = importing.import_files(
    folder=Path(sys.argv[1]), files=[Path(own) for own in sys.argv[3:]], key="batch", now_us=1,
    memory_limit="256MB", threads=1,
)
print(stop(), report.events, report.is_known)
"""


def import_until(folder: Path, files: list[Path], *, line: int) -> subprocess.CompletedProcess[str]:
    """Import in a process of its own that kills itself before a line; -1 lets it live."""
    return subprocess.run(
        [sys.executable, "-c", IMPORTER, str(folder / "lake"), str(line), *map(str, files)],
        capture_output=True,
        cwd=ROOT,
        text=True,
        timeout=60,
        check=False,
    )


def test_import_killed_at_a_random_line_is_made_good_by_the_next(tmp_path: Path) -> None:
    held, bought = an_event(seed=1), an_unlock(seed=2, amount_minor=2**62, after_s=2)
    origin = tmp_path / "origin"
    spooled(origin, [held])
    spooled_corrections(origin, [a_correction(bought)])
    a_lake(origin).seal(now_us=1)
    others = [an_event(seed=n, after_s=n) for n in range(3, 7)]
    adopted = a_file(tmp_path, "one", [*others, bought, received_later(bought, seconds=9)])
    rewritten = a_file(tmp_path, "two", [received_later(held, seconds=9), an_event(seed=9)])
    files = [adopted, rewritten]
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(origin, undisturbed)
    lines, events, _ = import_until(undisturbed, files, line=-1).stdout.split()
    assert int(events) == 6
    expected = a_lake(undisturbed)
    assert sum(own.unlocks for own in expected.measure(period=YEAR)) == 0
    ended = set()
    for seed in SEEDS:
        folder = tmp_path / f"killed-{seed}"
        shutil.copytree(origin, folder)
        line = random.Random(f"import:{seed}").randint(1, int(lines))
        assert import_until(folder, files, line=line).returncode == -9
        again = import_until(folder, files, line=-1)
        assert again.returncode == 0, again.stderr
        ended.add(again.stdout.split()[2])
        lake = a_lake(folder)
        lake.seal(now_us=2)
        assert counted(lake) == counted(expected)
        assert lake.measure(period=YEAR) == expected.measure(period=YEAR)
        assert kept_apart(lake) == []
        assert lake.waiting_corrections() == ()
        assert lake.verify() == ()
    assert ended == {"True", "False"}, "some were killed before the commit and some behind it"
