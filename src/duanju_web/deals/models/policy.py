"""A cooperation policy as it was published, version by version."""

from typing import Any, NoReturn

from django.db import models


class PolicyVersionIsFinal(RuntimeError):
    """Something tried to change or delete a published version."""

    code = "deals.policy-version-is-final"


class PolicyVersion(models.Model):
    """One version of one policy; deals pin it, so it never changes."""

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

    class Meta:
        ordering = ["policy_id", "-valid_from", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["policy_id", "version"], name="one_policy_version")
        ]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the version; refuse to change one."""
        if self.pk is not None:
            raise PolicyVersionIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise PolicyVersionIsFinal(str(self))
