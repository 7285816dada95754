"""What the theater knows; other rooms may ask here too."""

from duanju_web.theater.selectors.access import (
    EpisodeView,
    episode_views,
    locked_episodes,
    may_watch,
    unlocked_numbers,
)
from duanju_web.theater.selectors.catalogue import (
    FeedPage,
    browse_titles,
    feed_page,
    genres_on_show,
    published_title,
    ready_episode,
    ready_episode_of,
    watchable_title,
)
from duanju_web.theater.selectors.media import (
    Subtitle,
    media_folder,
    poster_file,
    subtitles_of,
)
from duanju_web.theater.selectors.places import continue_watching, place_in, places_in
from duanju_web.theater.selectors.viewers import device_viewer, viewer_of_user
from duanju_web.theater.selectors.wallets import (
    coin_packs,
    coins_spent_on,
    purchases_of,
    unlocks_to_carry,
    wallet_entries,
    wallet_of,
)

__all__ = [
    "EpisodeView",
    "FeedPage",
    "Subtitle",
    "browse_titles",
    "coin_packs",
    "coins_spent_on",
    "continue_watching",
    "device_viewer",
    "episode_views",
    "feed_page",
    "genres_on_show",
    "locked_episodes",
    "may_watch",
    "media_folder",
    "place_in",
    "places_in",
    "poster_file",
    "published_title",
    "purchases_of",
    "ready_episode",
    "ready_episode_of",
    "subtitles_of",
    "unlocked_numbers",
    "unlocks_to_carry",
    "viewer_of_user",
    "wallet_entries",
    "wallet_of",
    "watchable_title",
]
