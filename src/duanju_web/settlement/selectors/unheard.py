"""What is told and counts nowhere, and what is awaited and was not told, deal by deal."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from duanju.deals import (
    Contract,
    SettlementCondition,
    UncountedFacts,
    UncountedReason,
    parts_of,
)
from duanju.kernel import Month
from duanju.workflows import FactsByDeal, open_conditions_of, uncounted_of
from duanju_web.deals.selectors import LAKE_MEASURES
from duanju_web.settlement.selectors.telling import Told

_OF_NO_INTEREST = {UncountedReason.MEASURE, UncountedReason.DAYS, UncountedReason.UNFINISHED}
"""The lake measures every title whatever its deals count, and also on days without a deal."""


@dataclass(frozen=True, slots=True)
class Unheard:
    """What a deal's month passes over.

    Attributes:
        deal: Which.
        contract: The same as the library has it.
        uncounted: Facts that no clause counts.
        conditions: What its terms still wait to be told.
    """

    deal: Any
    contract: Contract
    uncounted: Sequence[UncountedFacts]
    conditions: Sequence[SettlementCondition]


def find_unheard(told: Told, month: Month) -> list[Unheard]:
    """Return the deals of which something counts nowhere or is still open, by number.

    What people recorded of a deal is asked of that deal. What the lake measured of a title is asked
    of all deals, and only for its words, such as a channel that no clause counts; it is named once,
    under the first deal that has the title.

    Args:
        told: What the month is settled on.
        month: Which; only facts up to its end are looked at.
    """
    sorting = FactsByDeal.of(told.contracts, told.measured)
    measured = _measured_in_vain(told, month)
    found = []
    for contract in sorted(told.contracts, key=lambda own: own.id):
        reported = told.reported.get(contract.id, ())
        uncounted = list(uncounted_of(contracts=[contract], facts=reported, period=month))
        for title_id in sorted(
            {own for part in parts_of(contract) for own in part.terms.title_ids}
        ):
            uncounted.extend(measured.pop(title_id, ()))
        facts = (*sorting.facts_of(contract), *reported)
        conditions = open_conditions_of(contracts=[contract], facts=facts, period=month)
        if uncounted or conditions:
            deal = told.deals[contract.id]
            found.append(Unheard(deal, contract, uncounted, conditions.get(contract.id, ())))
    return found


def _measured_in_vain(told: Told, month: Month) -> dict[str, list[UncountedFacts]]:
    """Return what no clause counts of what was measured or reported of titles; by title."""
    found: dict[str, list[UncountedFacts]] = {}
    for own in uncounted_of(contracts=told.contracts, facts=told.measured, period=month):
        is_always_measured = own.first.measure in LAKE_MEASURES
        if not (is_always_measured and own.reason in _OF_NO_INTEREST):
            found.setdefault(own.first.title_id, []).append(own)
    return found
