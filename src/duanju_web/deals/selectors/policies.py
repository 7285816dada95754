"""The library of policies."""

from datetime import date

from django.db.models import Max, Q, QuerySet

from duanju_web.deals.models import PolicyVersion

WORDS_MAX = 8
"""Words of one search."""


def policy_versions() -> QuerySet[PolicyVersion]:
    """Return every published version, by policy, newest first."""
    return PolicyVersion.objects.order_by("policy_id", "-version")


def find_policy_version(*, policy_id: str, version: int) -> PolicyVersion | None:
    """Return one version, or None."""
    return (
        PolicyVersion.objects.filter(policy_id=policy_id, version=version)
        .select_related("owner")
        .first()
    )


def versions_of(policy_id: str) -> QuerySet[PolicyVersion]:
    """Return all versions of one policy, newest first."""
    return PolicyVersion.objects.filter(policy_id=policy_id).order_by("-version")


def find_policy_ids(
    *, words: str = "", on: date | None = None, kind: str = ""
) -> QuerySet[PolicyVersion, str]:
    """Return the ids of policies that have a version which fits, those in force last first.

    Args:
        words: All of these are in its texts.
        on: A day on which deals can be signed under it.
        kind: A kind of clause that it has.
    """
    fits = Q()
    for word in words.lower().split()[:WORDS_MAX]:
        fits &= Q(words__contains=word)
    if on is not None:
        fits &= Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gt=on))
    if kind:
        fits &= Q(kinds__contains=f",{kind},")
    return (
        PolicyVersion.objects.filter(fits)
        .values("policy_id")
        .annotate(latest=Max("valid_from"))
        .order_by("-latest", "policy_id")
        .values_list("policy_id", flat=True)
    )


def versions_by_policy(policy_ids: list[str]) -> dict[str, list[PolicyVersion]]:
    """Return the versions of several policies, newest first, in the order of the ids."""
    found: dict[str, list[PolicyVersion]] = {policy_id: [] for policy_id in policy_ids}
    rows = (
        PolicyVersion.objects.filter(policy_id__in=policy_ids)
        .select_related("owner")
        .defer("document", "words")
        .order_by("-version")
    )
    for version in rows:
        found[version.policy_id].append(version)
    return found
