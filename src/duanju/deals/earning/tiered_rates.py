"""What a tiered rate comes to, with its proof.

Without coefficients a period's tiers are read from what it has come to. With coefficients, what was
counted is gathered by the coefficients that were in force when it was: each such gathering has its
own part of each tier, in the order of time, and its own product of coefficients.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import Reading, Reset, Scope, StepDownReading, TieredRate
from duanju.deals.earning.coefficients import Factor, factors_of, product_of, steps_down
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.ladders import Ladder, Rung
from duanju.deals.earning.levels import level_step
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.deals.earning.pieces import Piece, Pieces, period_of, year_cuts
from duanju.deals.earning.tally import ALL_TITLES
from duanju.kernel import ProofStep, currency

_ZERO = Fraction(0)
_PERIOD_CODES = {Reset.MONTH: "month", Reset.YEAR: "deal_year"}


def entitle_tiered_rate(clause: TieredRate, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield what the payee has earned: a title each, or once where titles count together."""
    for title_id in evaluation.title_ids(clause.scope):
        own = evaluation.quantity(clause.counted, title_id, clause.term)
        if clause.scope is Scope.STUDIO:
            proof = _studio_part(_Rate.of(clause, evaluation, ALL_TITLES).earned(), own)
        else:
            proof = _Rate.of(clause, evaluation, title_id).earned()
        yield owed(
            clause,
            evaluation,
            proof,
            title_id=title_id,
            payee=clause.payee,
            measure=clause.counted.measure,
            quantity=own,
        )


def _studio_part(whole: ProofStep, own_quantity: int) -> ProofStep:
    """Return the terms' part, by quantity, of what all the studio's titles earn together."""
    all_quantity = _quantity_in(whole)
    if all_quantity == 0:
        return whole
    return minor_step(
        "studio_part",
        "sum(tiered_rate) * own / all",
        {"own": Fraction(own_quantity), "all": all_quantity},
        whole.result * own_quantity / all_quantity,
        whole.currency,
        (whole,),
    )


def _quantity_in(step: ProofStep) -> Fraction:
    """Return how much was counted in all periods of a proof."""
    if step.code == "measured":
        quantity = step.inputs["quantity"]
        assert isinstance(quantity, Fraction)
        return quantity
    return sum((_quantity_in(inner) for inner in step.steps if inner.code != "tier"), _ZERO)


@dataclass(frozen=True, slots=True)
class _Gathering:
    """What was counted while the same coefficients were in force.

    Attributes:
        factors: The coefficients, as they last were.
        measured: How much, in the term unit.
        portions: How much of it lies in each tier.
    """

    factors: tuple[Factor, ...]
    measured: Fraction
    portions: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class _Period:
    """What was counted since counting last began.

    Attributes:
        name: The period's name; empty for all time.
        quantity: In the integer unit of the measure.
        gatherings: By what makes their coefficients differ.
    """

    name: str = ""
    quantity: int = 0
    gatherings: Mapping[tuple[object, ...], _Gathering] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _State:
    """Periods that are over, as steps of a proof with their sum, and the one that runs."""

    steps: tuple[ProofStep, ...] = ()
    total: Fraction = _ZERO
    period: _Period | None = None


@dataclass(frozen=True, slots=True)
class _Rate:
    """A tiered rate of one title, with every parameter filled in."""

    clause: TieredRate
    evaluation: Evaluation
    title_id: str
    currency: str
    reading: Reading
    ladder: Ladder
    cap: Fraction | None
    years: tuple[date, ...]

    @classmethod
    def of(cls, clause: TieredRate, evaluation: Evaluation, title_id: str) -> "_Rate":
        cap = clause.coefficient_cap
        return cls(
            clause=clause,
            evaluation=evaluation,
            title_id=title_id,
            currency=evaluation.word(clause.currency),
            reading=Reading(evaluation.word(clause.reading)),
            ladder=Ladder.of(clause.tiers, evaluation),
            cap=None if cap is None else evaluation.number(cap),
            years=year_cuts(evaluation, clause.reset),
        )

    def earned(self) -> ProofStep:
        """Return what has been earned so far."""
        clause = self.clause
        if clause.reset is Reset.NEVER and not clause.coefficients:
            quantity = self.evaluation.quantity(clause.counted, self.title_id, clause.term)
            return self._proof_of("tiered_rate", _Period("", quantity), {"clause": clause.id})
        state = self._pieces().fold(self._key(), _State(), self._add)
        if clause.reset is Reset.NEVER:
            period = state.period or _Period()
            return self._proof_of("tiered_rate", period, {"clause": clause.id})
        state = self._close(state)
        code = _PERIOD_CODES[clause.reset]
        inputs = {"clause": clause.id}
        return minor_step(
            "tiered_rate", f"sum({code})", inputs, state.total, self.currency, state.steps
        )

    def _pieces(self) -> Pieces:
        clause = self.clause
        reached = (
            self.evaluation.reached_on(own.step_down.milestone, self._whose)
            for own in clause.coefficients
            if own.step_down and own.step_down.reading is StepDownReading.FROM_THEN_ON
        )
        cuts = {*self.years, *(day for day in reached if day is not None)}
        counted = (clause.counted,)
        return Pieces(self.evaluation, counted, self.title_id, clause.term, tuple(sorted(cuts)))

    @property
    def _whose(self) -> str:
        """Return whose coefficients hold: the title's, or those of all own titles."""
        return "" if self.title_id == ALL_TITLES else self.title_id

    def _key(self) -> tuple[object, ...]:
        """Return what a remembered state depends on: what reaches back changes all of it."""
        back = (
            steps_down(own.step_down, self.evaluation, self._whose, date.min)
            for own in self.clause.coefficients
            if own.step_down is not None
        )
        return ("tiered_rate", self.clause.id, *back)

    def _add(self, state: _State, piece: Piece) -> _State:
        """Count a piece, in a new period if it begins one."""
        name = period_of(piece, self.clause.reset, self.years)
        if state.period is not None and state.period.name != name:
            state = self._close(state)
        period = state.period or _Period(name)
        quantity = period.quantity + piece.quantity
        gatherings = period.gatherings
        if self.clause.coefficients:
            gatherings = self._gathered(period, piece, quantity)
        return _State(state.steps, state.total, _Period(name, quantity, gatherings))

    def _gathered(
        self, period: _Period, piece: Piece, quantity: int
    ) -> Mapping[tuple[object, ...], _Gathering]:
        factors = factors_of(
            self.clause.coefficients, self.evaluation, self._whose, piece.month, piece.day
        )
        before = self.ladder.portions(self._in_terms(period.quantity))
        after = self.ladder.portions(self._in_terms(quantity))
        key = tuple((own.value, own.code) for own in factors)
        known = period.gatherings.get(key)
        sums = known.portions if known else (_ZERO,) * len(after)
        gathering = _Gathering(
            factors=factors,
            measured=self._in_terms(piece.quantity) + (known.measured if known else _ZERO),
            portions=tuple(
                sum_ + new - old for sum_, new, old in zip(sums, after, before, strict=True)
            ),
        )
        return {**period.gatherings, key: gathering}

    def _close(self, state: _State) -> _State:
        """End the running period: its proof no longer changes."""
        if state.period is None:
            return state
        code = _PERIOD_CODES.get(self.clause.reset, "tiered_rate")
        proof = self._proof_of(code, state.period, {code: state.period.name})
        return _State((*state.steps, proof), state.total + proof.result)

    def _in_terms(self, quantity: int) -> Fraction:
        return self.evaluation.in_terms(self.clause.counted, quantity)

    def _proof_of(self, code: str, period: _Period, inputs: Mapping[str, str]) -> ProofStep:
        """Return what a period has earned, under the code that it has in the whole."""
        measured = level_step(self.clause.counted, period.quantity, self.evaluation)
        if not self.clause.coefficients:
            parts = tuple(self._tiers(measured.result))
            summed = "tier"
        else:
            parts = tuple(self._at_coefficients(period, measured.result))
            summed = "at_coefficients"
        inputs = {"clause": self.clause.id, **inputs}
        steps = (measured, *parts)
        return minor_step(code, f"sum({summed})", inputs, total(parts), self.currency, steps)

    def _at_coefficients(self, period: _Period, measured: Fraction) -> Iterator[ProofStep]:
        """Yield what each gathering earns at its own coefficients."""
        whole = self.reading is Reading.WHOLE_AMOUNT
        reached = self.ladder.reached(measured)
        for own in period.gatherings.values():
            portions = [own.measured] if whole else own.portions
            rungs = [reached] if whole else self.ladder.rungs
            name = "measured" if whole else "portion"
            tiers = [
                self._tier(name, rung, {name: portion})
                for rung, portion in zip(rungs, portions, strict=True)
                if portion
            ]
            product = product_of(own.factors, self.cap)
            yield minor_step(
                "at_coefficients",
                f"sum(tier) * sum({product.code})",
                {"measured": own.measured},
                total(tiers) * product.result,
                self.currency,
                (*tiers, product),
            )

    def _tiers(self, measured: Fraction) -> Iterator[ProofStep]:
        """Yield what lies in each tier at that tier's own rate, or all at the highest reached."""
        if self.reading is Reading.WHOLE_AMOUNT:
            yield self._tier("measured", self.ladder.reached(measured), {"measured": measured})
            return
        for rung in self.ladder.rungs:
            if rung.threshold > 0 and measured <= rung.threshold:
                return
            is_full = rung.until is not None and measured >= rung.until
            upper = {"until": rung.until} if is_full else {"measured": measured}
            formula = f"({next(iter(upper))} - above)"
            yield self._tier(formula, rung, {**upper, "above": rung.threshold})

    def _tier(self, portion: str, rung: Rung, inputs: Mapping[str, Fraction | None]) -> ProofStep:
        numbers = {name: value for name, value in inputs.items() if value is not None}
        first, *rest = numbers.values()
        scale = Fraction(currency(self.currency).minor_per_major)
        return minor_step(
            "tier",
            f"{portion} / per * rate * minor_per_major",
            {
                **numbers,
                "reading": self.reading.value,
                "threshold": rung.threshold,
                "per": self.clause.per,
                "rate": rung.rate,
                "minor_per_major": scale,
            },
            (first - sum(rest)) / self.clause.per * rung.rate * scale,
            self.currency,
        )
