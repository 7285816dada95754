"""A statement as somebody reads it: names for ids, words for measures, sums for summaries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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
from duanju.kernel import Party, Text
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

    `other_minor` is what neither a deduction nor the payee receives of the gross income; `names`
    are those of what its proof names.
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
    names: Mapping[str, str]

    @property
    def proof(self) -> ProofInWords:
        """Why the line comes to what it does; said only where it is asked for."""
        return put_proof_in_words(self.line.proof, self.names)

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
class Earned:
    """What a statement's total is made of in one currency, in minor units.

    Attributes:
        currency: ISO 4217 code.
        amount_minor: What the payee receives: the statement's total.
        earned_minor: Earned since the start by the clauses and titles of the lines.
        posted_before_minor: Of that, posted by earlier statements.
    """

    currency: str
    amount_minor: int
    earned_minor: int
    posted_before_minor: int


@dataclass(frozen=True, slots=True)
class ClauseInWords:
    """What a clause is called, with the amendment that brought it, and what its proofs name."""

    title: str
    explanation: str
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a deal for those who read its statements.

    Attributes:
        contract: The deal, with the amendments that were agreed when the statement was issued.
        titles: Title to its name.
    """

    contract: Contract
    titles: Mapping[str, str]
    _clauses: dict[str, ClauseInWords] = field(default_factory=dict)

    @classmethod
    def of(cls, contract: Contract, titles: Iterable[Model]) -> "Wording":
        """Return the words of a deal in the active language."""
        names = {str(own.pk): in_reader_language(Text(own.name)) for own in titles}
        return cls(contract, names)

    def clause(self, clause_id: str) -> ClauseInWords:
        """Return the words of a clause by the id under which it is claimed."""
        if clause_id not in self._clauses:
            self._clauses[clause_id] = _clause(clause_id, self.contract)
        return self._clauses[clause_id]

    def line(self, number: int, line: StatementLine) -> "LineInWords":
        """Return a line in words."""
        return _line(number, line, self)


def put_lines_in_words(
    statement: Statement, *, contract: Contract, titles: Iterable[Model]
) -> tuple[LineInWords, ...]:
    """Say a statement's lines in the active language, numbered from 1.

    Args:
        statement: The statement.
        contract: Its deal, with the amendments that were agreed when it was issued.
        titles: The deal's titles.
    """
    wording = Wording.of(contract, titles)
    return tuple(wording.line(*own) for own in enumerate(statement.lines, start=1))


def sum_up(lines: Iterable[StatementLine]) -> tuple[Earned, ...]:
    """Return what a statement's lines come to, and how, a currency each."""
    by_currency: dict[str, list[StatementLine]] = {}
    for line in lines:
        by_currency.setdefault(line.key.currency, []).append(line)
    return tuple(_earned(code, by_currency[code]) for code in sorted(by_currency))


def contract_of_record(record: Model) -> Contract:
    """Return the deal of a statement as it stood when its month was closed."""
    return contract_of(record.deal, known_at=record.close.known_at)


def policies_of(contract: Contract) -> tuple[Policy, ...]:
    """Return all policies by which a deal is settled, or was, each once, the newest last."""
    terms = (contract.terms, *(own.terms for own in contract.amendments))
    return tuple({own.policy.digest: own.policy for own in terms}.values())


def part_of_line(line: StatementLine, contract: Contract) -> ContractPart:
    """Return the terms by which a line was earned."""
    found = find_claimed(contract, line.key.clause_id)
    return parts_of(contract)[-1] if found is None else found[0]


def _clause(clause_id: str, contract: Contract) -> ClauseInWords:
    claimed = find_claimed(contract, clause_id)
    assert claimed is not None, "a statement's line is of a clause of its deal"
    part, clause = claimed
    title = in_reader_language(clause.title)
    if part.amendment_id:
        number_of_amendment = part.amendment_id.lstrip("a")
        title = _("%(clause)s (amendment %(number)s)") % {
            "clause": title,
            "number": number_of_amendment,
        }
    names = titles_in_proofs(part.terms.policy) | {clause_id: title}
    return ClauseInWords(title, in_reader_language(clause.explanation), names)


def receiver_in_words(receiver: Party) -> str:
    """Return who receives a deduction: a channel by its name, a party by its role."""
    if receiver.role == "channel":
        return channel_in_words(receiver.id)
    return role_in_words(receiver.role)


def _line(number: int, line: StatementLine, wording: Wording) -> LineInWords:
    clause = wording.clause(line.key.clause_id)
    names = clause.names
    deductions = tuple(
        DeductionInWords(
            names.get(own.name, own.name), receiver_in_words(own.receiver), own.amount_minor
        )
        for own in line.deductions
    )
    taken_minor = sum(own.amount_minor for own in deductions) + line.amount_minor
    return LineInWords(
        number=number,
        line=line,
        clause=clause.title,
        explanation=clause.explanation,
        title=wording.titles.get(line.key.title_id, ""),
        measure=measure_in_words(line.measure) if line.measure else "",
        quantity=quantity_in_words(line.quantity, line),
        cumulative_quantity=quantity_in_words(line.cumulative_quantity, line),
        deductions=deductions,
        other_minor=0 if line.gross_minor is None else line.gross_minor - taken_minor,
        names=names,
    )


def quantity_in_words(quantity: int, line: StatementLine) -> str:
    """Return how much of a line's measure something is; nothing where nothing is counted."""
    unit = MEASURES[line.measure].unit if line.measure else None
    if unit is Unit.MINOR or line.gross_minor is not None:
        return money_in_words(quantity, line.key.currency)
    if unit is Unit.MILLISECOND:
        return minutes_in_words(in_term_units(quantity, line.measure))
    return "" if unit is None else number_in_words(Fraction(quantity))


def _earned(currency: str, lines: list[StatementLine]) -> Earned:
    latest = {own.key: own for own in sorted(lines, key=lambda own: own.concerns_period)}
    amount_minor = sum(own.amount_minor for own in lines)
    earned_minor = sum(own.cumulative_minor for own in latest.values())
    return Earned(currency, amount_minor, earned_minor, earned_minor - amount_minor)
