"""Whether more is promised of an income than comes in, in the worst case."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from duanju.deals.checks.assignments import choices_in, find_assignments
from duanju.deals.checks.values import Parameters, problem_at
from duanju.deals.clauses import AFTER, CoInvestment, Deduction, RevenueShare, Waterfall
from duanju.deals.clauses.walking import find_within
from duanju.deals.parameters import Chosen, Given, Number, Parameter, ParameterValue, find_number
from duanju.deals.policy import Terms
from duanju.kernel import Problem

Distribution = RevenueShare | Waterfall | CoInvestment
Resolve = Callable[[Number], Fraction]

_ZERO = Fraction(0)
_ONE = Fraction(1)
_OVERPAID = "deals.pays-out-more-than-comes-in"


def find_promise_problems(
    clause: Distribution, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield a problem if a clause promises more than comes in, and nobody bears the excess.

    Every combination of options is tried. A parameter counts as the most that a deal may say; one
    without such a bound counts as the least, and is judged again once the deal has filled it in.
    """
    numbers = [value for _, value in find_within(clause, Chosen)]
    for assignment in find_assignments(choices_in(numbers), parameters):
        found = next(_find_excess(clause, _worst(parameters, assignment), path), None)
        if found is not None:
            yield found
            return


def find_overpayments(terms: Terms) -> Iterator[Problem]:
    """Yield a problem for each clause, and channel, that promises more than comes in."""
    values: Mapping[str, ParameterValue] = terms.values

    def resolve(value: Number) -> Fraction:
        return find_number(value, values) or _ZERO

    for index, clause in enumerate(terms.policy.clauses):
        if isinstance(clause, RevenueShare | Waterfall | CoInvestment):
            yield from _find_excess(clause, resolve, f"clause.{index}")


def _worst(parameters: Parameters, assignment: Mapping[str, str]) -> Resolve:
    def resolve(value: Number) -> Fraction:
        if isinstance(value, Given):
            return _most(parameters.get(value.parameter))
        return find_number(value, dict(assignment)) or _ZERO

    return resolve


def _most(parameter: Parameter | None) -> Fraction:
    if parameter is None:
        return _ZERO
    return parameter.at_most or parameter.at_least or _ZERO


def _find_excess(clause: Distribution, resolve: Resolve, path: str) -> Iterator[Problem]:
    if isinstance(clause, CoInvestment):
        total = sum((resolve(share) for share in clause.profit.values()), _ZERO)
        if total > 1:
            yield problem_at(_OVERPAID, f"{path}.profit", total=str(total))
    elif clause.deficit_payer:
        return
    elif isinstance(clause, Waterfall):
        left = _ONE
        for step in clause.steps:
            left *= 1 - min(_ONE, resolve(step.takes))
        owed = sum((resolve(share) for share in clause.owed_of_gross.values()), _ZERO)
        if owed > left:
            yield problem_at(_OVERPAID, f"{path}.owed_of_gross", total=str(owed + 1 - left))
    else:
        yield from _find_excess_of_shares(clause, resolve, path)


def _find_excess_of_shares(clause: RevenueShare, resolve: Resolve, path: str) -> Iterator[Problem]:
    everyones = {f"{path}.shares": clause.shares} | {
        f"{path}.share_tier.{index}.shares": tier.shares
        for index, tier in enumerate(clause.share_tiers)
    }
    channels = dict.fromkeys(
        channel for deduction in clause.deductions for channel in deduction.rate_by_channel
    )
    for channel in channels or [""]:
        base, left = _base_and_rest(clause, resolve, channel)
        for where, shares in everyones.items():
            promised = sum((resolve(share) for share in shares.values()), _ZERO)
            if promised > left:
                total = str(base * promised + 1 - base * left)
                yield problem_at(_OVERPAID, where, total=total, channel=channel)


def _base_and_rest(
    clause: RevenueShare, resolve: Resolve, channel: str
) -> tuple[Fraction, Fraction]:
    """Return the base of a channel's income of 1, and which part of it the later ones leave.

    The smaller the base, the less the caps of later deductions bind. A cost before the base can
    make it as small as one likes; then they do not bind at all.
    """
    names = [deduction.name for deduction in clause.deductions]
    name = clause.base.removeprefix(AFTER)
    until = names.index(name) + 1 if name in names else 0
    base = _ONE
    for deduction in clause.deductions[:until]:
        base -= min(_taken(deduction, resolve, channel, base), _cap(deduction, resolve, _ONE))
    left = _ONE
    for deduction in clause.deductions[until:]:
        left -= min(_taken(deduction, resolve, channel, left), _cap(deduction, resolve, base))
    return base or _ONE, left


def _taken(deduction: Deduction, resolve: Resolve, channel: str, left: Fraction) -> Fraction:
    """Return the most that a deduction takes of what is left, without its cap."""
    if deduction.cost is not None or deduction.recoups:
        return left
    rate = deduction.rate_by_channel.get(channel)
    if rate is None:
        rate = deduction.rate
    return _ZERO if rate is None else left * resolve(rate)


def _cap(deduction: Deduction, resolve: Resolve, base: Fraction) -> Fraction:
    if deduction.cap is None or not base:
        return _ONE
    return resolve(deduction.cap) / base
