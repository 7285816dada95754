"""Statements as data for JSON, and as CSV for spreadsheets."""

import csv
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, TextIO

from duanju.adapters.documents.numbers import plain_number
from duanju.adapters.documents.tables import BYTE_ORDER_MARK, spreadsheet_text
from duanju.adapters.prose import name_measure
from duanju.deals import (
    MEASURES,
    Clause,
    CoInvestment,
    Contract,
    RevenueShare,
    Unit,
    Waterfall,
    find_claimed,
    in_term_units,
)
from duanju.kernel import Money, ProofStep, Text
from duanju.settlement import DeductionLine, Statement, StatementLine

COLUMNS: Mapping[str, Mapping[str, str]] = {
    "period": {"en": "Period", "zh-Hans": "结算月"},
    "concerns_period": {"en": "Month concerned", "zh-Hans": "所属月份"},
    "kind": {"en": "Kind", "zh-Hans": "类型"},
    "deal": {"en": "Deal", "zh-Hans": "合同"},
    "payee": {"en": "Payee", "zh-Hans": "收款方"},
    "clause": {"en": "Clause", "zh-Hans": "条款"},
    "title_id": {"en": "Title number", "zh-Hans": "剧目编号"},
    "title": {"en": "Title", "zh-Hans": "剧目"},
    "measure": {"en": "Measure", "zh-Hans": "计量指标"},
    "quantity": {"en": "Quantity in the month", "zh-Hans": "当月数量"},
    "cumulative_quantity": {"en": "Quantity since the start", "zh-Hans": "累计数量"},
    "gross": {"en": "Gross income", "zh-Hans": "总收入"},
    "deductions": {"en": "Deductions", "zh-Hans": "扣除合计"},
    "deductions_listed": {"en": "Deductions one by one", "zh-Hans": "扣除明细"},
    "previous_cumulative": {"en": "Earned up to the month before", "zh-Hans": "截至上月累计应得"},
    "cumulative": {"en": "Earned up to the month", "zh-Hans": "截至当月累计应得"},
    "posted_before": {"en": "Posted before for the month", "zh-Hans": "该月此前已入账"},
    "amount": {"en": "Amount", "zh-Hans": "本期金额"},
    "currency": {"en": "Currency", "zh-Hans": "币种"},
}
"""The columns of a statement's CSV in their order, which never changes, with their headings."""

NUMBERS = frozenset(
    {
        *("quantity", "cumulative_quantity", "gross", "deductions"),
        *("previous_cumulative", "cumulative", "posted_before", "amount"),
    }
)
"""The columns of amounts and quantities; all others hold text."""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "regular": {"en": "regular", "zh-Hans": "当期"},
    "correction": {"en": "correction", "zh-Hans": "更正"},
    "": {"en": "", "zh-Hans": ""},
    "incomes": {"en": "several incomes", "zh-Hans": "多项收入"},
    "effective_minutes": {"en": "effective minutes", "zh-Hans": "有效播放时长（分钟）"},
    "member_minutes": {"en": "members' effective minutes", "zh-Hans": "会员有效播放时长（分钟）"},
    "unlock_income": {"en": "unlock income", "zh-Hans": "付费解锁收入"},
}


def write_statement_csv(
    statement: Statement,
    *,
    stream: TextIO,
    language: str,
    contract: Contract | None = None,
    titles: Mapping[str, Text] | None = None,
) -> None:
    """Write a statement's lines as CSV that spreadsheets open as it is.

    Amounts are in major units with all minor digits; quantities are exact, minutes to the
    millisecond as decimals or fractions.

    Args:
        statement: What to write.
        stream: Opened with `newline=""` and UTF-8; a byte order mark is written first.
        language: `en` or `zh-Hans`.
        contract: The deal, for the names of clauses and deductions.
        titles: Title id to name.
    """
    stream.write(BYTE_ORDER_MARK)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([headings.get(language, headings["en"]) for headings in COLUMNS.values()])
    for line in statement.lines:
        cells = line_cells(
            line, statement=statement, language=language, contract=contract, titles=titles or {}
        )
        writer.writerow(
            [
                cells[column] if column in NUMBERS else spreadsheet_text(cells[column])
                for column in COLUMNS
            ]
        )


def line_cells(
    line: StatementLine,
    *,
    statement: Statement,
    language: str,
    contract: Contract | None,
    titles: Mapping[str, Text],
) -> dict[str, str]:
    """Return what a line says in each of `COLUMNS`, as text that is not yet safe in a spreadsheet.

    Numbers are exact; one that has no end as a decimal is a fraction, `1/3`.
    """
    code = line.key.currency
    is_money = line.gross_minor is not None
    deductions_minor = sum(own.amount_minor for own in line.deductions)
    name = titles.get(line.key.title_id)
    return {
        "period": str(statement.period),
        "concerns_period": str(line.concerns_period),
        "kind": _word("correction" if line.corrects else "regular", language),
        "deal": line.key.deal_id,
        "payee": str(statement.payee),
        "clause": clause_title(line, language, contract),
        "title_id": line.key.title_id,
        "title": name.in_language(language) if name else "",
        "measure": _word(line.measure or ("incomes" if is_money else ""), language),
        "quantity": _quantity(line.quantity, line),
        "cumulative_quantity": _quantity(line.cumulative_quantity, line),
        "gross": _major(line.gross_minor or 0, code) if is_money else "",
        "deductions": _major(deductions_minor, code) if is_money else "",
        "deductions_listed": "; ".join(_listed(line, language, contract)),
        "previous_cumulative": _major(line.previous_cumulative_minor, code),
        "cumulative": _major(line.cumulative_minor, code),
        "posted_before": _major(line.posted_before_minor, code),
        "amount": _major(line.amount_minor, code),
        "currency": code,
    }


def statement_as_data(statement: Statement) -> dict[str, Any]:
    """Return a statement as what JSON can hold: months `YYYY-MM`, parties `role:id`."""
    return {
        "format": "duanju-statement/1",
        "period": str(statement.period),
        "deal_id": statement.deal_id,
        "payer": str(statement.payer),
        "payee": str(statement.payee),
        "lines": [_line_as_data(line) for line in statement.lines],
        "totals": [
            {"amount_minor": total.amount_minor, "currency": total.currency}
            for total in statement.totals
        ],
        "digest": statement.digest,
    }


def proof_as_data(proof: ProofStep) -> dict[str, Any]:
    """Return a proof as what JSON can hold; numbers as `{"exact": "numerator/denominator"}`."""
    return {
        "code": proof.code,
        "formula": proof.formula,
        "inputs": {
            name: {"exact": str(value)} if isinstance(value, Fraction) else value
            for name, value in proof.inputs.items()
        },
        "result": str(proof.result),
        "unit": proof.unit,
        "currency": proof.currency,
        "steps": [proof_as_data(step) for step in proof.steps],
    }


def proof_from_data(data: Mapping[str, Any]) -> ProofStep:
    """Return the proof that `proof_as_data` made data of."""
    return ProofStep(
        code=data["code"],
        formula=data["formula"],
        inputs={
            name: value if isinstance(value, str) else Fraction(value["exact"])
            for name, value in data["inputs"].items()
        },
        result=Fraction(data["result"]),
        unit=data["unit"],
        currency=data["currency"],
        steps=tuple(proof_from_data(step) for step in data["steps"]),
    )


def _line_as_data(line: StatementLine) -> dict[str, Any]:
    return {
        "deal_id": line.key.deal_id,
        "clause_id": line.key.clause_id,
        "title_id": line.key.title_id,
        "currency": line.key.currency,
        "concerns_period": str(line.concerns_period),
        "corrects": str(line.corrects) if line.corrects else None,
        "measure": line.measure,
        "quantity": line.quantity,
        "cumulative_quantity": line.cumulative_quantity,
        "gross_minor": line.gross_minor,
        "deductions": [
            {"name": own.name, "receiver": str(own.receiver), "amount_minor": own.amount_minor}
            for own in line.deductions
        ],
        "previous_cumulative_minor": line.previous_cumulative_minor,
        "cumulative_minor": line.cumulative_minor,
        "posted_before_minor": line.posted_before_minor,
        "amount_minor": line.amount_minor,
        "proof": proof_as_data(line.proof),
    }


def _word(word: str, language: str) -> str:
    words = _WORDS.get(word)
    if words is None:
        return name_measure(word, language) if word in MEASURES else word
    return words.get(language, words["en"])


def _major(amount_minor: int, code: str) -> str:
    return str(Money(amount_minor, code).as_decimal())


def _quantity(quantity: int, line: StatementLine) -> str:
    """Return how much was counted: money in major units; nothing where nothing is counted."""
    if line.gross_minor is not None or _is_money(line.measure):
        return _major(quantity, line.key.currency)
    if not line.measure:
        return ""
    return plain_number(in_term_units(quantity, line.measure)).replace(",", "")


def _is_money(measure: str) -> bool:
    return measure in MEASURES and MEASURES[measure].unit is Unit.MINOR


def _clause_of(line: StatementLine, contract: Contract | None) -> Clause | None:
    """Return the clause that a line is about, of terms that hold or that an amendment replaced."""
    found = None if contract is None else find_claimed(contract, line.key.clause_id)
    return None if found is None else found[1]


def clause_title(line: StatementLine, language: str, contract: Contract | None) -> str:
    """Return the name of a line's clause; its id where the deal is not known."""
    clause = _clause_of(line, contract)
    return line.key.clause_id if clause is None else clause.title.in_language(language)


def _listed(line: StatementLine, language: str, contract: Contract | None) -> Iterator[str]:
    for name, own in named_deductions(line, language, contract):
        yield f"{name} {own.receiver.id} {_major(own.amount_minor, line.key.currency)}"


def named_deductions(
    line: StatementLine, language: str, contract: Contract | None
) -> Iterator[tuple[str, DeductionLine]]:
    """Yield a line's deductions in order, each with its name in the terms."""
    names = _deduction_titles(_clause_of(line, contract))
    for own in line.deductions:
        yield names[own.name].in_language(language) if own.name in names else own.name, own


def _deduction_titles(clause: Clause | None) -> Mapping[str, Text]:
    match clause:
        case RevenueShare():
            return {deduction.name: deduction.title for deduction in clause.deductions}
        case Waterfall():
            return {step.name: step.title for step in clause.steps}
        case CoInvestment():
            return {step.name: step.title for step in clause.before}
        case _:
            return {}
