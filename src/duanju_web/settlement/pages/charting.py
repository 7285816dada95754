"""What the script draws; every figure stands in a table beside the chart."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

from duanju.kernel import currency
from duanju_web.deals.selectors import plotted
from duanju_web.settlement.selectors.drilling import Portion
from duanju_web.settlement.selectors.reading import LineInWords

MINUTE_MS = 60_000


def daily_chart(
    days: Sequence[Portion], line: LineInWords, thresholds: Sequence[Fraction]
) -> dict[str, Any]:
    """Return bars by day, their running sum since the start of the deal, and where rates change.

    Args:
        days: What each day adds.
        line: The line that they are behind.
        thresholds: Of the deal's policy, in effective minutes.
    """
    is_money = line.line.measure == "unlock_income"
    scale = currency(line.currency).minor_per_major if is_money else MINUTE_MS
    before = line.line.cumulative_quantity - line.line.quantity
    running = [before + own for own in accumulate(own.quantity for own in days)]
    return {
        "days": [own.day.isoformat() for own in days if own.day],
        "values": [plotted(Fraction(own.quantity, scale)) for own in days],
        "earlier": [plotted(Fraction(own.earlier, scale)) for own in days] if line.corrects else [],
        "running": [plotted(Fraction(own, scale)) for own in running],
        "thresholds": [] if is_money else [plotted(own) for own in thresholds if own],
        "currency": line.currency if is_money else "",
    }
