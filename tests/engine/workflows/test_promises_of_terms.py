"""What is promised of all terms, whatever they say and whatever happens.

Each promise is held on generated terms and generated facts: a hundred of them in `make test`, two
thousand with `HYPOTHESIS_PROFILE=searching`. Terms are good, of all kinds of clause, in every
reading; facts have refunds, fraud, milestones, costs, months that are told late and what was first
told otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Entitlement,
    Fact,
    Terms,
    check_facts,
    check_policy,
    entitle,
    find_falling,
    month_ends_on,
)
from duanju.deals.clauses import Clause, CoInvestment, Fraud, RevenueShare, Waterfall
from duanju.deals.clauses.references import is_distribution
from duanju.kernel import Month, RoundingRule
from duanju.settlement import Settlement, Transaction
from duanju.workflows import Settled, bundles_of, replay, settle_facts
from tests.support.generated_facts import MONTHS, Stream, fact_streams
from tests.support.proofs import recompute
from tests.support.varied_terms import steady_terms, varied_terms

LAST = MONTHS[-1]
AFTER = month_ends_on(LAST)
CAN_GROW = frozenset({"effective_minutes", "member_minutes", "plays", "search_index"})
Place = tuple[str, str, str, str]
Legs = Mapping[Place, int]


@st.composite
def histories(draw: Any) -> tuple[Terms, Stream]:
    """Draw terms and what happened under them."""
    terms = draw(varied_terms())
    return terms, draw(fact_streams(terms))


@st.composite
def steady_histories(draw: Any) -> tuple[Terms, Stream]:
    """Draw terms that cannot fall, and what happened under them."""
    terms = draw(steady_terms())
    return terms, draw(fact_streams(terms))


@st.composite
def amended_histories(draw: Any) -> tuple[Terms, Terms, Stream]:
    """Draw terms, others that take their place, and what happened."""
    old, new = draw(varied_terms()), draw(varied_terms())
    return old, new, draw(fact_streams(old, new))


@given(histories())
def test_what_comes_in_goes_out_and_everyone_is_within_a_fen(own: tuple[Terms, Stream]) -> None:
    terms, stream = own
    settlement = settled([Contract("deal", terms)], stream.facts, [], LAST)
    posted = legs_of(settlement.transactions)
    clauses = {clause.id: clause for clause in terms.policy.clauses}
    exact = exact_legs(terms, stream.facts)
    assert {place[:3] for place in posted} <= {place[:3] for place in exact}
    for place, amount in exact.items():
        clause = clauses[place[0]]
        limit = Fraction(1)
        if place[3] == left_over_to(clause, terms):
            limit = Fraction(len([other for other in exact if other[:3] == place[:3]]))
        assert abs(posted.get(place, 0) - amount) < limit, place
    for clause_id, title_id, came_in in incomes_of(terms, stream.facts):
        sources = [
            amount
            for (own_id, own_title, _, account), amount in posted.items()
            if (own_id, own_title) == (clause_id, title_id) and account.startswith("income:")
        ]
        assert -sum(sources) == came_in


@given(histories())
def test_settling_in_pieces_equals_settling_at_once(own: tuple[Terms, Stream]) -> None:
    terms, stream = own
    contract = Contract("deal", terms)
    posted: list[Transaction] = []
    for period in MONTHS:
        piece = settled([contract], stream.known(period), posted, period)
        posted += piece.transactions
    at_once = settled([contract], stream.facts, [], LAST)
    assert legs_of(posted) == legs_of(at_once.transactions)


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_copies_of_facts_change_nothing(own: tuple[Terms, Stream], chance: Any) -> None:
    terms, stream = own
    other = [*stream.facts, *stream.facts[::2]]
    chance.shuffle(other)
    told = entitle(terms=terms, facts=stream.facts, as_of=AFTER)
    assert entitle(terms=terms, facts=other, as_of=AFTER) == told
    first, second = (
        settled([Contract("deal", terms)], facts, [], LAST) for facts in (stream.facts, other)
    )
    assert [one.id for one in first.transactions] == [one.id for one in second.transactions]
    assert [one.digest for one in first.statements] == [one.digest for one in second.statements]


@given(steady_histories(), st.integers(0, 99), st.integers(1, 10**9))
def test_more_income_never_lowers_what_anyone_has_earned(
    own: tuple[Terms, Stream], number: int, more: int
) -> None:
    terms, stream = own
    assert find_falling(terms.policy) == ()
    can_grow = [fact for fact in stream.facts if grows(fact)]
    if not can_grow:
        return
    grown = can_grow[number % len(can_grow)]
    raised = [
        replace(fact, quantity=fact.quantity + more) if fact is grown else fact
        for fact in stream.facts
    ]
    if check_facts(terms=terms, facts=raised):
        return  # a title would have been watched more than all titles together
    before, after = earned_by_role(terms, stream.facts), earned_by_role(terms, raised)
    assert {role for role in before if after[role] < before[role]} == set()


@given(histories(), st.sampled_from(MONTHS))
def test_replay_equals_the_first_run(own: tuple[Terms, Stream], period: Month) -> None:
    terms, stream = own
    contracts = [Contract("deal", terms)]
    early = settled(contracts, stream.known(MONTHS[0]), [], MONTHS[0])
    posted = early.transactions if period > MONTHS[0] else ()
    known = stream.known(period)
    settlement = settled(contracts, known, posted, period)
    for bundle in bundles_of(Settled(contracts, known, posted, settlement, "Asia/Shanghai")):
        assert replay(bundle).is_equal


@given(amended_histories(), st.sampled_from(MONTHS))
def test_amended_whole_ends_as_if_it_had_been_written_so(
    own: tuple[Terms, Terms, Stream], agreed: Month
) -> None:
    old, new, stream = own
    over, by_signing = AmendmentMode.OVER, AmendedBy.SIGNING_DATE
    amendment = Amendment("second", new, old.starts_on, over, by_signing)
    posted: list[Transaction] = []
    for period in sorted({MONTHS[0], agreed, LAST}):
        contract = Contract("deal", old, (amendment,) if period >= agreed else ())
        posted += settled([contract], stream.known(period), posted, period).transactions
    written = replace(new, starts_on=old.starts_on, ends_on=old.ends_on)
    at_once = settled([Contract("deal", written)], stream.facts, [], LAST)
    assert legs_of(posted) == legs_of(at_once.transactions)


@given(histories(), st.sampled_from(MONTHS))
def test_every_proof_recomputes(own: tuple[Terms, Stream], period: Month) -> None:
    terms, stream = own
    for earned in entitle(terms=terms, facts=stream.facts, as_of=month_ends_on(period)):
        assert recompute(earned.proof) == earned.amount
    settlement = settled([Contract("deal", terms)], stream.facts, [], period)
    for statement in settlement.statements:
        for line in statement.lines:
            assert recompute(line.proof) == line.proof.result


@given(varied_terms())
def test_terms_that_are_generated_are_good(terms: Terms) -> None:
    assert check_policy(terms.policy) == ()


def settled(
    contracts: Sequence[Contract],
    facts: Iterable[Fact],
    posted: Iterable[Transaction],
    period: Month,
) -> Settlement:
    """Return a settlement without problems."""
    settlement = settle_facts(contracts=contracts, facts=facts, posted=posted, period=period)
    assert settlement.problems == ()
    return settlement


def legs_of(transactions: Iterable[Transaction]) -> Legs:
    """Return what each account holds, by clause, title and currency; zeros left out."""
    sums: dict[Place, int] = defaultdict(int)
    for own in transactions:
        for leg in own.legs:
            sums[own.key.clause_id, own.key.title_id, leg.currency, leg.account] += leg.amount_minor
    return {place: amount for place, amount in sums.items() if amount}


def exact_legs(terms: Terms, facts: Iterable[Fact]) -> Mapping[Place, Fraction]:
    """Return what each account would hold if a fen could be divided."""
    sums: dict[Place, Fraction] = defaultdict(Fraction)
    for own in entitle(terms=terms, facts=facts, as_of=AFTER):
        sums[own.clause_id, own.title_id, own.currency, account_of(own)] += own.amount
    return sums


def account_of(own: Entitlement) -> str:
    """Return the account that an entitlement goes into."""
    if own.kind.value == "deduction":
        return f"fee:{own.name}:{own.party}"
    return f"{'retained' if own.party == own.payer else 'payable'}:{own.party}"


def left_over_to(clause: Clause, terms: Terms) -> str:
    """Return the account that has all minor units left over, where terms name one."""
    if not isinstance(clause, RevenueShare | Waterfall | CoInvestment):
        return ""
    if clause.rounding is not RoundingRule.RESIDUAL_PARTY:
        return ""
    kind = "retained" if clause.residual == clause.holder else "payable"
    return f"{kind}:{terms.parties[clause.residual]}"


def incomes_of(terms: Terms, facts: Iterable[Fact]) -> Iterable[tuple[str, str, int]]:
    """Yield how much came in, by the clause and title that it is divided by."""
    for clause in terms.policy.clauses:
        if not is_distribution(clause) or clause.when:
            continue
        assert isinstance(clause, RevenueShare | Waterfall | CoInvestment)
        assert all(own.fraud is Fraud.TAKEN_BACK for own in clause.counted)
        measures = {own.measure for own in clause.counted}
        sums: dict[str, int] = defaultdict(int)
        is_pooled = getattr(clause, "scope", "title") == "pool"
        for fact in facts:
            if fact.measure in measures:
                sign = -1 if fact.is_fraud else 1
                sums["" if is_pooled else fact.title_id] += sign * fact.quantity
        for title_id, amount in sums.items():
            yield clause.id, title_id, amount


def grows(fact: Fact) -> bool:
    """Say whether more of a fact is more income or viewing; of fraud, more is less."""
    return not fact.is_fraud and (
        fact.measure.endswith("_income") or fact.measure in CAN_GROW | {"member_pool"}
    )


def earned_by_role(terms: Terms, facts: Iterable[Fact]) -> Mapping[str, Fraction]:
    """Return what everyone has earned in all; the channel's fees by channel."""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for own in entitle(terms=terms, facts=facts, as_of=AFTER):
        sums[str(own.party)] += own.amount
    return sums
