"""A lake that is settled on one engine after another, and the files that come of it."""

import random
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from duanju.adapters.lake import Event, microseconds
from duanju.cli import main
from tests.support.events import NOON, SECOND_US, an_honest_session, an_unlock, received_later
from tests.support.lakes import a_sealed_lake
from tests.support.repository import ROOT

DEALS = """\
zone = "Asia/Shanghai"

[[deal]]
id = "hours"
policy = "tencent-short-drama-vertical"
version = 1
titles = [1, 2]
starts_on = 2026-08-15
parties = { platform = "aurora", studio = "lanxi" }
parameters = { rights = "non_exclusive_premiere" }

[[deal]]
id = "unlocks"
policy = "paid-unlock-share"
version = 1
titles = [1, 2]
starts_on = 2026-08-01
parties = { platform = "aurora", studio = "lanxi" }
parameters = { currency = "CNY", web_fee = 0 }

[[deal]]
id = "dollars"
policy = "paid-unlock-share"
version = 1
titles = [3]
starts_on = 2026-08-01
parties = { platform = "aurora", studio = "lanxi" }
parameters = { currency = "USD", web_fee = 0 }
"""
DAY_US = 86_400 * SECOND_US


def a_lake_to_settle(folder: Path, seed: int) -> Path:
    """Seal two months with resends, a late batch and sums beyond 64 bits, beside their deals.

    Returns:
        The lake's folder; `deals.toml` stands in `folder`.
    """
    (folder / "deals.toml").write_text(DEALS, "utf-8")
    dice = random.Random(f"lake:{seed}")
    told = [event for number in range(1, 9) for event in _a_session(dice, number)]
    told += [_a_purchase(dice, number) for number in range(30)]
    told += [an_unlock(seed=500 + n, amount_minor=2**62 + n, title_id=1) for n in range(3)]
    dice.shuffle(told)
    resent = [received_later(event, seconds=9) for event in dice.sample(told, 12)]
    a_sealed_lake(folder, [*told[:-20], *resent[:6]], [*told[-20:], *resent[6:]])
    return folder / "lake"


def settle_lake(folder: Path, *more: str, out: str) -> Result:
    """Settle September of the lake in a folder by the command."""
    given = ["--deals", str(folder / "deals.toml"), "--policies", str(ROOT / "policies")]
    lake = ["--lake", str(folder / "lake"), "--period", "2026-09", "--out", str(folder / out)]
    return CliRunner().invoke(main, ["settle", *given, *lake, *more])


def bytes_of(folder: Path) -> Mapping[str, bytes]:
    """Return every file of a folder."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def _a_session(dice: random.Random, number: int) -> tuple[Event, ...]:
    began_us = microseconds(NOON) + dice.randint(-25, 19) * DAY_US + dice.randrange(DAY_US)
    return an_honest_session(
        session_id=number,
        reports=dice.randint(1, 9),
        began_us=began_us,
        title_id=dice.randint(1, 3),
        channel=dice.choice(["web", "wechat_ios"]),
    )


def _a_purchase(dice: random.Random, number: int) -> Event:
    title_id = dice.randint(1, 3)
    return an_unlock(
        seed=number,
        amount_minor=dice.randint(1, 5_000),
        title_id=title_id,
        currency="USD" if title_id == 3 else "CNY",
        channel=dice.choice(["web", "wechat_ios"]),
        began_us=microseconds(NOON) + dice.randint(-25, 21) * DAY_US + dice.randrange(DAY_US),
    )
