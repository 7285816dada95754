"""Incomes that flow down through steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import ClassVar, Literal

from duanju.deals.clauses.counting import Counted, Scope
from duanju.deals.clauses.provision import Direction, Provision
from duanju.deals.parameters import Number, Word
from duanju.kernel import RoundingRule, Text


class Order(StrEnum):
    """How the receivers of a step stand to one another: side by side, or one after the other."""

    PRO_RATA = "pro_rata"
    PRIORITY = "priority"


class Gauge(StrEnum):
    """What the thresholds of a step are read from.

    `pool` is all income so far; `step` what a step has taken so far; `party` what a role has
    received by all steps so far; `measure` an external count.
    """

    POOL = "pool"
    STEP = "step"
    PARTY = "party"
    MEASURE = "measure"


class InterestKind(StrEnum):
    """Whether interest bears interest."""

    SIMPLE = "simple"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """What capital earns until it is paid back: a twelfth of the yearly rate each month's end.

    Attributes:
        rate: A year, as a share: 0.08.
        kind: Simple, on what is left of the capital; compound, on interest left unpaid, too.
    """

    rate: Number
    kind: InterestKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """The most that a step, or a receiver of it, takes; all that is given is added up.

    Attributes:
        amount: Major units.
        cost: A cost or an investment, as facts tell it.
        cost_cap: The most of that cost which counts, in major units.
        interest: What the limit grows by while it is not reached.
    """

    amount: Number | None = None
    cost: Counted | None = None
    cost_cap: Number | None = None
    interest: Interest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """Where on a gauge a step is open: above one threshold, up to another. Crossings are exact,
    but on a measure, whose crossings open or close with the month after.

    Attributes:
        gauge: What is read.
        of: The step or role, for those gauges.
        counted: For the gauge `measure`.
        above: The step is open above this; `None` from the first.
        until: And up to this; `None` without end. Money in major units.
    """

    gauge: Gauge
    of: str = ""
    counted: Counted | None = None
    above: Number | None = None
    until: Number | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who receives of a step.

    Attributes:
        role: Who.
        weight: Part of what the step takes, pro rata; unused where the order is priority.
        limit: The most that this receiver takes; what it no longer takes goes to the others of the
            step, and when none is left, on.
    """

    role: str
    weight: Number = Fraction(1)
    limit: Limit | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaterfallStep:
    """One step: it takes its share of what reaches it, and lets the rest flow on.

    Attributes:
        name: By which gates, conditions and proofs name it.
        title: What people call it.
        takes: Share of what reaches it; 1 for all.
        receivers: Among whom it is divided.
        order: How.
        limit: The most that the step takes in all.
        gates: Where it is open; all must be.
        from_day: Income of earlier days passes it by.
        until_day: Income from this day on passes it by.
        is_deduction: Whether statements show it as a deduction.
    """

    name: str
    title: Text
    takes: Number = Fraction(1)
    receivers: tuple[Receiver, ...]
    order: Order = Order.PRO_RATA
    limit: Limit | None = None
    gates: tuple[Gate, ...] = ()
    from_day: date | None = None
    until_day: date | None = None
    is_deduction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Waterfall(Provision):
    """A distribution: incomes flow down through steps, and the residual receiver has the rest.

    Attributes:
        counted: The incomes that enter.
        currency: ISO 4217 code.
        steps: From the top.
        owed_of_gross: Role to share of the gross income that is owed beside the steps; with the
            steps they can exceed the whole, and then the deficit payer pays.
        scope: `title` for a waterfall a title, `pool` for one over all titles of the deal.
        residual: Role of who has what no step takes.
        deficit_payer: Role of who pays what is owed beyond the income, and who bears income that
            was refunded after it had been paid out; empty for the residual receiver, unless shares
            can exceed the whole.
        rounding: Who receives the minor units that rounding leaves over.
        holder: Role of who holds the income and pays it out.
    """

    counted: tuple[Counted, ...]
    currency: Word
    steps: tuple[WaterfallStep, ...]
    owed_of_gross: Mapping[str, Number] = field(default_factory=dict)
    scope: Scope = Scope.TITLE
    residual: str
    deficit_payer: str = ""
    rounding: RoundingRule = RoundingRule.LARGEST_REMAINDER
    holder: str = "platform"
    kind: Literal["waterfall"] = "waterfall"
    direction: ClassVar[Direction] = Direction.DISTRIBUTION
