"""Which of the conditions that facts decide nobody has told of yet."""

from collections.abc import Iterable
from datetime import date

from duanju.deals.facts import Fact
from duanju.deals.policy import Terms
from duanju.deals.settlement_conditions import SettlementCondition, find_conditions

_BY_MEASURE = frozenset(
    {
        "condition.cost-must-be-reported",
        "condition.income-must-be-reported",
        "condition.pool-must-be-reported",
        "condition.heat-needs-daily-plays",
    }
)
"""Open until a fact of the measure that they name is there."""

_BY_ITEM = {
    "condition.milestone-decides": ("milestone", "milestone"),
    "condition.award-is-decided": ("award", "role"),
    "condition.investment-must-be-reported": ("investment", "role"),
}
"""Open until a fact of the measure names the item: code to measure, and the param of the item."""


def find_open_conditions(
    terms: Terms, facts: Iterable[Fact], as_of: date
) -> tuple[SettlementCondition, ...]:
    """Return the conditions of a deal of which no fact has told anything so far.

    They hinder nothing: what nobody reports counts as nothing, and settlement says so by these.
    Conditions that hold for ever, such as who bears refunds, are not among them.

    Args:
        terms: The deal's.
        facts: Those handed to the deal.
        as_of: First day that is no longer counted.
    """
    told = [
        fact
        for fact in facts
        if fact.quantity and fact.stretch.ends_on <= as_of and _is_of(fact, terms)
    ]
    measures = {fact.measure for fact in told}
    items = {(fact.measure, fact.item) for fact in told}
    return tuple(own for own in find_conditions(terms.policy) if _is_open(own, measures, items))


def _is_open(
    condition: SettlementCondition, measures: set[str], items: set[tuple[str, str]]
) -> bool:
    if condition.code in _BY_MEASURE:
        return condition.params["measure"] not in measures
    if condition.code in _BY_ITEM:
        measure, param = _BY_ITEM[condition.code]
        return (measure, condition.params[param]) not in items
    return False


def _is_of(fact: Fact, terms: Terms) -> bool:
    return not fact.title_id or fact.title_id in terms.title_ids
