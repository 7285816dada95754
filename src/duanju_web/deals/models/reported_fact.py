"""What happened and no event tells: milestones, costs, awards, incomes from elsewhere."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q


class ReportedFactIsFinal(RuntimeError):
    """Something tried to change or delete a fact that somebody recorded."""

    code = "deals.reported-fact-is-final"


class ReportedFact(models.Model):
    """One fact about a deal, as somebody of its platform recorded it.

    Nothing is ever changed: what was wrong is replaced by another fact about the same thing. The
    columns are those of a fact of the engine; `title` is empty where it is about the whole deal.
    """

    deal = models.ForeignKey("Deal", models.PROTECT, related_name="reported_facts")
    title = models.ForeignKey(
        "productions.Title", models.PROTECT, null=True, related_name="reported_facts"
    )
    measure = models.CharField(max_length=40)
    starts_on = models.DateField()
    ends_on = models.DateField()
    quantity = models.BigIntegerField()
    currency = models.CharField(max_length=3, blank=True)
    channel = models.CharField(max_length=40, blank=True)
    territory = models.CharField(max_length=8, blank=True)
    medium = models.CharField(max_length=40, blank=True)
    window = models.CharField(max_length=40, blank=True)
    item = models.CharField(max_length=64, blank=True)
    over_seconds = models.PositiveIntegerField(default=0)
    is_fraud = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=200, blank=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["deal", "-id"], name="reported_fact_by_deal")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")), name="reported_fact_holds_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"reported fact {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the fact; refuse to change one."""
        if self.pk is not None:
            raise ReportedFactIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise ReportedFactIsFinal(str(self))
