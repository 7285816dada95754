"""A batch of payouts as ISO 20022's pain.001 and as CSV, written a payment at a time."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from xml.sax.saxutils import escape

from duanju.kernel import Money, ProblemsFound
from duanju.settlement import (
    Characters,
    Payout,
    PayoutAccount,
    PayoutBatch,
    check_payout_batch,
    in_letters_of,
)

PAYMENT_COLUMNS = (
    "payout",
    "holder",
    "iban",
    "number",
    "bic",
    "clearing_system",
    "clearing_member",
    "amount",
    "currency",
    "value_date",
    "remittance",
)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet would compute; a quotation mark in front makes it a text again."""


class PainVersion(StrEnum):
    """Which message of ISO 20022 a bank takes."""

    V03 = "pain.001.001.03"
    V09 = "pain.001.001.09"


@dataclass(frozen=True, slots=True)
class BankProfile:
    """What a bank asks of a file.

    Attributes:
        version: The message.
        characters: Which letters it takes; names in Chinese are kept unless it says otherwise.
        service_level: `SEPA`, `NURG`, or empty.
        charges: Who bears them: `SHAR`, `SLEV`, `DEBT`, `CRED`, or empty.
    """

    version: PainVersion = PainVersion.V09
    characters: Characters = Characters.KEEP
    service_level: str = ""
    charges: str = "SHAR"


def payments_as_pain(
    batch: PayoutBatch, *, created_at: datetime, profile: BankProfile | None = None
) -> Iterator[bytes]:
    """Return the pieces of a batch as XML, the same bytes for the same values.

    Amounts have all digits of their currency, and the control sum is their sum, exactly. The XML
    is our own: sepaxml, which brings the schemas, writes euros between IBANs alone.

    Args:
        batch: Which.
        created_at: When the file is made, aware; it stands in it to the second.
        profile: What the bank asks.

    Raises:
        ProblemsFound: All that is wrong with the batch; nothing was written.
    """
    said = profile or BankProfile()
    if problems := check_payout_batch(batch, characters=said.characters):
        raise ProblemsFound(tuple(problems))
    return _pieces(batch, created_at, said)


def payments_as_csv(batch: PayoutBatch, *, profile: BankProfile | None = None) -> Iterator[str]:
    """Return the rows of a batch as a table with `PAYMENT_COLUMNS`, each a line of text.

    Raises:
        ProblemsFound: All that is wrong with the batch; nothing was written.
    """
    said = profile or BankProfile()
    if problems := check_payout_batch(batch, characters=said.characters):
        raise ProblemsFound(tuple(problems))
    return _rows(batch, said)


def _rows(batch: PayoutBatch, profile: BankProfile) -> Iterator[str]:
    yield ",".join(PAYMENT_COLUMNS) + "\r\n"
    for own in batch.payouts:
        account = own.account
        cells = [
            own.id,
            _said(account.holder, profile),
            account.iban,
            account.number,
            account.bic,
            account.clearing_system,
            account.clearing_member,
            str(Money(own.amount_minor, batch.currency).as_decimal()),
            batch.currency,
            batch.value_date.isoformat(),
            _said(own.remittance, profile),
        ]
        line = io.StringIO()
        csv.writer(line).writerow(f"'{own}" if own.startswith(_FORMULA) else own for own in cells)
        yield line.getvalue()


def _pieces(batch: PayoutBatch, created_at: datetime, profile: BankProfile) -> Iterator[bytes]:
    count = len(batch.payouts)
    total = Money(batch.total_minor, batch.currency).as_decimal()
    sums = f"<NbOfTxs>{count}</NbOfTxs><CtrlSum>{total}</CtrlSum>"
    day = batch.value_date.isoformat()
    if profile.version is PainVersion.V09:
        day = f"<Dt>{day}</Dt>"
    level = profile.service_level
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:{profile.version}">',
        "<CstmrCdtTrfInitn>",
        f"<GrpHdr><MsgId>{escape(batch.id)}</MsgId>",
        f"<CreDtTm>{created_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z</CreDtTm>",
        f"{sums}<InitgPty>{_name(batch.debtor, profile)}</InitgPty></GrpHdr>",
        f"<PmtInf><PmtInfId>{escape(batch.id)}</PmtInfId><PmtMtd>TRF</PmtMtd>{sums}",
        f"<PmtTpInf><SvcLvl><Cd>{level}</Cd></SvcLvl></PmtTpInf>" if level else "",
        f"<ReqdExctnDt>{day}</ReqdExctnDt><Dbtr>{_name(batch.debtor, profile)}</Dbtr>",
        f"<DbtrAcct>{_account(batch.debtor)}<Ccy>{batch.currency}</Ccy></DbtrAcct>",
        f"<DbtrAgt>{_bank(batch.debtor, profile)}</DbtrAgt>",
        f"<ChrgBr>{profile.charges}</ChrgBr>" if profile.charges else "",
    )
    yield "".join(head).encode()
    for own in batch.payouts:
        yield _payment(own, batch.currency, profile).encode()
    yield b"\n</PmtInf></CstmrCdtTrfInitn></Document>\n"


def _payment(own: Payout, currency: str, profile: BankProfile) -> str:
    amount = Money(own.amount_minor, currency).as_decimal()
    said = escape(_said(own.remittance, profile))
    return (
        f"\n<CdtTrfTxInf><PmtId><EndToEndId>{escape(own.id)}</EndToEndId></PmtId>"
        f'<Amt><InstdAmt Ccy="{currency}">{amount}</InstdAmt></Amt>'
        f"<CdtrAgt>{_bank(own.account, profile)}</CdtrAgt>"
        f"<Cdtr>{_name(own.account, profile)}</Cdtr>"
        f"<CdtrAcct>{_account(own.account)}</CdtrAcct>"
        + (f"<RmtInf><Ustrd>{said}</Ustrd></RmtInf>" if said else "")
        + "</CdtTrfTxInf>"
    )


def _name(account: PayoutAccount, profile: BankProfile) -> str:
    return f"<Nm>{escape(_said(account.holder, profile))}</Nm>"


def _account(account: PayoutAccount) -> str:
    if account.iban:
        return f"<Id><IBAN>{account.iban}</IBAN></Id>"
    return f"<Id><Othr><Id>{escape(account.number)}</Id></Othr></Id>"


def _bank(account: PayoutAccount, profile: BankProfile) -> str:
    """Return a bank by its BIC and its clearing number; ISO 20022 has a word for neither."""
    tag = "BICFI" if profile.version is PainVersion.V09 else "BIC"
    parts = [f"<{tag}>{account.bic}</{tag}>"] if account.bic else []
    if account.clearing_member:
        system = f"<ClrSysId><Cd>{account.clearing_system}</Cd></ClrSysId>"
        member = f"<MmbId>{account.clearing_member}</MmbId>"
        parts.append(f"<ClrSysMmbId>{system}{member}</ClrSysMmbId>")
    inside = "".join(parts) or "<Othr><Id>NOTPROVIDED</Id></Othr>"
    return f"<FinInstnId>{inside}</FinInstnId>"


def _said(text: str, profile: BankProfile) -> str:
    said = in_letters_of(text, profile.characters)
    assert said is not None, "the batch was checked before"
    return said
