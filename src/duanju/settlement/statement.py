"""What a party is shown: one line a claim and month, each with its deductions and its proof."""

from dataclasses import dataclass

from duanju.kernel import Money, Month, Party, ProofStep
from duanju.settlement.claim import ClaimKey


@dataclass(frozen=True, slots=True)
class DeductionLine:
    """A deduction that was taken before this line's share.

    Attributes:
        name: Its name in the terms: `channel_fee`.
        receiver: Who receives it.
        amount_minor: In this line; negative in a correction that gives it back.
    """

    name: str
    receiver: Party
    amount_minor: int


@dataclass(frozen=True, slots=True)
class StatementLine:
    """What one claim brings a party in this period, for one month.

    Attributes:
        key: Deal, clause, title and currency.
        concerns_period: The month whose facts it is about.
        corrects: That month, if it is earlier than the statement's own: a correction; else `None`.
        measure: What was counted.
        quantity: How much of it the month holds, in the measure's integer unit.
        cumulative_quantity: How much since the start, up to the end of that month.
        gross_minor: The income that this line divides; `None` for an obligation.
        deductions: All that was taken before the share, in order.
        previous_cumulative_minor: The party's rounded entitlement up to the month before.
        cumulative_minor: The party's rounded entitlement up to the end of the month.
        posted_before_minor: What earlier periods posted for the month.
        amount_minor: `cumulative − previous cumulative − posted before`: what this line brings.
        proof: Why the cumulative entitlement is what it is.
    """

    key: ClaimKey
    concerns_period: Month
    corrects: Month | None
    measure: str
    quantity: int
    cumulative_quantity: int
    gross_minor: int | None
    deductions: tuple[DeductionLine, ...]
    previous_cumulative_minor: int
    cumulative_minor: int
    posted_before_minor: int
    amount_minor: int
    proof: ProofStep


@dataclass(frozen=True, slots=True)
class Statement:
    """What one deal brings one party in one period.

    Attributes:
        period: The month that it is for.
        deal_id: The deal.
        payer: Who owes.
        payee: Who is owed.
        lines: By clause, title and month concerned.
        totals: The sum of the lines, a currency each.
        digest: SHA-256 of the canonical JSON of all the rest.
    """

    period: Month
    deal_id: str
    payer: Party
    payee: Party
    lines: tuple[StatementLine, ...]
    totals: tuple[Money, ...]
    digest: str
