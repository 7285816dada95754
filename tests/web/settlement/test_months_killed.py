"""Whoever takes a month on is killed again and again; whoever follows ends at the same books."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from duanju.kernel import Money
from duanju.settlement import CloseCalendar
from duanju_web.settlement.models import ClosingRules
from duanju_web.settlement.services import set_closing_rules
from tests.support.agreements import OCTOBER_5, SEPTEMBER_NOON, a_deal, a_title_of, watched
from tests.support.databases import run_over_a_copy
from tests.support.people import a_member_of, an_actor

KILLS_MIN = 100


@pytest.mark.django_db(transaction=True)
def test_killed_again_and_again_a_month_ends_at_the_same_books(tmp_path) -> None:
    a_month_to_close()
    # A life costs a tenth of a second or more, and PostgreSQL takes longer to notice a death.
    every = 2 if connection.vendor == "sqlite" else 7
    killed, left = (taken(tmp_path / how, how, every) for how in ("kill", "leave"))
    assert killed["standing"] == left["standing"]
    stages = ["pushed", "soft_closed", "closed", "invoiced", "paid"]
    assert left["standing"]["steps"] == stages
    assert left["standing"]["sums"] == {"CNY": 0}
    assert left["standing"]["proposals"] == left["standing"]["verdicts"] == 1
    assert left["standing"]["lake"]
    assert sum(amount for _account, amount in left["standing"]["legs"]) == 0
    assert left["kills"] == [0] * len(left["kills"])
    assert min(killed["kills"]) > 0
    assert sum(killed["kills"]) >= KILLS_MIN // every


def a_month_to_close() -> None:
    """Let a studio have earned 16.50 yuan in September with a platform that closes by two."""
    platform, studio = an_actor("platform", role="accountant"), an_actor("studio")
    a_member_of(platform.organisation, role="accountant")
    titles = [a_title_of(studio), a_title_of(studio, name="Day Flight", chinese="日航")]
    a_deal(platform, studio, titles)
    watched(titles[0], minutes=600, at=SEPTEMBER_NOON)
    watched(titles[1], minutes=60, at=SEPTEMBER_NOON, seed=2)
    made = set_closing_rules(
        platform=platform.organisation,
        calendar=CloseCalendar(),
        second_above=[Money(0, "CNY")],
        actor=platform,
        now=OCTOBER_5,
    )
    assert isinstance(made, ClosingRules)


def taken(folder: Path, how: str, every: int) -> dict[str, Any]:
    """Take the month on in a copy of database and lake; return what the process told."""
    folder.mkdir()
    for own in (Path(settings.LAKE_FOLDER), Path(settings.SPOOL_FOLDER)):
        if own.exists():
            shutil.copytree(own, folder / own.name)
    said = run_over_a_copy(folder, "tests.support.months_killed", how, every)
    told: dict[str, Any] = json.loads(said)
    return told
