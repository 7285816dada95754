"""What is wrong with the deductions of a revenue share."""

from collections.abc import Iterator, Mapping

from duanju.deals.checks.amounts import find_share_problems
from duanju.deals.checks.steps import find_cost_problems
from duanju.deals.checks.values import Parameters, problem_at
from duanju.deals.clauses import CHANNEL_ROLE, Clause, Deduction, RevenueShare
from duanju.deals.clauses.titles import earns_by_title
from duanju.deals.policy import Policy
from duanju.kernel import Problem


def find_deduction_problems(
    clause: RevenueShare, parameters: Parameters, path: str
) -> Iterator[Problem]:
    """Yield everything that is wrong with the deductions of a revenue share."""
    names: set[str] = set()
    first_of_all = ""
    for index, deduction in enumerate(clause.deductions):
        place = f"{path}.deduction.{index}"
        if deduction.name in names:
            yield problem_at("deals.duplicate-deduction", f"{place}.name", name=deduction.name)
        names.add(deduction.name)
        ways = list(_find_ways(deduction, place))
        yield from ways
        if not deduction.rate_by_channel:
            first_of_all = first_of_all or deduction.name
            if deduction.receiver == CHANNEL_ROLE and not ways:
                yield problem_at(
                    "deals.channel-of-no-channel", f"{place}.receiver", name=deduction.name
                )
        elif first_of_all:
            yield problem_at(
                "deals.channels-after-others", place, name=deduction.name, other=first_of_all
            )
        yield from _find_values(deduction, parameters, place)


def find_recoupment_problems(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each deduction that recoups what is not owed to one role by title."""
    before: dict[str, Clause] = {}
    for index, clause in enumerate(policy.clauses):
        deductions = clause.deductions if isinstance(clause, RevenueShare) else ()
        for number, deduction in enumerate(deductions):
            other = before.get(deduction.recoups)
            if other is not None and not _can_be_recouped(other, before):
                yield problem_at(
                    "deals.cannot-be-recouped",
                    f"clause.{index}.deduction.{number}.recoups",
                    name=deduction.name,
                    other=other.id,
                )
        before.setdefault(clause.id, clause)


def _can_be_recouped(clause: Clause, before: Mapping[str, Clause]) -> bool:
    return hasattr(clause, "payee") and earns_by_title(clause, before)


def _find_ways(deduction: Deduction, place: str) -> Iterator[Problem]:
    """Yield a problem unless a deduction says in exactly one way what it takes."""
    said = {
        "rate_by_channel": bool(deduction.rate_by_channel),
        "rate": deduction.rate is not None,
        "cost": deduction.cost is not None,
        "recoups": bool(deduction.recoups),
    }
    ways = [way for way, is_said in said.items() if is_said]
    if not ways:
        yield problem_at("deals.deduction-takes-nothing", place, name=deduction.name)
    elif len(ways) > 1:
        yield problem_at(
            "deals.deduction-takes-twice", place, name=deduction.name, ways=", ".join(ways)
        )


def _find_values(deduction: Deduction, parameters: Parameters, place: str) -> Iterator[Problem]:
    for channel, rate in deduction.rate_by_channel.items():
        yield from find_share_problems(rate, parameters, f"{place}.rate_by_channel.{channel}")
    if deduction.rate is not None:
        yield from find_share_problems(deduction.rate, parameters, f"{place}.rate")
    if deduction.cap is not None:
        yield from find_share_problems(deduction.cap, parameters, f"{place}.cap")
    if deduction.cost is not None:
        yield from find_cost_problems(deduction.cost, parameters, f"{place}.cost")
