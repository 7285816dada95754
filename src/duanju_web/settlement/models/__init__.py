"""Closed months with their ledger and statements, and the transfers that come after."""

from duanju_web.settlement.models.close import Close
from duanju_web.settlement.models.final import ClosedPeriodIsFinal
from duanju_web.settlement.models.ledger import LedgerPosting, LedgerTransaction
from duanju_web.settlement.models.statement import StatementRecord
from duanju_web.settlement.models.transfer import (
    LedgerAccount,
    LedgerTransfer,
    LedgerTransferLeg,
)

__all__ = [
    "Close",
    "ClosedPeriodIsFinal",
    "LedgerAccount",
    "LedgerPosting",
    "LedgerTransaction",
    "LedgerTransfer",
    "LedgerTransferLeg",
    "StatementRecord",
]
