"""What clauses would take, count or replace twice."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from duanju.deals.checks.assignments import choices_in, find_assignments, options_in_words
from duanju.deals.checks.claims import overlap
from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import (
    Cap,
    Clause,
    CoInvestment,
    Counted,
    Deduction,
    MinimumGuarantee,
    ParameterIs,
    Reserve,
    RevenueShare,
    TieredBonus,
    Treatment,
    Waterfall,
)
from duanju.deals.clauses.references import is_chosen, never_meet
from duanju.deals.parameters import Given, Number, ParameterValue, find_number
from duanju.deals.policy import Policy
from duanju.kernel import Problem

Values = Mapping[str, ParameterValue]
_Taker = tuple[int, Reserve | MinimumGuarantee]


def find_repeated_problems(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for whatever two clauses, or two parts of one, would each take in full."""
    for index, clause in enumerate(policy.clauses):
        path = f"clause.{index}"
        yield from _find_counted_twice(clause, path)
        yield from _find_named_twice(clause, path)
        for earlier in policy.clauses[:index]:
            if earlier.id != clause.id and not never_meet(earlier, clause):
                yield from _find_capped_twice(clause, earlier, path)
                yield from _find_replaced_twice(clause, earlier, path)
    yield from _find_deducted_twice(policy)
    yield from find_kept_back_totals(policy)


def find_kept_back_totals(policy: Policy, values: Values | None = None) -> Iterator[Problem]:
    """Yield a problem for each clause of whose earnings more than the whole is kept back.

    Reserves hold, and recoupable guarantees keep back, each for itself; what two keep back of one
    clause comes off what its payee receives twice.

    Args:
        policy: Whose clauses are added up.
        values: Those of the deal; `None` to try all options, and to leave open numbers out.
    """
    parameters = {parameter.id: parameter for parameter in policy.parameters}
    for other, takers in _takers(policy).items():
        names = [*choices_in(_rate(own) for _, own in takers), *_choices(takers)]
        assignments = [values] if values is not None else find_assignments(names, parameters)
        for assignment in assignments:
            total = _total(takers, assignment)
            if total > 1:
                words = {} if values is not None else assignment
                index, last = takers[-1]
                yield problem_at(
                    "deals.keeps-back-more-than-earned",
                    f"clause.{index}.{'of' if isinstance(last, Reserve) else 'against'}",
                    clause=last.id,
                    other=other[1],
                    total=str(total),
                    options=options_in_words({k: str(v) for k, v in words.items()}),
                )
                break


def _find_counted_twice(clause: Clause, path: str) -> Iterator[Problem]:
    if not isinstance(clause, TieredBonus | RevenueShare | Waterfall | CoInvestment):
        return
    for index, own in enumerate(clause.counted):
        if any(overlap(own, before) for before in clause.counted[:index]):
            yield problem_at(
                "deals.counts-the-same-twice",
                f"{path}.measure.{index}",
                clause=clause.id,
                measure=own.measure,
            )


def _find_named_twice(clause: Clause, path: str) -> Iterator[Problem]:
    for index, own in enumerate(clause.replaces):
        if own in clause.replaces[:index]:
            yield problem_at("deals.names-a-clause-twice", f"{path}.replaces.{index}", other=own)


def _find_capped_twice(clause: Clause, earlier: Clause, path: str) -> Iterator[Problem]:
    if not (isinstance(clause, Cap) and isinstance(earlier, Cap)):
        return
    if (clause.payer, clause.payee) != (earlier.payer, earlier.payee) or earlier.id in clause.of:
        return
    for index, own in enumerate(clause.of):
        if own in earlier.of:
            yield problem_at(
                "deals.capped-twice",
                f"{path}.of.{index}",
                clause=clause.id,
                other=earlier.id,
                shared=own,
            )
            return


def _find_replaced_twice(clause: Clause, earlier: Clause, path: str) -> Iterator[Problem]:
    for index, own in enumerate(clause.replaces):
        if own in earlier.replaces:
            yield problem_at(
                "deals.replaced-twice",
                f"{path}.replaces.{index}",
                clause=clause.id,
                other=earlier.id,
                replaced=own,
            )


def _find_deducted_twice(policy: Policy) -> Iterator[Problem]:
    """Yield a problem for each cost, or advance, that two deductions take back in full."""
    seen: list[tuple[Clause, Deduction]] = []
    for index, clause in enumerate(policy.clauses):
        if not isinstance(clause, RevenueShare):
            continue
        for place, own in enumerate(clause.deductions):
            for other, before in seen:
                if not never_meet(other, clause) and _takes_the_same(own, before):
                    field = "recoups" if own.recoups else "cost"
                    yield problem_at(
                        "deals.deducted-twice",
                        f"clause.{index}.deduction.{place}.{field}",
                        name=own.name,
                        other=before.name,
                    )
                    break
            seen.append((clause, own))


def _takes_the_same(first: Deduction, second: Deduction) -> bool:
    if first.recoups or second.recoups:
        return first.recoups == second.recoups
    costs: list[Counted] = [own.cost for own in (first, second) if own.cost is not None]
    return len(costs) == 2 and overlap(*costs)


def _takers(policy: Policy) -> dict[tuple[str, str, str], list[_Taker]]:
    """Return what keeps back of each clause's earnings, where two or more do."""
    found: dict[tuple[str, str, str], list[_Taker]] = {}
    for index, clause in enumerate(policy.clauses):
        if isinstance(clause, Reserve | MinimumGuarantee):
            named = clause.of if isinstance(clause, Reserve) else clause.against
            for own in dict.fromkeys(named):
                found.setdefault((clause.kind, own, clause.payee), []).append((index, clause))
    return {key: takers for key, takers in found.items() if len(takers) > 1}


def _choices(takers: list[_Taker]) -> Iterator[str]:
    for _, clause in takers:
        for condition in clause.when:
            if isinstance(condition, ParameterIs):
                yield condition.parameter
        if isinstance(clause, MinimumGuarantee) and isinstance(clause.treatment, Given):
            yield clause.treatment.parameter


def _rate(clause: Reserve | MinimumGuarantee) -> Number:
    return clause.rate if isinstance(clause, Reserve) else clause.at


def _total(takers: list[_Taker], values: Values) -> Fraction:
    rates = [find_number(_rate(own), values) for _, own in takers if _keeps_back(own, values)]
    return sum((rate for rate in rates if rate is not None), Fraction(0))


def _keeps_back(clause: Reserve | MinimumGuarantee, values: Values) -> bool:
    if not is_chosen(clause, values):
        return False
    if isinstance(clause, Reserve):
        return True
    treatment = clause.treatment
    word = values.get(treatment.parameter) if isinstance(treatment, Given) else treatment
    return word == Treatment.RECOUPABLE
