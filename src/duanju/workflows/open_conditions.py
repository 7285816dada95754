"""What settlement still waits to be told, deal by deal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from duanju.deals import (
    Contract,
    Fact,
    SettlementCondition,
    find_open_conditions,
    month_ends_on,
    parts_of,
)
from duanju.kernel import Month
from duanju.workflows.facts_by_deal import FactsByDeal


def open_conditions_of(
    *, contracts: Sequence[Contract], facts: Iterable[Fact], period: Month
) -> Mapping[str, tuple[SettlementCondition, ...]]:
    """Return by deal what its terms wait for that no fact has told up to the end of a month.

    Nothing is hindered by it: what nobody reports counts as nothing. Deals that wait for nothing
    are left out.
    """
    sorting = FactsByDeal.of(contracts, facts)
    as_of = month_ends_on(period)
    found = {
        contract.id: tuple(_of_deal(contract, tuple(sorting.facts_of(contract)), as_of))
        for contract in sorted(contracts, key=lambda own: own.id)
    }
    return {deal_id: own for deal_id, own in found.items() if own}


def _of_deal(
    contract: Contract, facts: Sequence[Fact], as_of: date
) -> Iterable[SettlementCondition]:
    """Return the conditions of all terms that have begun, each once."""
    found: list[SettlementCondition] = []
    for part in parts_of(contract):
        if part.terms.starts_on < as_of:
            for own in find_open_conditions(part.terms, facts, as_of):
                if own not in found:
                    found.append(own)
    return found
