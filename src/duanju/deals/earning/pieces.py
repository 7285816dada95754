"""What was counted, piece by piece: months, cut where a deal year or a coefficient changes."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from duanju.deals.clauses import Counted, EarningTerm, Reset
from duanju.deals.days import MONTHS_A_YEAR, months_after
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.views import Grouping
from duanju.deals.facts import Fact, month_ends_on, month_of
from duanju.kernel import Month

_State = TypeVar("_State")


@dataclass(frozen=True, slots=True)
class Piece:
    """What was counted in a month, or in a part of it.

    Attributes:
        month: The month.
        day: Its first day: the month's, or that of a cut within it.
        quantity: How much, in the integer unit of the measure.
    """

    month: Month
    day: date
    quantity: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of what a clause counts of a title.

    Attributes:
        evaluation: The terms, as of a day.
        counted: What is counted; several are added up.
        title_id: Of which title; see `Evaluation.by_month`.
        term: Within which term.
        cuts: Days at which a piece begins, besides those of months; rising.
    """

    evaluation: Evaluation
    counted: tuple[Counted, ...]
    title_id: str
    term: EarningTerm | None
    cuts: tuple[date, ...]

    def fold(self, key: object, initial: _State, step: Callable[[_State, Piece], _State]) -> _State:
        """Return the state after all pieces so far, in the order of time.

        Args:
            key: What the state is of.
            initial: Before the first piece.
            step: From a state and a piece to a new state; the old one stays as it is.
        """
        first = month_of(self.evaluation.terms.starts_on)

        def step_over(state: _State, month: Month) -> _State:
            early = self._months_before(first) if month == first else []
            for own in (*early, month):
                for piece in self.of_month(own):
                    state = step(state, piece)
            return state

        return self.evaluation.fold((key, self.title_id, self.cuts), initial, step_over)

    def of_month(self, month: Month) -> Iterator[Piece]:
        """Yield the pieces of a month in which something was counted, in the order of time."""
        sums = self._sums()
        end = month_ends_on(month)
        day = date(month.year, month.number, 1)
        number = bisect_right(self.cuts, day)
        while day < end:
            found = [own[month, number] for own in sums if (month, number) in own]
            if found:
                yield Piece(month, day, sum(found))
            day = self.cuts[number] if number < len(self.cuts) else end
            number += 1

    def _months_before(self, first: Month) -> list[Month]:
        """Return the months before the deal's first in which a studio's other deals have facts."""
        return sorted({month for own in self._sums() for month, _ in own if month < first})

    def _sums(self) -> tuple[Mapping[tuple[Month, int], int], ...]:
        cuts = self.cuts

        def place(fact: Fact) -> tuple[Month, int]:
            day = fact.stretch.starts_on
            return month_of(day), bisect_right(cuts, day)

        grouping = Grouping(("pieces", cuts), place)
        return tuple(
            self.evaluation.grouped(own, self.title_id, self.term, grouping) for own in self.counted
        )


def year_cuts(evaluation: Evaluation, reset: Reset) -> tuple[date, ...]:
    """Return the days on which a new year of the deal begins, as far as facts go."""
    if reset is not Reset.YEAR:
        return ()
    starts_on, last = evaluation.terms.starts_on, evaluation.last_day
    cuts = []
    years = 1
    while (day := months_after(starts_on, MONTHS_A_YEAR * years)) <= last:
        cuts.append(day)
        years += 1
    return tuple(cuts)


def period_of(piece: Piece, reset: Reset, years: tuple[date, ...]) -> str:
    """Return in which period a piece is counted.

    Args:
        piece: The piece.
        reset: When counting begins again.
        years: The days on which deal years begin, from the second on.

    Returns:
        Its month, the number of its deal year counted from 1, or nothing for all time.
    """
    if reset is Reset.MONTH:
        return str(piece.month)
    if reset is Reset.YEAR:
        return str(1 + bisect_right(years, piece.day))
    return ""


def period_of_month(month: Month, reset: Reset, first: Month) -> str:
    """Return in which period a whole month is counted; deal years are twelve months since `first`.

    A month in which a deal year begins belongs to it whole.
    """
    if reset is Reset.MONTH:
        return str(month)
    months = (month.year - first.year) * MONTHS_A_YEAR + month.number - first.number
    return str(1 + months // MONTHS_A_YEAR)
