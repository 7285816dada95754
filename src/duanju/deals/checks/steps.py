"""What is wrong with the steps of a waterfall, or with those before a co-investment."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.deals.checks.amounts import find_amount_problems
from duanju.deals.checks.counting import find_counted_problems
from duanju.deals.checks.gates import find_gate_problems
from duanju.deals.checks.values import (
    NUMBERS,
    PARTS,
    Parameters,
    find_number_problems,
    problem_at,
)
from duanju.deals.clauses import (
    CHANNEL_ROLE,
    Counted,
    Interest,
    Limit,
    Order,
    Receiver,
    WaterfallStep,
)
from duanju.deals.measures import INCOMES, MEASURES, Unit
from duanju.kernel import Problem


def find_income_problems(
    counted: Sequence[Counted], parameters: Parameters, path: str, clause_id: str
) -> Iterator[Problem]:
    """Yield what is wrong with the incomes that a distribution divides."""
    if not counted:
        yield problem_at("deals.divides-nothing", f"{path}.measure", clause=clause_id)
    for own in counted:
        yield from find_counted_problems(own, parameters, f"{path}.measure")
        if own.measure in MEASURES and own.measure not in INCOMES:
            yield problem_at("deals.not-an-income", f"{path}.measure", measure=own.measure)


def find_cost_problems(cost: Counted, parameters: Parameters, path: str) -> Iterator[Problem]:
    """Yield what is wrong with a cost: it must be counted in money."""
    yield from find_counted_problems(cost, parameters, path)
    if cost.measure in MEASURES and MEASURES[cost.measure].unit is not Unit.MINOR:
        yield problem_at("deals.not-a-cost", path, measure=cost.measure)


def find_interest_problems(
    interest: Interest, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield what is wrong with interest, whose rate is never negative."""
    yield from find_number_problems(
        interest.rate,
        parameters,
        f"{path}.rate",
        lambda rate: rate >= 0,
        "deals.negative-interest",
        PARTS,
    )


@dataclass(frozen=True, slots=True)
class StepChecks:
    """What is wrong with the steps of one clause.

    Attributes:
        parameters: Those of the policy.
        path: Of the table of steps, without the index.
    """

    parameters: Parameters
    path: str

    def find(self, steps: Sequence[WaterfallStep]) -> Iterator[Problem]:
        """Yield everything, step by step from the top."""
        for index, step in enumerate(steps):
            place = f"{self.path}.{index}"
            if any(step.name == before.name for before in steps[:index]):
                yield problem_at("deals.duplicate-step", f"{place}.name", name=step.name)
            yield from self._find_unreachable(steps, index)
            yield from find_number_problems(
                step.takes,
                self.parameters,
                f"{place}.takes",
                lambda share: 0 <= share <= 1,
                "deals.share-out-of-range",
                PARTS,
            )
            yield from self._find_receivers(step, place)
            if step.limit is not None:
                yield from self._find_limit(step.limit, f"{place}.limit")
            yield from find_gate_problems(steps, index, self.parameters, place)
            yield from _find_window(step, place)

    def _find_unreachable(self, steps: Sequence[WaterfallStep], index: int) -> Iterator[Problem]:
        for before in steps[:index]:
            if _takes_everything(before):
                yield problem_at(
                    "deals.unreachable-step",
                    f"{self.path}.{index}",
                    step=steps[index].name,
                    other=before.name,
                )
                return

    def _find_receivers(self, step: WaterfallStep, place: str) -> Iterator[Problem]:
        if not step.receivers:
            yield problem_at("deals.step-pays-nobody", f"{place}.receiver", step=step.name)
        for index, receiver in enumerate(step.receivers):
            where = f"{place}.receiver.{index}"
            before = step.receivers[:index]
            if receiver.role == CHANNEL_ROLE:
                yield problem_at("deals.channel-of-no-channel", f"{where}.role", name=step.name)
            if any(receiver.role == own.role for own in before):
                role = receiver.role
                yield problem_at(
                    "deals.duplicate-receiver", f"{where}.role", step=step.name, role=role
                )
            yield from find_number_problems(
                receiver.weight,
                self.parameters,
                f"{where}.weight",
                lambda weight: weight > 0,
                "deals.weight-not-positive",
                NUMBERS,
            )
            if step.order is Order.PRIORITY:
                yield from _find_starved(step, receiver, before, where)
            else:
                yield from self._find_weight_of_nothing(receiver, where)
            if receiver.limit is not None:
                yield from self._find_limit(receiver.limit, f"{where}.limit")

    def _find_weight_of_nothing(self, receiver: Receiver, where: str) -> Iterator[Problem]:
        """Yield a problem for a weight that a deal could fill in as 0."""
        if isinstance(receiver.weight, Fraction):
            return
        parameter = self.parameters.get(receiver.weight.parameter)
        is_free = parameter is not None and not parameter.options and not parameter.at_least
        if parameter is not None and is_free:
            yield problem_at("deals.weight-can-be-nothing", f"{where}.weight", name=parameter.id)

    def _find_limit(self, limit: Limit, place: str) -> Iterator[Problem]:
        if limit.amount is None and limit.cost is None:
            yield problem_at("deals.limit-of-nothing", place)
        for name, amount in (("amount", limit.amount), ("cost_cap", limit.cost_cap)):
            if amount is not None:
                yield from find_amount_problems(amount, self.parameters, f"{place}.{name}")
        if limit.cost is not None:
            yield from find_cost_problems(limit.cost, self.parameters, f"{place}.cost")
        elif limit.cost_cap is not None:
            yield problem_at("deals.caps-no-cost", f"{place}.cost_cap")
        if limit.interest is not None:
            yield from find_interest_problems(limit.interest, self.parameters, f"{place}.interest")


def _takes_everything(step: WaterfallStep) -> bool:
    """Say whether a step never lets anything flow on."""
    is_whole = isinstance(step.takes, Fraction) and step.takes >= 1
    is_always = not step.gates and step.from_day is None and step.until_day is None
    has_end = all(receiver.limit is not None for receiver in step.receivers)
    return is_whole and is_always and step.limit is None and not has_end


def _find_starved(
    step: WaterfallStep, receiver: Receiver, before: Sequence[Receiver], where: str
) -> Iterator[Problem]:
    for own in before:
        if own.limit is None:
            yield problem_at(
                "deals.unreachable-receiver",
                where,
                step=step.name,
                role=receiver.role,
                other=own.role,
            )
            return


def _find_window(step: WaterfallStep, place: str) -> Iterator[Problem]:
    if step.from_day is None or step.until_day is None or step.from_day < step.until_day:
        return
    dates = {"valid_from": str(step.from_day), "valid_until": str(step.until_day)}
    yield problem_at("deals.ends-before-it-starts", f"{place}.until_day", **dates)
