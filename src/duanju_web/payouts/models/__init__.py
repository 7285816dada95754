"""Bank accounts, batches of payouts, and what banks said of them."""

from duanju_web.payouts.models.account import BankAccount, BankAccountStop
from duanju_web.payouts.models.batch import BatchState, PayoutBatchRecord, PayoutRecord, PayoutRule
from duanju_web.payouts.models.status import StatusFile

__all__ = [
    "BankAccount",
    "BankAccountStop",
    "BatchState",
    "PayoutBatchRecord",
    "PayoutRecord",
    "PayoutRule",
    "StatusFile",
]
