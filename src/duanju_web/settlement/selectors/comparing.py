"""A statement beside that of the month before: what changed, line by line, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from django.db.models import QuerySet

from duanju.kernel import Month, ProofStep
from duanju.settlement import ClaimKey, Statement, StatementLine
from duanju_web.settlement.models import StatementRecord

RATES = ("rate", "share", "per_unit", "cap", "coefficient")
"""What proofs call the numbers by which quantities become money."""
_SAYS_NOT_WHICH = {"clause", "period", "month", "reading", "base"}
"""Words of a step that do not tell one rate from another."""


class Standing(StrEnum):
    """Whether a line stands in both statements, or in one."""

    KEPT = "kept"
    NEW = "new"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class RateChange:
    """A rate that a proof names now, or named before, or that has another value.

    Attributes:
        step: The code of the step that names it: `tier`, `share`, `deduction`.
        about: What else the step says in words: the deduction, the channel.
        threshold: From where on it holds, in the unit of the terms; None where it has none.
        before: Its values in the statement before, in rising order.
        now: Its values now.
    """

    step: str
    about: Mapping[str, str]
    threshold: Fraction | None
    before: tuple[Fraction, ...]
    now: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of a month beside the same clause and title of the month before.

    Attributes:
        standing: Whether it is in both.
        number: Of the line in the statement, or in the one before where it ended.
        now: The line, or None where it ended.
        before: The line before, or None where it is new.
        rates: Which rates differ.
    """

    standing: Standing
    number: int
    now: StatementLine | None
    before: StatementLine | None
    rates: tuple[RateChange, ...] = ()

    @property
    def line(self) -> StatementLine:
        """The line that names clause, title and currency."""
        found = self.now or self.before
        assert found is not None, "a change is of some line"
        return found

    @property
    def now_minor(self) -> int:
        """What it brings now."""
        return self.now.amount_minor if self.now else 0

    @property
    def before_minor(self) -> int:
        """What it brought before."""
        return self.before.amount_minor if self.before else 0

    @property
    def difference_minor(self) -> int:
        """What it brings more than before."""
        return self.now_minor - self.before_minor

    @property
    def is_other_quantity(self) -> bool:
        """Whether another quantity was counted."""
        return bool(self.now and self.before and self.now.quantity != self.before.quantity)


@dataclass(frozen=True, slots=True)
class TotalChange:
    """What a statement's lines bring in a currency beside the statement before, in minor units.

    `own` is of the months of the statements, `corrections` of months before them.
    """

    currency: str
    own_before_minor: int
    own_now_minor: int
    corrections_before_minor: int
    corrections_now_minor: int

    @property
    def before_minor(self) -> int:
        """The total of the statement before."""
        return self.own_before_minor + self.corrections_before_minor

    @property
    def now_minor(self) -> int:
        """The total of the statement."""
        return self.own_now_minor + self.corrections_now_minor


def find_before(record: StatementRecord) -> StatementRecord | None:
    """Return the statement of the month before, of the same deal, party and role."""
    return _of_same_parties(record, [Month.parse(record.close.period).previous()]).first()


def compare_lines(now: Statement, before: Statement | None) -> tuple[LineChange, ...]:
    """Return the lines of two months beside each other, the largest difference first.

    Corrections of earlier months are none of them.
    """
    own, earlier = _own_lines(now), _own_lines(before)
    changes = [_change(own.get(key), earlier.get(key)) for key in {*own, *earlier}]
    return tuple(sorted(changes, key=lambda own: (-abs(own.difference_minor), own.line.key)))


def compare_totals(now: Statement, before: Statement | None) -> tuple[TotalChange, ...]:
    """Return what two statements come to, a currency each."""
    statements = (before.lines if before else (), now.lines)
    codes = {line.key.currency for lines in statements for line in lines}
    found = []
    for code in sorted(codes):
        sums = [
            sum(
                line.amount_minor
                for line in lines
                if line.key.currency == code and bool(line.corrects) is is_correction
            )
            for is_correction in (False, True)
            for lines in statements
        ]
        found.append(TotalChange(code, *sums))
    return tuple(found)


def find_corrected(
    record: StatementRecord, lines: Iterable[StatementLine]
) -> dict[tuple[ClaimKey, Month], tuple[int, int]]:
    """Return where the lines stand that corrections are of: statement and number of the line.

    Args:
        record: The statement with the corrections.
        lines: The corrections; of one that corrects a month without a line, nothing is returned.
    """
    asked = {(own.key, own.corrects) for own in lines if own.corrects}
    found: dict[tuple[ClaimKey, Month], tuple[int, int]] = {}
    if not asked:
        return found
    for own in _of_same_parties(record, {month for _key, month in asked}):
        for number, line in enumerate(own.document["lines"], start=1):
            key = ClaimKey(*(line[name] for name in ClaimKey.__dataclass_fields__))
            place = key, Month.parse(line["concerns_period"])
            if place in asked and not line["corrects"]:
                found[place] = own.pk, number
    return found


def _of_same_parties(record: StatementRecord, months: Iterable[Month]) -> QuerySet[StatementRecord]:
    return (
        StatementRecord.objects.filter(
            deal=record.deal_id,
            party=record.party_id,
            role=record.role,
            close__platform=record.close.platform_id,
            close__period__in=[str(own) for own in months],
        )
        .select_related("close")
        .defer("close__snapshot")
    )


def _own_lines(statement: Statement | None) -> dict[ClaimKey, tuple[int, StatementLine]]:
    if statement is None:
        return {}
    return {
        line.key: (number, line)
        for number, line in enumerate(statement.lines, start=1)
        if line.corrects is None
    }


def _change(
    now: tuple[int, StatementLine] | None, before: tuple[int, StatementLine] | None
) -> LineChange:
    if now is None:
        assert before is not None, "a change is of some line"
        return LineChange(Standing.ENDED, before[0], None, before[1])
    if before is None:
        return LineChange(Standing.NEW, now[0], now[1], None)
    rates = tuple(_rate_changes(now[1].proof, before[1].proof))
    return LineChange(Standing.KEPT, now[0], now[1], before[1], rates)


_Place = tuple[str, tuple[tuple[str, str], ...], Fraction | None]


def _rate_changes(now: ProofStep, before: ProofStep) -> Iterator[RateChange]:
    """Yield the rates that two proofs do not share, in the order of the newer proof."""
    rates_now, rates_before = _rates(now), _rates(before)
    for place in dict.fromkeys([*rates_now, *rates_before]):
        values = tuple(sorted(rates_now.get(place, ())))
        earlier = tuple(sorted(rates_before.get(place, ())))
        if values != earlier:
            step, about, threshold = place
            yield RateChange(step, dict(about), threshold, earlier, values)


def _rates(proof: ProofStep) -> dict[_Place, set[Fraction]]:
    """Return all rates that a proof names, by the step and by what it says besides."""
    found: dict[_Place, set[Fraction]] = {}
    waiting = [proof]
    while waiting:
        step = waiting.pop()
        waiting += reversed(step.steps)
        about = tuple(
            (name, value)
            for name, value in step.inputs.items()
            if isinstance(value, str) and name not in _SAYS_NOT_WHICH
        )
        threshold = step.inputs.get("threshold")
        for name in RATES:
            rate = step.inputs.get(name)
            if isinstance(rate, Fraction):
                place = step.code, about, threshold if isinstance(threshold, Fraction) else None
                found.setdefault(place, set()).add(rate)
    return found
