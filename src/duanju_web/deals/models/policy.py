"""A cooperation policy as it was published, version by version."""

from typing import Any, NoReturn

from django.db import models


class PolicyVersionIsFinal(RuntimeError):
    """Something tried to change or delete a published version."""

    code = "deals.policy-version-is-final"


class PolicyVersion(models.Model):
    """One version of one policy; deals pin it, so it never changes.

    `kinds` names the kinds of its clauses, `,tiered_rate,cap,`, and `words` all that a search looks
    through; both only repeat what the document says.
    """

    policy_id = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    title = models.JSONField()
    summary = models.JSONField()
    document = models.TextField()
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    owner = models.ForeignKey(
        "shared.Organisation", models.PROTECT, null=True, related_name="policy_versions"
    )
    imported_at = models.DateTimeField()
    kinds = models.CharField(max_length=300, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["policy_id", "-valid_from", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["policy_id", "version"], name="one_policy_version")
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version}"

    @property
    def number(self) -> str:
        """The version's number as text, as addresses and forms hold it."""
        return str(self.version)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the version; refuse to change one."""
        if self.pk is not None:
            raise PolicyVersionIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PolicyVersionIsFinal(str(self))
