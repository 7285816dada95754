"""The line that says who speaks, where speech stands below it: `LIN SUAN (O.S.) ^`."""

import re

from duanju.screenplays.elements import Element, ElementKind, Voice
from duanju.screenplays.speeches import voice_named

CUE = re.compile(r"(?P<name>[^()^]+?)\s*(?P<extensions>(?:\([^()]*\)\s*)*)(?P<dual>\^)?\s*")
PARENTHETICAL = re.compile(r"\((?P<manner>[^()]*)\)")

_VOICES = {Voice.ON_SCREEN: "", Voice.OFF_SCREEN: " (O.S.)", Voice.VOICE_OVER: " (V.O.)"}


def read_cue(text: str) -> Element:
    """Return the speech, yet without words, that a line with a name begins.

    Example:
        >>> cue = read_cue("LIN SUAN (V.O.) (CONT'D)")
        >>> cue.speaker, cue.voice.value, cue.extension
        ('LIN SUAN', 'voice_over', "CONT'D")
    """
    match = CUE.fullmatch(text)
    if match is None:
        return Element(kind=ElementKind.SPEECH, speaker=text.strip())
    voice, others = Voice.ON_SCREEN, []
    for extension in PARENTHETICAL.findall(match["extensions"]):
        named = voice_named(extension)
        voice = named or voice
        if named is None:
            others.append(extension.strip())
    return Element(
        kind=ElementKind.SPEECH,
        speaker=match["name"].strip(),
        voice=voice,
        extension="，".join(others),
        dual=bool(match["dual"]),
    )


def write_cue(element: Element) -> str:
    """Return the line that `read_cue` reads as this speech without its words."""
    extensions = "".join(f" ({part})" for part in element.extension.split("，") if part)
    dual = " ^" if element.dual else ""
    return f"{element.speaker}{_VOICES[element.voice]}{extensions}{dual}"
