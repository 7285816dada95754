"""Titles, as their studio and as viewers find them."""

from django.db.models import Count, Q, QuerySet

from duanju.kernel import Problem
from duanju_web.productions.models import EpisodeState, Title, TitleState
from duanju_web.productions.publication import TitleFacts, find_obstacles
from duanju_web.productions.selectors.episodes import ACTIVE_STATES, episodes_of
from duanju_web.shared.models import Organisation


def published_titles() -> QuerySet[Title]:
    """Return what viewers can find, latest publication first."""
    return Title.objects.filter(state=TitleState.PUBLISHED).order_by("-published_at", "-id")


def title_for_viewer(slug: str) -> Title | None:
    """Return a published title by its slug, or None."""
    return published_titles().filter(slug=slug).select_related("studio").first()


def titles_of(studio: Organisation) -> QuerySet[Title]:
    """Return a studio's titles, newest first, with counts of episodes.

    Each has `episode_count`, `ready_count`, `active_count` and `failed_count`.
    """
    return (
        Title.objects.filter(studio=studio)
        .annotate(
            episode_count=Count("episodes"),
            ready_count=Count("episodes", filter=Q(episodes__state=EpisodeState.READY)),
            active_count=Count("episodes", filter=Q(episodes__state__in=ACTIVE_STATES)),
            failed_count=Count("episodes", filter=Q(episodes__state=EpisodeState.FAILED)),
        )
        .order_by("-id")
    )


def find_title_of(studio: Organisation, slug: str) -> Title | None:
    """Return a studio's own title by its slug, or None."""
    return Title.objects.filter(studio=studio, slug=slug).select_related("studio").first()


def obstacles_of(title: Title) -> tuple[Problem, ...]:
    """Return the reasons why a title cannot be published yet; none if it can."""
    states = dict(episodes_of(title).values_list("number", "state"))
    ready = [number for number, state in states.items() if state == EpisodeState.READY]
    return find_obstacles(
        TitleFacts(
            filing_number=title.filing_number,
            budget_tier=title.budget_tier,
            production_kind=title.production_kind,
            ai_label=title.ai_label,
            free_episode_count=title.free_episode_count,
            episode_count=len(states),
            ready_numbers=tuple(ready),
        )
    )
