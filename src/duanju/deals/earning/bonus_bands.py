"""What bonus bands come to, with their proof."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import Band, BandReading, BonusBands, Reset
from duanju.deals.earning.coefficients import band_of
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.levels import level_step
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.deals.earning.pieces import Piece, Pieces, period_of, period_of_month, year_cuts
from duanju.deals.measures import MEASURES, Aggregate
from duanju.kernel import Month, ProofStep, currency

_ZERO = Fraction(0)


def entitle_bonus_bands(clause: BonusBands, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield what the result of each title, or of all together, has been worth so far."""
    for title_id in evaluation.title_ids(clause.scope):
        yield owed(
            clause,
            evaluation,
            _Bands(clause, evaluation, title_id).earned(),
            title_id=title_id,
            payee=clause.payee,
            measure=clause.counted.measure,
            quantity=evaluation.quantity(clause.counted, title_id),
        )


@dataclass(frozen=True, slots=True)
class _State:
    """Periods that are over, as steps of a proof with their sum, and the one that runs."""

    steps: tuple[ProofStep, ...] = ()
    total: Fraction = _ZERO
    name: str = ""
    level: int = 0


@dataclass(frozen=True, slots=True)
class _Bands:
    """Bonus bands of one title."""

    clause: BonusBands
    evaluation: Evaluation
    title_id: str

    def earned(self) -> ProofStep:
        """Return what has been earned so far."""
        clause = self.clause
        if clause.reset is Reset.NEVER:
            quantity = self.evaluation.quantity(clause.counted, self.title_id)
            return self._paid("bonus_bands", quantity, {})
        state = self._end(self._sums() if self._adds_up else self._levels(), "")
        inputs = {"clause": clause.id}
        return minor_step(
            "bonus_bands",
            "sum(bonus_period)",
            inputs,
            state.total,
            self._currency,
            state.steps,
        )

    @property
    def _currency(self) -> str:
        return self.evaluation.word(self.clause.currency)

    @property
    def _adds_up(self) -> bool:
        return MEASURES[self.clause.counted.measure].aggregate is Aggregate.SUM

    def _sums(self) -> _State:
        """Return the periods of a measure that adds up."""
        clause = self.clause
        years: tuple[date, ...] = year_cuts(self.evaluation, clause.reset)
        pieces = Pieces(self.evaluation, (clause.counted,), self.title_id, None, years)

        def add(state: _State, piece: Piece) -> _State:
            state = self._end(state, period_of(piece, clause.reset, years))
            return _State(state.steps, state.total, state.name, state.level + piece.quantity)

        return pieces.fold(("bonus_bands", clause.id), _State(), add)

    def _levels(self) -> _State:
        """Return the periods of a level: the highest of a month, or of twelve since the first."""
        clause, evaluation = self.clause, self.evaluation
        levels = evaluation.by_month(clause.counted, self.title_id)
        first = evaluation.months()[0] if evaluation.months() else None

        def add(state: _State, month: Month) -> _State:
            if first is None or month not in levels:
                return state
            state = self._end(state, period_of_month(month, clause.reset, first))
            return _State(state.steps, state.total, state.name, max(state.level, levels[month]))

        return evaluation.fold(("bonus_bands", clause.id, self.title_id), _State(), add)

    def _end(self, state: _State, name: str) -> _State:
        """Return a state in which a period of this name runs; one that paid nothing leaves none."""
        if state.name == name:
            return state
        if not state.name:
            return _State(name=name)
        proof = self._paid("bonus_period", state.level, {"period": state.name})
        if not proof.result:
            return _State(state.steps, state.total, name)
        return _State((*state.steps, proof), state.total + proof.result, name)

    def _paid(self, code: str, quantity: int, inputs: Mapping[str, str]) -> ProofStep:
        """Return what a result is worth, under the code that it has in the whole."""
        level = level_step(self.clause.counted, quantity, self.evaluation)
        bands = tuple(self._band(own) for own in self._reached(level.result))
        return minor_step(
            code,
            "sum(bonus_band)",
            {"clause": self.clause.id, **inputs},
            total(bands),
            self._currency,
            (level, *bands),
        )

    def _reached(self, level: Fraction) -> tuple[Band, ...]:
        """Return the bands that are paid: the highest that is reached, or each."""
        highest = band_of(self.clause.bands, level)
        if highest is None:
            return ()
        if self.evaluation.word(self.clause.reading) == BandReading.HIGHEST:
            return (highest,)
        return self.clause.bands[: self.clause.bands.index(highest) + 1]

    def _band(self, band: Band) -> ProofStep:
        amount = self.evaluation.number(band.value)
        scale = Fraction(currency(self._currency).minor_per_major)
        return minor_step(
            "bonus_band",
            "amount * minor_per_major",
            {"threshold": band.threshold, "amount": amount, "minor_per_major": scale},
            amount * scale,
            self._currency,
        )
