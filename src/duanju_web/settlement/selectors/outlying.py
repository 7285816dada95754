"""What a close would bring each party, beside the months before."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from duanju.kernel import Month
from duanju.settlement import HISTORY_MONTHS, Outlier, Statement, find_outlier
from duanju_web.settlement.models import StatementRecord
from duanju_web.settlement.selectors.closes import closes_of
from duanju_web.shared.models import Organisation


@dataclass(frozen=True, slots=True)
class BesideBefore:
    """One party's total of one deal in a currency beside the months before, in minor units.

    Attributes:
        deal_number: Of the deal.
        role: The party's.
        party_slug: Which.
        currency: ISO 4217 code.
        now_minor: What the close would bring; zero where only months before brought something.
        before_minor: What the month right before brought; None where nothing was stated.
        outlier: How it is unlike the months before, or None.
    """

    deal_number: str
    role: str
    party_slug: str
    currency: str
    now_minor: int
    before_minor: int | None
    outlier: Outlier | None

    @property
    def change_minor(self) -> int:
        """What it is more than the month before."""
        return self.now_minor - (self.before_minor or 0)


_Key = tuple[str, str, str, str]


def compare_with_before(
    platform: Organisation, *, month: Month, statements: Iterable[Statement]
) -> Sequence[BesideBefore]:
    """Put what a close would issue beside the months before, in one query; outliers first.

    Args:
        platform: Whose months.
        month: The one that is previewed.
        statements: What closing it would issue to others.
    """
    now: dict[_Key, int] = defaultdict(int)
    for statement in statements:
        for total in statement.totals:
            key = (statement.deal_id, statement.payee.role, statement.payee.id, total.currency)
            now[key] += total.amount_minor
    before = _amounts_before(platform)
    previous = str(month.previous())
    of_the_month: dict[str, int] = defaultdict(int)
    for key, amount in now.items():
        of_the_month[key[-1]] += abs(amount)
    rows = [
        BesideBefore(
            *key,
            now_minor=now.get(key, 0),
            before_minor=before.get(key, {}).get(previous),
            outlier=find_outlier(
                now.get(key, 0),
                before=list(before.get(key, {}).values()),
                month_minor=of_the_month[key[-1]],
            ),
        )
        for key in sorted(now.keys() | before.keys())
    ]
    return sorted(rows, key=lambda own: (own.outlier is None, -abs(own.change_minor)))


def _amounts_before(platform: Organisation) -> dict[_Key, dict[str, int]]:
    """Return what the last closed months brought, by month."""
    closes = closes_of(platform).values("pk")[:HISTORY_MONTHS]
    found: dict[_Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = (
        StatementRecord.objects.filter(close_id__in=closes)
        .select_related("deal", "party", "close")
        .defer("document", "close__snapshot")
        .order_by("pk")
    )
    for own in rows.iterator(chunk_size=500):
        for total in own.totals:
            key = (own.deal.number, own.role, own.party.slug, total["currency"])
            found[key][own.close.period] += total["amount_minor"]
    return found
