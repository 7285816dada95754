"""The tables of a bundle, as JSON holds them, and what each becomes."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from duanju.adapters.documents.policy_tables import TextValue
from duanju.adapters.documents.toml_reading import Row
from duanju.deals import AmendedBy, Amendment, AmendmentMode, Fact, Policy, Stretch, Terms, Unit
from duanju.kernel import CURRENCIES, Money, Month, Party, ProofStep
from duanju.settlement import (
    ClaimKey,
    DeductionLine,
    Posting,
    Statement,
    StatementLine,
    Transaction,
)
from duanju.workflows import SnapshotLink

DIGITS_MAX = 4_000
"""Longer numbers are refused; the exact numbers of proofs have tens of digits."""


def _month(value: Any) -> Month:
    try:
        return Month.parse(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("not_month", "a month, as 2026-09") from None


def _day(value: Any) -> date:
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise PydanticCustomError("not_day", "a day, as 2026-09-01") from None
    if str(day) != value:
        raise PydanticCustomError("not_day", "a day, as 2026-09-01")
    return day


def _party(value: Any) -> Party:
    role, mark, own_id = value.partition(":") if isinstance(value, str) else ("", "", "")
    if not (role and mark and own_id):
        raise PydanticCustomError("not_party", "a party, as studio:lanxi")
    return Party(role, own_id)


def _fraction(value: Any) -> Fraction:
    if isinstance(value, str) and len(value) <= DIGITS_MAX:
        upper, _, lower = value.partition("/")
        if all(
            own.removeprefix("-").isdecimal() and own.isascii() for own in (upper, lower or "1")
        ):
            number = Fraction(int(upper), int(lower or "1")) if int(lower or "1") else None
            if number is not None and str(number) == value:
                return number
    raise PydanticCustomError("not_exact", "an exact number, as 1/3")


def _currency(value: Any) -> str:
    if isinstance(value, str) and value in CURRENCIES:
        return value
    raise PydanticCustomError("not_currency", "an ISO 4217 code")


MonthText = Annotated[Any, BeforeValidator(_month)]
DayText = Annotated[Any, BeforeValidator(_day)]
PartyText = Annotated[Any, BeforeValidator(_party)]
ExactText = Annotated[Any, BeforeValidator(_fraction)]
CurrencyText = Annotated[Any, BeforeValidator(_currency)]
Minor = Annotated[int, Field(ge=-(10**30), le=10**30)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class SettlementTable(Row):
    """`settlement`: which month, by whose days, and which months were closed before."""

    period: MonthText
    zone: str
    closed: list[MonthText]


class PolicyTable(Row):
    """One of `policies`: a policy's TOML text, and the digest that the deal pinned."""

    id: str
    version: int
    digest: Sha256
    document: str


class TermsTable(Row):
    """`deal.terms`, and the terms of an amendment."""

    policy: Sha256
    parties: dict[str, str]
    title_ids: list[str]
    starts_on: DayText
    ends_on: DayText | None
    signed_on: DayText | None
    parameters: dict[str, str]

    def as_terms(self, policy: Policy, values: Mapping[str, Any]) -> Terms:
        """Return what it says."""
        return Terms(
            policy=policy,
            parties={role: Party(role, own_id) for role, own_id in self.parties.items()},
            title_ids=frozenset(self.title_ids),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            signed_on=self.signed_on,
            parameters=values,
        )


class AmendmentTable(Row):
    """One of `deal.amendments`."""

    id: str
    effective_on: DayText
    mode: Literal["over", "beside"]
    by: Literal["play_date", "signing_date"]
    terms: TermsTable

    def as_amendment(self, terms: Terms) -> Amendment:
        """Return what it says."""
        mode, by = AmendmentMode(self.mode), AmendedBy(self.by)
        return Amendment(self.id, terms, self.effective_on, mode, by)


class DealTable(Row):
    """`deal`."""

    id: str
    terms: TermsTable
    amendments: list[AmendmentTable]
    titles: dict[str, TextValue]


class FactTable(Row):
    """One of `facts`; what is at its default is left out."""

    measure: str
    title_id: str
    starts_on: DayText
    ends_on: DayText
    quantity: Minor
    unit: Literal["ms", "minor", "count"]
    currency: str = ""
    channel: str = ""
    territory: str = ""
    medium: str = ""
    window: str = ""
    item: str = ""
    over_seconds: int = 0
    is_fraud: bool = False

    def as_fact(self) -> Fact:
        """Return what it says.

        Raises:
            ValueError: Its days are no stretch.
        """
        plain = self.model_dump(exclude={"starts_on", "ends_on", "unit"})
        return Fact(stretch=Stretch(self.starts_on, self.ends_on), unit=Unit(self.unit), **plain)


class LegTable(Row):
    """A leg of a transaction."""

    account: str
    amount_minor: Minor
    currency: CurrencyText


class TransactionTable(Row):
    """One of `ledger`."""

    id: str
    period: MonthText
    concerns_period: MonthText
    clause_id: str
    title_id: str
    currency: CurrencyText
    legs: list[LegTable]

    def as_transaction(self, deal_id: str) -> Transaction:
        """Return what it says.

        Raises:
            UnbalancedTransaction: Its legs do not sum to zero.
        """
        key = ClaimKey(deal_id, self.clause_id, self.title_id, self.currency)
        legs = tuple(Posting(own.account, own.amount_minor, own.currency) for own in self.legs)
        return Transaction(self.id, self.period, self.concerns_period, key, legs)


class ExactTable(Row):
    """A number among the inputs of a proof."""

    exact: ExactText


class ProofTable(Row):
    """A step of a proof."""

    code: str
    formula: str
    inputs: dict[str, str | ExactTable]
    result: ExactText
    unit: str
    currency: str
    steps: list["ProofTable"]

    def as_proof(self) -> ProofStep:
        """Return what it says."""
        return ProofStep(
            code=self.code,
            formula=self.formula,
            inputs={
                name: own if isinstance(own, str) else own.exact
                for name, own in self.inputs.items()
            },
            result=self.result,
            unit=self.unit,
            currency=self.currency,
            steps=tuple(step.as_proof() for step in self.steps),
        )


class DeductionTable(Row):
    """A deduction of a line."""

    name: str
    receiver: PartyText
    amount_minor: Minor


class LineTable(Row):
    """A line of a statement."""

    deal_id: str
    clause_id: str
    title_id: str
    currency: CurrencyText
    concerns_period: MonthText
    corrects: MonthText | None
    measure: str
    quantity: Minor
    cumulative_quantity: Minor
    gross_minor: Minor | None
    deductions: list[DeductionTable]
    previous_cumulative_minor: Minor
    cumulative_minor: Minor
    posted_before_minor: Minor
    amount_minor: Minor
    proof: ProofTable

    def as_line(self) -> StatementLine:
        """Return what it says."""
        return StatementLine(
            key=ClaimKey(self.deal_id, self.clause_id, self.title_id, self.currency),
            concerns_period=self.concerns_period,
            corrects=self.corrects,
            measure=self.measure,
            quantity=self.quantity,
            cumulative_quantity=self.cumulative_quantity,
            gross_minor=self.gross_minor,
            deductions=tuple(
                DeductionLine(own.name, own.receiver, own.amount_minor) for own in self.deductions
            ),
            previous_cumulative_minor=self.previous_cumulative_minor,
            cumulative_minor=self.cumulative_minor,
            posted_before_minor=self.posted_before_minor,
            amount_minor=self.amount_minor,
            proof=self.proof.as_proof(),
        )


class TotalTable(Row):
    """A total of a statement."""

    amount_minor: Minor
    currency: CurrencyText


class StatementTable(Row):
    """One of `statements`."""

    format: Literal["duanju-statement/1"]
    period: MonthText
    deal_id: str
    payer: PartyText
    payee: PartyText
    lines: list[LineTable]
    totals: list[TotalTable]
    digest: Sha256

    def as_statement(self) -> Statement:
        """Return what it says."""
        return Statement(
            period=self.period,
            deal_id=self.deal_id,
            payer=self.payer,
            payee=self.payee,
            lines=tuple(line.as_line() for line in self.lines),
            totals=tuple(Money(own.amount_minor, own.currency) for own in self.totals),
            digest=self.digest,
        )


class SnapshotTable(Row):
    """`snapshot`: the link of the close."""

    period: MonthText
    digest: Sha256
    previous_digest: Sha256 | Literal[""]

    def as_link(self) -> SnapshotLink:
        """Return what it says."""
        return SnapshotLink(self.period, self.digest, self.previous_digest)


class BundleTable(Row):
    """The whole document."""

    format: Literal["duanju-bundle/1"]
    settlement: SettlementTable
    policies: list[PolicyTable]
    deal: DealTable
    facts: list[FactTable]
    ledger: list[TransactionTable]
    rates: Annotated[list[str], Field(max_length=0)]
    statements: list[StatementTable]
    snapshot: SnapshotTable | None
    hashes: dict[str, Sha256]
    digest: Sha256
