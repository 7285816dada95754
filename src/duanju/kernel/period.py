"""Half-open stretches of time, and the months that books are closed by."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A half-open stretch of time, `start <= t < end`; both aware."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        """Refuse naive times and a period that ends before it starts."""
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a period needs times with a zone")
        if self.end < self.start:
            raise ValueError(f"the period ends at {self.end}, before its start {self.start}")

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, the period that a statement is made for.

    >>> Month.parse("2026-12").next()
    Month(year=2027, number=1)
    """

    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a month outside 1 to 12."""
        if not 1 <= self.number <= 12:
            raise ValueError(f"{self.number} is not a month")

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"

    @classmethod
    def parse(cls, text: str) -> "Month":
        """Read `YYYY-MM`.

        Raises:
            ValueError: The text is not of that form, or no such month exists.
        """
        match = re.fullmatch(r"(\d{4})-(\d{2})", text)
        if match is None:
            raise ValueError(f"{text!r} is not a month of the form YYYY-MM")
        return cls(int(match[1]), int(match[2]))

    @classmethod
    def of(cls, moment: datetime, zone: tzinfo = UTC) -> "Month":
        """Return the month in which an aware moment falls in that zone."""
        local = moment.astimezone(zone)
        return cls(local.year, local.month)

    def next(self) -> "Month":
        """Return the month after."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    def previous(self) -> "Month":
        """Return the month before."""
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    def period(self, zone: tzinfo = UTC) -> Period:
        """Return the stretch of time that the month covers in a zone."""
        after = self.next()
        return Period(
            datetime(self.year, self.number, 1, tzinfo=zone),
            datetime(after.year, after.number, 1, tzinfo=zone),
        )
