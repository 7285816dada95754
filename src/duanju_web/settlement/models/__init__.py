"""Closed months: the frozen snapshot, the ledger behind it, and the statements it issued."""

from duanju_web.settlement.models.close import Close
from duanju_web.settlement.models.final import ClosedPeriodIsFinal
from duanju_web.settlement.models.ledger import LedgerPosting, LedgerTransaction
from duanju_web.settlement.models.statement import StatementRecord

__all__ = [
    "Close",
    "ClosedPeriodIsFinal",
    "LedgerPosting",
    "LedgerTransaction",
    "StatementRecord",
]
