"""Titles, their episodes, and the files that studios deliver."""

from duanju_web.productions.models.episode import Episode, EpisodeState
from duanju_web.productions.models.original import Original
from duanju_web.productions.models.title import (
    BudgetTier,
    Genre,
    Orientation,
    ProductionKind,
    Title,
    TitleState,
)
from duanju_web.productions.models.upload import Upload, UploadState

__all__ = [
    "BudgetTier",
    "Episode",
    "EpisodeState",
    "Genre",
    "Orientation",
    "Original",
    "ProductionKind",
    "Title",
    "TitleState",
    "Upload",
    "UploadState",
]
