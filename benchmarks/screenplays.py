"""Reading a screenplay, against reading its lines and nothing more."""

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from duanju.adapters.scripts import read_text_lines
from duanju.screenplays import Screenplay, episodes_of, read_chinese, read_fountain
from duanju.screenplays.evidence import Pace, count_episode, time_episode

ROUNDS = 5
DRAMA = Path(__file__).parents[1] / "examples" / "to-the-last-fen"


def best_ms(run: Callable[[], object]) -> float:
    """Return the CPU milliseconds of the quickest of a few rounds."""
    taken = []
    for _ in range(ROUNDS):
        start = time.process_time()
        run()
        taken.append((time.process_time() - start) * 1000)
    return min(taken)


def run(*, copies: int = 5) -> list[str]:
    """Return CPU milliseconds for ten thousand lines, and ratios to bare reading."""
    told = []
    with TemporaryDirectory() as folder:
        for name, read in (("zh-Hans.txt", read_chinese), ("en.fountain", read_fountain)):
            path = Path(folder) / name
            path.write_text((DRAMA / name).read_text("utf-8") * copies, "utf-8")
            told.append(_compare(path, read))
    return told


def _compare(path: Path, read: Callable[[Iterable[str]], Screenplay]) -> str:
    lines = list(read_text_lines(path))
    episodes = episodes_of(read(lines))
    bare = best_ms(lambda: list(read_text_lines(path)))
    whole = best_ms(lambda: read(read_text_lines(path)))
    counted = best_ms(
        lambda: [(time_episode(own, Pace()), count_episode(own, Pace())) for own in episodes]
    )
    each = 10_000 / len(lines)
    return (
        f"screenplay {path.name}: 10,000 of {len(lines)} lines, bare reading {bare * each:.1f} ms; "
        f"read into elements {whole * each:.0f} ms = {whole / bare:.0f} of it; "
        f"counted {counted * each:.0f} ms = {counted / bare:.0f} of it"
    )
