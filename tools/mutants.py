"""Measure how many mistakes in `duanju.deals` the engine tests would catch.

Mistakes are made by mutmut's own generator, one at a time, in a copy of the tree that is thrown
away; a sample of them is drawn from a seed, over all files. Each is tried with the tests that reach
the function which it is in, those of its own subject first, then the quick ones, until one fails.
Stopped with Ctrl-C, it tells of those that it has tried, which are in no order.

    python -m tools.mutants [--seed SEED] [--count COUNT] [--report FILE]

mutmut's own runner has not been tried here: this driver draws its sample over all files,
module-level code included, and leaves the checkout as it is.
"""

import argparse
import ast
import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from difflib import unified_diff
from importlib import import_module
from pathlib import Path

import coverage
import hypothesis
import pytest
from libcst import Module
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import create_mutations

ROOT = Path(__file__).resolve().parents[1]
MUTATED = Path("src/duanju/deals")
TESTS = tuple(
    f"tests/{own}"
    for own in (
        "engine/deals",
        "engine/documents",
        "engine/prose",
        "engine/settlement",
        "engine/workflows",
        "golden",
    )
)
COPIED = ("src", "tests", "policies", "docs", "examples", "tools", "benchmarks")
COPIED_FILES = ("conftest.py", "pyproject.toml", "README.md", "README.zh-Hans.md")
OPTIONS = ("-x", "-q", "--tb=no", "-p", "no:django", "-p", "no:randomly", "-p", "no:cacheprovider")
LEFT_OUT = "--ignore=tests/engine/workflows/test_promises_of_terms.py"
"""What would catch more, but takes long; without it the score is the less, never the more."""
SETTINGS = "[pytest]\naddopts = --import-mode=importlib\npythonpath = . src\n"
GRACE_S, SLOWNESS = 20, 10
"""A mutant is stopped after so many seconds, and so many times what its tests usually take."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake.

    Attributes:
        path: The file that it is in.
        function: Lines of the function that it is in, first and last; both 0 outside of one.
        code: The whole file with the mistake.
        change: What differs.
    """

    path: str
    function: tuple[int, int]
    code: str
    change: str


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests reach which lines, and how long each takes.

    Attributes:
        tests: Path and line to tests.
        seconds: Test to its duration.
    """

    tests: Mapping[tuple[str, int], frozenset[str]]
    seconds: Mapping[str, float]

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests that reach a mutant's function, the quick ones first."""
        first, last = mutant.function
        if not last:
            return sorted(self.seconds, key=self.seconds.__getitem__)
        found: set[str] = set()
        for line in range(first + 1, last + 1):
            found |= self.tests.get((mutant.path, line), frozenset())
        # what runs while tests are gathered, or once for all, is reached by none of them by name
        return sorted(found or self.seconds, key=self.seconds.__getitem__)


class Observer:
    """A plugin that notes which test is running and how long it took, and shrinks no example."""

    def __init__(self, tracer: coverage.Coverage | None = None) -> None:
        """Observe under a tracer, or only hasten."""
        self._tracer = tracer
        self.seconds: dict[str, float] = {}

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self) -> None:
        """Let properties fail at their first bad example."""
        phases = [hypothesis.Phase.explicit, hypothesis.Phase.generate]
        hypothesis.settings.register_profile("hasty", hypothesis.settings(), phases=phases)
        hypothesis.settings.load_profile("hasty")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Name the test to the tracer."""
        if self._tracer is not None:
            self._tracer.switch_context(item.nodeid)
        begun = time.monotonic()
        outcome = yield
        self.seconds[item.nodeid] = time.monotonic() - begun
        return outcome


def main() -> int:
    """Draw mutants, try each, and print the score by file and what survived."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--only", default="", help="a part of the paths to mutate")
    parser.add_argument("--report", type=Path, help="where to write the survivors as JSON")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mutants-") as name:
        folder = Path(name)
        _copy(folder)
        os.chdir(folder)
        sys.path[:0] = [str(folder), str(folder / "src")]
        os.environ["PYTHONPATH"] = os.pathsep.join([str(folder / "src"), str(folder)])
        drawn = _draw(chosen.seed, chosen.count, chosen.only)
        reach = _observe(folder)
        outcomes = []
        with suppress(KeyboardInterrupt):
            for own in drawn:
                outcomes.append((own, _outcome(folder, own, reach)))
                print(len(outcomes), outcomes[-1][1], own.path, file=sys.stderr, flush=True)
    _print(outcomes)
    if chosen.report:
        told = [asdict(own) | {"code": "", "outcome": outcome} for own, outcome in outcomes]
        chosen.report.write_text(json.dumps(told, indent=1), "utf-8")
    return 0


def _copy(folder: Path) -> None:
    left_out = shutil.ignore_patterns("__pycache__", "node_modules", "_build", ".hypothesis")
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=left_out)
    for name in COPIED_FILES:
        shutil.copy(ROOT / name, folder / name)
    (folder / "mutants.ini").write_text(SETTINGS, "utf-8")


def _draw(seed: int, count: int, only: str) -> list[Mutant]:
    """Return a sample that has a mutant of every file, and the rest at random over all."""
    chance = random.Random(seed)
    paths = [str(own) for own in sorted(MUTATED.rglob("*.py")) if only in str(own)]
    by_path = {path: list(_places(path)) for path in paths}
    for places in by_path.values():
        chance.shuffle(places)
    drawn = [places.pop() for places in by_path.values() if places]
    rest = [own for places in by_path.values() for own in places]
    drawn += chance.sample(rest, max(0, min(len(rest), count - len(drawn))))
    chosen = defaultdict(list)
    for path, index in drawn:
        chosen[path].append(index)
    found = [own for path in sorted(chosen) for own in _mutants(path, sorted(chosen[path]))]
    chance.shuffle(found)
    return found


def _places(path: str) -> Iterator[tuple[str, int]]:
    """Yield the number of each mutation of a file; names for export are not code."""
    source = Path(path).read_text("utf-8")
    exported = [
        range(own.lineno, (own.end_lineno or own.lineno) + 1)
        for own in ast.parse(source).body
        if isinstance(own, ast.Assign) and ast.unparse(own.targets[0]) == "__all__"
    ]
    module, mutations, _, _ = create_mutations(path, source)
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    for index, mutation in enumerate(mutations):
        line = positions[mutation.original_node].start.line
        if not any(line in own for own in exported):
            yield path, index


def _mutants(path: str, indexes: Sequence[int]) -> Iterator[Mutant]:
    source = Path(path).read_text("utf-8")
    module, mutations, _, _ = create_mutations(path, source)
    positions = MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    for index in indexes:
        mutation = mutations[index]
        function = mutation.contained_by_top_level_function
        lines = (0, 0)
        if function is not None and type(function).__name__ == "FunctionDef":
            place = positions[function]
            lines = (place.start.line, place.end.line)
        changed_module = module.deep_replace(mutation.original_node, mutation.mutated_node)
        code = changed_module.code if isinstance(changed_module, Module) else source
        changed = unified_diff(source.splitlines(), code.splitlines(), lineterm="", n=1)
        yield Mutant(path, lines, code, "\n".join(list(changed)[2:]))


def _observe(folder: Path) -> Reach:
    """Run all tests once in a child, and return what reaches what; they must pass.

    What the tests load of others is loaded here, too, so that no child does it again.
    """
    found = folder / "reach.json"
    child = os.fork()
    if not child:
        os._exit(_observed(folder, found))
    _, status = os.waitpid(child, 0)
    if status:
        raise SystemExit("the tests fail without any mutant")
    told = json.loads(found.read_text("utf-8"))
    for name in told["loaded"]:
        with suppress(ImportError):
            import_module(name)
    tests = {(path, line): frozenset(names) for path, line, names in told["tests"]}
    return Reach(tests, told["seconds"])


def _observed(folder: Path, found: Path) -> int:
    tracer = coverage.Coverage(data_file=None, source=[str(folder / MUTATED)])
    observer = Observer(tracer)
    tracer.start()
    failed = pytest.main(["-c", "mutants.ini", LEFT_OUT, *OPTIONS, *TESTS], plugins=[observer])
    tracer.stop()
    data = tracer.get_data()
    tests = [
        (str(Path(path).relative_to(folder)), line, [own for own in names if own])
        for path in data.measured_files()
        for line, names in data.contexts_by_lineno(path).items()
    ]
    loaded = [own for own in sys.modules if own.split(".")[0] not in ("duanju", "tests")]
    told = {"tests": tests, "seconds": observer.seconds, "loaded": loaded}
    found.write_text(json.dumps(told), "utf-8")
    return int(failed)


def _outcome(folder: Path, mutant: Mutant, reach: Reach) -> str:
    """Return what became of a mutant: `caught`, `timeout`, `survived`, `unreached`."""
    tests = reach.of(mutant)
    if not tests:
        return "unreached"
    file = folder / mutant.path
    source = file.read_text("utf-8")
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*.pyc"):
        compiled.unlink()
    file.write_text(mutant.code, "utf-8")
    words = _words_of(mutant.path)
    near = [own for own in tests if any(word in Path(own.split("::")[0]).stem for word in words)]
    far = [own for own in tests if own not in set(near)]
    try:
        outcomes = (_tried(own, reach) for own in (near, far) if own)
        return next((own for own in outcomes if own != "survived"), "survived")
    finally:
        file.write_text(source, "utf-8")


def _words_of(path: str) -> frozenset[str]:
    """Return the words by which tests of a file's subject are named: `reserves` → `reserve`."""
    parts = Path(path).relative_to(MUTATED).with_suffix("").parts
    return frozenset(word.rstrip("s") for part in parts for word in part.split("_") if word)


def _tried(tests: Sequence[str], reach: Reach) -> str:
    """Run tests in a child until one fails."""
    limit_s = GRACE_S + SLOWNESS * sum(reach.seconds[own] for own in tests)
    child = os.fork()
    if not child:
        sys.dont_write_bytecode = True
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        os.dup2(silence, 2)
        os._exit(
            int(
                pytest.main(["-c", "mutants.ini", LEFT_OUT, *OPTIONS, *tests], plugins=[Observer()])
            )
        )
    ends = time.monotonic() + limit_s
    while time.monotonic() < ends:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if status == 0 else "caught"
        time.sleep(0.02)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "timeout"


def _print(outcomes: Sequence[tuple[Mutant, str]]) -> None:
    drawn = Counter(own.path for own, _ in outcomes)
    caught = Counter(own.path for own, outcome in outcomes if outcome in ("caught", "timeout"))
    for path in sorted(drawn):
        print(f"{caught[path]:4} of {drawn[path]:4}  {path}")
    for own, outcome in outcomes:
        if outcome in ("survived", "unreached"):
            print(f"\n{outcome}: {own.path}\n{own.change}")
    total, good = len(outcomes), sum(caught.values())
    print(f"\n{good} of {total} mutants were caught: {100 * good / max(total, 1):.1f}%")


if __name__ == "__main__":
    raise SystemExit(main())
