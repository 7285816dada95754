"""Screenplays: script formats → scenes → evidence; readers' scores → a calibrated grade."""

from duanju.screenplays.checking import check_structure
from duanju.screenplays.chinese import read_chinese
from duanju.screenplays.chinese_writing import write_chinese
from duanju.screenplays.cues import read_cue, write_cue
from duanju.screenplays.elements import (
    DayPart,
    Element,
    ElementKind,
    Heading,
    Screenplay,
    Setting,
    Voice,
)
from duanju.screenplays.forms import begins_line, is_chinese_form
from duanju.screenplays.fountain import read_fountain
from duanju.screenplays.fountain_writing import write_fountain
from duanju.screenplays.headings import heading_element
from duanju.screenplays.marks import marked, recognise
from duanju.screenplays.structure import Scene, ScriptEpisode, episodes_of

__all__ = [
    "DayPart",
    "Element",
    "ElementKind",
    "Heading",
    "Scene",
    "Screenplay",
    "ScriptEpisode",
    "Setting",
    "Voice",
    "begins_line",
    "check_structure",
    "episodes_of",
    "heading_element",
    "is_chinese_form",
    "marked",
    "read_chinese",
    "read_cue",
    "read_fountain",
    "recognise",
    "write_chinese",
    "write_cue",
    "write_fountain",
]
