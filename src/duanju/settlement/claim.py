"""What settlement is given: the cumulative, exact outcome of one clause."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from duanju.kernel import Party, ProofStep, RoundingRule

FEE = "fee"
"""What the account of a deduction begins with; its name and its receiver follow."""

POOLED = "pool"
"""What stands for the measure in the account of an income that is made of several."""


class Direction(StrEnum):
    """Whether a payer owes a computed amount, or an income is divided."""

    OBLIGATION = "obligation"
    DISTRIBUTION = "distribution"


class PartKind(StrEnum):
    """Why a party receives its part."""

    SHARE = "share"
    DEDUCTION = "deduction"


@dataclass(frozen=True, slots=True, order=True)
class ClaimKey:
    """What a claim is about; postings are compared with claims by it.

    Attributes:
        deal_id: The deal.
        clause_id: The clause of its policy.
        title_id: The title, or empty where titles are counted together.
        currency: ISO 4217 code.
    """

    deal_id: str
    clause_id: str
    title_id: str
    currency: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one party has earned by a claim.

    Attributes:
        party: Who.
        kind: A share, or a deduction taken before the shares.
        name: The deduction's name, or the role of the share.
        amount: Minor units since the start, exact.
        proof: Why.
    """

    party: Party
    kind: PartKind
    name: str
    amount: Fraction
    proof: ProofStep


@dataclass(frozen=True, slots=True)
class Claim:
    """What one clause of one deal comes to since the start, as of the end of one month.

    Attributes:
        key: What it is about.
        direction: Obligation or distribution; the parts of a distribution sum to a whole number.
        payer: Who owes, or who holds the income: a platform, but of a commission the studio.
        measure: What was counted; empty for nothing, and for several incomes together.
        quantity: How much of it since the start, in the integer unit of the measure.
        parts: Who has earned how much. An amount may be negative: what a limit takes off, what is
            held in reserve, what a deficit payer adds. A party with several shares is paid their
            sum.
        rounding: Who receives the minor units left over, for a distribution.
        residual: The receiver, where the rule names one.
    """

    key: ClaimKey
    direction: Direction
    payer: Party
    measure: str
    quantity: int
    parts: tuple[Part, ...]
    rounding: RoundingRule = RoundingRule.LARGEST_REMAINDER
    residual: Party | None = None

    def accounts(self) -> Iterator[tuple[str, Part]]:
        """Yield the account into which each part goes, with the part."""
        for part in self.parts:
            yield account_of(part, payer=self.payer), part

    @property
    def source_account(self) -> str:
        """The account out of which the parts come."""
        if self.direction is Direction.OBLIGATION:
            return f"expense:{self.payer}"
        return f"income:{self.measure or POOLED}:{self.payer}"


def account_of(part: Part, *, payer: Party) -> str:
    """Return the account of a part: `fee:<deduction>:`, `retained:` (the payer's) or `payable:`."""
    if part.kind is PartKind.DEDUCTION:
        return f"{FEE}:{part.name}:{part.party}"
    return f"retained:{part.party}" if part.party == payer else f"payable:{part.party}"
