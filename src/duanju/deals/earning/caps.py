"""What lies above a limit, and goes back to the payer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.clauses import Cap, Reset, Scope
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.earning.obligations import minor_step, owed, total
from duanju.deals.earning.pieces import period_of_month
from duanju.deals.facts import month_of
from duanju.kernel import ProofStep

_ZERO = Fraction(0)


@dataclass(frozen=True, slots=True)
class _Earnings:
    """What a limit is held against.

    Attributes:
        code: Of the step that compares the two.
        name: By which the formula names the deal's own earnings.
        own: The deal's own earnings, in minor units.
        everyone: Those of all deals of the partner; `None` where the limit is the deal's own.
        inputs: What the step shows beside the limit and the earnings of all.
        steps: What it rests on.
    """

    code: str
    name: str
    own: Fraction
    everyone: Fraction | None
    inputs: Mapping[str, Fraction | str]
    steps: tuple[ProofStep, ...] = ()


def entitle_cap(clause: Cap, evaluation: Evaluation) -> Iterator[Entitlement]:
    """Yield, as negative amounts, what the clauses named come to above the limit.

    A limit a month or a year takes back what lies above it within each calendar month, or year of
    the deal; what one leaves free is lost to the next. Of a limit over all deals of a partner, each
    deal bears the part of the excess that it has of the earnings.
    """
    for title_id in evaluation.title_ids(clause.scope):
        capped = _capped if clause.reset is Reset.NEVER else _capped_by_period
        proof = capped(clause, evaluation, title_id)
        yield owed(clause, evaluation, proof, title_id=title_id, payee=clause.payee)


def _capped(clause: Cap, evaluation: Evaluation, title_id: str) -> ProofStep:
    earned = evaluation.earned(clause.of, clause.payee, title_id)
    studio = _studio(clause, evaluation)
    everyone = None if studio is None else studio.earned(clause.of, clause.payee, "").result
    earnings = _Earnings(
        code="cap" if everyone is None else "cap_of_studio",
        name="sum(earned)",
        own=earned.result,
        everyone=everyone,
        inputs={"clause": clause.id},
        steps=(earned,),
    )
    return _taken_back(clause, evaluation, earnings)


def _capped_by_period(clause: Cap, evaluation: Evaluation, title_id: str) -> ProofStep:
    own = _by_period(clause, evaluation, title_id)
    studio = _studio(clause, evaluation)
    everyone = {} if studio is None else _by_period(clause, studio, "")
    code = "capped_period" if studio is None else "capped_period_of_studio"
    steps = [
        _taken_back(
            clause,
            evaluation,
            _Earnings(
                code=code,
                name="earned_minor",
                own=earned,
                everyone=everyone.get(period),
                inputs={"period": period, "earned_minor": earned},
            ),
        )
        for period, earned in own.items()
        if earned
    ]
    return minor_step(
        "cap_over_periods",
        f"sum({code})",
        {"clause": clause.id},
        total(steps),
        evaluation.word(clause.currency),
        steps,
    )


def _taken_back(clause: Cap, evaluation: Evaluation, earnings: _Earnings) -> ProofStep:
    """Return, as a negative amount, the excess of earnings or the deal's part of it."""
    currency = evaluation.word(clause.currency)
    limit = evaluation.minor(clause.amount, currency)
    inputs = {**earnings.inputs, "limit_minor": limit}
    if earnings.everyone is None:
        formula = f"min({earnings.name}, limit_minor) - {earnings.name}"
        result = min(earnings.own, limit) - earnings.own
    else:
        inputs["all_minor"] = earnings.everyone
        formula = "min(all_minor, limit_minor) - all_minor"
        result = min(earnings.everyone, limit) - earnings.everyone
        if result:
            formula = f"({formula}) * {earnings.name} / all_minor"
            result *= earnings.own / earnings.everyone
    return minor_step(earnings.code, formula, inputs, result, currency, earnings.steps)


def _studio(clause: Cap, evaluation: Evaluation) -> Evaluation | None:
    """Return all deals of the partner as one, where the limit is theirs together."""
    if clause.scope is not Scope.STUDIO or evaluation.studio is None:
        return None
    evaluation.studio.clause = clause
    return evaluation.studio


def _by_period(clause: Cap, evaluation: Evaluation, title_id: str) -> Mapping[str, Fraction]:
    """Return what was earned within each calendar month, or year of the deal."""
    first = month_of(evaluation.terms.starts_on)
    periods: dict[str, Fraction] = {}
    before = _ZERO
    for month, earned in evaluation.earned_by_month(clause.of, clause.payee, title_id).items():
        period = period_of_month(month, clause.reset, first)
        periods[period] = periods.get(period, _ZERO) + earned - before
        before = earned
    return periods
