"""When versions hold, drawn as bars beside one another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from duanju_web.deals.models import PolicyVersion

MARGIN = timedelta(days=120)
BAR_HEIGHT = 14
BAR_STEP = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One version on a scale of days; lengths are percents of its width.

    Attributes:
        version: Which.
        state: `ended`, `running` or `coming`.
        left: Where it begins.
        width: How far it reaches.
        top: Its place from the top, in pixels.
        is_open: Whether it has no end.
    """

    version: PolicyVersion
    state: str
    left: str
    width: str
    top: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars of several versions on one scale.

    Attributes:
        bars: By version, oldest first.
        today: Where today is, in percent.
        height: In pixels.
    """

    bars: tuple[Bar, ...]
    today: str
    height: int


@dataclass(frozen=True, slots=True)
class Scale:
    """The days that all timelines of a page show."""

    first: date
    after: date
    today: date

    @classmethod
    def of(cls, versions: Iterable[PolicyVersion], today: date) -> "Scale":
        """Return the scale that holds some versions and today."""
        several = list(versions)
        days = [today, *(own.valid_from for own in several)]
        ends = [own.valid_until for own in several if own.valid_until]
        return cls(min(days) - MARGIN, max([*days, *ends]) + MARGIN, today)

    def place(self, day: date) -> str:
        """Return where a day is, in percent."""
        days = (self.after - self.first).days
        per_mille = max(0, min(1000, (day - self.first).days * 1000 // days))
        return f"{per_mille // 10}.{per_mille % 10}"

    def draw(self, versions: Sequence[PolicyVersion]) -> Timeline:
        """Return the bars of one policy's versions."""
        bars = []
        for row, own in enumerate(sorted(versions, key=lambda one: one.version)):
            end = own.valid_until or self.after
            width = (end - own.valid_from).days * 1000 // (self.after - self.first).days
            width = max(width, 8)
            bars.append(
                Bar(
                    version=own,
                    state=state_of(own, self.today),
                    left=self.place(own.valid_from),
                    width=f"{width // 10}.{width % 10}",
                    top=row * BAR_STEP + 3,
                    is_open=own.valid_until is None,
                )
            )
        height = len(bars) * BAR_STEP + (BAR_STEP - BAR_HEIGHT)
        return Timeline(tuple(bars), self.place(self.today), height)


def state_of(version: PolicyVersion, day: date) -> str:
    """Tell whether deals can be signed under a version on a day: ended, running or coming."""
    if version.valid_until is not None and version.valid_until <= day:
        return "ended"
    return "coming" if version.valid_from > day else "running"
