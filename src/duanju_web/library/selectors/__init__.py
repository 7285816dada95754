"""Works and imports, as their organisation finds them."""

from duanju_web.library.selectors.imports import (
    ImportPreview,
    file_of,
    find_import_of,
    imports_of,
    preview_import,
)
from duanju_web.library.selectors.works import FoundWorks, find_work_of, search_works

__all__ = [
    "FoundWorks",
    "ImportPreview",
    "file_of",
    "find_import_of",
    "find_work_of",
    "imports_of",
    "preview_import",
    "search_works",
]
