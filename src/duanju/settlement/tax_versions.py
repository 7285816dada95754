"""Versions of rules of tax that are only ever added: which of them hold on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

from duanju.settlement.tax import TaxRule


def rules_in_force(versions: Iterable[TaxRule], *, day: date) -> tuple[TaxRule, ...]:
    """Return the rules that hold on a day, each in the version that began last, as it was written.

    Of two versions that began on one day the higher number holds.

    Args:
        versions: Of any rules, all that were ever written.
        day: On which they are to hold.
    """
    latest: dict[str, TaxRule] = {}
    for own in sorted(versions, key=_place):
        if own.starts_on <= day:
            latest[own.id] = own
    return tuple(latest[own_id] for own_id in sorted(latest) if latest[own_id].holds_on(day))


def effective_versions(versions: Iterable[TaxRule]) -> tuple[TaxRule, ...]:
    """Return versions with the days on which they hold: each ends where the next one begins.

    Whether two rules clash is asked of these. One in whose place another begins on the same day
    holds on none, and is left out.
    """
    by_rule: dict[str, list[TaxRule]] = defaultdict(list)
    for own in sorted(versions, key=_place):
        known = by_rule[own.id]
        if known and known[-1].starts_on == own.starts_on:
            known.pop()
        known.append(own)
    found = []
    for own_id in sorted(by_rule):
        known = by_rule[own_id]
        found += [_ended(own, after.starts_on) for own, after in pairwise(known)]
        found.append(known[-1])
    return tuple(found)


def _ended(own: TaxRule, day: date) -> TaxRule:
    ends_on = day if own.ends_on is None else min(own.ends_on, day)
    return replace(own, ends_on=ends_on)


def _place(own: TaxRule) -> tuple[date, int]:
    return own.starts_on, own.version
