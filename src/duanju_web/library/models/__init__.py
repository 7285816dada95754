"""What this room remembers."""

from duanju_web.library.models.importing import ImportState, WorkImport
from duanju_web.library.models.work import Audience, Work, WorkKind

__all__ = ["Audience", "ImportState", "Work", "WorkImport", "WorkKind"]
