"""Settling a month: measures → facts → entitlements → claims → postings and statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from duanju.deals import (
    Clause,
    CoInvestment,
    Contract,
    ContractPart,
    Entitlement,
    Fact,
    RevenueShare,
    Stretch,
    Terms,
    Waterfall,
    check_contract,
    check_contracts,
    check_facts,
    entitle_by_month,
    parts_of,
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
    with_retired,
)
from duanju.workflows.facts_by_deal import FactsByDeal, facts_of_part, titles_of
from duanju.workflows.measuring import TitleMeasure, facts_of_measures, require_measured

_NOTHING: Mapping[str, Sequence[Fact]] = MappingProxyType({})


def settle_month(
    *,
    contracts: Sequence[Contract],
    measures_by_stretch: Mapping[Stretch, Iterable[TitleMeasure]],
    posted: Iterable[Transaction],
    period: Month,
    closed: Collection[Month] = (),
    reported: Mapping[str, Sequence[Fact]] = _NOTHING,
    told: Iterable[Fact] = (),
) -> Settlement:
    """Settle a month from what the lake has measured.

    Args:
        contracts: Every deal that is or was in force.
        measures_by_stretch: What was measured, for each of `find_stretches`.
        posted: All transactions of these deals so far.
        period: The month to settle.
        closed: The months that are closed.
        reported: A deal's id to what people reported of it alone, which no lake measures.
        told: What others told of titles, as stores and networks do; it goes to the deals that it
            concerns as what was measured does.

    Returns:
        As `settle_facts`.

    Raises:
        UnmeasuredStretch: A stretch is missing.
        PeriodClosed: The period or a later one is closed.
    """
    require_measured(contracts=contracts, measured=measures_by_stretch.keys(), until=period)
    facts = (*facts_of_measures(measures_by_stretch), *told)
    return settle_facts(
        contracts=contracts,
        facts=facts,
        posted=posted,
        period=period,
        closed=closed,
        reported=reported,
    )


def settle_facts(
    *,
    contracts: Sequence[Contract],
    facts: Iterable[Fact],
    posted: Iterable[Transaction],
    period: Month,
    closed: Collection[Month] = (),
    reported: Mapping[str, Sequence[Fact]] = _NOTHING,
) -> Settlement:
    """Settle a month from facts; what no fact speaks of is 0.

    A deal whose terms or facts have a problem is left out whole: nothing of it is posted, and the
    problem names it in `deal`. The other deals are settled. A milestone without a title is that of
    the only deal; of several, each that counts it is left out. What is `reported` of a deal is
    handed to that deal alone.

    Raises:
        PeriodClosed: The period or a later one is closed.
    """
    given = sorted(contracts, key=lambda contract: contract.id)
    sorting = FactsByDeal.of(given, facts)
    rivals = check_contracts(given)
    blocked = {str(problem.params[name]) for problem in rivals for name in ("deal", "other")}
    unclear = tuple(problem for own in given for problem in sorting.problems_of(own))
    blocked |= {str(problem.params["deal"]) for problem in unclear}
    settlement = settle_deals(
        deals=[
            (own, (*sorting.facts_of(own), *reported.get(own.id, ())))
            for own in given
            if own.id not in blocked
        ],
        posted=[own for own in posted if own.key.deal_id not in blocked],
        period=period,
        closed=closed,
    )
    return replace(settlement, problems=(*rivals, *unclear, *settlement.problems))


def settle_deals(
    *,
    deals: Iterable[tuple[Contract, Sequence[Fact]]],
    posted: Iterable[Transaction],
    period: Month,
    closed: Collection[Month] = (),
) -> Settlement:
    """Settle a month of deals that compete for nothing, each from facts that were sorted to it.

    Args:
        deals: Each with all facts that it is settled on, as `FactsByDeal.facts_of` returns them.
        posted: All transactions of these deals so far.
        period: The month to settle.
        closed: The months that are closed.

    Raises:
        PeriodClosed: The period or a later one is closed.
    """
    problems: list[Problem] = []
    posted_by_deal: dict[str, list[Transaction]] = defaultdict(list)
    for transaction in posted:
        posted_by_deal[transaction.key.deal_id].append(transaction)
    claims_by_month: dict[Month, list[Claim]] = defaultdict(list)
    for contract, facts in deals:
        parts = _parts_with_facts(contract, facts)
        found = _problems_of(contract, parts)
        if found:
            posted_by_deal.pop(contract.id, None)
            problems.extend(found)
            continue
        claims = _claims_by_month(contract, parts, period)
        if contract.amendments:
            own = posted_by_deal[contract.id]
            claims = with_retired(claims_by_month=claims, posted=own, period=period)
        for month, own_claims in claims.items():
            claims_by_month[month].extend(own_claims)
    kept = [own for transactions in posted_by_deal.values() for own in transactions]
    settlement = settle(claims_by_month=claims_by_month, posted=kept, period=period, closed=closed)
    return replace(settlement, problems=(*problems, *settlement.problems))


def _parts_with_facts(
    contract: Contract, facts: Sequence[Fact]
) -> tuple[tuple[ContractPart, tuple[Fact, ...]], ...]:
    parts = parts_of(contract)
    titles = titles_of(parts)
    return tuple((part, facts_of_part(part, facts=facts, titles=titles)) for part in parts)


def _problems_of(
    contract: Contract, parts: Sequence[tuple[ContractPart, Sequence[Fact]]]
) -> tuple[Problem, ...]:
    found = check_contract(contract) or tuple(
        problem for part, facts in parts for problem in check_facts(terms=part.terms, facts=facts)
    )
    return tuple(
        replace(problem, params={"deal": contract.id, **problem.params}) for problem in found
    )


def _claims_by_month(
    contract: Contract,
    parts: Sequence[tuple[ContractPart, Sequence[Fact]]],
    period: Month,
) -> dict[Month, list[Claim]]:
    claims: dict[Month, list[Claim]] = defaultdict(list)
    for part, facts in parts:
        months = _months(part.terms, period)
        clauses = {clause.id: clause for clause in part.terms.policy.clauses}
        earned = entitle_by_month(terms=part.terms, facts=facts, months=months)
        for month, entitlements in earned.items():
            groups: dict[tuple[str, str, str], list[Entitlement]] = defaultdict(list)
            for own in entitlements:
                groups[own.clause_id, own.title_id, own.currency].append(own)
            claims[month].extend(
                _claim(contract.id, part, clauses[group[0].clause_id], group)
                for group in groups.values()
            )
    return claims


def _months(terms: Terms, period: Month) -> list[Month]:
    months = []
    month = Month(terms.starts_on.year, terms.starts_on.month)
    while month <= period:
        months.append(month)
        month = month.next()
    return months


def _claim(
    deal_id: str, part: ContractPart, clause: Clause, entitlements: Sequence[Entitlement]
) -> Claim:
    first = entitlements[0]
    claimed_as = part.claimed_as(clause.id)
    claim = Claim(
        key=ClaimKey(deal_id, claimed_as, first.title_id, first.currency),
        direction=Direction(clause.direction.value),
        payer=first.payer,
        measure=first.measure,
        quantity=first.quantity,
        parts=tuple(
            Part(own.party, PartKind(own.kind.value), own.name, own.amount, own.proof)
            for own in entitlements
        ),
    )
    if isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        claim = replace(
            claim,
            rounding=clause.rounding,
            residual=part.terms.parties[clause.residual],
        )
    return claim
