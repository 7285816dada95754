"""Tables of exchange rates, and which of them a month is settled with."""

from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from duanju.deals import month_ends_on
from duanju.kernel import Month
from duanju.settlement import ExchangeRate, PinnedRates, pin_rates
from duanju.settlement.exchange import AGE_DAYS_MAX
from duanju_web.settlement.models import RatePin, RateTable, RateTableDay, RemittingMonth
from duanju_web.shared.models import Organisation


def rate_tables_of(platform: Organisation) -> QuerySet[RateTable]:
    """Return a platform's tables, the newest first."""
    return RateTable.objects.filter(platform=platform).select_related("imported_by")


def find_rate_table(platform: Organisation, table_id: int) -> RateTable | None:
    """Return a table of a platform, or None."""
    return rate_tables_of(platform).filter(pk=table_id).first()


def tables_for(platform: Organisation, month: Month) -> QuerySet[RateTable]:
    """Return the tables that can be pinned to a month: they have a rate for its last day."""
    day = pinned_day(month)
    oldest = day - timedelta(days=AGE_DAYS_MAX)
    return (
        rate_tables_of(platform)
        .filter(days__day__gte=oldest, days__day__lte=day)
        .distinct()
        .order_by("-pk")
    )


def days_of(table: RateTable) -> QuerySet[RateTableDay]:
    """Return the days of a table, the last first."""
    return RateTableDay.objects.filter(table=table).order_by("-day")


def rates_file(platform: Organisation, sha256: str) -> Path:
    """Return where a file of rates is kept, by its digest."""
    return Path(settings.DATA_FOLDER) / "rates" / str(platform.pk) / sha256


def pinned_day(month: Month) -> date:
    """Return the day whose rates a month is settled with, its last."""
    return month_ends_on(month) - timedelta(days=1)


def pins_of(platform: Organisation, month: Month) -> QuerySet[RatePin]:
    """Return what was pinned to a month; the first of them holds."""
    return (
        RatePin.objects.filter(platform=platform, period=str(month))
        .select_related("table", "pinned_by")
        .order_by("-number")
    )


def find_remitting(platform: Organisation, month: Month) -> RemittingMonth | None:
    """Return by what a month began to be made due; None while nothing was."""
    return (
        RemittingMonth.objects.filter(platform=platform, period=str(month))
        .select_related("pin__table")
        .first()
    )


def rates_on(table: RateTable, day: date) -> PinnedRates:
    """Return the rates of a table as of a day, in one query of a few rows."""
    oldest = day - timedelta(days=AGE_DAYS_MAX)
    rows = RateTableDay.objects.filter(table=table, day__gte=oldest, day__lte=day)
    rates = [rate for row in rows for rate in rates_of(row)]
    return pin_rates(rates, source=str(table), day=day)


def no_rates(month: Month) -> PinnedRates:
    """Return what a month has to which no table is pinned."""
    return pin_rates([], source="", day=pinned_day(month))


def rates_of(row: RateTableDay) -> list[ExchangeRate]:
    """Return the rates of a day."""
    return [ExchangeRate(row.day, base, quote, Fraction(rate)) for base, quote, rate in row.rates]
