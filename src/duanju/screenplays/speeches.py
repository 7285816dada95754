"""Who says what, in one line: 名（情绪）：词, 名 OS：词, 名：（动作）词."""

import re

from duanju.screenplays.elements import Element, ElementKind, Voice

_NEVER_IN_NAMES = r"：:（）()【】\[\]，。！？!?；;…“”\"〔〕"
_NAME = rf"[^\s、{_NEVER_IN_NAMES}][^{_NEVER_IN_NAMES}\n]{{0,23}}?"
_SPEECH = re.compile(
    rf"(?P<name>{_NAME})"
    r"\s*(?P<voice>(?<![A-Za-z])(?:O\.?\s?S\.?|V\.?\s?O\.?|画外音|旁白|心声|独白))?"
    r"\s*(?:〔(?P<extension>[^〔〕]*)〕)?"
    r"\s*(?:[（(](?P<manner>[^（）()]*)[）)])?"
    r"\s*(?P<dual>&)?[：:]\s*(?P<words>.*)",
    re.IGNORECASE,
)
_VOICES = {
    "OS": Voice.OFF_SCREEN,
    "画外音": Voice.OFF_SCREEN,
    "VO": Voice.VOICE_OVER,
    "旁白": Voice.VOICE_OVER,
    "心声": Voice.VOICE_OVER,
    "独白": Voice.VOICE_OVER,
}
_NARRATORS = {"旁白": Voice.VOICE_OVER, "画外音": Voice.OFF_SCREEN}
_SIGNS = {Voice.ON_SCREEN: "", Voice.OFF_SCREEN: " OS", Voice.VOICE_OVER: " VO"}
_ONLY_MANNER = re.compile(r"\([^()]*\)")
_TIME_OF_DAY = re.compile(r"\d{1,2}")


def voice_named(words: str) -> Voice | None:
    """Return the voice that `O.S.`, VO or 画外音 names; none for other words."""
    return _VOICES.get(re.sub(r"[.\s]", "", words).upper())


def read_speech(text: str) -> Element | None:
    """Return the speech that a line is; none where nobody speaks.

    Example:
        >>> speech = read_speech("沈曼（头也不抬）：谁在响？")
        >>> speech.speaker, speech.manner, speech.text
        ('沈曼', '头也不抬', '谁在响？')
        >>> read_speech("林算 OS：差一分。").voice
        <Voice.OFF_SCREEN: 'off_screen'>
        >>> read_speech("林算（VO）：差一分。").voice
        <Voice.VOICE_OVER: 'voice_over'>
    """
    match = _SPEECH.fullmatch(text)
    if match is None:
        return None
    name, manner = match["name"].strip(), (match["manner"] or "").strip()
    if _TIME_OF_DAY.fullmatch(name[-2:].strip()) and match["words"][:1].isdigit():
        return None
    voice = voice_named(match["voice"] or "")
    if voice is None and manner and (named := _voice_in(manner)):
        voice, manner = named
    words = match["words"].strip()
    if not manner and _ONLY_MANNER.fullmatch(words):
        manner, words = words[1:-1].strip(), ""
    return Element(
        kind=ElementKind.SPEECH,
        speaker=name,
        voice=voice or _NARRATORS.get(name, Voice.ON_SCREEN),
        manner=manner,
        extension=(match["extension"] or "").strip(),
        dual=bool(match["dual"]),
        text=words,
    )


def write_speech(element: Element) -> str:
    """Return the line that `read_speech` reads as this speech, its words with their line breaks."""
    sign = "" if element.speaker in _NARRATORS else _SIGNS[element.voice]
    extension = f"〔{element.extension}〕" if element.extension else ""
    manner = f"（{element.manner}）" if element.manner else ""
    dual = "&" if element.dual else ""
    return f"{element.speaker}{sign}{extension}{manner}{dual}：{element.text}"


def _voice_in(manner: str) -> tuple[Voice, str] | None:
    """Return the voice that stands in the brackets, 林算（OS，低声）, and the rest of them."""
    first, _, rest = re.sub(r"[，,、/]", "，", manner).partition("，")
    voice = voice_named(first.strip())
    return (voice, rest.strip()) if voice else None
