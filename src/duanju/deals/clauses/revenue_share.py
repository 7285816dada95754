"""An income divided among parties, after named deductions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from duanju.deals.parameters import Number, Word
from duanju.kernel import RoundingRule, Text

GROSS = "gross"
AFTER = "after_"
"""A base is `gross`, or `after_` and the name of the deduction behind which it is taken."""

CHANNEL_ROLE = "channel"
"""The role of whoever sold the unlock; it needs no party in the terms."""


@dataclass(frozen=True, slots=True)
class Deduction:
    """Something taken from the income before it is divided.

    Attributes:
        name: Its name, by which a base refers to it: `channel_fee`.
        title: What people call it.
        receiver: Role of who receives it; the role `channel` is the fact's own channel.
        rate_by_channel: Share of what the deductions before left, by channel. A channel that is
            absent, or whose parameter the deal leaves open, cannot be settled.
    """

    name: str
    title: Text
    receiver: str
    rate_by_channel: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class RevenueShare:
    """A distribution: what comes in goes out, to the last minor unit.

    Attributes:
        id: Unique within the policy.
        title: What people call the clause.
        explanation: What it says, in prose.
        measure: The income that is divided.
        currency: ISO 4217 code, or the choice parameter that holds one.
        base: What the shares are shares of: `gross` or `after_<name of a deduction>`.
        deductions: In the order in which they are taken.
        shares: Role to share of the base.
        residual: Role of who receives the rest; it bears what a base before deductions leaves out.
        rounding: Who receives the minor units that rounding leaves over.
        holder: Role of who holds the income and pays it out.
    """

    id: str
    title: Text
    explanation: Text
    measure: str
    currency: Word
    base: str
    deductions: tuple[Deduction, ...]
    shares: Mapping[str, Number]
    residual: str
    rounding: RoundingRule = RoundingRule.LARGEST_REMAINDER
    holder: str = "platform"
    kind: Literal["revenue_share"] = "revenue_share"
