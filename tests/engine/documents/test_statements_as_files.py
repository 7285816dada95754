"""Statements for spreadsheets and for machines, proofs for people."""

import csv
import io
import json
from fractions import Fraction
from pathlib import Path

import pytest

from duanju.adapters.documents import (
    in_major_units,
    plain_number,
    proof_as_data,
    proof_from_data,
    statement_as_data,
    write_statement_csv,
)
from duanju.deals import Contract
from duanju.kernel import Text
from duanju.settlement import Statement
from duanju.workflows import settle_facts
from tests.support.proofs import recompute
from tests.support.terms import (
    SEPTEMBER,
    a_contract,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

ROOT = Path(__file__).parents[3]
RATE = a_tiered_rate((0, "1"), (100, "2"))
BOTH = a_contract(terms_of(RATE, a_revenue_share()))


def a_statement(contract: Contract = BOTH) -> Statement:
    """Return September's statement of 160 minutes and ¥100 on iOS."""
    facts = [watched(160), unlocked(10_000, channel="wechat_ios")]
    settlement = settle_facts(contracts=[contract], facts=facts, posted=[], period=SEPTEMBER)
    (statement,) = settlement.statements
    return statement


def rows_in(language: str) -> list[list[str]]:
    """Return the rows of the statement's CSV."""
    stream = io.StringIO()
    titles = {"101": Text({"en": "=Night Flight", "zh-Hans": "夜航"})}
    write_statement_csv(
        a_statement(), stream=stream, language=language, contract=BOTH, titles=titles
    )
    text = stream.getvalue()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_statement_opens_in_a_spreadsheet_in_english() -> None:
    header, hours, unlocks = rows_in("en")
    assert header[0] == "Period"
    shown = dict(zip(header, hours, strict=True))
    assert shown["Title"] == "'=Night Flight"
    assert shown["Quantity in the month"] == "160"
    assert shown["Amount"] == "3.67"
    assert shown["Gross income"] == ""
    shown = dict(zip(header, unlocks, strict=True))
    assert shown["Gross income"] == "100.00"
    assert shown["Deductions one by one"] == "Named wechat_ios 12.00"
    assert shown["Amount"] == "44.00"


def test_statement_has_the_same_columns_in_chinese() -> None:
    header, hours, _ = rows_in("zh-Hans")
    assert len(header) == len(rows_in("en")[0])
    shown = dict(zip(header, hours, strict=True))
    assert (shown["剧目"], shown["类型"], shown["本期金额"]) == ("夜航", "当期", "3.67")


def test_statement_is_written_as_data_that_json_holds() -> None:
    data = json.loads(json.dumps(statement_as_data(a_statement())))
    assert data["format"] == "duanju-statement/1"
    assert data["totals"] == [{"amount_minor": 4_767, "currency": "CNY"}]
    hours, unlocks = data["lines"]
    assert (hours["measure"], hours["quantity"]) == ("effective_minutes", 9_600_000)
    assert unlocks["deductions"] == [
        {"name": "channel_fee", "receiver": "channel:wechat_ios", "amount_minor": 1_200}
    ]
    assert recompute(proof_from_data(hours["proof"])) == Fraction(1_100, 3)


@pytest.mark.parametrize("line", [0, 1])
def test_proof_survives_being_data(line: int) -> None:
    proof = a_statement().lines[line].proof
    assert proof_from_data(json.loads(json.dumps(proof_as_data(proof)))) == proof


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(0), "0"),
        (Fraction(-7, 2), "-3.5"),
        (Fraction(-1, 20), "-0.05"),
        (Fraction(10**9), "1,000,000,000"),
        (Fraction(2, 3), "2/3"),
    ],
)
def test_numbers_are_written_exactly(number: Fraction, text: str) -> None:
    assert plain_number(number) == text


def test_money_is_written_with_the_digits_of_its_currency() -> None:
    assert in_major_units(Fraction(1_234_567), "CNY") == "12,345.67"
    assert in_major_units(Fraction(1_234_567), "JPY") == "1,234,567"
    assert in_major_units(Fraction(-5), "CNY") == "-0.05"
