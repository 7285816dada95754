"""What is left to facts has a sentence in both languages."""

import re

from duanju.adapters.prose import CONDITION_SENTENCES, explain_condition
from duanju.deals import SettlementCondition
from tests.support.repository import ROOT

SOURCE = ROOT / "src" / "duanju" / "deals" / "settlement_conditions.py"
NAMES = re.compile(r"\{(\w+)\}")


def test_every_condition_has_a_sentence_that_names_the_same_in_both_languages() -> None:
    yielded = re.findall(r'yield "([a-z-]+)", \{"(\w+)"', SOURCE.read_text("utf-8"))
    expected = {f"condition.{code}": {name} for code, name in yielded}
    for sentences in CONDITION_SENTENCES.values():
        assert {code: set(NAMES.findall(own)) for code, own in sentences.items()} == expected


def test_condition_is_said_with_the_names_of_the_trade() -> None:
    fee = SettlementCondition("condition.channel-needs-a-rate", "unlocks", {"deduction": "fee"})
    names = {"fee": "channel fee"}
    assert explain_condition(fee, language="en", names=names) == (
        "Income through a channel for which no channel fee is stated cannot be settled until it is."
    )
    refund = SettlementCondition("condition.refund-after-close", "unlocks", {"role": "platform"})
    assert explain_condition(refund, language="zh-Hans") == (
        "结账后退款的收入在下月扣回；已经付出的部分由平台承担。"
    )
    assert explain_condition(fee, language="fr") == explain_condition(fee, language="en")
