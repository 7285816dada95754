"""What other rooms may do with titles, their episodes and their files."""

from duanju_web.productions.services.archives import ARCHIVE_BYTES_MAX, VIDEO_SUFFIXES
from duanju_web.productions.services.episodes import (
    EpisodeNotFailed,
    accept_uploads,
    delete_failed_episode,
    receive_episode_file,
    retry_episode,
)
from duanju_web.productions.services.packaging import (
    package_waiting_episode,
    requeue_abandoned_episodes,
)
from duanju_web.productions.services.titles import (
    TitleDetails,
    change_title,
    create_title,
    publish_title,
    unpublish_title,
)
from duanju_web.productions.services.uploads import (
    UPLOAD_BYTES_MAX,
    TooManyUploads,
    UploadBusy,
    UploadExpired,
    UploadOffsetConflict,
    UploadTooLarge,
    append_to_upload,
    begin_upload,
    discard_expired_uploads,
    discard_upload,
    finish_upload,
)

__all__ = [
    "ARCHIVE_BYTES_MAX",
    "UPLOAD_BYTES_MAX",
    "VIDEO_SUFFIXES",
    "EpisodeNotFailed",
    "TitleDetails",
    "TooManyUploads",
    "UploadBusy",
    "UploadExpired",
    "UploadOffsetConflict",
    "UploadTooLarge",
    "accept_uploads",
    "append_to_upload",
    "begin_upload",
    "change_title",
    "create_title",
    "delete_failed_episode",
    "discard_expired_uploads",
    "discard_upload",
    "finish_upload",
    "package_waiting_episode",
    "publish_title",
    "receive_episode_file",
    "requeue_abandoned_episodes",
    "retry_episode",
    "unpublish_title",
]
