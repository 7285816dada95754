"""Works of an organisation: all, or those that a query finds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from duanju_web.library.models import Work
from duanju_web.library.searching import FOUND_MAX, find_work_ids
from duanju_web.shared.models import Organisation


class WorksInOrder(Sequence[Work]):
    """Works by their ids, in the order of these; only the part that is asked for is fetched."""

    def __init__(self, ids: Sequence[int]) -> None:
        """Keep the ids."""
        self._ids = ids

    def __len__(self) -> int:
        """Count the works."""
        return len(self._ids)

    def __getitem__(self, part: int | slice) -> Work | list[Work]:  # type: ignore[override]
        """Fetch one work, or those of a slice in one query."""
        ids = self._ids[part] if isinstance(part, slice) else [self._ids[part]]
        found = Work.objects.in_bulk(ids)
        works = [found[pk] for pk in ids if pk in found]
        return works if isinstance(part, slice) else works[0]


@dataclass(frozen=True, slots=True)
class FoundWorks:
    """What was found.

    Attributes:
        works: In order; to be paged.
        kinds: How many of each kind there are, whatever kind was asked for.
        is_cut: Whether more may have been found than are shown.
    """

    works: QuerySet[Work] | WorksInOrder
    kinds: dict[str, int]
    is_cut: bool


def search_works(
    organisation: Organisation, *, query: str = "", kind: str = "", audience: str = ""
) -> FoundWorks:
    """Return an organisation's works, newest first; of a query, those it finds, titles first."""
    own = Work.objects.filter(organisation=organisation)
    if audience:
        own = own.filter(audience=audience)
    if not query.strip():
        counted = own.order_by().values_list("kind").annotate(count=Count("pk"))
        works = own.filter(kind=kind) if kind else own
        return FoundWorks(works, dict(counted), False)
    every = find_work_ids(query, organisation_id=organisation.pk, audience=audience)
    counts = Counter(own.filter(pk__in=every).values_list("kind", flat=True))
    ids = every
    if kind:
        ids = find_work_ids(query, organisation_id=organisation.pk, kind=kind, audience=audience)
    return FoundWorks(WorksInOrder(ids), dict(counts), len(every) >= FOUND_MAX)


def find_work_of(organisation: Organisation | None, work_id: int) -> Work | None:
    """Return an organisation's own work, or None."""
    return Work.objects.filter(organisation=organisation, pk=work_id).first()
