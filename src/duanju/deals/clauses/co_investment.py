"""Cost shared, paid back, then profit shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Counted, Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.clauses.waterfall import Interest, Order, WaterfallStep
from duanju.deals.parameters import Number, Word
from duanju.kernel import RoundingRule


@dataclass(frozen=True, slots=True, kw_only=True)
class Stake:
    """What one investor puts in.

    Attributes:
        role: Who.
        amount: Major units, in on signing; `None` where facts of the measure `investment` tell it,
            whose `item` is the role.
        share: Of the production cost, as facts tell it; `None` with the others.
        seniority: Who is paid back first, 1 before 2, where the order is priority.
    """

    role: str
    amount: Number | None = None
    share: Number | None = None
    seniority: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class CoInvestment(Provision):
    """A distribution: investors are paid back, then a hurdle, then profit is divided.

    With one stake it is full funding.

    Attributes:
        counted: The incomes that enter.
        currency: ISO 4217 code.
        stakes: Who put in how much: the capital accounts.
        before: Steps of a waterfall before anyone is paid back: expenses with caps.
        order: Paid back in proportion to capital, or by seniority.
        hurdle: What capital earns before there is a profit; `None` for nothing.
        profit: Role to share of the profit.
        residual: Role of who has what the profit's shares leave.
        scope: `title` for an account a title, `pool` for one over all titles of the deal.
        rounding: Who receives the minor units that rounding leaves over.
        holder: Role of who holds the income and pays it out.
    """

    counted: tuple[Counted, ...]
    currency: Word
    stakes: tuple[Stake, ...]
    before: tuple[WaterfallStep, ...] = ()
    order: Order = Order.PRO_RATA
    hurdle: Interest | None = None
    profit: Mapping[str, Number]
    residual: str
    scope: Scope = Scope.TITLE
    rounding: RoundingRule = RoundingRule.LARGEST_REMAINDER
    holder: str = "platform"
    kind: Literal["co_investment"] = "co_investment"
    direction: ClassVar[Direction] = Direction.DISTRIBUTION
