"""Bundles of settled months, and what becomes of them when somebody changes them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from duanju.adapters.documents import write_bundle
from duanju.adapters.documents.bundles import SECTIONS
from duanju.deals import Amendment, Contract, Fact
from duanju.kernel import Text, canonical_json, digest
from duanju.settlement import Transaction
from duanju.workflows import Bundle, Settled, SnapshotLink, bundles_of, settle_facts
from tests.support.terms import (
    OCTOBER,
    SEPTEMBER,
    a_contract,
    a_revenue_share,
    a_tiered_rate,
    terms_of,
    unlocked,
    watched,
)

NIGHT_FLIGHT = Text({"en": "Night Flight", "zh-Hans": "夜航"})
LINK = SnapshotLink(OCTOBER, "a" * 64, "b" * 64)


def an_amended_deal() -> Contract:
    """Return hours and unlocks, whose hours are paid dearer from October on."""
    own = terms_of(a_tiered_rate((0, "1"), (100, "2")), a_revenue_share())
    dearer = terms_of(a_tiered_rate((0, "3")), a_revenue_share(), ends_on=None)
    return replace(a_contract(own), amendments=(Amendment("second", dearer, date(2026, 10, 1)),))


FACTS = (
    watched(160),
    unlocked(10_001, channel="wechat_ios"),
    watched(61, OCTOBER),
    unlocked(777, OCTOBER),
)


def a_bundle(contract: Contract | None = None, facts: tuple[Fact, ...] = FACTS) -> Bundle:
    """Return October's bundle of a deal, after a September of which a fact came late."""
    deals = [contract or an_amended_deal()]
    posted: tuple[Transaction, ...] = settle_facts(
        contracts=deals, facts=facts[1:], posted=[], period=SEPTEMBER
    ).transactions
    settlement = settle_facts(contracts=deals, facts=facts, posted=posted, period=OCTOBER)
    settled = Settled(
        contracts=deals,
        facts=facts,
        posted=posted,
        settlement=settlement,
        zone="Asia/Shanghai",
        closed=(SEPTEMBER,),
        titles={"101": NIGHT_FLIGHT},
    )
    (bundle,) = bundles_of(settled)
    return replace(bundle, snapshot=LINK)


def bytes_of(bundle: Bundle) -> bytes:
    """Return a bundle as it is written."""
    stream = BytesIO()
    write_bundle(bundle, stream=stream)
    return stream.getvalue()


def changed(bundle: Bundle, change: Callable[[dict[str, Any]], None], *, rehash: bool) -> bytes:
    """Return a bundle that somebody changed, with all hashes made again or with the old ones."""
    data = json.loads(bytes_of(bundle))
    change(data)
    if rehash:
        data["hashes"] = {section: digest(data[section]) for section in SECTIONS}
        data["digest"] = digest({"format": data["format"], "hashes": data["hashes"]})
    return canonical_json(data)


def in_file(folder: Path, content: bytes) -> Path:
    """Write a bundle to a file."""
    path = folder / "statement.bundle.json"
    path.write_bytes(content)
    return path
