"""The command `settle`, killed before a random line of what writes its files, over and over.

Run as a script, it imports once and forks a child for each run.
"""

import os
import random
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from tests.support.settled_lakes import bytes_of, settle_lake


def lines_of_writing(left: int) -> list[int]:
    """Count the lines that write files from now on, and kill this process before one of them."""
    lines = [0]

    def count(frame: FrameType, event: str, _argument: Any) -> Any:
        if not frame.f_code.co_filename.endswith("cli/writing.py"):
            return None
        if event == "line":
            lines[0] += 1
            if lines[0] == left:
                os.kill(os.getpid(), signal.SIGKILL)
        return count

    sys.settrace(count)
    return lines


def main(folder: Path, seed: int, runs: int) -> None:
    """Settle whole into `whole`; then be killed so often in `killed`; print what was seen.

    Prints how many runs were killed, and how many files were ever seen with other bytes than those
    of a whole run.
    """
    lines_max = _whole_run(folder)
    whole = bytes_of(folder / "whole")
    (folder / "killed").mkdir()
    dice = random.Random(f"settle:{seed}")
    killed = half = 0
    for _ in range(runs):
        line = dice.randint(1, lines_max)
        child = os.fork()
        if child == 0:
            lines_of_writing(line)
            settle_lake(folder, "--engine", "plain", out="killed")
            os._exit(0)
        killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
        seen = bytes_of(folder / "killed")
        half += sum(whole.get(name) != own for name, own in seen.items() if name[-4:] != ".new")
    print(killed, half)


def _whole_run(folder: Path) -> int:
    """Settle in a child, so that this process has no thread as it forks; return its lines."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        lines = lines_of_writing(-1)
        settle_lake(folder, out="whole")
        os.write(writing, str(lines[0]).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        return int(told.read())


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
