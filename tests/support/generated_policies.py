"""Policies that nobody wrote and that are good: some of a clause of every kind, numbers at random.

Each begins as the clause that the reference shows of its kind. What a clause stands on is kept with
it, so that every policy made here passes `check_policy`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any, TypeVar

from hypothesis import strategies as st

from duanju.adapters.documents import policy_from_text
from duanju.adapters.documents.policy_examples import example_policy
from duanju.deals import Policy, Terms
from duanju.deals.clauses import (
    Band,
    BandReading,
    Clause,
    InterestKind,
    Order,
    Reading,
    Reset,
    Tier,
    Treatment,
)
from duanju.deals.parameters import ParameterValue
from duanju.kernel import Party, RoundingRule

ROLES = ("platform", "studio", "agent", "director", "screenwriter")
"""The roles of every policy that is made here."""

STANDS_ON = {
    "growth-bonus": "effective-hours",
    "guarantee": "effective-hours",
    "agency": "effective-hours",
    "partner-cap": "heat-bonus",
    "returns-reserve": "member-pool",
}
"""Clauses that are of no use without another."""

_T = TypeVar("_T")
Draw = Callable[[st.SearchStrategy[_T]], _T]

_EXAMPLES = policy_from_text(example_policy())
shares = st.fractions(min_value=0, max_value=1, max_denominator=40)
halves = st.fractions(min_value=0, max_value=Fraction(1, 2), max_denominator=40)
rates = st.fractions(min_value=0, max_value=20, max_denominator=12)
amounts = st.integers(1, 1_000_000).map(Fraction)


@st.composite
def rising(draw: Any, values: st.SearchStrategy[Fraction], *, at_most: int) -> list[Any]:
    """Draw rising thresholds, the first at 0, each with a value and a side of its own."""
    steps = draw(st.lists(st.integers(1, 50_000), max_size=2))
    thresholds = [0]
    for step in steps:
        thresholds.append(thresholds[-1] + step * at_most // 50_000 + 1)
    return [(Fraction(own), draw(st.booleans()), draw(values)) for own in thresholds]


@st.composite
def good_policies(draw: Any) -> Policy:
    """Draw a policy of some kinds of clause, in order, that says nothing wrong."""
    wanted = set(draw(st.sets(st.sampled_from([own.id for own in _EXAMPLES.clauses]), min_size=1)))
    wanted |= {STANDS_ON[own] for own in wanted if own in STANDS_ON}
    clauses = tuple(_varied(own, draw) for own in _EXAMPLES.clauses if own.id in wanted)
    return replace(_EXAMPLES, clauses=clauses)


@st.composite
def good_terms(draw: Any) -> Terms:
    """Draw terms of such a policy, with every party and parameter, for one title or two."""
    parameters: Mapping[str, ParameterValue] = {
        "grade": draw(st.sampled_from(["S+", "S"])),
        "investment": draw(amounts),
    }
    return Terms(
        policy=draw(good_policies()),
        parties={role: Party(role, f"{role}-ltd") for role in ROLES},
        title_ids=frozenset(draw(st.sampled_from([("101",), ("101", "102")]))),
        starts_on=date(2026, 9, 1),
        parameters=parameters,
    )


def _varied(clause: Clause, draw: Draw[Any]) -> Clause:
    changes = _CHANGES[clause.kind](draw)
    return replace(clause, **changes)  # type: ignore[no-any-return]


def _tiered_rate(draw: Draw[Any]) -> dict[str, Any]:
    return {
        "tiers": tuple(Tier(*own) for own in draw(rising(rates, at_most=2_000_000))),
        "reading": draw(st.sampled_from(Reading)).value,
        "reset": draw(st.sampled_from([Reset.NEVER, Reset.MONTH])),
        "coefficients": draw(st.sampled_from([(), _of("tiered_rate").coefficients])),
    }


def _tiered_bonus(draw: Draw[Any]) -> dict[str, Any]:
    return {
        "tiers": tuple(Tier(*own) for own in draw(rising(shares, at_most=2_000_000))),
        "reading": draw(st.sampled_from(Reading)).value,
    }


def _bonus_bands(draw: Draw[Any]) -> dict[str, Any]:
    bands = draw(rising(amounts, at_most=20_000))
    rows = [
        Band(threshold=threshold + 1, inclusive=inclusive, value=value)
        for threshold, inclusive, value in bands
    ]
    values = sorted(row.value for row in rows)
    return {
        "bands": tuple(replace(row, value=own) for row, own in zip(rows, values, strict=True)),
        "reading": draw(st.sampled_from(BandReading)).value,
    }


def _fee(draw: Draw[Any]) -> dict[str, Any]:
    first = draw(shares.filter(lambda share: 0 < share < 1))
    early, late = _of("fee").instalments
    parts = (replace(early, share=first), replace(late, share=1 - first))
    return {
        "amount": draw(amounts),
        "instalments": draw(st.sampled_from([(), parts])),
        "clawback": draw(st.sampled_from([None, _of("fee").clawback])),
    }


def _guarantee(draw: Draw[Any]) -> dict[str, Any]:
    recoupable = draw(st.booleans())
    return {
        "amount": draw(amounts),
        "treatment": (Treatment.RECOUPABLE if recoupable else Treatment.ON_TOP).value,
        "against": ("effective-hours",) if recoupable else (),
        "at": draw(shares.filter(bool)) if recoupable else Fraction(1),
    }


def _waterfall(draw: Draw[Any]) -> dict[str, Any]:
    traffic, divided = _of("waterfall").steps
    weighed = tuple(
        replace(own, weight=draw(st.integers(1, 9).map(Fraction))) for own in divided.receivers
    )
    steps = (traffic, replace(divided, receivers=weighed, takes=draw(shares.filter(bool))))
    return {"steps": steps, "rounding": draw(_roundings)}


def _co_investment(draw: Draw[Any]) -> dict[str, Any]:
    hurdle = replace(
        _of("co_investment").hurdle, rate=draw(halves), kind=draw(st.sampled_from(InterestKind))
    )
    return {
        "order": draw(st.sampled_from(Order)),
        "hurdle": draw(st.sampled_from([None, hurdle])),
        "profit": {"studio": draw(shares)},
        "rounding": draw(_roundings),
    }


def _of(kind: str) -> Any:
    return next(own for own in _EXAMPLES.clauses if own.kind == kind)


_roundings = st.sampled_from(RoundingRule)
_CHANGES: Mapping[str, Callable[[Draw[Any]], dict[str, Any]]] = {
    "tiered_rate": _tiered_rate,
    "tiered_bonus": _tiered_bonus,
    "bonus_bands": _bonus_bands,
    "fee": _fee,
    "minimum_guarantee": _guarantee,
    "pool_share": lambda draw: {"share": draw(shares.filter(bool))},
    "award": lambda draw: {"limit": draw(st.none() | amounts)},
    "commission": lambda draw: {"rate": draw(shares)},
    "cap": lambda draw: {"amount": draw(amounts)},
    "reserve": lambda draw: {
        "rate": draw(shares),
        "months": draw(st.integers(1, 12).map(Fraction)),
    },
    "revenue_share": lambda draw: {
        "shares": {"studio": draw(shares)},
        "rounding": draw(_roundings),
    },
    "waterfall": _waterfall,
    "co_investment": _co_investment,
}
