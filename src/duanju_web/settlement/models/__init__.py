"""What others reported, closed months with ledger and statements, and later transfers."""

from duanju_web.settlement.models.close import Close
from duanju_web.settlement.models.dispute import (
    Dispute,
    DisputeFile,
    DisputeReason,
    DisputeStep,
)
from duanju_web.settlement.models.final import ClosedPeriodIsFinal
from duanju_web.settlement.models.ledger import LedgerPosting, LedgerTransaction
from duanju_web.settlement.models.rates import (
    RatePin,
    RateTable,
    RateTableDay,
    RemittingMonth,
)
from duanju_web.settlement.models.remitting import (
    PayoutTerms,
    RemittanceAdvice,
    TaxRuleVersion,
)
from duanju_web.settlement.models.report import IncomeReport, ReportLine, ReportState
from duanju_web.settlement.models.stage import (
    CloseProposal,
    ClosingRules,
    MonthStep,
    ProposalVerdict,
    ProvisionalStatement,
)
from duanju_web.settlement.models.statement import StatementRecord
from duanju_web.settlement.models.transfer import (
    LedgerAccount,
    LedgerTransfer,
    LedgerTransferLeg,
)

__all__ = [
    "Close",
    "CloseProposal",
    "ClosedPeriodIsFinal",
    "ClosingRules",
    "Dispute",
    "DisputeFile",
    "DisputeReason",
    "DisputeStep",
    "IncomeReport",
    "LedgerAccount",
    "LedgerPosting",
    "LedgerTransaction",
    "LedgerTransfer",
    "LedgerTransferLeg",
    "MonthStep",
    "PayoutTerms",
    "ProposalVerdict",
    "ProvisionalStatement",
    "RatePin",
    "RateTable",
    "RateTableDay",
    "RemittanceAdvice",
    "RemittingMonth",
    "ReportLine",
    "ReportState",
    "StatementRecord",
    "TaxRuleVersion",
]
