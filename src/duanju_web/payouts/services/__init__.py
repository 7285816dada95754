"""What can be done with bank accounts and payouts."""

from duanju_web.payouts.services.accounts import (
    enter_bank_account,
    keep_bank_account,
    stop_bank_account,
)
from duanju_web.payouts.services.batches import (
    approve_batch,
    change_rule,
    propose_batch,
    withdraw_batch,
)
from duanju_web.payouts.services.statuses import import_statuses

__all__ = [
    "approve_batch",
    "change_rule",
    "enter_bank_account",
    "import_statuses",
    "keep_bank_account",
    "propose_batch",
    "stop_bank_account",
    "withdraw_batch",
]
