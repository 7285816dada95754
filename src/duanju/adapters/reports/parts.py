"""A whole beside its parts: to count both would count the same money twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from duanju.adapters.reports.rows import ReadRow, ReportRow, RowKind, RowReader
from duanju.adapters.reports.sources import SourceRow

_Place = tuple[object, ...]


@dataclass(slots=True)
class Parts:
    """What the rows so far tell as wholes and as parts; a later row of the other kind is refused.

    A title's income without a channel is a whole where another row names one; so is one without a
    territory, and that of a month beside that of a day.

    Attributes:
        seen: What a row is a whole or a part of, and which of both, to the first such row.
    """

    seen: dict[tuple[_Place, bool], int] = field(default_factory=dict)

    def checked(self, reader: RowReader, read: ReadRow, row: SourceRow) -> ReadRow:
        """Return a row as it was read, or as one with a problem."""
        for own in read.amounts:
            for word, place, is_whole in _looks(own):
                first = self.seen.get((place, not is_whole))
                if first is not None and first != read.number:
                    columns = {"day": reader.mapping.when.column}
                    column = columns.get(word) or getattr(reader.mapping, word).column
                    code = "reports.total-beside-parts"
                    problem = reader.problem(row, column, code, first=first, word=word)
                    return ReadRow(read.number, RowKind.PROBLEM, read.cells, problems=(problem,))
        for own in read.amounts:
            for _word, place, is_whole in _looks(own):
                self.seen.setdefault((place, is_whole), read.number)
        return read


def _looks(own: ReportRow) -> Iterator[tuple[str, _Place, bool]]:
    """Yield in which ways an amount can be a whole: the word, of what, and whether it is one."""
    about = (own.measure, own.title_id, own.currency, own.item)
    yield "channel", ("channel", *about, own.stretch), not own.channel
    yield "territory", ("territory", *about, own.stretch, own.channel), not own.territory
    days = (own.stretch.ends_on - own.stretch.starts_on).days
    yield "day", ("day", *about, own.stretch.month, own.channel, own.territory), days > 1
