"""Cumulative claims in; transactions, statements and closed periods out."""

from duanju.settlement.claim import Claim, ClaimKey, Direction, Part, PartKind
from duanju.settlement.closing import ClosedOutOfOrder, Snapshot, find_breaks, freeze_period
from duanju.settlement.ledger import (
    Posting,
    Transaction,
    UnbalancedTransaction,
    balances,
    total_by_currency,
)
from duanju.settlement.retirement import with_retired
from duanju.settlement.settling import PeriodClosed, Settlement, settle
from duanju.settlement.statement import DeductionLine, Statement, StatementLine

__all__ = [
    "Claim",
    "ClaimKey",
    "ClosedOutOfOrder",
    "DeductionLine",
    "Direction",
    "Part",
    "PartKind",
    "PeriodClosed",
    "Posting",
    "Settlement",
    "Snapshot",
    "Statement",
    "StatementLine",
    "Transaction",
    "UnbalancedTransaction",
    "balances",
    "find_breaks",
    "freeze_period",
    "settle",
    "total_by_currency",
    "with_retired",
]
