"""Double-entry transactions: what has been posted, and what is to be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duanju.kernel import Month
from duanju.settlement.claim import ClaimKey


class UnbalancedTransaction(ValueError):
    """The legs of a transaction do not sum to zero in a currency."""

    code = "settlement.unbalanced-transaction"


@dataclass(frozen=True, slots=True, order=True)
class Posting:
    """One leg: what an account receives (positive) or gives (negative).

    Attributes:
        account: `payable:studio:<id>`, `fee:channel_fee:channel:web`, `expense:platform:<id>`, ….
        amount_minor: Minor units.
        currency: ISO 4217 code.
    """

    account: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class Transaction:
    """Money that moves between accounts, for one claim and one month.

    Attributes:
        id: Digest of what it is; the same settlement makes the same id.
        period: The month in which it is posted.
        concerns_period: The month whose facts it is about; earlier than `period` in a correction.
        key: Deal, clause, title and currency.
        legs: They sum to zero per currency.
    """

    id: str
    period: Month
    concerns_period: Month
    key: ClaimKey
    legs: tuple[Posting, ...]

    def __post_init__(self) -> None:
        """Refuse legs that do not balance."""
        if any(total_by_currency(self.legs).values()):
            raise UnbalancedTransaction(self.id)


def total_by_currency(legs: Iterable[Posting]) -> dict[str, int]:
    """Return the sum of legs per currency, in minor units."""
    totals: dict[str, int] = defaultdict(int)
    for leg in legs:
        totals[leg.currency] += leg.amount_minor
    return dict(totals)


def balances(transactions: Iterable[Transaction]) -> Mapping[tuple[str, str], int]:
    """Return what each account holds, by account and currency, sorted; those at zero left out."""
    totals: dict[tuple[str, str], int] = defaultdict(int)
    for transaction in transactions:
        for leg in transaction.legs:
            totals[leg.account, leg.currency] += leg.amount_minor
    return {place: totals[place] for place in sorted(totals) if totals[place]}
