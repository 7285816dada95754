"""No title is paid twice for the same thing."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from django.db.models import Model, Q, QuerySet

from duanju.kernel import Problem, Text, Where
from duanju_web.deals.mapping.policies import measures_of, policy_of
from duanju_web.deals.models import Deal, PolicyVersion


class Proposal(Protocol):
    """What claims titles for a stretch of time: an offer or a draft of one."""

    policy_version: PolicyVersion
    starts_on: date
    ends_on: date | None


def find_double_coverage(
    proposal: Proposal, *, titles: Iterable[Model] | None = None, platform: Model | None = None
) -> tuple[Problem, ...]:
    """Return a problem for each title that a signed deal covers already with the same measure.

    Args:
        proposal: What is proposed.
        titles: Its titles; by default `proposal.titles`.
        platform: Look at the deals of this platform only, so that nobody learns of another's.
    """
    by_id = {title.pk: title for title in (proposal.titles if titles is None else titles)}
    measures = measures_of(policy_of(proposal.policy_version))
    problems = []
    for deal in _overlapping(proposal, by_id, platform):
        if not measures & measures_of(policy_of(deal.policy_version)):
            continue
        for title in deal.titles.all():
            if title.pk in by_id:
                params = {"title": _name(title), "deal": deal.number}
                problems.append(Problem("deals.title-covered", Where(path="titles"), params))
    return tuple(problems)


def _overlapping(
    proposal: Proposal, by_id: dict[int, Model], platform: Model | None
) -> QuerySet[Deal]:
    deals = Deal.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=proposal.starts_on), titles__in=list(by_id)
    )
    if proposal.ends_on is not None:
        deals = deals.filter(starts_on__lt=proposal.ends_on)
    if platform is not None:
        deals = deals.filter(platform=platform)
    return deals.select_related("policy_version").prefetch_related("titles").distinct()


def _name(title: Model) -> str:
    text = Text(title.name)
    return " / ".join(dict.fromkeys(text.values()))
