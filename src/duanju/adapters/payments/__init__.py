"""Files that go to banks and come from them: payments out, their status in."""

from duanju.adapters.payments.payment_files import (
    PAYMENT_COLUMNS,
    BankProfile,
    PainVersion,
    payments_as_csv,
    payments_as_pain,
)
from duanju.adapters.payments.status_files import (
    FILE_BYTES_MAX,
    STATUS_COLUMNS,
    read_payout_reports,
)

__all__ = [
    "FILE_BYTES_MAX",
    "PAYMENT_COLUMNS",
    "STATUS_COLUMNS",
    "BankProfile",
    "PainVersion",
    "payments_as_csv",
    "payments_as_pain",
    "read_payout_reports",
]
