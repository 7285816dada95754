"""What holds of every waterfall, whatever its steps and whatever comes in."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import Entitlement, Fact, Waterfall, entitle, entitle_by_month
from duanju.deals.clauses import (
    Counted,
    Gate,
    Gauge,
    Interest,
    InterestKind,
    Limit,
    Order,
    Receiver,
    WaterfallStep,
)
from duanju.deals.facts import month_ends_on
from duanju.kernel import Month
from tests.support.proofs import recompute
from tests.support.terms import unlocked
from tests.support.waterfalls import NAMED, a_waterfall, terms_with, told

MONTHS = tuple(Month(2026 + (8 + index) // 12, (8 + index) % 12 + 1) for index in range(6))
ROLES = ("bank", "writer", "investor", "studio")

shares = st.fractions(min_value=0, max_value=1, max_denominator=20)
rates = st.fractions(min_value=0, max_value=1, max_denominator=12)
amounts = st.integers(min_value=0, max_value=900).map(Fraction)
interests = st.builds(Interest, rate=rates, kind=st.sampled_from(InterestKind))
limits = st.builds(
    Limit,
    amount=amounts,
    cost=st.sampled_from([None, Counted(measure="production_cost")]),
    cost_cap=st.none(),
    interest=st.none() | interests,
)


@st.composite
def gates(draw: st.DrawFn, names: tuple[str, ...], role: str) -> Gate:
    """Draw a gate on the pool, an earlier step or a party."""
    gauges = [Gauge.POOL, Gauge.PARTY, *([Gauge.STEP] if names else [])]
    gauge = draw(st.sampled_from(gauges))
    named = {Gauge.POOL: "", Gauge.PARTY: role}
    above = draw(amounts)
    until = draw(st.none() | st.just(above + draw(amounts) + 1))
    of = named[gauge] if gauge in named else draw(st.sampled_from(names))
    return Gate(gauge=gauge, of=of, above=above if above else None, until=until or above + 1)


@st.composite
def steps(draw: st.DrawFn, index: int) -> WaterfallStep:
    """Draw a step that lets something flow on."""
    roles = draw(st.lists(st.sampled_from(ROLES), min_size=1, max_size=3, unique=True))
    order = draw(st.sampled_from(Order))
    receivers = [
        Receiver(
            role=role,
            weight=Fraction(draw(st.integers(min_value=1, max_value=5))),
            limit=draw(
                limits
                if order is Order.PRIORITY and number < len(roles) - 1
                else st.none() | limits
            ),
        )
        for number, role in enumerate(roles)
    ]
    names = tuple(f"step_{number}" for number in range(index))
    return WaterfallStep(
        name=f"step_{index}",
        title=NAMED,
        takes=draw(shares.filter(lambda share: share < 1)),
        receivers=tuple(receivers),
        order=order,
        limit=draw(st.none() | limits),
        gates=tuple(draw(st.lists(gates(names, roles[0]), max_size=1))),
        is_deduction=draw(st.booleans()),
    )


@st.composite
def waterfalls(draw: st.DrawFn) -> Waterfall:
    """Draw a waterfall of up to three steps, with a payer of deficits."""
    drawn = [draw(steps(index)) for index in range(draw(st.integers(min_value=1, max_value=3)))]
    owed = draw(st.sampled_from([{}, {"writer": Fraction(1, 5)}]))
    return replace(a_waterfall(*drawn), owed_of_gross=owed, deficit_payer="platform")


incomes = st.lists(
    st.integers(min_value=-50_000, max_value=100_000), min_size=len(MONTHS), max_size=len(MONTHS)
)
gains = st.lists(
    st.integers(min_value=0, max_value=100_000), min_size=len(MONTHS), max_size=len(MONTHS)
)
costs = st.lists(st.integers(min_value=0, max_value=50_000), min_size=2, max_size=2)


def facts_of(came_in: list[int], cost: list[int]) -> list[Fact]:
    """Return incomes by month, and costs of the first months."""
    told_costs = [told("production_cost", own, MONTHS[index]) for index, own in enumerate(cost)]
    return [unlocked(own, month) for own, month in zip(came_in, MONTHS, strict=True)] + told_costs


def monthly(clause: Waterfall, facts: list[Fact]) -> dict[Month, tuple[Entitlement, ...]]:
    """Return what everyone has at the end of each month."""
    return entitle_by_month(terms=terms_with(clause), facts=facts, months=MONTHS)


def amounts_of(earned: tuple[Entitlement, ...]) -> dict[tuple[str, str, str], Fraction]:
    """Return amounts by kind, name and party."""
    return {(own.kind.value, own.name, str(own.party)): own.amount for own in earned}


@given(waterfalls(), incomes, costs)
def test_what_comes_in_goes_out_and_every_proof_recomputes(
    clause: Waterfall, came_in: list[int], cost: list[int]
) -> None:
    together = 0
    for amount, earned in zip(
        came_in, monthly(clause, facts_of(came_in, cost)).values(), strict=True
    ):
        together += amount
        assert sum(own.amount for own in earned) == together
        for own in earned:
            assert recompute(own.proof) == own.amount


@given(waterfalls(), incomes, costs, st.randoms())
def test_order_and_repetition_change_nothing_and_pieces_equal_the_whole(
    clause: Waterfall, came_in: list[int], cost: list[int], chance: object
) -> None:
    facts = facts_of(came_in, cost)
    mixed = [*facts, *facts]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    as_of = month_ends_on(MONTHS[-1])
    whole = entitle(terms=terms_with(clause), facts=mixed, as_of=as_of)
    assert whole == monthly(clause, facts)[MONTHS[-1]]


@given(waterfalls(), incomes)
def test_nobody_receives_beyond_a_limit(clause: Waterfall, came_in: list[int]) -> None:
    capped = replace(
        clause,
        steps=tuple(
            replace(step, receivers=(Receiver(role="bank", limit=Limit(amount=Fraction(10))),))
            if number == 0
            else replace(step, receivers=(Receiver(role="writer"),), gates=())
            for number, step in enumerate(clause.steps)
        ),
        owed_of_gross={},
    )
    capped = replace(capped, steps=(replace(capped.steps[0], gates=()), *capped.steps[1:]))
    for earned in monthly(capped, facts_of(came_in, [])).values():
        bank = [own.amount for own in earned if own.party.role == "bank"]
        assert 0 <= sum(bank, Fraction(0)) <= 1_000


@given(waterfalls(), gains, costs, st.integers(min_value=1, max_value=50_000))
def test_more_income_never_lowers_what_anyone_has(
    clause: Waterfall, came_in: list[int], cost: list[int], more: int
) -> None:
    forward = replace(
        clause,
        owed_of_gross={},
        steps=tuple(_without_interest(step) for step in clause.steps),
    )
    as_of = month_ends_on(MONTHS[-1])
    raised = [*came_in[:-1], came_in[-1] + more]
    less = entitle(terms=terms_with(forward), facts=facts_of(came_in, cost), as_of=as_of)
    much = entitle(terms=terms_with(forward), facts=facts_of(raised, cost), as_of=as_of)
    after = amounts_of(much)
    assert all(after[place] >= amount for place, amount in amounts_of(less).items())


@given(waterfalls(), gains)
def test_refund_of_the_last_months_income_restores_what_was_before(
    clause: Waterfall, came_in: list[int]
) -> None:
    calm = replace(clause, steps=tuple(_without_interest(step) for step in clause.steps))
    taken_back = [*came_in[:4], came_in[4], -came_in[4]]
    by_month = monthly(calm, facts_of(taken_back, []))
    assert amounts_of(by_month[MONTHS[5]]) == amounts_of(by_month[MONTHS[3]])


def _without_interest(step: WaterfallStep) -> WaterfallStep:
    receivers = tuple(replace(own, limit=_plain(own.limit)) for own in step.receivers)
    return replace(step, receivers=receivers, limit=_plain(step.limit))


def _plain(limit: Limit | None) -> Limit | None:
    return None if limit is None else replace(limit, interest=None)


def test_months_are_those_of_the_deal() -> None:
    assert MONTHS[0] == Month(2026, 9)
    assert month_ends_on(MONTHS[-1]) == date(2027, 3, 1)
