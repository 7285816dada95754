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
    return find_rivals(Contract(PROPOSED, terms), titles=titles, platform=platform)


def find_rivals(
    contract: Contract,
    *,
    titles: Iterable[Model],
    platform: Model | None = None,
    apart_from: Deal | None = None,
) -> tuple[Problem, ...]:
    """Return what `find_double_coverage` does, for a contract with amendments.

    Args:
        contract: What is proposed.
        titles: Its titles.
        platform: Look at the deals of this platform only, so that nobody learns of another's.
        apart_from: A deal that is not looked at: that of the contract itself.
    """
    names = {str(title.pk): _name(title) for title in titles}
    proposed = replace(_anywhere(contract), id=PROPOSED)
    problems = []
    deals = _overlapping(contract.terms, [int(own) for own in names], platform)
    if apart_from is not None:
        deals = deals.exclude(pk=apart_from.pk)
    for deal in deals:
        rivals = (_anywhere(contract_of(deal)), proposed)
        claimed = {str(own.params["title"]) for own in check_contracts(rivals)}
        for title_id in sorted(claimed & names.keys(), key=int):
            params = {"title": names[title_id], "deal": deal.number}
            problems.append(Problem("deals.title-covered", Where(path="titles"), params))
    return tuple(problems)


def _anywhere(contract: Contract) -> Contract:
    """Return a contract as if its platform were every platform."""
    return replace(
        contract,
        terms=_with_any_platform(contract.terms),
        amendments=tuple(
            replace(own, terms=_with_any_platform(own.terms)) for own in contract.amendments
        ),
    )


def _with_any_platform(terms: Terms) -> Terms:
    return replace(terms, parties={**terms.parties, "platform": Party("platform", "")})


def _overlapping(terms: Terms, titles: list[int], platform: Model | None) -> QuerySet[Deal]:
    deals = Deal.objects.filter(Q(ends_on=None) | Q(ends_on__gt=terms.starts_on), titles__in=titles)
    if terms.ends_on is not None:
        deals = deals.filter(starts_on__lt=terms.ends_on)
    if platform is not None:
        deals = deals.filter(platform=platform)
    return (
        deals.select_related("policy_version", "platform", "studio")
        .prefetch_related("titles", "amendments__policy_version")
        .distinct()
        .order_by("pk")
    )


def _name(title: Model) -> str:
    text = Text(title.name)
    return " / ".join(dict.fromkeys(text.values()))
