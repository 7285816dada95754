"""Whoever pays is killed at any point, many times; whoever follows pays each amount once."""

import json

import pytest

from duanju.settlement import AccountKey
from duanju_web.settlement.services import open_account
from tests.support.databases import run_over_a_copy
from tests.support.due_money import a_colleague_of, a_paying_platform, an_account_of, due_key
from tests.support.people import A_MOMENT, an_actor

SEED, KILLS_MAX, ROUNDS = 20_261_124, 40, 8


@pytest.mark.django_db(transaction=True)
def test_killed_at_any_point_each_amount_is_paid_once(tmp_path) -> None:
    platform = a_paying_platform()
    a_colleague_of(platform)
    studios = [an_actor("studio") for _ in range(2)]
    for studio in studios:
        an_account_of(studio)
        open_account(
            platform=platform.organisation,
            account=due_key(studio),
            may_be_negative=False,
            now=A_MOMENT,
        )
    owed = AccountKey("payable:test:any", "", "CNY")
    open_account(platform=platform.organisation, account=owed, may_be_negative=True, now=A_MOMENT)
    said = run_over_a_copy(tmp_path, "tests.support.payouts_killed", SEED, KILLS_MAX, ROUNDS)
    told = json.loads(said)
    due_in = 2 * sum(100 + number for number in range(ROUNDS))
    assert told["kills"] > ROUNDS
    assert told["balances"] == [due_in, 0, 0]
    assert told["held"] == [0, 0, 0]
    assert told["settled_minor"] == due_in
    rejected = len(range(0, ROUNDS - 1, 3))
    assert (told["batches"], told["files"], told["rejected"]) == (ROUNDS, ROUNDS, rejected)
    assert told["payouts"] == 2 * ROUNDS
    assert told["transfers"] == 4 * ROUNDS
