"""What other rooms may ask of closed months, ledgers and statements."""

from duanju_web.settlement.selectors.closes import (
    PlatformMonth,
    closes_of,
    find_close,
    last_close,
    months_of,
    next_month,
    posted_transactions,
)
from duanju_web.settlement.selectors.statements import (
    account_balances,
    currency_sums,
    find_statement,
    ledger_of,
    statements_of,
)
from duanju_web.settlement.selectors.transfers import (
    available_by_account,
    balance_of,
    balances_by_key,
    balances_of,
    currencies_of_accounts,
    find_state,
    find_transfer,
    opened_accounts_of,
)

__all__ = [
    "PlatformMonth",
    "account_balances",
    "available_by_account",
    "balance_of",
    "balances_by_key",
    "balances_of",
    "closes_of",
    "currencies_of_accounts",
    "currency_sums",
    "find_close",
    "find_state",
    "find_statement",
    "find_transfer",
    "last_close",
    "ledger_of",
    "months_of",
    "next_month",
    "opened_accounts_of",
    "posted_transactions",
    "statements_of",
]
