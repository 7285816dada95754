"""Who reads what: fairly spread, in languages they read, without conflicts, and linked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duanju.kernel import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A reader as an assignment knows them.

    Attributes:
        id: Never shown to writers.
        languages: BCP 47 tags of what they read.
        load_max: Scripts that they take at most.
        conflicts: Scripts that they must not read: by their own organisation, by a friend.
        load: Scripts that they have already.
    """

    id: str
    languages: frozenset[str]
    load_max: int
    conflicts: frozenset[str] = frozenset()
    load: int = 0


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reads what, and what is wrong with it.

    Attributes:
        readers: By script, in the order of the readers' ids.
        problems: Scripts for which readers are missing, and groups that no script links.
    """

    readers: Mapping[str, tuple[str, ...]]
    problems: tuple[Problem, ...]


def assign_readers(
    scripts: Mapping[str, str],
    readers: Sequence[Reader],
    *,
    each: int,
    anchors: Sequence[str] = (),
    already: Mapping[str, tuple[str, ...]] | None = None,
) -> Assignment:
    """Return who reads what.

    Anchors go to everybody who may read them. Every other script goes to `each` readers, of those
    whose load is within one of the smallest, and among these to those who have shared the fewest
    scripts, so that in the end each pair has shared some. The
    answer does not depend on the order of readers.

    Args:
        scripts: Language by script, in the order in which they are given out.
        readers: Who can read.
        each: Readers a script, from 1.
        anchors: Scripts, among `scripts`, whose quality is known.
        already: Readers by script from before; they stay.
    """
    table = _Table(readers, dict(already or {}))
    problems: list[Problem] = []
    for script in [*anchors, *(name for name in scripts if name not in anchors)]:
        wanted = len(readers) if script in anchors else each
        chosen = table.choose(script, scripts[script], wanted)
        if script not in anchors and len(chosen) < each:
            missing: dict[str, str | int] = {"script": script, "found": len(chosen), "wanted": each}
            problems.append(Problem("screenplays.too-few-readers", params=missing))
    problems += table.unlinked()
    return Assignment(table.given, tuple(problems))


class _Table:
    """What has been given out so far."""

    def __init__(self, readers: Sequence[Reader], given: dict[str, tuple[str, ...]]) -> None:
        self._readers = sorted(readers, key=lambda reader: reader.id)
        self._load = {reader.id: reader.load for reader in readers}
        self._shared: dict[frozenset[str], int] = {}
        self.given: dict[str, tuple[str, ...]] = {}
        for script, names in given.items():
            self._give(script, names)

    def choose(self, script: str, language: str, wanted: int) -> tuple[str, ...]:
        chosen = list(self.given.get(script, ()))
        able = [reader for reader in self._readers if self._may(reader, script, language)]
        while len(chosen) < wanted:
            free = [reader for reader in able if reader.id not in chosen]
            if not free:
                break
            chosen.append(min(free, key=lambda reader: self._cost(reader, chosen)).id)
        self._give(script, tuple(sorted(chosen)))
        return self.given[script]

    def _may(self, reader: Reader, script: str, language: str) -> bool:
        able = language in reader.languages and script not in reader.conflicts
        return able and self._load[reader.id] < reader.load_max

    def _cost(self, reader: Reader, chosen: list[str]) -> tuple[bool, int, float, str]:
        """Rank a reader: among those nearly as free as any, whoever met the chosen least."""
        load = self._load[reader.id]
        free = min(self._load[other.id] for other in self._readers)
        met = sum(self._shared.get(frozenset((reader.id, other)), 0) for other in chosen)
        return load > free + 1, met, round(load / reader.load_max, 6), reader.id

    def _give(self, script: str, names: tuple[str, ...]) -> None:
        before = set(self.given.get(script, ()))
        for name in names:
            if name not in before and name in self._load:
                self._load[name] += 1
        for name in names:
            for other in names:
                if name < other and not {name, other} <= before:
                    pair = frozenset((name, other))
                    self._shared[pair] = self._shared.get(pair, 0) + 1
        self.given[script] = names

    def unlinked(self) -> list[Problem]:
        """Return a problem for each group of readers that no script links with the first."""
        groups: list[set[str]] = []
        for names in self.given.values():
            joined = set(names)
            apart = [group for group in groups if not group & joined]
            groups = [*apart, joined.union(*(group for group in groups if group & joined))]
        groups = sorted((group for group in groups if group), key=lambda own: (-len(own), min(own)))
        return [
            Problem("screenplays.readers-unlinked", params={"readers": "、".join(sorted(group))})
            for group in groups[1:]
        ]
