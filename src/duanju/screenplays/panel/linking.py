"""Whether readers can be compared at all."""

from collections.abc import Iterable

from duanju.screenplays.panel.rubric import Score


def find_unlinked(scores: Iterable[Score]) -> tuple[frozenset[str], ...]:
    """Return the groups of readers that no script links, the largest first; one, if all are linked.

    Two readers are linked if they scored a script both, or if a chain of such readers joins them.
    Between groups nothing tells a severe reader from one who was given worse scripts: adjusted
    scores are then worse than raw ones. Source: measured on real panels, see
    `docs/explanation/panel.md`.
    """
    group: dict[str, str] = {}

    def root(node: str) -> str:
        while group.setdefault(node, node) != node:
            group[node] = group[group[node]]
            node = group[node]
        return node

    readers: set[str] = set()
    for score in scores:
        readers.add(score.reader)
        group[root(f"reader {score.reader}")] = root(f"script {score.script}")
    groups: dict[str, set[str]] = {}
    for reader in readers:
        groups.setdefault(root(f"reader {reader}"), set()).add(reader)
    return tuple(
        frozenset(found) for found in sorted(groups.values(), key=lambda own: (-len(own), min(own)))
    )
