"""Screenplays as files: Fountain, Final Draft, Word, PDF and plain text."""

from duanju.adapters.scripts.keeping import decode_reading, encode_reading
from duanju.adapters.scripts.limits import Refused
from duanju.adapters.scripts.reading import SCRIPT_SUFFIXES, read_script
from duanju.adapters.scripts.texts import read_text_lines
from duanju.adapters.scripts.writing import ScriptForm, write_script

__all__ = [
    "SCRIPT_SUFFIXES",
    "Refused",
    "ScriptForm",
    "decode_reading",
    "encode_reading",
    "read_script",
    "read_text_lines",
    "write_script",
]
