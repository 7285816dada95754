"""Whoever pays is killed at any point, many times; whoever follows pays each amount once."""

import json
import os
import subprocess
import sys

import pytest

from duanju.settlement import AccountKey
from duanju_web.settlement.services import open_account
from tests.support.databases import a_copy_of_the_database
from tests.support.due_money import a_colleague_of, a_paying_platform, an_account_of, due_key
from tests.support.people import A_MOMENT, an_actor
from tests.support.repository import ROOT

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
    with a_copy_of_the_database(tmp_path) as address:
        done = subprocess.run(
            [
                *(sys.executable, "-m", "tests.support.payouts_killed"),
                *map(str, (SEED, KILLS_MAX, ROUNDS)),
            ],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "duanju_web.config.settings.demo",
                "DATABASE_URL": address,
                "DUANJU_DATA": str(tmp_path),
            },
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    due_in = 2 * sum(100 + number for number in range(ROUNDS))
    assert told["kills"] > ROUNDS
    assert told["balances"] == [due_in, 0, 0]
    assert told["held"] == [0, 0, 0]
    assert told["settled_minor"] == due_in
    rejected = len(range(0, ROUNDS - 1, 3))
    assert (told["batches"], told["files"], told["rejected"]) == (ROUNDS, ROUNDS, rejected)
    assert told["payouts"] == 2 * ROUNDS
    assert told["transfers"] == 4 * ROUNDS
