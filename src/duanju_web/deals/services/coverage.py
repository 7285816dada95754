"""No title is paid twice for the same thing."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import Model, Q, QuerySet

from duanju.deals import Contract, Terms, check_contracts
from duanju.kernel import Party, Problem, Text, Where
from duanju_web.deals.mapping.contracts import contract_of
from duanju_web.deals.models import Deal

PROPOSED = "proposed"
"""The id of the contract that a proposal would be, beside those that were signed."""


def find_double_coverage(
    terms: Terms, *, titles: Iterable[Model], platform: Model | None = None
) -> tuple[Problem, ...]:
    """Return a problem for each title for which a signed deal counts the same already.

    Deals of all platforms are looked at: a title is shown in one place at a time.

    Args:
        terms: What is proposed.
        titles: Its titles.
        platform: Look at the deals of this platform only, so that nobody learns of another's.
    """
    names = {str(title.pk): _name(title) for title in titles}
    proposed = Contract(PROPOSED, _anywhere(terms))
    problems = []
    for deal in _overlapping(terms, [int(own) for own in names], platform):
        contract = contract_of(deal)
        rivals = (replace(contract, terms=_anywhere(contract.terms)), proposed)
        claimed = {str(own.params["title"]) for own in check_contracts(rivals)}
        for title_id in sorted(claimed & names.keys(), key=int):
            params = {"title": names[title_id], "deal": deal.number}
            problems.append(Problem("deals.title-covered", Where(path="titles"), params))
    return tuple(problems)


def _anywhere(terms: Terms) -> Terms:
    """Return terms as if their platform were every platform."""
    return replace(terms, parties={**terms.parties, "platform": Party("platform", "")})


def _overlapping(terms: Terms, titles: list[int], platform: Model | None) -> QuerySet[Deal]:
    deals = Deal.objects.filter(Q(ends_on=None) | Q(ends_on__gt=terms.starts_on), titles__in=titles)
    if terms.ends_on is not None:
        deals = deals.filter(starts_on__lt=terms.ends_on)
    if platform is not None:
        deals = deals.filter(platform=platform)
    return (
        deals.select_related("policy_version", "platform", "studio")
        .prefetch_related("titles")
        .distinct()
        .order_by("pk")
    )


def _name(title: Model) -> str:
    text = Text(title.name)
    return " / ".join(dict.fromkeys(text.values()))
