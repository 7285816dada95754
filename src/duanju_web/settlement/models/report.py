"""What others reported of incomes and costs: each file, and every row of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from duanju_web.settlement.models.final import FinalRecord


class ReportState(models.TextChoices):
    """Whether a report counts."""

    WAITING = "waiting", _("Waiting to be accepted")
    ACCEPTED = "accepted", _("Accepted")
    ENDED = "ended", _("No longer counted")


class IncomeReport(models.Model):
    """One file that a source reported of one month, read by a mapping of its columns.

    Its rows are kept from its acceptance on. It counts from `accepted_at` until `ended_at`, at
    which a new version took its place or somebody withdrew it; so what was known at any time can
    be asked.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="reports")
    source = models.CharField(max_length=64)
    period = models.CharField(max_length=7)
    state = models.CharField(max_length=12, choices=ReportState, default=ReportState.WAITING)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.BigIntegerField()
    mapping = models.JSONField()
    version = models.PositiveIntegerField(default=0)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    row_count = models.PositiveIntegerField(default=0)
    rows_with_problems = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["platform", "-id"], name="report_by_platform")]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "sha256"],
                condition=Q(ended_at=None),
                name="one_report_a_file",
            ),
            models.UniqueConstraint(
                fields=["platform", "source", "period"],
                condition=Q(state="accepted"),
                name="one_report_a_source_and_month",
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk}"


class ReportLine(FinalRecord):
    """One row of an accepted report, or one of its amounts where it tells several.

    Totals, and rows that were left out for a problem, are kept too; they have no amount.
    """

    report = models.ForeignKey("IncomeReport", models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    cells = models.JSONField()
    problems = models.JSONField(default=list)
    column = models.CharField(max_length=2_000, blank=True)
    measure = models.CharField(max_length=40, blank=True)
    title = models.ForeignKey(
        "productions.Title", models.PROTECT, null=True, related_name="report_lines"
    )
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    channel = models.CharField(max_length=2_000, blank=True)
    territory = models.CharField(max_length=8, blank=True)
    item = models.CharField(max_length=2_000, blank=True)
    reference = models.CharField(max_length=2_000, blank=True)

    class Meta:
        ordering = ["report", "number", "id"]
        indexes = [
            models.Index(fields=["report", "number"], name="report_line_by_number"),
            models.Index(fields=["title", "starts_on"], name="report_line_by_title"),
        ]

    def __str__(self) -> str:
        return f"row {self.number} of report {self.report_id}"
