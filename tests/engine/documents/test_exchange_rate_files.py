"""Rates as central banks publish them, and as people write them down."""

from datetime import date
from fractions import Fraction

import pytest

from duanju.adapters.documents import exchange_rates_from_text, explain_problem
from duanju.kernel import ProblemsFound
from duanju.settlement import ExchangeRate

ECB_XML = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
    xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
  <gesmes:subject>Reference rates</gesmes:subject>
  <Cube>
    <Cube time="2026-10-30"><Cube currency="USD" rate="1.1402"/>
      <Cube currency="CNY" rate="8.1"/></Cube>
    <Cube time="2026-10-29"><Cube currency="USD" rate="1.1390"/></Cube>
  </Cube>
</gesmes:Envelope>
"""
ECB_CSV = "Date,USD,CNY,BGN,\n2026-10-30,1.1402,8.1,N/A,\n2026-10-29,1.1390,N/A,N/A,\n"
PLAIN = (
    "\ufeffday,base,quote,rate\r\n2026-10-29,EUR,USD,1.1390\r\n\r\n"
    "2026-10-30,EUR,CNY,8.1\r\n2026-10-30,EUR,USD,1.1402\r\n2026-10-30,EUR,USD,1.14020\r\n"
)
RATES = (
    ExchangeRate(date(2026, 10, 29), "EUR", "USD", Fraction("1.139")),
    ExchangeRate(date(2026, 10, 30), "EUR", "CNY", Fraction("8.1")),
    ExchangeRate(date(2026, 10, 30), "EUR", "USD", Fraction("1.1402")),
)


@pytest.mark.parametrize("text", [ECB_XML, ECB_CSV, PLAIN], ids=["xml", "history", "plain"])
def test_every_form_gives_the_same_rates(text: str) -> None:
    assert exchange_rates_from_text(text, file="rates") == RATES


BOMB = '<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>'
HEADER = "day,base,quote,rate\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ECB_XML[:300], [("settlement.not-xml", None)]),
        (BOMB, [("settlement.not-xml", None)]),
        ("<a/>", [("settlement.no-rates", None)]),
        ("", [("settlement.not-rates", 1)]),
        ("Datum;USD\n", [("settlement.not-rates", 1)]),
        (HEADER, [("settlement.no-rates", None)]),
        (
            HEADER
            + "2026-10-30,EUR,USD,0\n2026-13-30,EUR,USD,1\n2026-10-30,EUR,usd,1\n"
            + "2026-10-30,EUR,USD,1e5\n2026-10-30,EUR,USD,-1\n2026-10-30,EUR\n",
            [("settlement.bad-rate", line) for line in range(2, 8)],
        ),
        (
            HEADER + "2026-10-30,EUR,USD,1.1\n2026-10-30,EUR,USD,1.2\n",
            [("settlement.rate-told-twice", 3)],
        ),
    ],
)
def test_bad_tables_are_refused_with_all_their_lines(
    text: str, told: list[tuple[str, int | None]]
) -> None:
    with pytest.raises(ProblemsFound) as refused:
        exchange_rates_from_text(text, file="rates.csv")
    assert [(own.code, own.where.line) for own in refused.value.problems] == told
    for language in ("en", "zh-Hans"):
        for own in refused.value.problems:
            explained = explain_problem(own, language=language)
            assert explained.hint
            assert "{" not in explained.sentence + explained.hint
