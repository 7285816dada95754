"""Why a place of a flow has what it has: one proof step an entry, however many pieces it took.

An entry is the net income of a month. However its pieces crossed limits and thresholds, what a step
took of it is its share of what found it open, or what its limits left, whichever is less.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from duanju.deals.clauses import Order
from duanju.deals.earning.flow.marching import (
    DEFICIT,
    OWED,
    REST,
    Course,
    OpenReceiver,
    OpenStep,
    Place,
    Portion,
)
from duanju.deals.earning.flow.plan import MONTHS_PER_YEAR, FlowPlan, Inflow, LimitPlan
from duanju.kernel import Month, ProofStep

_ZERO = Fraction(0)
Inputs = dict[str, Fraction | str]


@dataclass(frozen=True, slots=True)
class Room:
    """A limit as an entry finds it.

    Attributes:
        place: Whose limit; a step's own has no role.
        limit: What it is made of.
        cost: The cost so far, in minor units.
        interest: The interest so far.
        paid: What has been taken of it.
        accrued: The proofs of that interest which no proof has shown yet.
    """

    place: Place
    limit: LimitPlan
    cost: int
    interest: Fraction
    paid: Fraction
    accrued: tuple[ProofStep, ...]

    @property
    def limited(self) -> Fraction:
        """The whole limit."""
        return self.limit.capital(self.cost) + self.interest

    @property
    def left(self) -> Fraction:
        """What it leaves; less than 0 where a cost has been corrected downwards."""
        return self.limited - self.paid


@dataclass(frozen=True, slots=True)
class Reversal:
    """A piece of earlier income, or a part of it, that a refund took back."""

    when: str
    returned: Fraction
    amount: Fraction
    got: Mapping[Place, Fraction]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one inflow did.

    Attributes:
        inflow: The inflow.
        deficit: What had been refunded beyond all income before it.
        portions: How it was marched; empty for a refund.
        rooms: The limits as it found them.
        reversals: What a refund took back, the latest first.
    """

    inflow: Inflow
    deficit: Fraction
    portions: tuple[Portion, ...]
    rooms: Mapping[Place, Room]
    reversals: tuple[Reversal, ...] = ()


@dataclass(slots=True)
class EntryProofs:
    """What an entry adds to the proofs.

    Attributes:
        steps: By place, in order.
        shown: The places whose limits these proofs show.
    """

    steps: dict[Place, list[ProofStep]] = field(default_factory=dict)
    shown: set[Place] = field(default_factory=set)

    def add(self, place: Place, step: ProofStep) -> None:
        """Add a step to the proof of a place."""
        self.steps.setdefault(place, []).append(step)


def prove_payment(plan: FlowPlan, entry: Entry, course: Course) -> EntryProofs:
    """Return why each place received what it did of an income."""
    payment = _Payment(plan, entry, course, EntryProofs())
    payment.prove()
    return payment.proofs


def prove_refund(plan: FlowPlan, entry: Entry) -> EntryProofs:
    """Return why each place gave back what it did for a refund."""
    proofs = EntryProofs()
    when, currency = entry.inflow.when, plan.currency
    for reversal in entry.reversals:
        for place, had in reversal.got.items():
            inputs: Inputs = {
                "month": when,
                "of_month": reversal.when,
                "returned_minor": -reversal.returned,
                "had_minor": had,
                "piece_minor": reversal.amount,
            }
            result = -reversal.returned * had / reversal.amount
            formula = "returned_minor * had_minor / piece_minor"
            proofs.add(place, _step("waterfall_reversal", formula, inputs, result, currency))
    reversed_minor = sum((own.returned for own in entry.reversals), _ZERO)
    result = entry.inflow.amount + reversed_minor
    if result:
        inputs = {
            "month": when,
            "income_minor": Fraction(entry.inflow.amount),
            "reversed_minor": reversed_minor,
        }
        formula = "income_minor + reversed_minor"
        step = _step("waterfall_deficit", formula, inputs, result, currency)
        proofs.add(Place(DEFICIT, plan.deficit_payer), step)
    return proofs


def prove_interest(
    place: Place, month: Month, balance: Fraction, limit: LimitPlan, currency: str
) -> ProofStep:
    """Return a month's interest on what was left at its end."""
    inputs: Inputs = {
        "step": place.step,
        "role": place.role,
        "month": str(month),
        "balance_minor": balance,
        "yearly_rate": limit.rate,
        "months_per_year": Fraction(MONTHS_PER_YEAR),
    }
    formula = "balance_minor * yearly_rate / months_per_year"
    result = balance * limit.rate / MONTHS_PER_YEAR
    return _step("waterfall_interest", formula, inputs, result, currency)


@dataclass(frozen=True, slots=True)
class _Payment:
    """The proofs of one income, from what came in to what was left over."""

    plan: FlowPlan
    entry: Entry
    course: Course
    proofs: EntryProofs

    def prove(self) -> None:
        income = self._income()
        if not income.result:
            return
        taken = [self._taking(step) for step in self.course.steps if self._took(step)]
        owed = [
            self._owed(role, income.result) for role, share in self.course.owed.items() if share
        ]
        excess = self._excess()
        self._rest([income, *taken, *owed, *excess])

    def _income(self) -> ProofStep:
        """Return what flows down, and prove what it makes good before."""
        amount = Fraction(self.entry.inflow.amount)
        made_good = min(amount, self.entry.deficit)
        if made_good:
            inputs: Inputs = {"income_minor": amount, "deficit_minor": self.entry.deficit}
            formula = "min(income_minor, deficit_minor)"
            step = self._step("waterfall_made_good", formula, inputs, made_good)
            self.proofs.add(Place(DEFICIT, self.plan.deficit_payer), step)
        inputs = {"income_minor": amount, "made_good_minor": made_good}
        formula = "income_minor - made_good_minor"
        return self._step("waterfall_income", formula, inputs, amount - made_good)

    def _took(self, step: OpenStep) -> Fraction:
        places = (Place(step.name, receiver.role) for receiver in step.receivers)
        return sum((self._got(place) for place in places), _ZERO)

    def _got(self, place: Place) -> Fraction:
        return sum((portion.got.get(place, _ZERO) for portion in self.entry.portions), _ZERO)

    def _taking(self, step: OpenStep) -> ProofStep:
        """Return what a step took, and prove what each receiver had of it."""
        portions = self.entry.portions
        admitted = sum((portion.admitted.get(step.name, _ZERO) for portion in portions), _ZERO)
        inputs: Inputs = {
            "step": step.name,
            "reached_minor": sum((portion.reached[step.name] for portion in portions), _ZERO),
            "admitted_minor": admitted,
            "takes": step.takes,
        }
        rooms = self._rooms_of(step)
        codes = [f"sum({code})" for code in dict.fromkeys(room.code for room in rooms)]
        formula = "admitted_minor * takes"
        if codes:
            formula = f"min({', '.join([formula, *codes])})"
        taken = self._step("waterfall_step", formula, inputs, self._took(step), rooms)
        if len(step.receivers) == 1:
            self.proofs.add(Place(step.name, step.receivers[0].role), taken)
        elif step.order is Order.PRIORITY:
            self._one_after_the_other(step, taken)
        else:
            self._side_by_side(step, taken)
        return taken

    def _rooms_of(self, step: OpenStep) -> list[ProofStep]:
        """Return what limits the whole step: its own limit, and those of all receivers."""
        rooms = []
        if Place(step.name, "") in self.entry.rooms:
            rooms.append(self._room(Place(step.name, "")))
        places = [Place(step.name, receiver.role) for receiver in step.receivers]
        if all(place in self.entry.rooms for place in places):
            rooms += [self._room(place) for place in places]
        return rooms

    def _room(self, place: Place) -> ProofStep:
        """Return what a limit leaves: its capital and interest, less what has been paid."""
        room = self.entry.rooms[place]
        self.proofs.shown.add(place)
        shown = sum((step.result for step in room.accrued), _ZERO)
        inputs: Inputs = {
            "step": place.step,
            "role": place.role,
            "amount_minor": room.limit.amount,
            "interest_before_minor": room.interest - shown,
            "paid_minor": room.paid,
        }
        formula = "amount_minor + interest_before_minor - paid_minor"
        steps = list(room.accrued)
        if steps:
            formula += " + sum(waterfall_interest)"
        if room.limit.cost_share is not None:
            formula += " + sum(waterfall_cost)"
            steps.insert(0, self._cost(room, room.limit.cost_share))
        if room.left < 0:
            inputs["nothing_minor"] = _ZERO
            formula = f"max({formula}, nothing_minor)"
        code = "waterfall_receiver_room" if place.role else "waterfall_step_room"
        return self._step(code, formula, inputs, max(_ZERO, room.left), steps)

    def _cost(self, room: Room, share: Fraction) -> ProofStep:
        inputs: Inputs = {
            "step": room.place.step,
            "role": room.place.role,
            "cost_minor": Fraction(room.cost),
            "share": share,
        }
        counted = "cost_minor"
        if room.limit.cost_cap is not None:
            inputs["cost_cap_minor"] = room.limit.cost_cap
            counted = "min(cost_minor, cost_cap_minor)"
        if room.cost < 0:
            inputs["nothing_minor"] = _ZERO
            counted = f"max({counted}, nothing_minor)"
        result = room.limit.counted_cost(room.cost)
        return self._step("waterfall_cost", f"{counted} * share", inputs, result)

    def _side_by_side(self, step: OpenStep, taken: ProofStep) -> None:
        """Prove each receiver's part: what its limit left, or its weight's part of the rest."""
        filled = [receiver for receiver in step.receivers if self._is_filled(step, receiver)]
        others = [receiver for receiver in step.receivers if receiver not in filled]
        filled_minor = sum((self._got(Place(step.name, own.role)) for own in filled), _ZERO)
        weights = sum((receiver.weight for receiver in others), _ZERO)
        for receiver in step.receivers:
            place = Place(step.name, receiver.role)
            if not self._got(place):
                continue
            inputs: Inputs = {"step": step.name, "role": receiver.role}
            if receiver in filled:
                steps, formula = [self._room(place)], "sum(waterfall_receiver_room)"
                code = "waterfall_filled_part"
            else:
                steps, code = [taken], "waterfall_part"
                inputs |= {
                    "filled_minor": filled_minor,
                    "weight": receiver.weight,
                    "weights": weights,
                }
                formula = "(sum(waterfall_step) - filled_minor) * weight / weights"
            self.proofs.add(place, self._step(code, formula, inputs, self._got(place), steps))

    def _is_filled(self, step: OpenStep, receiver: OpenReceiver) -> bool:
        room = self.entry.rooms.get(Place(step.name, receiver.role))
        return room is not None and self._got(room.place) >= room.left

    def _one_after_the_other(self, step: OpenStep, taken: ProofStep) -> None:
        """Prove each receiver's part: what those before it left, up to its limit."""
        before = _ZERO
        for receiver in step.receivers:
            place = Place(step.name, receiver.role)
            got = self._got(place)
            if got:
                inputs: Inputs = {"step": step.name, "role": receiver.role, "before_minor": before}
                formula = "sum(waterfall_step) - before_minor"
                rooms = [self._room(place)] if place in self.entry.rooms else []
                if rooms:
                    formula = f"min({formula}, sum(waterfall_receiver_room))"
                steps = [taken, *rooms]
                self.proofs.add(
                    place, self._step("waterfall_next_part", formula, inputs, got, steps)
                )
            before += got

    def _owed(self, role: str, income: Fraction) -> ProofStep:
        inputs: Inputs = {"role": role, "income_minor": income, "share": self.course.owed[role]}
        got = self._got(Place(OWED, role))
        step = self._step("waterfall_owed", "income_minor * share", inputs, got)
        self.proofs.add(Place(OWED, role), step)
        return step

    def _excess(self) -> list[ProofStep]:
        """Prove what the deficit payer pays where more is owed than the steps left."""
        place = Place(REST, self.course.deficit_payer)
        short = [own for own in self.entry.portions if own.got.get(place, _ZERO) < 0]
        if not short:
            return []
        owed = sum(self.course.owed.values(), _ZERO)
        owed_minor = sum((portion.amount * owed for portion in short), _ZERO)
        result = sum((portion.got[place] for portion in short), _ZERO)
        inputs: Inputs = {
            "role": place.role,
            "left_minor": owed_minor + result,
            "owed_minor": owed_minor,
        }
        step = self._step("waterfall_excess", "left_minor - owed_minor", inputs, result)
        self.proofs.add(place, step)
        return [step]

    def _rest(self, steps: Sequence[ProofStep]) -> None:
        """Prove what was left over, as the income less all that was taken of it."""
        place = Place(REST, self.course.residual)
        left = [max(_ZERO, portion.got.get(place, _ZERO)) for portion in self.entry.portions]
        if not any(left):
            return
        codes = dict.fromkeys(step.code for step in steps)
        formula = " - ".join(f"sum({code})" for code in codes)
        inputs: Inputs = {"role": place.role}
        result = sum(left, _ZERO)
        self.proofs.add(place, self._step("waterfall_rest", formula, inputs, result, steps))

    def _step(
        self,
        code: str,
        formula: str,
        inputs: Mapping[str, Fraction | str],
        result: Fraction,
        steps: Sequence[ProofStep] = (),
    ) -> ProofStep:
        when = {"month": self.entry.inflow.when}
        return _step(code, formula, when | dict(inputs), result, self.plan.currency, steps)


def _step(
    code: str,
    formula: str,
    inputs: Mapping[str, Fraction | str],
    result: Fraction,
    currency: str,
    steps: Sequence[ProofStep] = (),
) -> ProofStep:
    return ProofStep(code, formula, inputs, result, "minor", currency, tuple(steps))
