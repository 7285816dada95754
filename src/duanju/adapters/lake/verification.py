"""Finding what was changed behind the manifest's back."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from duanju.adapters.lake.durable import file_sha256
from duanju.adapters.lake.manifest import Part, link_digest
from duanju.kernel import Problem, Where


def find_tampering(*, folder: Path, parts: Sequence[Part]) -> tuple[Problem, ...]:
    """Return every broken link, missing file and changed file, in order of the manifest.

    A chain that was rewritten from one link to its end is whole in itself: keep `Lake.digest`
    elsewhere, as a close does, and compare.
    """
    return (*find_broken_links(parts), *find_changed_files(folder, parts))


def find_broken_links(parts: Sequence[Part]) -> Iterable[Problem]:
    """Yield each line of a whole manifest that does not follow from the line before."""
    previous = ""
    for number, part in enumerate(parts, start=1):
        expected = link_digest(
            previous_digest=previous,
            sequence=number,
            contents=part.contents,
            sealed_at_us=part.sealed_at_us,
        )
        if (part.sequence, part.previous_digest, part.digest) != (number, previous, expected):
            yield Problem(
                "lake.broken-chain",
                Where(file="manifest.sqlite3", line=part.sequence),
                {"file": part.contents.file},
            )
        previous = part.digest


def find_changed_files(folder: Path, parts: Sequence[Part]) -> Iterable[Problem]:
    """Yield each file that is missing or has other bytes than were sealed."""
    for part in parts:
        path = folder / part.contents.file
        if not path.is_file():
            yield Problem("lake.missing-file", Where(file=part.contents.file))
        elif file_sha256(path) != part.contents.sha256:
            yield Problem("lake.changed-file", Where(file=part.contents.file))
