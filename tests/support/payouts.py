"""Payouts for tests, named in words."""

from datetime import UTC, date, datetime

from duanju.settlement import Payout, PayoutAccount, PayoutBatch, PayoutReport, PayoutState

MADE_AT = datetime(2026, 11, 16, 3, 4, 5, tzinfo=UTC)
PAID_ON = date(2026, 11, 17)

RIVER = PayoutAccount("长河剧场有限公司", number="4402000109000000019", bic="ICBKCNBJ")
LIME = PayoutAccount(
    "青柠影业（杭州）有限公司",
    number="6222021202000000018",
    clearing_system="CNAPS",
    clearing_member="102331000018",
)
BERLIN = PayoutAccount("Müller & Søn GmbH", iban="DE89370400440532013000", bic="COBADEFF")
OHIO = PayoutAccount(
    "Tidal Reels Inc.", number="000123456789", clearing_system="USABA", clearing_member="021000021"
)


def a_payout(
    own_id: str = "P1",
    amount_minor: int = 12_345,
    *,
    account: PayoutAccount = LIME,
    remittance: str = "2026-10",
) -> Payout:
    """Return a payout of 123.45 to Green Lime."""
    return Payout(own_id, account, amount_minor, remittance)


def a_batch(
    *payouts: Payout, currency: str = "CNY", own_id: str = "B1", debtor: PayoutAccount = RIVER
) -> PayoutBatch:
    """Return a batch that Longriver pays."""
    return PayoutBatch(own_id, debtor, PAID_ON, currency, payouts or (a_payout(),))


def told(state: str, payout: str = "", *, batch: str = "", line: int = 2) -> PayoutReport:
    """Return what a bank says of a payout or a batch."""
    return PayoutReport(PayoutState(state), payout, batch, "AC04" * (state == "rejected"), line)


def a_pain_002(*transactions: tuple[str, str], batch: str = "B1", group: str = "") -> bytes:
    """Return the bytes of a pain.002 that tells statuses of payouts, and of their group."""
    reason = "<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Closed account</AddtlInf></StsRsnInf>"
    singles = "".join(
        f"<TxInfAndSts><OrgnlEndToEndId>{own_id}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        f"{reason * (status == 'RJCT')}</TxInfAndSts>"
        for own_id, status in transactions
    )
    status = f"<GrpSts>{group}</GrpSts>" if group else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>'
        "<GrpHdr><MsgId>S1</MsgId><CreDtTm>2026-11-17T09:00:00Z</CreDtTm></GrpHdr>"
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>{batch}</OrgnlMsgId>"
        f"<OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>{status}</OrgnlGrpInfAndSts>"
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{batch}</OrgnlPmtInfId>{singles}</OrgnlPmtInfAndSts>"
        "</CstmrPmtStsRpt></Document>"
    ).encode()
