"""Computing a statement again from all that it rests on, and comparing the two."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction

from duanju.deals import Contract, Fact
from duanju.kernel import Month, Problem, ProofStep, Text
from duanju.settlement import Settlement, Statement, StatementLine, Transaction, balances
from duanju.workflows.facts_by_deal import FactsByDeal
from duanju.workflows.settling import settle_deals


@dataclass(frozen=True, slots=True)
class SnapshotLink:
    """The closed month that a statement was issued in, as a link of the chain of digests.

    Attributes:
        period: The month.
        digest: Of its snapshot.
        previous_digest: Of the snapshot before; empty for the first.
    """

    period: Month
    digest: str
    previous_digest: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that a statement rests on, enough to compute it again anywhere.

    Attributes:
        period: The month that was settled.
        zone: The zone by whose days and months the facts were counted.
        closed: The months that were closed before.
        contract: The deal with its policies, parameters, parties and amendments.
        titles: Title id to name, of those that are known.
        facts: All that the deal was settled on.
        ledger: All that was posted for the deal, up to the period and including it.
        statements: What was stated, one or more of the period's.
        snapshot: Where the period is closed, its link in the chain.
    """

    period: Month
    zone: str
    closed: tuple[Month, ...]
    contract: Contract
    titles: Mapping[str, Text]
    facts: tuple[Fact, ...]
    ledger: tuple[Transaction, ...]
    statements: tuple[Statement, ...]
    snapshot: SnapshotLink | None = None


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that a statement says otherwise than the terms and facts do.

    Attributes:
        place: The statement's line, `hours 101 2026-09`, or the statement or the ledger as a whole.
        field: What of it: `amount_minor`, `proof.steps.0.result`.
        theirs: What was stated; empty for nothing.
        ours: What it comes to; empty for nothing.
    """

    place: str
    field: str
    theirs: str
    ours: str


@dataclass(frozen=True, slots=True)
class Replay:
    """What computing a bundle's statements again came to.

    Attributes:
        bundle: What was replayed.
        statements: As they come out of terms, facts and ledger.
        deviations: All that was stated otherwise, in the order of the statements' lines.
        problems: Why the deal cannot be settled at all.
    """

    bundle: Bundle
    statements: tuple[Statement, ...]
    deviations: tuple[Deviation, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_equal(self) -> bool:
        """Whether everything that was stated is what it comes to, to the last minor unit."""
        return not self.deviations and not self.problems


@dataclass(frozen=True, slots=True)
class Settled:
    """A settlement with what went into it, from which its bundles are made.

    Attributes:
        contracts: The deals.
        facts: As they were handed to the settlement.
        posted: All transactions before it.
        settlement: What it came to.
        zone: The zone of its months.
        closed: The months that were closed.
        titles: Title id to name.
    """

    contracts: Sequence[Contract]
    facts: Iterable[Fact]
    posted: Sequence[Transaction]
    settlement: Settlement
    zone: str
    closed: Iterable[Month] = ()
    titles: Mapping[str, Text] = field(default_factory=dict)


def bundles_of(settled: Settled) -> tuple[Bundle, ...]:
    """Return a bundle a statement of a settlement, in their order."""
    sorting = FactsByDeal.of(settled.contracts, settled.facts)
    contracts = {contract.id: contract for contract in settled.contracts}
    facts = {
        own: sorting.facts_of(contracts[own])
        for own in dict.fromkeys(statement.deal_id for statement in settled.settlement.statements)
    }
    return tuple(
        bundle_statement(
            settled, contracts[own.deal_id], facts=facts[own.deal_id], statements=[own]
        )
        for own in settled.settlement.statements
    )


def bundle_statement(
    settled: Settled,
    contract: Contract,
    *,
    facts: Iterable[Fact],
    statements: Iterable[Statement],
    snapshot: SnapshotLink | None = None,
) -> Bundle:
    """Return the bundle of some statements of one deal.

    Args:
        settled: The settlement that issued them.
        contract: The deal.
        facts: What the deal was settled on, as `FactsByDeal.facts_of` returns it.
        statements: Of that deal.
        snapshot: The link of the period's close.
    """
    ledger = (*settled.posted, *settled.settlement.transactions)
    known = {fact.title_id for fact in facts}
    return Bundle(
        period=settled.settlement.period,
        zone=settled.zone,
        closed=tuple(sorted(settled.closed)),
        contract=contract,
        titles={own: settled.titles[own] for own in sorted(settled.titles) if own in known},
        facts=tuple(facts),
        ledger=tuple(own for own in ledger if own.key.deal_id == contract.id),
        statements=tuple(statements),
        snapshot=snapshot,
    )


def replay(bundle: Bundle) -> Replay:
    """Compute a bundle's statements again from its terms, facts and ledger, and compare them.

    What the period itself posted is computed again, too, and compared with the ledger.

    Raises:
        PeriodClosed: The bundle says that its period, or a later one, was closed before.
    """
    before = [own for own in bundle.ledger if own.period < bundle.period]
    settlement = settle_deals(
        deals=[(bundle.contract, bundle.facts)],
        posted=before,
        period=bundle.period,
        closed=bundle.closed,
    )
    if settlement.problems:
        return Replay(bundle, (), problems=settlement.problems)
    deviations = (
        *_compare_statements(bundle.statements, settlement.statements),
        *_compare_ledgers(bundle, settlement),
    )
    return Replay(bundle, settlement.statements, deviations)


def _compare_statements(
    theirs: Iterable[Statement], ours: Iterable[Statement]
) -> Iterator[Deviation]:
    own = {(statement.deal_id, statement.payer, statement.payee): statement for statement in ours}
    for statement in theirs:
        place = f"{statement.payer} → {statement.payee}"
        found = own.get((statement.deal_id, statement.payer, statement.payee))
        if found is None:
            yield Deviation(place, "statement", str(statement.period), "")
            continue
        yield from _compare_lines(statement.lines, found.lines)
        for name in ("period", "totals", "digest"):
            yield from _compare(place, name, getattr(statement, name), getattr(found, name))


def _compare_lines(
    theirs: Iterable[StatementLine], ours: Iterable[StatementLine]
) -> Iterator[Deviation]:
    stated = {_line_place(line): line for line in theirs}
    found = {_line_place(line): line for line in ours}
    for place in dict.fromkeys([*stated, *found]):
        line, own = stated.get(place), found.get(place)
        if line is None or own is None:
            yield Deviation(place, "amount_minor", _amount(line), _amount(own))
            continue
        for each in fields(StatementLine):
            yield from _compare(place, each.name, getattr(line, each.name), getattr(own, each.name))


def _line_place(line: StatementLine) -> str:
    words = (line.key.clause_id, line.key.title_id, line.key.currency, str(line.concerns_period))
    return " ".join(word for word in words if word)


def _amount(line: StatementLine | None) -> str:
    return "" if line is None else str(line.amount_minor)


def _compare(place: str, name: str, theirs: object, ours: object) -> Iterator[Deviation]:
    if theirs == ours:
        return
    if isinstance(theirs, ProofStep) and isinstance(ours, ProofStep):
        yield from _compare_proofs(place, name, theirs, ours)
    else:
        yield Deviation(place, name, _shown(theirs), _shown(ours))


def _compare_proofs(
    place: str, name: str, theirs: ProofStep, ours: ProofStep
) -> Iterator[Deviation]:
    for part in ("code", "formula", "result", "unit", "currency"):
        yield from _compare(place, f"{name}.{part}", getattr(theirs, part), getattr(ours, part))
    for word in dict.fromkeys([*theirs.inputs, *ours.inputs]):
        own = f"{name}.inputs.{word}"
        yield from _compare(place, own, theirs.inputs.get(word, ""), ours.inputs.get(word, ""))
    if len(theirs.steps) != len(ours.steps):
        yield Deviation(place, f"{name}.steps", str(len(theirs.steps)), str(len(ours.steps)))
    for index, (step, own_step) in enumerate(zip(theirs.steps, ours.steps, strict=False)):
        yield from _compare_proofs(place, f"{name}.steps.{index}", step, own_step)


def _compare_ledgers(bundle: Bundle, settlement: Settlement) -> Iterator[Deviation]:
    """Yield a deviation for each account that the period posted otherwise, by month concerned."""
    theirs = _posted_in(bundle.ledger, bundle.period)
    ours = _posted_in(settlement.transactions, bundle.period)
    for place in sorted({*theirs, *ours}):
        stated, found = theirs.get(place, 0), ours.get(place, 0)
        if stated != found:
            yield Deviation(place, "ledger", str(stated), str(found))


def _posted_in(transactions: Iterable[Transaction], period: Month) -> dict[str, int]:
    by_month: dict[str, list[Transaction]] = {}
    for own in transactions:
        if own.period == period:
            key = own.key
            place = f"{key.clause_id} {key.title_id} {own.concerns_period}".replace("  ", " ")
            by_month.setdefault(place, []).append(own)
    return {
        f"{place} {account} {currency}": amount_minor
        for place, found in by_month.items()
        for (account, currency), amount_minor in balances(found).items()
    }


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(own) for own in value)
    if isinstance(value, Fraction):
        return str(value)
    return "" if value is None else str(value)
