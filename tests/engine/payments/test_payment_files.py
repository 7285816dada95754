"""What banks are sent: valid by the published schemas, exact, the same bytes each time."""

import csv
import io
from dataclasses import replace
from importlib.resources import files
from xml.etree.ElementTree import fromstring

import pytest
import xmlschema

from duanju.adapters.payments import (
    PAYMENT_COLUMNS,
    BankProfile,
    PainVersion,
    payments_as_csv,
    payments_as_pain,
)
from duanju.kernel import ProblemsFound
from duanju.settlement import Characters, PayoutAccount
from tests.support.payouts import BERLIN, LIME, MADE_AT, OHIO, RIVER, a_batch, a_payout

WISE = PayoutAccount("Harbour <&> \"Sons\" 'Ltd'", number="12-3456", bic="HSBCHKHHHKH")
BATCHES = {
    "CNY": a_batch(a_payout("P1", 1), a_payout("P2", 99_999_999_999_999, account=WISE)),
    "USD": a_batch(a_payout("P1", 5, account=OHIO), currency="USD"),
    "EUR": a_batch(a_payout("P1", 12_345, account=BERLIN), currency="EUR", debtor=BERLIN),
    "JPY": a_batch(a_payout("P1", 12_345, account=RIVER), currency="JPY"),
    "KWD": a_batch(
        a_payout("P1", 12_345, account=replace(BERLIN, bic=""), remittance=""), currency="KWD"
    ),
}


@pytest.fixture(scope="module")
def schemas() -> dict[PainVersion, xmlschema.XMLSchema]:
    folder = files("sepaxml") / "schemas"
    return {own: xmlschema.XMLSchema(str(folder / f"{own}.xsd")) for own in PainVersion}


def written(batch, **profile) -> bytes:
    return b"".join(payments_as_pain(batch, created_at=MADE_AT, profile=BankProfile(**profile)))


def texts(content: bytes, name: str) -> list[str]:
    return [own.text or "" for own in fromstring(content).iter() if own.tag.endswith("}" + name)]


@pytest.mark.parametrize("version", PainVersion)
@pytest.mark.parametrize("code", BATCHES)
def test_files_are_valid_by_the_schema(version, code, schemas) -> None:
    content = written(BATCHES[code], version=version)
    schemas[version].validate(content.decode())
    plain = written(BATCHES[code], version=version, charges="", service_level="NURG")
    schemas[version].validate(plain.decode())


@pytest.mark.parametrize(
    ("code", "amounts", "total"),
    [
        ("CNY", ["0.01", "999999999999.99"], "1000000000000.00"),
        ("USD", ["0.05"], "0.05"),
        ("JPY", ["12345"], "12345"),
        ("KWD", ["12.345"], "12.345"),
    ],
)
def test_amounts_have_the_digits_of_their_currency_and_sum_exactly(code, amounts, total) -> None:
    content = written(BATCHES[code])
    assert texts(content, "InstdAmt") == amounts
    assert texts(content, "CtrlSum") == [total, total]
    assert texts(content, "NbOfTxs") == [str(len(amounts))] * 2
    assert f'Ccy="{code}"'.encode() in content


def test_the_same_batch_is_the_same_bytes_and_says_what_it_was_told() -> None:
    content = written(BATCHES["CNY"])
    assert content == written(BATCHES["CNY"])
    assert texts(content, "CreDtTm") == ["2026-11-16T03:04:05Z"]
    assert texts(content, "MsgId") == ["B1"]
    assert texts(content, "EndToEndId") == ["P1", "P2"]
    assert texts(content, "Nm") == [RIVER.holder, RIVER.holder, LIME.holder, WISE.holder]
    assert texts(content, "MmbId") == ["102331000018"]
    assert texts(content, "BICFI") == ["ICBKCNBJ", "HSBCHKHHHKH"]


def test_a_bank_of_latin_letters_gets_them() -> None:
    profile = {"characters": Characters.TRANSLITERATE}
    batch = replace(BATCHES["EUR"], payouts=(a_payout(account=BERLIN, remittance="Été"),))
    assert texts(written(batch, **profile), "Nm") == ["Muller + Son GmbH"] * 3
    assert texts(written(batch, **profile), "Ustrd") == ["Ete"]
    with pytest.raises(ProblemsFound) as refused:
        written(BATCHES["CNY"], **profile)
    assert {own.code for own in refused.value.problems} == {"settlement.payout-letters"}


def test_a_file_comes_a_payment_at_a_time() -> None:
    batch = a_batch(*(a_payout(f"P{number}", number) for number in range(1, 1001)))
    pieces = list(payments_as_pain(batch, created_at=MADE_AT))
    assert len(pieces) == 1002
    assert max(map(len, pieces)) < 1_200
    assert texts(b"".join(pieces), "CtrlSum")[0] == "5005.00"


def test_the_table_says_the_same_and_a_spreadsheet_computes_nothing_of_it() -> None:
    batch = a_batch(a_payout(), a_payout("P2", 1, remittance='=1+1,"x"'))
    rows = list(csv.reader(io.StringIO("".join(payments_as_csv(batch)), newline="")))
    assert tuple(rows[0]) == PAYMENT_COLUMNS
    assert rows[1] == [
        "P1",
        LIME.holder,
        "",
        LIME.number,
        "",
        "CNAPS",
        "102331000018",
        "123.45",
        "CNY",
        "2026-11-17",
        "2026-10",
    ]
    assert (rows[2][7], rows[2][-1]) == ("0.01", '\'=1+1,"x"')


def test_of_a_faulty_batch_nothing_is_written() -> None:
    faulty = a_batch(a_payout(amount_minor=-1))
    for write in (lambda: payments_as_csv(faulty), lambda: written(faulty)):
        with pytest.raises(ProblemsFound) as refused:
            write()
        assert [own.where.path for own in refused.value.problems] == ["payouts.1.amount"]
