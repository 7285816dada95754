"""Between a fact that somebody recorded and the fact that the engine counts."""

from duanju.deals import MEASURES, Fact, Stretch
from duanju_web.deals.models import ReportedFact


def fact_of(row: ReportedFact) -> Fact:
    """Return the fact that a recorded row is."""
    return Fact(
        measure=row.measure,
        title_id="" if row.title_id is None else str(row.title_id),
        stretch=Stretch(row.starts_on, row.ends_on),
        quantity=row.quantity,
        unit=MEASURES[row.measure].unit,
        currency=row.currency,
        channel=row.channel,
        territory=row.territory,
        medium=row.medium,
        window=row.window,
        item=row.item,
        over_seconds=row.over_seconds,
        is_fraud=row.is_fraud,
    )
