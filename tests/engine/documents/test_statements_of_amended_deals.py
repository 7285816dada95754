"""Statements in spreadsheets: clauses of amendments, and clauses that count nothing."""

import csv
import io
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from duanju.adapters.documents import write_statement_csv
from duanju.adapters.prose import explain_proof
from duanju.deals import AmendedBy, Amendment, AmendmentMode, Contract
from duanju.kernel import Month, Party, ProofStep, Text
from duanju.settlement import Claim, ClaimKey, Direction, Part, PartKind, Statement, settle
from duanju.workflows import settle_facts
from tests.support.terms import (
    OCTOBER,
    PLATFORM,
    SEPTEMBER,
    STUDIO,
    a_contract,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

OLD = Text({"en": "Old share", "zh-Hans": "原分成"})
SHARE = replace(a_revenue_share(), title=OLD)
FACTS = [watched(60), unlocked(1_000)]


def rows_of(statement: Statement, contract: Contract, language: str) -> list[dict[str, str]]:
    """Return the rows of a statement's CSV by their headings."""
    stream = io.StringIO()
    write_statement_csv(statement, stream=stream, language=language, contract=contract)
    return list(csv.DictReader(io.StringIO(stream.getvalue().removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("language", "clause", "amount", "name"),
    [("en", "Clause", "Amount", "Old share"), ("zh-Hans", "条款", "本期金额", "原分成")],
)
def test_clause_that_was_taken_away_is_still_called_by_its_name(
    language: str, clause: str, amount: str, name: str
) -> None:
    own = terms_of(SHARE)
    new = terms_of(a_tiered_rate((0, "1")))
    over = Amendment("a", new, date(2026, 10, 1), AmendmentMode.OVER, AmendedBy.SIGNING_DATE)
    contract = replace(a_contract(own), amendments=(over,))
    posted = settle_facts(
        contracts=[a_contract(own)], facts=FACTS, posted=[], period=SEPTEMBER
    ).transactions
    settlement = settle_facts(contracts=[contract], facts=FACTS, posted=posted, period=OCTOBER)
    (statement,) = settlement.statements
    rows = rows_of(statement, contract, language)
    assert [(row[clause], row[amount]) for row in rows][1] == (name, "-5.00")
    (said,) = explain_proof(statement.lines[1].proof, language=language)
    assert {"en": "An amendment took", "zh-Hans": "已被合同变更取消"}[language] in said


def test_clause_of_an_amendment_is_called_by_its_name() -> None:
    amendment = Amendment("a", terms_of(SHARE), date(2026, 9, 1), AmendmentMode.BESIDE)
    contract = replace(a_contract(terms_of(a_tiered_rate((0, "1")))), amendments=(amendment,))
    settlement = settle_facts(contracts=[contract], facts=FACTS, posted=[], period=SEPTEMBER)
    rows = rows_of(settlement.statements[0], contract, "en")
    assert [row["Clause"] for row in rows] == ["Named", "Old share"]
    assert rows[1]["Deductions one by one"] == ""


@pytest.mark.parametrize(
    ("measure", "quantity", "named", "shown"),
    [
        ("", 0, "", ""),
        ("advert_income", 12_345, "Advertising income", "123.45"),
        ("plays", 12_345, "Plays", "12345"),
    ],
)
def test_what_is_counted_is_named_and_shown_in_its_unit(
    measure: str, quantity: int, named: str, shown: str
) -> None:
    amount = Fraction(100)
    proof = ProofStep("fee", "amount", {"amount": amount}, amount, "minor", "CNY")
    claim = Claim(
        ClaimKey("deal-1", "fee", "101", "CNY"),
        Direction.OBLIGATION,
        PLATFORM,
        measure,
        quantity,
        (Part(Party(STUDIO.role, STUDIO.id), PartKind.SHARE, "studio", amount, proof),),
    )
    month = Month(2026, 9)
    (statement,) = settle(claims_by_month={month: [claim]}, posted=[], period=month).statements
    (row,) = rows_of(statement, a_contract(terms_of(SHARE)), "en")
    assert (row["Quantity in the month"], row["Amount"]) == (shown, "1.00")
    assert row["Measure"] == named
