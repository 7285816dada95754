"""From cumulative claims and what has been posted to what is to be posted now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from duanju.kernel import Month, Problem, Where, digest
from duanju.settlement.claim import Claim, ClaimKey
from duanju.settlement.ledger import Posting, Transaction
from duanju.settlement.rounding import legs_of
from duanju.settlement.statement import Statement
from duanju.settlement.statements import ClaimMonth, issue_statements

Legs = Mapping[str, int]


class PeriodClosed(ValueError):
    """The period has been closed, or a later one has: it no longer changes."""

    code = "settlement.period-closed"


@dataclass(frozen=True, slots=True)
class Settlement:
    """What settling a period comes to: a decision, nothing of it is posted yet.

    Attributes:
        period: The month settled.
        transactions: What is to be posted, in a stable order; empty if all has been posted.
        statements: The whole of the period, with what had been posted in it before.
        problems: What kept deals from being settled; those deals appear nowhere else.
    """

    period: Month
    transactions: tuple[Transaction, ...]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...] = ()


def settle(
    *,
    claims_by_month: Mapping[Month, Iterable[Claim]],
    posted: Iterable[Transaction],
    period: Month,
    closed: Collection[Month] = (),
) -> Settlement:
    """Decide what to post in a period so that the ledger says what the claims say.

    For each claim and each month up to the period, what the month brings is the rounded cumulative
    claim at its end less that at the end of the month before; what has been posted for that month
    already is taken off, and the difference is posted, naming the month it concerns. So late
    events, refunds and amendments need no rule of their own.

    Args:
        claims_by_month: Month to the claims as of its end; each month since the first in which a
            deal was in force, up to the period, without a gap; each key once a month.
        posted: All transactions of the deals so far, those of this period included.
        period: The month to settle.
        closed: The months that are closed.

    Returns:
        Transactions whose ids depend on nothing but what they say and how many came before, so
        that the same settlement again gives the same ids; and statements.

    Raises:
        PeriodClosed: The period or a later one is closed.
    """
    if any(month >= period for month in closed):
        raise PeriodClosed(f"{period} cannot be settled: {max(closed)} is closed")
    book = _Book.of(posted)
    transactions: list[Transaction] = []
    entries: list[ClaimMonth] = []
    seen: set[tuple[ClaimKey, Month]] = set()
    for claim, before, concerns in _claim_months(claims_by_month, period):
        place = claim.key, concerns
        seen.add(place)
        target = _less(legs_of(claim), legs_of(before) if before else {})
        due = _less(target, book.legs[place])
        if any(due.values()):
            transactions.append(_transaction(period, place, due, book.count[place]))
        brings = _less(target, book.legs_before(place, period))
        entries.append(ClaimMonth(claim, before, concerns, brings))
    statements = issue_statements(period=period, entries=entries)
    return Settlement(period, tuple(transactions), statements, _find_orphans(book, seen, period))


@dataclass(frozen=True, slots=True)
class _Book:
    """What has been posted, by claim and month concerned."""

    legs: Mapping[tuple[ClaimKey, Month], Legs]
    count: Mapping[tuple[ClaimKey, Month], int]
    by_period: Mapping[tuple[ClaimKey, Month], Mapping[Month, Legs]]

    @classmethod
    def of(cls, posted: Iterable[Transaction]) -> "_Book":
        legs: dict[tuple[ClaimKey, Month], dict[str, int]] = defaultdict(dict)
        count: dict[tuple[ClaimKey, Month], int] = defaultdict(int)
        by_period: dict[tuple[ClaimKey, Month], dict[Month, dict[str, int]]] = defaultdict(dict)
        for transaction in {transaction.id: transaction for transaction in posted}.values():
            place = transaction.key, transaction.concerns_period
            count[place] += 1
            in_period = by_period[place].setdefault(transaction.period, {})
            for leg in transaction.legs:
                for sums in (legs[place], in_period):
                    sums[leg.account] = sums.get(leg.account, 0) + leg.amount_minor
        return cls(legs, count, by_period)

    def legs_before(self, place: tuple[ClaimKey, Month], period: Month) -> Legs:
        """Return what periods before this one posted."""
        sums: dict[str, int] = {}
        for posted_in, legs in self.by_period.get(place, {}).items():
            if posted_in < period:
                for account, amount_minor in legs.items():
                    sums[account] = sums.get(account, 0) + amount_minor
        return sums


def _claim_months(
    claims_by_month: Mapping[Month, Iterable[Claim]], period: Month
) -> Iterator[tuple[Claim, Claim | None, Month]]:
    """Yield each claim at each month's end, with itself at the end of the month before."""
    before: dict[ClaimKey, Claim] = {}
    for month in sorted(claims_by_month):
        if month > period:
            return
        given = list(claims_by_month[month])
        claims = {claim.key: claim for claim in given}
        assert len(claims) == len(given), "two claims of one key: one would be lost"
        for key in sorted(claims):
            yield claims[key], before.get(key), month
        before = claims


def _less(legs: Legs, taken: Legs) -> dict[str, int]:
    accounts = dict.fromkeys([*legs, *taken])
    return {account: legs.get(account, 0) - taken.get(account, 0) for account in accounts}


def _transaction(
    period: Month, place: tuple[ClaimKey, Month], due: Legs, posted_before: int
) -> Transaction:
    key, concerns = place
    legs = tuple(
        Posting(account, amount_minor, key.currency)
        for account, amount_minor in sorted(due.items())
        if amount_minor
    )
    identity = {
        "period": str(period),
        "concerns_period": str(concerns),
        "key": key,
        "legs": legs,
        "posted_before": posted_before,
    }
    return Transaction(digest(identity), period, concerns, key, legs)


def _find_orphans(
    book: _Book, seen: Collection[tuple[ClaimKey, Month]], period: Month
) -> tuple[Problem, ...]:
    """Name what was posted for deals that are settled now, but that no clause claims any more."""
    deals = {key.deal_id for key, _ in seen}
    orphans = {
        (key, month)
        for (key, month), legs in book.legs.items()
        if key.deal_id in deals
        and month <= period
        and (key, month) not in seen
        and any(legs.values())
    }
    return tuple(
        Problem(
            "settlement.posted-without-claim",
            Where(),
            {
                "deal": key.deal_id,
                "clause": key.clause_id,
                "title": key.title_id,
                "month": str(month),
            },
        )
        for key, month in sorted(orphans)
    )
