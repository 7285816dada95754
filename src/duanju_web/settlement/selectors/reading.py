"""A statement as somebody reads it: names for ids, words for measures, sums for summaries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Model
from django.utils.translation import gettext as _

from duanju.deals import (
    MEASURES,
    Contract,
    ContractPart,
    Policy,
    Unit,
    find_claimed,
    in_term_units,
    parts_of,
)
from duanju.kernel import Text
from duanju.settlement import Statement, StatementLine
from duanju_web.deals.selectors import (
    ProofInWords,
    channel_in_words,
    contract_of,
    in_reader_language,
    measure_in_words,
    minutes_in_words,
    money_in_words,
    number_in_words,
    put_proof_in_words,
    role_in_words,
    titles_in_proofs,
)


@dataclass(frozen=True, slots=True)
class DeductionInWords:
    """One deduction of a line."""

    name: str
    receiver: str
    amount_minor: int


@dataclass(frozen=True, slots=True)
class LineInWords:
    """One line of a statement with its words; amounts are minor units of `currency`.

    `other_minor` is what neither a deduction nor the payee receives of the gross income.
    """

    number: int
    line: StatementLine
    clause: str
    explanation: str
    title: str
    measure: str
    quantity: str
    cumulative_quantity: str
    deductions: tuple[DeductionInWords, ...]
    other_minor: int
    proof: ProofInWords

    @property
    def currency(self) -> str:
        """ISO 4217 code."""
        return self.line.key.currency

    @property
    def before_minor(self) -> int:
        """What was earned up to the month before, and posted before for the month."""
        return self.line.previous_cumulative_minor + self.line.posted_before_minor

    @property
    def corrects(self) -> str:
        """The month that the line corrects, or an empty string."""
        return str(self.line.corrects or "")


@dataclass(frozen=True, slots=True)
class Flow:
    """How money comes to the payee in one currency, in minor units.

    Attributes:
        currency: ISO 4217 code.
        gross_minor: Income that was divided.
        deductions: What was taken first, by name and receiver.
        other_minor: What the payer keeps of the divided income.
        owed_minor: What the payer owes besides, for viewing.
        amount_minor: What the payee receives: the statement's total.
        earned_minor: Earned since the start by the clauses and titles of the lines.
        posted_before_minor: Of that, posted by earlier statements.
    """

    currency: str
    gross_minor: int
    deductions: tuple[DeductionInWords, ...]
    other_minor: int
    owed_minor: int
    amount_minor: int
    earned_minor: int
    posted_before_minor: int


def put_lines_in_words(
    statement: Statement, *, contract: Contract, titles: Iterable[Model]
) -> tuple[LineInWords, ...]:
    """Say a statement's lines in the active language, numbered from 1.

    Args:
        statement: The statement.
        contract: Its deal, with the amendments that were agreed when it was issued.
        titles: The deal's titles.
    """
    names = {str(title.pk): in_reader_language(Text(title.name)) for title in titles}
    return tuple(
        _line(number, line, contract, names) for number, line in enumerate(statement.lines, start=1)
    )


def sum_up(lines: Iterable[LineInWords]) -> tuple[Flow, ...]:
    """Return how the money of a statement's lines flows, a currency each."""
    by_currency: dict[str, list[LineInWords]] = {}
    for line in lines:
        by_currency.setdefault(line.currency, []).append(line)
    return tuple(_flow(code, by_currency[code]) for code in sorted(by_currency))


def contract_of_record(record: Model) -> Contract:
    """Return the deal of a statement as it stood when its month was closed."""
    return contract_of(record.deal, known_at=record.close.closed_at)


def policies_of(contract: Contract) -> tuple[Policy, ...]:
    """Return all policies by which a deal is settled, or was, each once, the newest last."""
    terms = (contract.terms, *(own.terms for own in contract.amendments))
    return tuple({own.policy.digest: own.policy for own in terms}.values())


def part_of_line(line: StatementLine, contract: Contract) -> ContractPart:
    """Return the terms by which a line was earned."""
    found = find_claimed(contract, line.key.clause_id)
    return parts_of(contract)[-1] if found is None else found[0]


def _line(
    number: int, line: StatementLine, contract: Contract, titles: Mapping[str, str]
) -> LineInWords:
    claimed = find_claimed(contract, line.key.clause_id)
    assert claimed is not None, "a statement's line is of a clause of its deal"
    part, clause = claimed
    title = in_reader_language(clause.title)
    if part.amendment_id:
        number_of_amendment = part.amendment_id.lstrip("a")
        title = _("%(clause)s (amendment %(number)s)") % {
            "clause": title,
            "number": number_of_amendment,
        }
    names = titles_in_proofs(part.terms.policy)
    names[line.key.clause_id] = title
    deductions = tuple(
        DeductionInWords(
            names.get(own.name, own.name),
            channel_in_words(own.receiver.id)
            if own.receiver.role == "channel"
            else role_in_words(own.receiver.role),
            own.amount_minor,
        )
        for own in line.deductions
    )
    taken_minor = sum(own.amount_minor for own in deductions) + line.amount_minor
    return LineInWords(
        number=number,
        line=line,
        clause=title,
        explanation=in_reader_language(clause.explanation),
        title=titles.get(line.key.title_id, ""),
        measure=measure_in_words(line.measure) if line.measure else "",
        quantity=quantity_in_words(line.quantity, line),
        cumulative_quantity=quantity_in_words(line.cumulative_quantity, line),
        deductions=deductions,
        other_minor=0 if line.gross_minor is None else line.gross_minor - taken_minor,
        proof=put_proof_in_words(line.proof, names),
    )


def quantity_in_words(quantity: int, line: StatementLine) -> str:
    """Return how much of a line's measure something is; nothing where nothing is counted."""
    unit = MEASURES[line.measure].unit if line.measure else None
    if unit is Unit.MINOR or line.gross_minor is not None:
        return money_in_words(quantity, line.key.currency)
    if unit is Unit.MILLISECOND:
        return minutes_in_words(in_term_units(quantity, line.measure))
    return "" if unit is None else number_in_words(Fraction(quantity))


def _flow(currency: str, lines: list[LineInWords]) -> Flow:
    taken: dict[tuple[str, str], int] = {}
    for line in lines:
        for own in line.deductions:
            place = own.name, own.receiver
            taken[place] = taken.get(place, 0) + own.amount_minor
    latest = {own.line.key: own.line for own in sorted(lines, key=_concerns)}
    amount_minor = sum(own.line.amount_minor for own in lines)
    earned_minor = sum(line.cumulative_minor for line in latest.values())
    return Flow(
        currency=currency,
        gross_minor=sum(own.line.gross_minor or 0 for own in lines),
        deductions=tuple(DeductionInWords(*place, taken[place]) for place in sorted(taken)),
        other_minor=sum(own.other_minor for own in lines),
        owed_minor=sum(own.line.amount_minor for own in lines if own.line.gross_minor is None),
        amount_minor=amount_minor,
        earned_minor=earned_minor,
        posted_before_minor=earned_minor - amount_minor,
    )


def _concerns(line: LineInWords) -> object:
    return line.line.concerns_period
