"""A drama as a studio makes it and viewers find it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Orientation(models.TextChoices):
    """Which way the picture stands."""

    VERTICAL = "vertical", _("Vertical, 9:16")
    HORIZONTAL = "horizontal", _("Horizontal, 16:9")


class ProductionKind(models.TextChoices):
    """How the picture came to be; it decides about the AI label."""

    LIVE_ACTION = "live_action", _("Live action")
    AI_MADE = "ai_made", _("Made with AI")


class BudgetTier(models.TextChoices):
    """The tier of the filing rules in force from 2026-09-01; the limits depend on the kind."""

    KEY = "key", pgettext_lazy("budget tier", "Key")
    ORDINARY = "ordinary", pgettext_lazy("budget tier", "Ordinary")
    OTHER = "other", pgettext_lazy("budget tier", "Other")


class Genre(models.TextChoices):
    """What kind of story it is."""

    ROMANCE = "romance", _("Romance")
    REVENGE = "revenge", _("Revenge")
    FAMILY = "family", _("Family")
    FANTASY = "fantasy", _("Fantasy")
    HISTORICAL = "historical", _("Historical")
    SUSPENSE = "suspense", _("Suspense")
    COMEDY = "comedy", _("Comedy")
    WORKPLACE = "workplace", _("Workplace")
    TIME_TRAVEL = "time_travel", _("Time travel")
    YOUTH = "youth", _("Youth")


class TitleState(models.TextChoices):
    """Whether viewers can find it."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Title(models.Model):
    """A micro-drama; its number is the lake's `title_id`."""

    slug = models.SlugField(max_length=80, unique=True)
    studio = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="titles")
    name = models.JSONField()
    synopsis = models.JSONField(default=dict, blank=True)
    orientation = models.CharField(max_length=12, choices=Orientation)
    genre = models.CharField(max_length=20, choices=Genre)
    production_kind = models.CharField(max_length=12, choices=ProductionKind)
    budget_tier = models.CharField(max_length=12, choices=BudgetTier, blank=True)
    filing_number = models.CharField(max_length=60, blank=True)
    ai_label = models.BooleanField(default=False)
    free_episode_count = models.PositiveIntegerField(default=10)
    episode_price_coins = models.PositiveIntegerField(default=80)
    poster = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=TitleState, default=TitleState.DRAFT)
    published_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["state", "-published_at"], name="titles_by_publication"),
            models.Index(fields=["studio", "-id"], name="titles_by_studio"),
        ]

    def __str__(self) -> str:
        return self.slug
