"""What a new version of a report says otherwise than the one before, row by row."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duanju.adapters.reports.rows import ReportRow


@dataclass(frozen=True, slots=True)
class ReportDifference:
    """How two versions of a report differ.

    Attributes:
        added: Rows that only the new one has.
        removed: Rows that only the old one has.
        changed: Rows about the same with another amount, the old one first.
    """

    added: tuple[ReportRow, ...]
    removed: tuple[ReportRow, ...]
    changed: tuple[tuple[ReportRow, ReportRow], ...]

    @property
    def is_empty(self) -> bool:
        """Whether both say the same."""
        return not (self.added or self.removed or self.changed)

    @property
    def minor_by_currency(self) -> Mapping[str, int]:
        """How much more the new one comes to, by currency, in minor units."""
        sums: dict[str, int] = defaultdict(int)
        for own in self.added:
            sums[own.currency] += own.amount_minor
        for own in self.removed:
            sums[own.currency] -= own.amount_minor
        for old, new in self.changed:
            sums[new.currency] += new.amount_minor - old.amount_minor
        return dict(sorted(sums.items()))


def compare_reports(*, old: Iterable[ReportRow], new: Iterable[ReportRow]) -> ReportDifference:
    """Return how a new version differs from the old one.

    Rows are the same by what they are about, not by where they stand, so that rows in another
    order are no difference. Of several rows about the same, those with equal amounts are paired
    first, and the rest in their order.
    """
    before, after = _by_subject(old), _by_subject(new)
    added: list[ReportRow] = []
    removed: list[ReportRow] = []
    changed: list[tuple[ReportRow, ReportRow]] = []
    for subject in {**before, **after}:
        gone, come = _without_equals(before.get(subject, []), after.get(subject, []))
        pairs = min(len(gone), len(come))
        changed.extend(zip(gone, come, strict=False))
        removed.extend(gone[pairs:])
        added.extend(come[pairs:])
    return ReportDifference(
        tuple(sorted(added, key=_place)),
        tuple(sorted(removed, key=_place)),
        tuple(sorted(changed, key=lambda pair: _place(pair[1]))),
    )


def _by_subject(rows: Iterable[ReportRow]) -> dict[object, list[ReportRow]]:
    found: dict[object, list[ReportRow]] = defaultdict(list)
    for own in rows:
        found[own.subject].append(own)
    return found


def _without_equals(
    gone: list[ReportRow], come: list[ReportRow]
) -> tuple[list[ReportRow], list[ReportRow]]:
    """Return what is left of two lists when rows of equal amounts are taken away in pairs."""
    spare: dict[int, int] = defaultdict(int)
    for own in come:
        spare[own.amount_minor] += 1
    left = []
    for own in gone:
        if spare[own.amount_minor]:
            spare[own.amount_minor] -= 1
        else:
            left.append(own)
    rest = []
    for own in reversed(come):
        if spare[own.amount_minor]:
            spare[own.amount_minor] -= 1
            rest.append(own)
    return left, rest[::-1]


def _place(own: ReportRow) -> tuple[int, str]:
    return own.number, own.column
