"""What a clause counts, and within which term."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from duanju.deals.parameters import Number


class Reading(StrEnum):
    """What a higher tier's rate applies to."""

    MARGINAL = "marginal"
    WHOLE_AMOUNT = "whole_amount"


class Scope(StrEnum):
    """What is counted together against thresholds, limits and caps."""

    TITLE = "title"
    STUDIO = "studio"
    POOL = "pool"


class Reset(StrEnum):
    """When counting begins again; a year is one of the deal, counted from its first day."""

    NEVER = "never"
    MONTH = "month"
    YEAR = "year"


class Fraud(StrEnum):
    """What becomes of that part of a measure which was found to be fraudulent.

    `taken_back` counts it no longer, `counted` leaves it in, `only` counts nothing else (for a
    penalty).
    """

    TAKEN_BACK = "taken_back"
    COUNTED = "counted"
    ONLY = "only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A measure, or that part of it which a clause speaks of; an empty filter lets all through.

    Attributes:
        measure: Its name in the table of measures.
        channels: Where viewers watched or paid.
        territories: ISO 3166-1 codes, as facts name them.
        media: `vertical`, `horizontal`, `mini_programme`, as facts name them.
        windows: Premiere windows: `premiere`, `catalogue`, as facts name them.
        items: Milestones, roles or reports, for measures whose facts name one.
        over_seconds: A play counts from so many seconds on; 0 for facts without such a limit.
        fraud: What becomes of fraudulent quantities.
    """

    measure: str
    channels: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    over_seconds: Number = Fraction(0)
    fraud: Fraud = Fraud.TAKEN_BACK


class TermMeasured(StrEnum):
    """Up to when the result that lengthens a term is measured."""

    FIRST_END = "first_end"
    WHILE_RUNNING = "while_running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengthening:
    """A longer term for a better result.

    Attributes:
        above: The result must be more than this, in the term unit; an income in major units.
        months: The whole length of the term then, in months from the deal's start.
    """

    above: Number
    months: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class EarningTerm:
    """For how long a clause earns; what happens later is not counted.

    Attributes:
        months: Length in whole months from the first day of the deal.
        counted: The result that can lengthen it, or `None`.
        lengthened: By rising results.
        measured: Up to the end of the first term, or for as long as the term runs.
    """

    months: Number
    counted: Counted | None = None
    lengthened: tuple[Lengthening, ...] = ()
    measured: TermMeasured = TermMeasured.FIRST_END
