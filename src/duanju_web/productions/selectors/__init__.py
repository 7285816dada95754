"""What other rooms may ask of titles, their episodes and their uploads."""

from duanju_web.productions.selectors.episodes import (
    active_episodes_of,
    count_episodes_by_state,
    episodes_of,
)
from duanju_web.productions.selectors.titles import (
    find_title_of,
    obstacles_of,
    published_titles,
    title_for_viewer,
    titles_of,
)
from duanju_web.productions.selectors.uploads import (
    ProposedEpisode,
    find_upload_of,
    missing_numbers,
    proposed_order,
    refused_uploads,
    unfinished_uploads,
)

__all__ = [
    "ProposedEpisode",
    "active_episodes_of",
    "count_episodes_by_state",
    "episodes_of",
    "find_title_of",
    "find_upload_of",
    "missing_numbers",
    "obstacles_of",
    "proposed_order",
    "published_titles",
    "refused_uploads",
    "title_for_viewer",
    "titles_of",
    "unfinished_uploads",
]
