"""A percentage of an amount, by tiers."""

from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Counted, EarningTerm, Reset, Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.clauses.tiered_rate import Tier
from duanju.deals.parameters import Word


@dataclass(frozen=True, slots=True, kw_only=True)
class TieredBonus(Provision):
    """An obligation: the payer owes a percentage of an amount, by tiers.

    The amount is an income, or what a party has earned by clauses before this one.

    Attributes:
        of: Clauses before this one whose entitlements are the amount; empty for `counted`.
        earned_by: Role whose entitlements count, with `of`.
        counted: The incomes that are the amount, added up; empty with `of`.
        by: What the thresholds are thresholds of; `None` for the amount itself, in major units.
        tiers: By rising threshold, the first at 0; rates are shares of the amount.
        reading: With the amount itself, marginal pays each tier's part of it at its own rate. With
            `by`, marginal divides the amount as the tiers divide the measure.
        scope: What is counted together.
        reset: When counting begins again. Years of what clauses earn are whole months: a month in
            which a year of the deal begins belongs to it.
        term: For how long it earns.
        currency: ISO 4217 code; entitlements in another are a problem.
        payer: Role of who owes.
        payee: Role of whom it is owed to.
    """

    of: tuple[str, ...] = ()
    earned_by: str = "studio"
    counted: tuple[Counted, ...] = ()
    by: Counted | None = None
    tiers: tuple[Tier, ...]
    reading: Word
    scope: Scope = Scope.TITLE
    reset: Reset = Reset.NEVER
    term: EarningTerm | None = None
    currency: Word
    payer: str = "platform"
    payee: str = "studio"
    kind: Literal["tiered_bonus"] = "tiered_bonus"
    direction: ClassVar[Direction] = Direction.OBLIGATION
