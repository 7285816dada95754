"""Closing a period: a frozen snapshot in a chain of hashes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from duanju.kernel import Month, Problem, Where, chain_digest
from duanju.settlement.ledger import Posting, Transaction, balances
from duanju.settlement.statement import Statement


class ClosedOutOfOrder(ValueError):
    """A period was closed that does not come after the one closed before."""

    code = "settlement.closed-out-of-order"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A closed period; nothing that it holds changes again.

    Attributes:
        period: The month closed.
        transaction_ids: Of all that was posted in it, sorted.
        balances: What the period brought each account, sorted; zeros left out.
        statement_digests: Of the statements issued, in their order.
        previous_digest: The digest of the snapshot before, or empty for the first.
        digest: Of all the rest, chained to the previous.
    """

    period: Month
    transaction_ids: tuple[str, ...]
    balances: tuple[Posting, ...]
    statement_digests: tuple[str, ...]
    previous_digest: str
    digest: str


def freeze_period(
    *,
    period: Month,
    transactions: Iterable[Transaction],
    statements: Iterable[Statement],
    previous: Snapshot | None = None,
) -> Snapshot:
    """Freeze what was posted in a period.

    Args:
        period: The month to close.
        transactions: The ledger's; those of other periods are passed over.
        statements: The period's statements.
        previous: The snapshot of the period closed before.

    Raises:
        ClosedOutOfOrder: The period is not after that of `previous`.
    """
    if previous is not None and period <= previous.period:
        raise ClosedOutOfOrder(f"{period} does not come after {previous.period}")
    posted = [transaction for transaction in transactions if transaction.period == period]
    snapshot = Snapshot(
        period=period,
        transaction_ids=tuple(sorted({transaction.id for transaction in posted})),
        balances=tuple(
            Posting(account, amount_minor, code)
            for (account, code), amount_minor in balances(posted).items()
        ),
        statement_digests=tuple(statement.digest for statement in statements),
        previous_digest=previous.digest if previous else "",
        digest="",
    )
    return replace(snapshot, digest=_digest_of(snapshot))


def find_breaks(snapshots: Sequence[Snapshot]) -> tuple[Problem, ...]:
    """Return a problem for each snapshot that was changed or does not follow the one before.

    Args:
        snapshots: From the first, in the order of their periods.
    """
    problems = []
    previous_digest = ""
    for snapshot in snapshots:
        period = str(snapshot.period)
        if snapshot.previous_digest != previous_digest:
            problems.append(Problem("settlement.chain-broken", Where(), {"period": period}))
        if snapshot.digest != _digest_of(snapshot):
            problems.append(Problem("settlement.snapshot-changed", Where(), {"period": period}))
        previous_digest = snapshot.digest
    return tuple(problems)


def _digest_of(snapshot: Snapshot) -> str:
    content = replace(snapshot, digest="")
    return chain_digest(snapshot.previous_digest, content)
