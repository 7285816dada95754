"""Runs every benchmark of this folder, or those named: `python -m benchmarks packaging`.

A benchmark is a module with `run() -> list[str]`, the lines to print. Each line is a ratio of two
things measured in the same run, so that it means the same on every machine.
"""

import importlib
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all in the order of their names."""
    folder = Path(__file__).parent
    every = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    for name in names or every:
        for line in importlib.import_module(f"benchmarks.{name}").run():
            print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
