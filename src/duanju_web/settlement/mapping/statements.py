"""Between a stored statement and the engine's."""

from collections.abc import Mapping
from typing import Any

from duanju.adapters.documents import proof_from_data
from duanju.kernel import Money, Month
from duanju.settlement import ClaimKey, DeductionLine, Statement, StatementLine
from duanju_web.settlement.mapping.values import party_of
from duanju_web.settlement.models import ProvisionalStatement, StatementRecord

Data = Mapping[str, Any]

_NUMBERS = (
    "quantity",
    "cumulative_quantity",
    "gross_minor",
    "previous_cumulative_minor",
    "cumulative_minor",
    "posted_before_minor",
    "amount_minor",
)


def statement_of(record: StatementRecord | ProvisionalStatement) -> Statement:
    """Return the statement that a record keeps, as the engine issued it."""
    data = record.document
    statement = Statement(
        period=Month.parse(data["period"]),
        deal_id=data["deal_id"],
        payer=party_of(data["payer"]),
        payee=party_of(data["payee"]),
        lines=tuple(_line(line) for line in data["lines"]),
        totals=tuple(Money(own["amount_minor"], own["currency"]) for own in data["totals"]),
        digest=data["digest"],
    )
    assert statement.digest == record.digest, "a stored statement is not the one that was issued"
    return statement


def _line(data: Data) -> StatementLine:
    return StatementLine(
        key=ClaimKey(data["deal_id"], data["clause_id"], data["title_id"], data["currency"]),
        concerns_period=Month.parse(data["concerns_period"]),
        corrects=Month.parse(data["corrects"]) if data["corrects"] else None,
        measure=data["measure"],
        deductions=tuple(
            DeductionLine(own["name"], party_of(own["receiver"]), own["amount_minor"])
            for own in data["deductions"]
        ),
        proof=proof_from_data(data["proof"]),
        **{name: data[name] for name in _NUMBERS},
    )
