"""What the parts of a title's page show; a part is also fetched by itself."""

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count

from duanju_web.productions.mapping import problem_from_json
from duanju_web.productions.models import Episode, EpisodeState, Title
from duanju_web.productions.problems import say
from duanju_web.productions.selectors import (
    episodes_of,
    missing_numbers,
    obstacles_of,
    proposed_order,
    refused_uploads,
    unfinished_uploads,
)
from duanju_web.productions.selectors.episodes import ACTIVE_STATES

EPISODES_A_PAGE = 100
_TONES = {
    EpisodeState.READY: "good",
    EpisodeState.FAILED: "bad",
    EpisodeState.PACKAGING: "note",
    EpisodeState.WAITING: "wait",
}


def episodes_context(title: Title, page_number: str | None) -> dict[str, Any]:
    """Return the episodes of a page, their counts, and whether any is still being worked on."""
    counts = dict(episodes_of(title).order_by().values_list("state").annotate(number=Count("pk")))
    page = Paginator(episodes_of(title), EPISODES_A_PAGE).get_page(page_number)
    rows = [(episode, _TONES.get(episode.state, ""), _problem_of(episode)) for episode in page]
    return {
        "page": page,
        "rows": rows,
        "episode_count": sum(counts.values()),
        "ready_count": counts.get(EpisodeState.READY, 0),
        "failed_count": counts.get(EpisodeState.FAILED, 0),
        "is_active": any(counts.get(state) for state in ACTIVE_STATES),
    }


def order_context(title: Title, entered: Mapping[str, str]) -> dict[str, Any]:
    """Return the received files in their proposed order, and those that are not complete."""
    order = proposed_order(title)
    proposed = [
        {
            "upload": proposal.upload,
            "number": entered.get(f"number-{proposal.upload.pk}", proposal.number),
            "doubts": [say(problem) for problem in proposal.problems],
        }
        for proposal in order
    ]
    refused = [
        (upload, say(problem_from_json(upload.problem))) for upload in refused_uploads(title)
    ]
    unfinished = [
        (upload, 1000 * upload.offset_bytes // max(upload.size_bytes, 1))
        for upload in unfinished_uploads(title)
    ]
    return {
        "proposed": proposed,
        "gaps": [say(problem) for problem in missing_numbers(title, order)],
        "refused": refused,
        "unfinished": unfinished,
    }


def publication_context(title: Title) -> dict[str, Any]:
    """Return what stands in the way of publication."""
    return {"obstacles": [say(problem) for problem in obstacles_of(title)]}


def _problem_of(episode: Episode) -> Any:
    return say(problem_from_json(episode.problem)) if episode.problem else None
