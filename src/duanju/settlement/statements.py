"""Issuing statements from what each claim brings in each month."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.kernel import Money, Month, Party, ProofStep, digest
from duanju.settlement.claim import FEE, Claim, Direction, Part, PartKind, account_of
from duanju.settlement.rounding import rounded_parts
from duanju.settlement.statement import DeductionLine, Statement, StatementLine

_CHANNEL = "channel"
"""The role of what is no party to a deal, but takes its fee."""


@dataclass(frozen=True, slots=True)
class ClaimMonth:
    """A claim at the end of a month, and what it brings each account in the period settled.

    Attributes:
        claim: As of the end of the month.
        before: As of the end of the month before; `None` in the first.
        concerns: The month.
        brings: Account to minor units: the month's target less what earlier periods posted.
    """

    claim: Claim
    before: Claim | None
    concerns: Month
    brings: Mapping[str, int]


def issue_statements(*, period: Month, entries: Iterable[ClaimMonth]) -> tuple[Statement, ...]:
    """Issue a statement a deal and payee: every party with a share or a deduction but the payer.

    What channels take, and what the payer takes itself, stands on accounts of fees alone.

    A line appears where money moves, and for the period's own month also where only the measure
    does. Statements are in the order of deal and payee.
    """
    lines: dict[tuple[str, Party, Party], list[StatementLine]] = defaultdict(list)
    for entry in entries:
        claim = entry.claim
        for party, parts in _shares(claim).items():
            own = lines[claim.key.deal_id, claim.payer, party]
            line = _line(entry, parts, period)
            if _is_shown(line):
                own.append(line)
    return tuple(
        _statement(period, *place, lines[place])
        for place in sorted(lines, key=lambda place: (place[0], place[2], place[1]))
    )


def _is_shown(line: StatementLine) -> bool:
    moved = line.amount_minor or line.gross_minor
    moved = moved or any(deduction.amount_minor for deduction in line.deductions)
    return bool(moved or (line.corrects is None and line.quantity))


def _shares(claim: Claim) -> Mapping[Party, Sequence[Part]]:
    """Return what everyone but the payer and the channels receives, by party."""
    shares: dict[Party, list[Part]] = {}
    for part in claim.parts:
        is_channel = part.kind is PartKind.DEDUCTION and part.party.role == _CHANNEL
        if not is_channel and part.party != claim.payer:
            shares.setdefault(part.party, []).append(part)
    return shares


def _line(entry: ClaimMonth, parts: Sequence[Part], period: Month) -> StatementLine:
    claim, before = entry.claim, entry.before
    accounts = dict.fromkeys(account_of(part, payer=claim.payer) for part in parts)
    cumulative_minor = _sum_of(accounts, rounded_parts(claim))
    previous_minor = _sum_of(accounts, rounded_parts(before)) if before else 0
    amount_minor = _sum_of(accounts, entry.brings)
    is_distribution = claim.direction is Direction.DISTRIBUTION
    return StatementLine(
        key=claim.key,
        concerns_period=entry.concerns,
        corrects=entry.concerns if entry.concerns < period else None,
        measure=claim.measure,
        quantity=claim.quantity - (before.quantity if before else 0),
        cumulative_quantity=claim.quantity,
        gross_minor=-entry.brings.get(claim.source_account, 0) if is_distribution else None,
        deductions=tuple(_deductions(entry, accounts)),
        previous_cumulative_minor=previous_minor,
        cumulative_minor=cumulative_minor,
        posted_before_minor=cumulative_minor - previous_minor - amount_minor,
        amount_minor=amount_minor,
        proof=_proof(claim, parts),
    )


def _proof(claim: Claim, parts: Sequence[Part]) -> ProofStep:
    """Return the proof of a party's shares; of several, that their sum is what they come to."""
    if len(parts) == 1:
        return parts[0].proof
    steps = tuple(part.proof for part in parts)
    return ProofStep(
        code="shares_together",
        formula=" + ".join(f"sum({code})" for code in dict.fromkeys(step.code for step in steps)),
        inputs={"clause": claim.key.clause_id},
        result=sum((part.amount for part in parts), Fraction(0)),
        unit="minor",
        currency=claim.key.currency,
        steps=steps,
    )


def _sum_of(accounts: Iterable[str], amounts: Mapping[str, int]) -> int:
    return sum(amounts.get(account, 0) for account in accounts)


def _deductions(entry: ClaimMonth, own: Collection[str]) -> Iterator[DeductionLine]:
    """Yield the deductions that the month brings to others, those given back whole too."""
    for account, amount_minor in sorted(entry.brings.items()):
        if account.startswith(f"{FEE}:") and amount_minor and account not in own:
            _, name, role, own_id = account.split(":", 3)
            yield DeductionLine(name, Party(role, own_id), amount_minor)


def _statement(
    period: Month, deal_id: str, payer: Party, payee: Party, lines: Sequence[StatementLine]
) -> Statement:
    ordered = tuple(sorted(lines, key=lambda line: (line.key, line.concerns_period)))
    totals: dict[str, int] = {}
    for line in ordered:
        totals[line.key.currency] = totals.get(line.key.currency, 0) + line.amount_minor
    sums = tuple(Money(totals[code], code) for code in sorted(totals))
    content = [str(period), deal_id, payer, payee, ordered, sums]
    return Statement(period, deal_id, payer, payee, ordered, sums, digest(content))
