"""Cumulative claims in; transactions, statements and closed periods out."""

from duanju.settlement.claim import Claim, ClaimKey, Direction, Part, PartKind
from duanju.settlement.closing import ClosedOutOfOrder, Snapshot, find_breaks, freeze_period
from duanju.settlement.exchange import (
    Conversion,
    ExchangeRate,
    NoRate,
    PinnedRates,
    convert,
    pin_rates,
)
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
from duanju.settlement.transfer import (
    AccountBalance,
    AccountKey,
    AccountState,
    BookedLeg,
    MalformedTransfer,
    Receipt,
    Transfer,
    TransferAction,
    TransferLeg,
    TransferState,
)
from duanju.settlement.transfers import TransferDecision, decide_transfers

__all__ = [
    "AccountBalance",
    "AccountKey",
    "AccountState",
    "BookedLeg",
    "Claim",
    "ClaimKey",
    "ClosedOutOfOrder",
    "Conversion",
    "DeductionLine",
    "Direction",
    "ExchangeRate",
    "MalformedTransfer",
    "NoRate",
    "Part",
    "PartKind",
    "PeriodClosed",
    "PinnedRates",
    "Posting",
    "Receipt",
    "Settlement",
    "Snapshot",
    "Statement",
    "StatementLine",
    "Transaction",
    "Transfer",
    "TransferAction",
    "TransferDecision",
    "TransferLeg",
    "TransferState",
    "UnbalancedTransaction",
    "balances",
    "convert",
    "decide_transfers",
    "find_breaks",
    "freeze_period",
    "pin_rates",
    "settle",
    "total_by_currency",
    "with_retired",
]
