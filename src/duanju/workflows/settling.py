"""Settling a month: measures → facts → entitlements → claims → postings and statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from duanju.deals import (
    CoInvestment,
    Contract,
    Entitlement,
    Fact,
    RevenueShare,
    Stretch,
    Waterfall,
    check_contracts,
    check_facts,
    check_terms,
    entitle_by_month,
)
from duanju.kernel import Month, Problem
from duanju.settlement import (
    Claim,
    ClaimKey,
    Direction,
    Part,
    PartKind,
    Settlement,
    Transaction,
    settle,
)
from duanju.workflows.facts_by_deal import FactsByDeal
from duanju.workflows.measuring import TitleMeasure, facts_of_measures, require_measured


def settle_month(
    *,
    contracts: Sequence[Contract],
    measures_by_stretch: Mapping[Stretch, Iterable[TitleMeasure]],
    posted: Iterable[Transaction],
    period: Month,
    closed: Collection[Month] = (),
) -> Settlement:
    """Settle a month from what the lake has measured.

    Args:
        contracts: Every deal that is or was in force.
        measures_by_stretch: What was measured, for each of `find_stretches`.
        posted: All transactions of these deals so far.
        period: The month to settle.
        closed: The months that are closed.

    Returns:
        As `settle_facts`.

    Raises:
        UnmeasuredStretch: A stretch is missing.
        PeriodClosed: The period or a later one is closed.
    """
    require_measured(contracts=contracts, measured=measures_by_stretch.keys(), until=period)
    facts = facts_of_measures(measures_by_stretch)
    return settle_facts(
        contracts=contracts, facts=facts, posted=posted, period=period, closed=closed
    )


def settle_facts(
    *,
    contracts: Sequence[Contract],
    facts: Iterable[Fact],
    posted: Iterable[Transaction],
    period: Month,
    closed: Collection[Month] = (),
) -> Settlement:
    """Settle a month from facts; what no fact speaks of is 0.

    A deal whose terms or facts have a problem is left out whole: nothing of it is posted, and the
    problem names it in `deal`. The other deals are settled.

    Raises:
        PeriodClosed: The period or a later one is closed.
    """
    problems = list(check_contracts(contracts))
    blocked = {str(problem.params[name]) for problem in problems for name in ("deal", "other")}
    sorting = FactsByDeal.of(contracts, facts)
    claims_by_month: dict[Month, list[Claim]] = defaultdict(list)
    for contract in sorted(contracts, key=lambda contract: contract.id):
        if contract.id in blocked:
            continue
        own_facts = tuple(sorting.facts_of(contract))
        found = _problems_of(contract, own_facts)
        if found:
            blocked.add(contract.id)
            problems.extend(found)
            continue
        for month, claims in _claims_by_month(contract, own_facts, period):
            claims_by_month[month].extend(claims)
    kept = [own for own in posted if own.key.deal_id not in blocked]
    settlement = settle(claims_by_month=claims_by_month, posted=kept, period=period, closed=closed)
    return replace(settlement, problems=(*problems, *settlement.problems))


def _problems_of(contract: Contract, facts: Sequence[Fact]) -> tuple[Problem, ...]:
    found = check_terms(contract.terms) or check_facts(terms=contract.terms, facts=facts)
    return tuple(
        replace(problem, params={"deal": contract.id, **problem.params}) for problem in found
    )


def _claims_by_month(
    contract: Contract, facts: Sequence[Fact], period: Month
) -> Iterator[tuple[Month, list[Claim]]]:
    months = []
    month = Month(contract.terms.starts_on.year, contract.terms.starts_on.month)
    while month <= period:
        months.append(month)
        month = month.next()
    earned = entitle_by_month(terms=contract.terms, facts=facts, months=months)
    for month, entitlements in earned.items():
        groups: dict[tuple[str, str, str], list[Entitlement]] = defaultdict(list)
        for own in entitlements:
            groups[own.clause_id, own.title_id, own.currency].append(own)
        yield month, [_claim(contract, group) for group in groups.values()]


def _claim(contract: Contract, entitlements: Sequence[Entitlement]) -> Claim:
    first = entitlements[0]
    clauses = {clause.id: clause for clause in contract.terms.policy.clauses}
    clause = clauses[first.clause_id]
    claim = Claim(
        key=ClaimKey(contract.id, first.clause_id, first.title_id, first.currency),
        direction=Direction.OBLIGATION,
        payer=first.payer,
        measure=first.measure,
        quantity=first.quantity,
        parts=tuple(
            Part(own.party, PartKind(own.kind.value), own.name, own.amount, own.proof)
            for own in entitlements
        ),
    )
    if isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        residual = contract.terms.parties[clause.residual]
        claim = replace(
            claim, direction=Direction.DISTRIBUTION, rounding=clause.rounding, residual=residual
        )
    return claim
