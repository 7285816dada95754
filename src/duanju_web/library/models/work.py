"""A work: what everything begins with."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WorkKind(models.TextChoices):
    """What sort of work it is."""

    NOVEL = "novel", _("Novel")
    SCRIPT = "script", _("Script")
    COMIC = "comic", _("Comic")
    GAME = "game", _("Game")
    LONG_DRAMA = "long_drama", _("Long drama")
    MICRO_DRAMA = "micro_drama", _("Micro-drama")
    SPIN_OFF = "spin_off", _("Spin-off")


class Audience(models.TextChoices):
    """Whom it is for."""

    WOMEN = "women", pgettext_lazy("audience", "Women")
    MEN = "men", pgettext_lazy("audience", "Men")
    ALL = "all", pgettext_lazy("audience", "Everybody")


class Work(models.Model):
    """A work of an organisation; its reference is the owner's own id of it.

    The search index is kept beside it by the database; `searching` writes and asks it.
    """

    organisation = models.ForeignKey("shared.Organisation", models.PROTECT, related_name="works")
    reference = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=WorkKind)
    title = models.JSONField()
    synopsis = models.JSONField(default=dict)
    tropes = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    audience = models.CharField(max_length=8, choices=Audience, blank=True)
    length = models.PositiveIntegerField(default=0)
    people = models.JSONField(default=list)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference"], name="one_work_a_reference"
            )
        ]
        indexes = [models.Index(fields=["organisation", "kind", "-id"], name="works_by_kind")]

    def __str__(self) -> str:
        return self.reference
