"""What is wrong with a deal and all that amended it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from duanju.deals.amendments import ContractPart, parts_of
from duanju.deals.checks.claims import claimed_by, overlap
from duanju.deals.checks.terms import check_terms
from duanju.deals.checks.values import problem_at
from duanju.deals.clauses import CHANNEL_ROLE, Clause
from duanju.deals.clauses.references import earners_of, is_chosen, is_distribution, payer_of
from duanju.deals.measures import MEASURES, Unit
from duanju.deals.parameters import Given, Word
from duanju.deals.policy import AmendedBy, Amendment, Contract, Terms
from duanju.kernel import Problem, Where


def check_contract(contract: Contract) -> tuple[Problem, ...]:
    """Return everything that is wrong with a deal's terms and amendments, whose policies are good.

    Paths are those of `check_terms`; within an amendment they begin with `amendment.<number>.`.
    """
    return (
        *check_terms(contract.terms),
        *_find_repeated_ids(contract),
        *(
            problem
            for index, amendment in enumerate(contract.amendments)
            for problem in _find_problems(contract.terms, amendment, f"amendment.{index}")
        ),
        *_find_claims_beside(contract),
    )


def _find_repeated_ids(contract: Contract) -> Iterator[Problem]:
    count = Counter(amendment.id for amendment in contract.amendments)
    for index, amendment in enumerate(contract.amendments):
        if count[amendment.id] > 1:
            path = f"amendment.{index}.id"
            yield problem_at("deals.duplicate-amendment", path, amendment=amendment.id)


def _find_problems(own: Terms, amendment: Amendment, path: str) -> Iterator[Problem]:
    day = amendment.effective_on
    is_outside = day < own.starts_on or (own.ends_on is not None and day >= own.ends_on)
    if is_outside and amendment.by is AmendedBy.PLAY_DATE:
        yield problem_at(
            "deals.amendment-outside-the-deal",
            f"{path}.effective_on",
            amendment=amendment.id,
            effective_on=str(day),
        )
    for role, party in amendment.terms.parties.items():
        if role in own.parties and own.parties[role] != party:
            yield problem_at(
                "deals.amendment-of-other-parties",
                f"{path}.parties.{role}",
                amendment=amendment.id,
                role=role,
                party=party.id,
                other=own.parties[role].id,
            )
    days = replace(amendment.terms, starts_on=own.starts_on, ends_on=own.ends_on)
    for problem in check_terms(days):
        yield replace(problem, where=Where(path=f"{path}.{problem.where.path}"))


def _find_claims_beside(contract: Contract) -> Iterator[Problem]:
    """Yield a problem for each two clauses of terms that hold together and count the same."""
    numbers = {amendment.id: index for index, amendment in enumerate(contract.amendments)}
    for earlier, later in combinations(parts_of(contract), 2):
        if not (_share_a_day(earlier.terms, later.terms) and _share_a_title(earlier, later)):
            continue
        for clause in later.terms.policy.clauses:
            for other in earlier.terms.policy.clauses:
                measure = _counted_by_both(other, earlier.terms, clause, later.terms)
                if measure:
                    yield problem_at(
                        "deals.amendment-claims-the-same",
                        f"amendment.{numbers[later.amendment_id]}.policy",
                        amendment=later.amendment_id,
                        clause=clause.id,
                        other=earlier.claimed_as(other.id),
                        measure=measure,
                    )


def _counted_by_both(first: Clause, own: Terms, second: Clause, other: Terms) -> str:
    """Return a measure that two clauses of different terms both pay for to the same, or nothing."""
    if not (is_chosen(first, own.values) and is_chosen(second, other.values)):
        return ""
    if is_distribution(first) is not is_distribution(second):
        return ""
    if own.parties.get(payer_of(first)) != other.parties.get(payer_of(second)):
        return ""
    earners = (earners_of(first) & earners_of(second)) - {CHANNEL_ROLE}
    if not is_distribution(first) and not earners:
        return ""
    are_apart = _word(first.currency, own) != _word(second.currency, other)
    for counted in claimed_by(first):
        is_money = MEASURES[counted.measure].unit is Unit.MINOR
        if is_money and are_apart:
            continue
        if any(overlap(counted, own_other) for own_other in claimed_by(second)):
            return counted.measure
    return ""


def _word(word: Word, terms: Terms) -> object:
    return terms.values.get(word.parameter) if isinstance(word, Given) else word


def _share_a_day(first: Terms, second: Terms) -> bool:
    begins = max(first.starts_on, second.starts_on)
    ends = [terms.ends_on for terms in (first, second) if terms.ends_on is not None]
    return not ends or begins < min(ends)


def _share_a_title(first: ContractPart, second: ContractPart) -> bool:
    return not first.terms.title_ids.isdisjoint(second.terms.title_ids)
