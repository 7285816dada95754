"""The trail of one organisation."""

from django.db.models import QuerySet

from duanju_web.shared.models import AuditEntry, Organisation


def audit_entries_of(organisation: Organisation) -> QuerySet[AuditEntry]:
    """Return an organisation's entries, newest first."""
    return AuditEntry.objects.filter(organisation=organisation).select_related("user")
