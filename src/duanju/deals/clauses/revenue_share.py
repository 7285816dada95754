"""An income divided among parties, after named deductions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Counted, EarningTerm, Reset
from duanju.deals.clauses.provision import Direction, Provision
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

    It is exactly one of: a rate by channel, one rate, a cost, or what a clause paid in advance. A
    rate by channel stands before all others.

    Attributes:
        name: Its name, by which a base refers to it: `channel_fee`.
        title: What people call it.
        receiver: Role of who receives it; the role `channel` is the fact's own channel.
        rate_by_channel: Share of what the deductions before left, by channel. A channel that is
            absent, or whose parameter the deal leaves open, cannot be settled.
        rate: Share of what the deductions before left.
        cost: A cost that is taken in full, as far as the income reaches.
        recoups: A clause before this one whose payments are taken back, as far as income reaches.
        cap: The most that is taken, as a share of the gross income; `None` for no limit.
    """

    name: str
    title: Text
    receiver: str
    rate_by_channel: Mapping[str, Number] = field(default_factory=dict)
    rate: Number | None = None
    cost: Counted | None = None
    recoups: str = ""
    cap: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTier:
    """Shares that hold from a threshold on.

    Attributes:
        threshold: In the term unit of what the tiers count; of the base, in major units; or the
            parameter that holds it: a target that was not published.
        inclusive: Whether the threshold itself belongs to this tier.
        shares: Role to share of the base, for every role of the clause's `shares`.
    """

    threshold: Number
    inclusive: bool
    shares: Mapping[str, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class RevenueShare(Provision):
    """A distribution: what comes in goes out, to the last minor unit.

    Attributes:
        counted: The incomes that are divided, added up.
        currency: ISO 4217 code.
        base: What the shares are shares of: `gross` or `after_<name of a deduction>`.
        deductions: In the order in which they are taken.
        shares: Role to share of the base.
        share_tiers: Other shares from thresholds on, rising; below the first, `shares` hold.
        tiers_by: What the thresholds count; `None` for the base itself.
        reading: With `share_tiers`: whether they hold for what lies beyond a threshold, or for all.
        reset: When counting against the thresholds begins again.
        term: For how long it divides; later income goes to the residual receiver.
        residual: Role of who receives the rest; it bears what a base before deductions leaves out.
        deficit_payer: Role of who pays where the parts exceed the income; empty if they cannot.
        rounding: Who receives the minor units that rounding leaves over.
        holder: Role of who holds the income and pays it out.
    """

    counted: tuple[Counted, ...]
    currency: Word
    base: str
    deductions: tuple[Deduction, ...] = ()
    shares: Mapping[str, Number]
    share_tiers: tuple[ShareTier, ...] = ()
    tiers_by: Counted | None = None
    reading: Word = "marginal"
    reset: Reset = Reset.NEVER
    term: EarningTerm | None = None
    residual: str
    deficit_payer: str = ""
    rounding: RoundingRule = RoundingRule.LARGEST_REMAINDER
    holder: str = "platform"
    kind: Literal["revenue_share"] = "revenue_share"
    direction: ClassVar[Direction] = Direction.DISTRIBUTION
