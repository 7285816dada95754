"""A sealer that is killed by the machine, at any line, loses nothing and counts nothing twice."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

from tests.support.corrections import a_correction, spooled_corrections
from tests.support.events import a_report, an_honest_session, an_unlock
from tests.support.lakes import a_lake, counted, kept_apart, spooled
from tests.support.repository import ROOT

SEEDS = range(8)
SEALER = """
import sys
from pathlib import Path
from duanju.adapters.lake import Lake
from tests.support.ending import end_before_line

lake = Lake(Path(sys.argv[1]), memory_limit="256MB", threads=1)
stop = end_before_line(int(sys.argv[2]))
lake.seal(now_us=1)
print(stop())
"""


def seal_until(folder: Path, *, line: int) -> subprocess.CompletedProcess[str]:
    """Seal in a process of its own that kills itself before the given line; -1 lets it live."""
    return subprocess.run(
        [sys.executable, "-c", SEALER, str(folder / "lake"), str(line)],
        capture_output=True,
        cwd=ROOT,
        text=True,
        timeout=60,
        check=False,
    )


def test_sealer_killed_at_a_random_line_is_made_good_by_the_next(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    for number in range(1, 5):
        spooled(origin, an_honest_session(session_id=number, reports=6))
    spooled(origin, [a_report(seconds=500, seed=77), an_unlock(seed=78, amount_minor=2**62)])
    unlock = an_unlock(seed=79, amount_minor=5)
    spooled(origin, [unlock])
    spooled_corrections(origin, [a_correction(unlock)])
    undisturbed = tmp_path / "undisturbed"
    shutil.copytree(origin, undisturbed)
    lines = int(seal_until(undisturbed, line=-1).stdout)
    expected = a_lake(undisturbed)
    assert len(counted(expected)) == 31
    for seed in SEEDS:
        folder = tmp_path / f"killed-{seed}"
        shutil.copytree(origin, folder)
        killed = seal_until(folder, line=random.Random(seed).randint(1, lines))
        assert killed.returncode == -9
        lake = a_lake(folder)
        lake.seal(now_us=2)
        assert counted(lake) == counted(expected)
        assert kept_apart(lake) == kept_apart(expected)
        assert lake.verify() == ()
        assert list((folder / "lake" / "spool").glob("*.spool")) == []
