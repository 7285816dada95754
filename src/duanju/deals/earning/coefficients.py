"""What multiplies a rate, as it stands for a month or a stretch of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duanju.deals.clauses import Band, Coefficient, Counted, StepDown, StepDownReading
from duanju.deals.earning.evaluation import Evaluation
from duanju.deals.measures import MEASURES, Aggregate
from duanju.deals.parameters import Number
from duanju.kernel import Month, ProofStep

_ONE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Factor:
    """What a coefficient comes to, and why.

    Attributes:
        value: The factor.
        code: Of its step in a proof.
        inputs: What the step names.
    """

    value: Fraction
    code: str
    inputs: tuple[tuple[str, Fraction | str], ...]


def coefficient_product(
    coefficients: Sequence[Coefficient],
    cap: Number | None,
    evaluation: Evaluation,
    title_id: str,
    month: Month,
) -> ProofStep:
    """Return the product of coefficients for what was counted in a month.

    Bands are read from what their measure has come to by the end of the month. A coefficient that
    steps down holds for what begins before the day of its milestone, unless it reaches back.

    Args:
        coefficients: The factors; 1 without any.
        cap: The most that their product can be.
        evaluation: The terms, as of a day.
        title_id: Whose.
        month: In which something was counted.
    """
    day = max(date(month.year, month.number, 1), evaluation.terms.starts_on)
    factors = factors_of(coefficients, evaluation, title_id, month, day)
    return product_of(factors, None if cap is None else evaluation.number(cap))


def factors_of(
    coefficients: Sequence[Coefficient],
    evaluation: Evaluation,
    title_id: str,
    month: Month,
    day: date,
) -> tuple[Factor, ...]:
    """Return each coefficient as it holds for what was counted from a day of a month on."""
    return tuple(_factor(own, evaluation, title_id, month, day) for own in coefficients)


def product_of(factors: Sequence[Factor], cap: Fraction | None) -> ProofStep:
    """Return the product of factors, at most a cap, as a step of a proof."""
    step: ProofStep | None = None
    for factor in factors:
        inner = () if step is None else (step,)
        step = ProofStep(
            code=factor.code,
            formula="factor" if step is None else f"factor * sum({step.code})",
            inputs={**dict(factor.inputs), "factor": factor.value},
            result=factor.value * (_ONE if step is None else step.result),
            unit="factor",
            steps=inner,
        )
    product = _ONE if step is None else step.result
    inputs: dict[str, Fraction | str] = {} if step else {"one": _ONE}
    formula = f"sum({step.code})" if step else "one"
    if cap is not None:
        inputs["cap"] = cap
        formula = f"min({formula}, cap)"
        product = min(product, cap)
    return ProofStep(
        code="coefficients" if cap is None else "coefficients_capped",
        formula=formula,
        inputs=inputs,
        result=product,
        unit="factor",
        steps=() if step is None else (step,),
    )


def _factor(
    coefficient: Coefficient, evaluation: Evaluation, title_id: str, month: Month, day: date
) -> Factor:
    named = ("coefficient", coefficient.name)
    step_down = coefficient.step_down
    if step_down is not None and steps_down(step_down, evaluation, title_id, day):
        value = evaluation.number(step_down.value)
        milestone = ("milestone", step_down.milestone)
        return Factor(value, "coefficient_stepped_down", (named, milestone))
    if coefficient.counted is None:
        return Factor(evaluation.number(coefficient.value), "coefficient", (named,))
    level = _level(coefficient.counted, evaluation, title_id, month)
    value = evaluation.number(_in_band(coefficient, level))
    measured = ("measure", coefficient.counted.measure), ("level", level)
    return Factor(value, "coefficient_by_level", (named, *measured))


def steps_down(step_down: StepDown, evaluation: Evaluation, title_id: str, day: date) -> bool:
    """Say whether a coefficient has stepped down for what was counted from a day on."""
    reached_on = evaluation.reached_on(step_down.milestone, title_id)
    if reached_on is None:
        return False
    return step_down.reading is StepDownReading.FROM_THE_START or reached_on <= day


def band_of(bands: Sequence[Band], level: Fraction) -> Band | None:
    """Return the highest band that a level reaches, or `None` below the first."""
    reached = None
    for band in bands:
        if level > band.threshold or (band.inclusive and level == band.threshold):
            reached = band
    return reached


def _in_band(coefficient: Coefficient, level: Fraction) -> Number:
    band = band_of(coefficient.bands, level)
    return coefficient.value if band is None else band.value


def _level(counted: Counted, evaluation: Evaluation, title_id: str, month: Month) -> Fraction:
    levels = levels_so_far(counted, evaluation, title_id)
    return evaluation.in_terms(counted, levels.get(month, 0))


def levels_so_far(counted: Counted, evaluation: Evaluation, title_id: str) -> Mapping[Month, int]:
    """Return what a measure had come to by the end of each month so far, this one included."""
    by_month = evaluation.by_month(counted, title_id)
    adds_up = MEASURES[counted.measure].aggregate is Aggregate.SUM

    def step(before: tuple[int, dict[Month, int]], month: Month) -> tuple[int, dict[Month, int]]:
        level, levels = before
        own = by_month.get(month, 0)
        level = level + own if adds_up else max(level, own)
        levels[month] = level
        return level, levels

    nothing: tuple[int, dict[Month, int]] = (0, {})
    return evaluation.fold(("levels", id(counted), title_id), nothing, step)[1]
