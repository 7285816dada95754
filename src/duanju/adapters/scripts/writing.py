"""Writes a screenplay in the form that its reader wants."""

from collections.abc import Callable, Iterator
from enum import StrEnum

from duanju.adapters.scripts.final_draft import write_final_draft
from duanju.screenplays import Screenplay, write_chinese, write_fountain


class ScriptForm(StrEnum):
    """The forms in which a screenplay is written."""

    CHINESE = "chinese"
    FOUNTAIN = "fountain"
    FINAL_DRAFT = "final-draft"

    @property
    def suffix(self) -> str:
        """How files of this form are called."""
        return _SUFFIXES[self]


_SUFFIXES = {
    ScriptForm.CHINESE: ".txt",
    ScriptForm.FOUNTAIN: ".fountain",
    ScriptForm.FINAL_DRAFT: ".fdx",
}
_WRITERS: dict[ScriptForm, Callable[[Screenplay], Iterator[str]]] = {
    ScriptForm.CHINESE: write_chinese,
    ScriptForm.FOUNTAIN: write_fountain,
    ScriptForm.FINAL_DRAFT: write_final_draft,
}


def write_script(screenplay: Screenplay, form: ScriptForm) -> Iterator[str]:
    """Yield the text of a screenplay in a form, by lines that have their ends."""
    for line in _WRITERS[form](screenplay):
        yield line + "\n"
