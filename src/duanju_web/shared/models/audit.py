"""The trail: who changed money, rights or grades, when, before and after."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models

from duanju_web.shared.models.organisation import Organisation


class AuditEntryIsFinal(RuntimeError):
    """Something tried to change or delete what the audit log says."""

    code = "shared.audit-entry-is-final"


class AuditEntry(models.Model):
    """One change. Entries are added, never changed or deleted."""

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True)
    action = models.CharField(max_length=60)
    target_type = models.CharField(max_length=60)
    target_id = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["organisation", "-id"], name="audit_by_organisation")]

    def __str__(self) -> str:
        return f"{self.action} {self.target_type}:{self.target_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the entry; refuse to change one."""
        if self.pk is not None:
            raise AuditEntryIsFinal(str(self))
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse."""
        raise AuditEntryIsFinal(str(self))
