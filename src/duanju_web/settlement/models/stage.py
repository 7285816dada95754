"""How a platform closes its months, and how far each has come."""

from django.conf import settings
from django.db import models

from duanju.kernel import Money
from duanju.settlement import CloseStage
from duanju_web.settlement.models.final import FinalRecord

_STAGES = [(own.value, own.value) for own in CloseStage]


class ClosingRules(FinalRecord):
    """A version of how a platform closes; the newest stands.

    `calendar` is a `CloseCalendar` as data. `second_above` lists, a currency each, from which sum
    on a second person is asked; a month in a currency that is not listed is asked of two.
    """

    platform = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="closing_rules"
    )
    calendar = models.JSONField()
    second_above = models.JSONField(default=list)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["platform", "-id"], name="closing_rules_by_platform")]

    def __str__(self) -> str:
        return f"closing rules {self.pk}"


class MonthStep(FinalRecord):
    """A step that was taken with a month; the last one says how far it has come.

    A push measures the lake at a position, on what people had recorded by `known_at`, and brings
    provisional statements; it can be repeated while partners look at them.
    """

    platform = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="month_steps")
    period = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    stage = models.CharField(max_length=12, choices=_STAGES)
    is_push = models.BooleanField(default=False)
    lake_position = models.BigIntegerField(null=True)
    known_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["platform", "period", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "period", "number"], name="one_step_after_another"
            )
        ]

    def __str__(self) -> str:
        return f"step {self.number} of {self.period}: {self.stage}"


class ProvisionalStatement(FinalRecord):
    """What a push showed a party of one deal: a statement that nothing was posted by."""

    step = models.ForeignKey("MonthStep", models.PROTECT, related_name="statements")
    deal = models.ForeignKey("deals.Deal", models.PROTECT, related_name="provisional_statements")
    party = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="provisional_statements"
    )
    role = models.CharField(max_length=64)
    totals = models.JSONField()
    document = models.JSONField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "deal", "party", "role"], name="one_provisional_statement_a_role"
            )
        ]
        indexes = [models.Index(fields=["party", "-id"], name="provisional_by_party")]

    def __str__(self) -> str:
        return f"provisional statement {self.pk}"

    @property
    def money_totals(self) -> list[Money]:
        """The totals as money."""
        return [Money(own["amount_minor"], own["currency"]) for own in self.totals]


class CloseProposal(FinalRecord):
    """What one person asks to close, to the fen; the newest of a month stands.

    `digest` is that of the snapshot which closing would freeze: a second person approves exactly
    this. `totals` say what it would post to others.
    """

    platform = models.ForeignKey(
        "shared.Organisation", models.PROTECT, related_name="close_proposals"
    )
    period = models.CharField(max_length=7)
    number = models.PositiveIntegerField()
    lake_position = models.BigIntegerField()
    known_at = models.DateTimeField()
    without_blocked = models.BooleanField()
    totals = models.JSONField()
    digest = models.CharField(max_length=64)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["platform", "period", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["platform", "period", "number"], name="one_proposal_after_another"
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.number} to close {self.period}"

    @property
    def money_totals(self) -> list[Money]:
        """The totals as money."""
        return [Money(own["amount_minor"], own["currency"]) for own in self.totals]


class ProposalVerdict(FinalRecord):
    """What a second person said of a proposal, once."""

    REASON_MAX = 500

    proposal = models.OneToOneField("CloseProposal", models.PROTECT, related_name="verdict")
    is_approved = models.BooleanField()
    reason = models.CharField(max_length=REASON_MAX, blank=True)
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"verdict on {self.proposal_id}"
