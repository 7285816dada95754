"""What is wrong with the gates of a step."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from duanju.deals.checks.amounts import find_amount_problems
from duanju.deals.checks.counting import find_counted_problems
from duanju.deals.checks.values import MONEY, THRESHOLDS, Parameters, problem_at
from duanju.deals.clauses import Gate, Gauge, WaterfallStep
from duanju.kernel import Problem


def find_gate_problems(
    steps: Sequence[WaterfallStep], index: int, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with the gates of one step.

    Args:
        steps: All steps of the clause, from the top.
        index: Whose gates.
        parameters: Those of the policy.
        path: Of the step.
    """
    for number, gate in enumerate(steps[index].gates):
        place = f"{path}.gate.{number}"
        yield from _find_thresholds(gate, parameters, place)
        if gate.gauge is Gauge.MEASURE:
            if gate.counted is None:
                yield problem_at("deals.gate-counts-nothing", place)
            else:
                yield from find_counted_problems(gate.counted, parameters, f"{place}.measure")
        elif gate.counted is not None:
            yield problem_at("deals.gate-counts-in-vain", f"{place}.measure", gauge=gate.gauge)
        if gate.gauge is Gauge.STEP:
            yield from _find_unknown_step(steps, index, gate, f"{place}.of")
        if gate.gauge is Gauge.PARTY:
            yield from _find_unknown_party(steps, index, gate, f"{place}.of")


def _find_thresholds(gate: Gate, parameters: Parameters, place: str) -> Iterator[Problem]:
    if gate.above is None and gate.until is None:
        yield problem_at("deals.gate-without-threshold", place)
    for name, value in (("above", gate.above), ("until", gate.until)):
        if value is not None:
            kinds = THRESHOLDS if gate.gauge is Gauge.MEASURE else MONEY
            yield from find_amount_problems(value, parameters, f"{place}.{name}", kinds)
    above, until = gate.above, gate.until
    if isinstance(above, Fraction) and isinstance(until, Fraction) and until <= above:
        yield problem_at("deals.gate-never-open", place, above=str(above), until=str(until))


def _find_unknown_step(
    steps: Sequence[WaterfallStep], index: int, gate: Gate, place: str
) -> Iterator[Problem]:
    before = [step.name for step in steps[:index]]
    if gate.of in before:
        return
    if not before:
        yield problem_at("deals.gate-of-the-first-step", place, name=gate.of)
        return
    is_unknown = not any(step.name == gate.of for step in steps[index:])
    found = "deals.gate-of-no-step" if is_unknown else "deals.gate-of-a-later-step"
    yield problem_at(found, place, name=gate.of, known=", ".join(before))


def _find_unknown_party(
    steps: Sequence[WaterfallStep], index: int, gate: Gate, place: str
) -> Iterator[Problem]:
    before = {receiver.role: None for step in steps[: index + 1] for receiver in step.receivers}
    if gate.of in before:
        return
    is_unknown = not any(own.role == gate.of for step in steps for own in step.receivers)
    found = "deals.gate-of-no-party" if is_unknown else "deals.gate-of-a-later-party"
    yield problem_at(found, place, role=gate.of, known=", ".join(before))
