"""Accounts are called by what they are for, in the reader's language."""

import pytest
from django.utils.translation import override

from duanju_web.settlement.templatetags.settlement import account_name

PARTIES = {"lime": "Lime"}


@pytest.mark.parametrize(
    ("account", "english", "chinese"),
    [
        ("payable:studio:lime", "Owed to Lime", "Lime"),
        ("due:studio:lime", "To be paid to Lime", "Lime"),
        ("reserve:studio:lime", "Held in reserve for Lime", "为 Lime 预留"),
        ("withheld:cn-author@1", "Withheld by tax rule cn-author@1", "按税则 cn-author@1 代扣"),
        ("tax:cn-vat@2", "Added by tax rule cn-vat@2", "按税则 cn-vat@2 加计"),
        ("conversion:ecb@a1", "Conversion by the rates of ecb@a1", "按 ecb@a1 的汇率换汇"),
        ("unknown:lime", "unknown:lime", "unknown:lime"),
    ],
)
def test_account_is_called_by_its_use(account, english, chinese):
    with override("en"):
        assert account_name(account, PARTIES) == english
    with override("zh-hans"):
        assert chinese in account_name(account, PARTIES)
