"""Video files in, packaged episodes out."""

from duanju.adapters.media.ffmpeg import FfmpegMissing, ffmpeg_path
from duanju.adapters.media.ladder import SHORT_SIDES
from duanju.adapters.media.order import EpisodeOrder, order_episodes
from duanju.adapters.media.original import StoredOriginal, store_original
from duanju.adapters.media.package import (
    PackagedEpisode,
    Rendition,
    package_episode,
    read_packaged,
)
from duanju.adapters.media.probe import (
    DURATION_MS_MAX,
    SIZE_BYTES_MAX,
    MediaProbe,
    probe_media,
)

__all__ = [
    "DURATION_MS_MAX",
    "SHORT_SIDES",
    "SIZE_BYTES_MAX",
    "EpisodeOrder",
    "FfmpegMissing",
    "MediaProbe",
    "PackagedEpisode",
    "Rendition",
    "StoredOriginal",
    "ffmpeg_path",
    "order_episodes",
    "package_episode",
    "probe_media",
    "read_packaged",
    "store_original",
]
