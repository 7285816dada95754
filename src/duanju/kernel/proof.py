"""Arithmetic that shows its work, so that another can check it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One step of a proof: a formula over named inputs and over the steps beneath it.

    A proof is the step at the root of the tree. It is data in no language: `code` chooses the
    sentence, `inputs` fill it.

    Attributes:
        code: What kind of step it is, `tier` or `deduction`; sentences are kept by it.
        formula: Arithmetic over the names of `inputs`, with `+ - * / min max` and `sum(code)`, the
            sum of the results of those steps beneath whose code that is.
        inputs: Name to value; numbers are exact, words only explain.
        result: What the formula gives.
        unit: What the result counts: `minute`, or `minor` for minor units of `currency`.
        currency: ISO 4217 code where the unit is `minor`, else empty.
        steps: The steps that this one rests on, in order.
    """

    code: str
    formula: str
    inputs: Mapping[str, Fraction | str]
    result: Fraction
    unit: str
    currency: str = ""
    steps: tuple["ProofStep", ...] = field(default=())
