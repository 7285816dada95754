"""Importing tables of exchange rates, and pinning one to a month."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path

from django.db import transaction

from duanju.adapters.documents import RateReading, look_through_exchange_rates
from duanju.kernel import Month, Problem, Where
from duanju_web.settlement.models import RatePin, RateTable, RateTableDay, RemittingMonth
from duanju_web.settlement.selectors.closes import find_close
from duanju_web.settlement.selectors.rates import (
    find_rate_table,
    pinned_day,
    pins_of,
    rates_file,
    rates_on,
)
from duanju_web.shared.actor import Actor
from duanju_web.shared.models import Organisation
from duanju_web.shared.services import record_audit

FILE_BYTES_MAX = 16 * 1024 * 1024
"""Larger files are refused; the ECB's whole history has half of it."""

_NEW_FILE_MODE = 0o600


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was handed in, by its digest; nothing of it counts yet."""

    name: str
    sha256: str
    size_bytes: int


def keep_rates_file(
    *, platform: Organisation, chunks: Iterable[bytes], file_name: str
) -> KeptFile | Problem:
    """Keep the bytes of a file of rates, so that what is imported is what was looked at."""
    digest, size = hashlib.sha256(), 0
    folder = rates_file(platform, "any").parent
    folder.mkdir(parents=True, exist_ok=True)
    name = Path(file_name).name[-200:]
    descriptor, unfinished = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            for chunk in chunks:
                size += len(chunk)
                if size > FILE_BYTES_MAX:
                    params = {"max": FILE_BYTES_MAX // 1024**2}
                    return Problem("settlement.rates-too-large", Where(name), params)
                digest.update(chunk)
                stream.write(chunk)
        Path(unfinished).chmod(_NEW_FILE_MODE)
        Path(unfinished).replace(rates_file(platform, digest.hexdigest()))
    finally:
        Path(unfinished).unlink(missing_ok=True)
    return KeptFile(name, digest.hexdigest(), size)


def read_kept_rates(platform: Organisation, kept: KeptFile) -> RateReading:
    """Read a kept file: its good rates, and all that is wrong with it."""
    content = rates_file(platform, kept.sha256).read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        params = {"file": kept.name}
        return RateReading((), (Problem("documents.not-utf8", Where(kept.name), params),))
    return look_through_exchange_rates(text, file=kept.name)


@transaction.atomic
def import_rates(
    *, actor: Actor, kept: KeptFile, source: str, now: datetime
) -> RateTable | tuple[Problem, ...]:
    """Keep a table for ever; the same file again is the same table.

    Args:
        actor: Who imports it, for a platform.
        kept: The file.
        source: Who published it, `ecb`; its rates carry this name in the ledger.
        now: The time, aware.

    Returns:
        The table, new or known; or all that is wrong with the file, and then nothing is kept.
    """
    platform = lock_platform(actor)
    known = RateTable.objects.filter(platform=platform, sha256=kept.sha256).first()
    if known is not None:
        return known
    reading = read_kept_rates(platform, kept)
    if reading.problems:
        return reading.problems
    days = [(day, list(own)) for day, own in groupby(reading.rates, key=lambda rate: rate.day)]
    table = RateTable.objects.create(
        platform=platform,
        source=source,
        file_name=kept.name,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        first_day=days[0][0],
        last_day=days[-1][0],
        day_count=len(days),
        rate_count=len(reading.rates),
        imported_by=actor.user,
        imported_at=now,
    )
    rows = (
        RateTableDay(
            table=table,
            day=day,
            rates=[[own.base, own.quote, str(own.rate)] for own in rates],
        )
        for day, rates in days
    )
    RateTableDay.objects.bulk_create(rows, batch_size=500)
    after = {"source": source, "file": kept.name, "sha256": kept.sha256}
    record_audit(
        actor=actor,
        action="settlement.import-rates",
        target=table,
        before=None,
        after=after,
        now=now,
    )
    return table


@transaction.atomic
def pin_table(
    *, actor: Actor, month: Month, table_id: int, now: datetime
) -> RatePin | tuple[Problem, ...]:
    """Settle a closed month with a table; until the month is made due, another may take its place.

    Returns:
        What holds; or why it cannot be pinned, and then what was pinned stays.
    """
    platform = lock_platform(actor)
    told = {"month": str(month)}
    if find_close(platform=platform, month=month) is None:
        return (Problem("settlement.month-not-closed", Where(str(month)), told),)
    table = find_rate_table(platform, table_id)
    if table is None:
        return (Problem("settlement.rates-unknown", Where(str(month)), told),)
    before = pins_of(platform, month).first()
    if before is not None and before.table_id == table.pk:
        return before
    if RemittingMonth.objects.filter(platform=platform, period=str(month)).exists():
        return (Problem("settlement.rates-used", Where(str(month)), told),)
    rates = rates_on(table, pinned_day(month))
    if not rates.rates:
        params = {"table": str(table), "day": str(rates.day)}
        return (Problem("settlement.table-without-the-day", Where(str(month)), params),)
    pin = RatePin.objects.create(
        platform=platform,
        period=str(month),
        number=before.number + 1 if before else 1,
        table=table,
        day=rates.day,
        digest=rates.digest,
        pinned_by=actor.user,
        pinned_at=now,
    )
    record_audit(
        actor=actor,
        action="settlement.pin-rates",
        target=pin,
        before={"table": str(before.table)} if before else None,
        after={"table": str(table), "month": str(month)},
        now=now,
    )
    return pin


def lock_platform(actor: Actor) -> Organisation:
    """Return the actor’s platform, locked: what a month is made due by changes one at a time."""
    assert actor.organisation is not None
    return Organisation.objects.select_for_update(no_key=True).get(pk=actor.organisation.pk)
