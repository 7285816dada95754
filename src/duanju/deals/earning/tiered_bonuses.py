"""What a tiered bonus comes to, with its proof."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from duanju.deals.clauses import Counted, Reading, Reset, TieredBonus
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.ladders import Ladder, Rung
from duanju.deals.earning.levels import level_step
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.deals.earning.pieces import Piece, Pieces, period_of, period_of_month, year_cuts
from duanju.deals.facts import month_ends_on
from duanju.deals.measures import MEASURES, Aggregate
from duanju.kernel import Month, ProofStep, currency

_ZERO = Fraction(0)
_PERIOD_CODES = {Reset.MONTH: "bonus_month", Reset.YEAR: "bonus_year"}


def entitle_tiered_bonus(clause: TieredBonus, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield the bonus on an income, or on what clauses before have earned: by title, or once.

    Months and deal years of what clauses have earned are whole calendar months; a month in which a
    deal year begins belongs to it.
    """
    for title_id in evaluation.title_ids(clause.scope):
        bonus = _Bonus.of(clause, evaluation, title_id)
        counted = clause.counted
        quantities = (evaluation.quantity(own, title_id, clause.term) for own in counted)
        yield owed(
            clause,
            evaluation,
            bonus.earned(),
            title_id=title_id,
            payee=clause.payee,
            measure=counted[0].measure if counted else "",
            quantity=sum(quantities),
        )


@dataclass(frozen=True, slots=True)
class _Period:
    """What was earned and measured since counting last began.

    Attributes:
        name: The period's name; empty for all time.
        amount: What the bonus is a share of, in minor units.
        measured: What the thresholds count, in the integer unit of its measure.
    """

    name: str
    amount: Fraction = _ZERO
    measured: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """Periods that are over, as steps of a proof with their sum, and the one that runs."""

    steps: tuple[ProofStep, ...] = ()
    total: Fraction = _ZERO
    period: _Period | None = None
    earned: Fraction = _ZERO


@dataclass(frozen=True, slots=True)
class _Bonus:
    """A tiered bonus of one title, with every parameter filled in."""

    clause: TieredBonus
    evaluation: Evaluation
    title_id: str
    currency: str
    reading: Reading
    ladder: Ladder
    years: tuple[date, ...]

    @classmethod
    def of(cls, clause: TieredBonus, evaluation: Evaluation, title_id: str) -> "_Bonus":
        return cls(
            clause=clause,
            evaluation=evaluation,
            title_id=title_id,
            currency=evaluation.word(clause.currency),
            reading=Reading(evaluation.word(clause.reading)),
            ladder=Ladder.of(clause.tiers, evaluation),
            years=year_cuts(evaluation, clause.reset),
        )

    def earned(self) -> ProofStep:
        """Return what has been earned so far."""
        if self.clause.reset is Reset.NEVER:
            return self._bonus("tiered_bonus", self._amount(), self._measured(), {})
        code = _PERIOD_CODES[self.clause.reset]
        state = self._end(self._of_clauses() if self.clause.of else self._of_incomes())
        inputs = {"clause": self.clause.id}
        return minor_step(
            "tiered_bonus", f"sum({code})", inputs, state.total, self.currency, state.steps
        )

    def _amount(self) -> ProofStep:
        """Return what the bonus is a share of."""
        clause, evaluation = self.clause, self.evaluation
        if clause.of:
            return evaluation.earned(clause.of, clause.earned_by, self.title_id)
        incomes = [
            minor_step(
                "bonus_income",
                "amount_minor",
                {"measure": own.measure, "amount_minor": Fraction(quantity)},
                Fraction(quantity),
                self.currency,
            )
            for own in clause.counted
            for quantity in [evaluation.quantity(own, self.title_id, clause.term)]
        ]
        inputs = {"clause": clause.id}
        return minor_step(
            "bonus_amount", "sum(bonus_income)", inputs, total(incomes), self.currency, incomes
        )

    def _measured(self) -> int:
        by = self.clause.by
        return 0 if by is None else self.evaluation.quantity(by, self.title_id, self.clause.term)

    def _of_incomes(self) -> _State:
        """Return the periods of incomes: what is paid for and what is measured, side by side."""
        clause = self.clause

        def add(state: _State, piece: Piece, *, is_measure: bool = False) -> _State:
            state = self._begin(state, period_of(piece, clause.reset, self.years))
            assert state.period is not None
            if is_measure:
                measured = self._joined(state.period.measured, piece.quantity)
                return replace(state, period=replace(state.period, measured=measured))
            amount = state.period.amount + piece.quantity
            return replace(state, period=replace(state.period, amount=amount))

        amounts, measure = self._pieces(clause.counted), clause.by
        if measure is None:
            return amounts.fold(("tiered_bonus", clause.id), _State(), add)

        def add_month(state: _State, month: Month) -> _State:
            pieces = [(piece, False) for piece in amounts.of_month(month)]
            pieces += [(piece, True) for piece in self._measured_in(measure, month)]
            for piece, is_measure in sorted(pieces, key=lambda own: own[0].day):
                state = add(state, piece, is_measure=is_measure)
            return state

        key = "tiered_bonus", clause.id, self.title_id, self.years
        return self.evaluation.fold(key, _State(), add_month)

    def _measured_in(self, measure: Counted, month: Month) -> Iterator[Piece]:
        """Yield what was measured in a month; a level is the month's whole, and told at its end."""
        if _adds_up(measure):
            yield from self._pieces((measure,)).of_month(month)
            return
        levels = self.evaluation.by_month(measure, self.title_id, self.clause.term)
        if month in levels:
            yield Piece(month, month_ends_on(month) - timedelta(1), levels[month])

    def _joined(self, measured: int, more: int) -> int:
        """Return what two measures of a period come to: their sum, or the higher level."""
        assert self.clause.by is not None
        return measured + more if _adds_up(self.clause.by) else max(measured, more)

    def _pieces(self, counted: tuple[Counted, ...]) -> Pieces:
        return Pieces(self.evaluation, counted, self.title_id, self.clause.term, self.years)

    def _of_clauses(self) -> _State:
        """Return the periods of what clauses before have earned."""
        clause, evaluation = self.clause, self.evaluation
        earned = evaluation.earned_by_month(clause.of, clause.earned_by, self.title_id)
        by = clause.by
        measured = {} if by is None else evaluation.by_month(by, self.title_id)
        first = evaluation.months()[0] if evaluation.months() else None

        def add(state: _State, month: Month) -> _State:
            assert first is not None
            state = self._begin(state, period_of_month(month, clause.reset, first))
            assert state.period is not None
            now = earned.get(month, state.earned)
            amount = state.period.amount + now - state.earned
            period = replace(state.period, amount=amount)
            if month in measured:
                joined = self._joined(state.period.measured, measured[month])
                period = replace(period, measured=joined)
            return replace(state, period=period, earned=now)

        return evaluation.fold(("tiered_bonus", clause.id, self.title_id), _State(), add)

    def _begin(self, state: _State, name: str) -> _State:
        """Return a state whose running period has a name."""
        if state.period is not None and state.period.name == name:
            return state
        return replace(self._end(state), period=_Period(name))

    def _end(self, state: _State) -> _State:
        """Return a state whose running period is over; one without an amount leaves no step."""
        period = state.period
        if period is None or not (period.amount or period.measured):
            return replace(state, period=None)
        code = _PERIOD_CODES[self.clause.reset]
        amount = minor_step(
            "period_amount",
            "amount_minor",
            {"period": period.name, "amount_minor": period.amount},
            period.amount,
            self.currency,
        )
        proof = self._bonus(code, amount, period.measured, {"period": period.name})
        return replace(
            state, steps=(*state.steps, proof), total=state.total + proof.result, period=None
        )

    def _bonus(
        self, code: str, amount: ProofStep, measured: int, inputs: Mapping[str, str]
    ) -> ProofStep:
        """Return the bonus on an amount, under the code that it has in the whole."""
        if self.clause.by is None:
            tiers = tuple(self._tiers_of_amount(amount.result))
            steps = (amount, *tiers)
        else:
            level = level_step(self.clause.by, measured, self.evaluation)
            tiers = tuple(self._tiers_of_measure(amount.result, level.result))
            steps = (amount, level, *tiers)
        inputs = {"clause": self.clause.id, **inputs}
        return minor_step(code, "sum(bonus_tier)", inputs, total(tiers), self.currency, steps)

    def _tiers_of_amount(self, amount: Fraction) -> Iterator[ProofStep]:
        """Yield the bonus on each tier's part of the amount, or on all of it at the highest."""
        scale = currency(self.currency).minor_per_major
        major = amount / scale
        if self.reading is Reading.WHOLE_AMOUNT:
            inputs = {"amount_minor": amount}
            yield self._tier("amount_minor", self.ladder.reached(major), inputs, amount)
            return
        for rung in self.ladder.rungs:
            if rung.threshold > 0 and major <= rung.threshold:
                return
            is_full = rung.until is not None and major >= rung.until
            name = "until_minor" if is_full else "amount_minor"
            upper = rung.until * scale if is_full and rung.until is not None else amount
            above = rung.threshold * scale
            inputs = {name: upper, "above_minor": above}
            yield self._tier(f"({name} - above_minor)", rung, inputs, upper - above)

    def _tiers_of_measure(self, amount: Fraction, measured: Fraction) -> Iterator[ProofStep]:
        """Yield the bonus on the amount as the tiers divide the measure, or all at the highest."""
        inputs = {"amount_minor": amount}
        if self.reading is Reading.WHOLE_AMOUNT or measured <= 0:
            yield self._tier("amount_minor", self.ladder.reached(measured), inputs, amount)
            return
        for rung in self.ladder.rungs:
            portion = rung.portion(measured)
            if portion:
                divided = {**inputs, "portion": portion, "measured": measured}
                formula = "amount_minor * portion / measured"
                yield self._tier(formula, rung, divided, amount * portion / measured)

    def _tier(
        self, formula: str, rung: Rung, inputs: Mapping[str, Fraction], part: Fraction
    ) -> ProofStep:
        return minor_step(
            "bonus_tier",
            f"{formula} * rate",
            {
                **inputs,
                "reading": self.reading.value,
                "threshold": rung.threshold,
                "rate": rung.rate,
            },
            part * rung.rate,
            self.currency,
        )


def _adds_up(measure: Counted) -> bool:
    return MEASURES[measure.measure].aggregate is Aggregate.SUM
