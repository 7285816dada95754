"""Statements of clauses that count nothing: a fee has a proof, and no days behind it."""

from pathlib import Path

import pytest
from django.urls import reverse

from duanju.kernel import Month
from duanju_web.deals.services import import_policies
from duanju_web.settlement.models import Close, StatementRecord
from duanju_web.settlement.services import close_month
from tests.support.agreements import OCTOBER_5, SIGNED_AT, a_deal, a_title_of
from tests.support.people import an_actor, client_of

pytestmark = pytest.mark.django_db

SCRIPT_FEE = """\
id = "script-fee"
version = 1
valid_from = 2026-01-01
title = { en = "Script fee", zh-Hans = "剧本费" }
summary = { en = "A fee on signing.", zh-Hans = "签约即付。" }

[[source]]
title = { en = "Made up", zh-Hans = "虚构" }

[[clause]]
id = "fee"
kind = "fee"
title = { en = "Fee", zh-Hans = "剧本费" }
explanation = { en = "Paid once.", zh-Hans = "一次性支付。" }
amount = 12_000
currency = "CNY"
"""


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_fee_is_stated_and_opens_to_its_proof_alone(language: str, tmp_path: Path) -> None:
    (tmp_path / "script-fee.toml").write_text(SCRIPT_FEE, "utf-8")
    import_policies(folder=tmp_path, now=SIGNED_AT)
    platform = an_actor("platform", role="accountant")
    studio = an_actor("studio", role="accountant")
    a_deal(platform, studio, [a_title_of(studio)], policy="script-fee", parameters={})
    close = close_month(
        platform=platform.organisation, month=Month(2026, 9), actor=platform, now=OCTOBER_5
    )
    assert isinstance(close, Close), close
    record = StatementRecord.objects.get()
    client = client_of(studio, language=language)
    for name, own in (
        ("statement", [record.pk]),
        ("statement_pdf", [record.pk]),
        ("statement_csv", [record.pk]),
        ("statement_json", [record.pk]),
    ):
        assert client.get(reverse(name, args=own)).status_code == 200, name
    page = client.get(reverse("statement_line", args=[record.pk, 1]))
    assert page.status_code == 200
    assert "12,000.00" in page.content.decode()
    assert "data-chart" not in page.content.decode()
    assert client.get(reverse("statement_events", args=[record.pk, 1])).status_code == 404
