"""What can be done with a month, and with its money afterwards."""

from duanju_web.settlement.services.accounts import (
    AccountOpenedOtherwise,
    open_account,
    open_accounts,
)
from duanju_web.settlement.services.approving import (
    approve_close,
    ask_to_close,
    refuse_close,
)
from duanju_web.settlement.services.closing import close_month
from duanju_web.settlement.services.deciding import (
    Decision,
    decide_month,
    find_close_obstacles,
)
from duanju_web.settlement.services.rates import (
    KeptFile,
    import_rates,
    keep_rates_file,
    pin_table,
)
from duanju_web.settlement.services.remitting import make_due
from duanju_web.settlement.services.sealing import bring_into_lake
from duanju_web.settlement.services.stages import (
    invoice_month,
    mark_paid,
    push_month,
    set_closing_rules,
    soft_close_month,
)
from duanju_web.settlement.services.taxes import Entered, enter_rules
from duanju_web.settlement.services.transfers import make_transfers

__all__ = [
    "AccountOpenedOtherwise",
    "Decision",
    "Entered",
    "KeptFile",
    "approve_close",
    "ask_to_close",
    "bring_into_lake",
    "close_month",
    "decide_month",
    "enter_rules",
    "find_close_obstacles",
    "import_rates",
    "invoice_month",
    "keep_rates_file",
    "make_due",
    "make_transfers",
    "mark_paid",
    "open_account",
    "open_accounts",
    "pin_table",
    "push_month",
    "refuse_close",
    "set_closing_rules",
    "soft_close_month",
]
