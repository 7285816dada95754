"""Tables of exchange rates, which of them a month is settled with, and when it was."""

from django.conf import settings
from django.db import models

from duanju_web.settlement.models.final import FinalRecord


class RateTable(FinalRecord):
    """One file of exchange rates, as somebody imported it; the file itself is kept, too."""

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="rate_tables")
    source = models.CharField(max_length=64)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    day_count = models.PositiveIntegerField()
    rate_count = models.PositiveIntegerField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    imported_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "sha256"], name="one_rate_table_a_file")
        ]

    def __str__(self) -> str:
        return f"{self.source}@{self.sha256[:12]}"


class RateTableDay(FinalRecord):
    """What a table says of a day: base, quote and exact rate as text, in their order."""

    table = models.ForeignKey("RateTable", models.PROTECT, related_name="days")
    day = models.DateField()
    rates = models.JSONField()

    class Meta:
        ordering = ["-day"]
        constraints = [
            models.UniqueConstraint(fields=["table", "day"], name="one_day_of_a_rate_table")
        ]

    def __str__(self) -> str:
        return f"{self.table_id} {self.day}"


class RatePin(FinalRecord):
    """That a month is settled with a table; the highest number holds, until it is used."""

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="rate_pins")
    period = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    table = models.ForeignKey("RateTable", models.PROTECT, related_name="pins")
    day = models.DateField()
    digest = models.CharField(max_length=64)
    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    pinned_at = models.DateTimeField()

    class Meta:
        ordering = ["period", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "period", "number"], name="one_rate_pin_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.table_id}"


class RemittingMonth(FinalRecord):
    """That a month began to be made due: by which rates, and by what was known when.

    From then on the month's rates stay, and rules and terms that are entered later concern the
    months after it.
    """

    platform = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="remitting_months"
    )
    period = models.CharField(max_length=7)
    day = models.DateField()
    pin = models.ForeignKey("RatePin", models.PROTECT, null=True, related_name="used_by")
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["platform", "period"], name="one_remitting_a_month")
        ]

    def __str__(self) -> str:
        return f"remitting {self.platform_id} {self.period}"
