"""Reading a screenplay, against reading its lines and nothing more."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from duanju.adapters.scripts import read_text_lines
from duanju.screenplays import episodes_of, read_chinese, read_fountain
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


def main() -> None:
    """Print CPU milliseconds for some ten thousand lines, and ratios to bare reading."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=5)
    copies = parser.parse_args().copies
    with TemporaryDirectory() as folder:
        for name, read in (("zh-Hans.txt", read_chinese), ("en.fountain", read_fountain)):
            path = Path(folder) / name
            path.write_text((DRAMA / name).read_text("utf-8") * copies, "utf-8")
            lines = list(read_text_lines(path))
            bare = best_ms(lambda path=path: list(read_text_lines(path)))
            whole = best_ms(lambda path=path, read=read: read(read_text_lines(path)))
            episodes = episodes_of(read(lines))
            shown = best_ms(
                lambda episodes=episodes: [
                    (time_episode(own, Pace()), count_episode(own, Pace())) for own in episodes
                ]
            )
            per = 10_000 / len(lines)
            print(
                f"{name}: {len(lines)} lines; 10,000 lines bare {bare * per:.1f} ms, "
                f"read {whole * per:.0f} ms ({whole / bare:.0f} times), "
                f"counted {shown * per:.0f} ms ({shown / bare:.0f} times)"
            )


if __name__ == "__main__":
    main()
