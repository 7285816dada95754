"""The library of policies."""

from django.db.models import QuerySet

from duanju_web.deals.models import PolicyVersion


def policy_versions() -> QuerySet[PolicyVersion]:
    """Return every published version, by policy, newest first."""
    return PolicyVersion.objects.order_by("policy_id", "-version")


def find_policy_version(*, policy_id: str, version: int) -> PolicyVersion | None:
    """Return one version, or None."""
    return PolicyVersion.objects.filter(policy_id=policy_id, version=version).first()


def versions_of(policy_id: str) -> QuerySet[PolicyVersion]:
    """Return all versions of one policy, newest first."""
    return PolicyVersion.objects.filter(policy_id=policy_id).order_by("-version")
