"""The heading of a scene, in whichever order its parts stand.

Source: about twenty Chinese short-drama scripts, in which the number of the scene, the time of
day, inside or outside, and the place come in every order, with full-width spaces, dashes or commas
between them; and Fountain's syntax for English headings (fountain.io/syntax).
"""

import re
from dataclasses import dataclass

from duanju.screenplays.elements import DayPart, Element, ElementKind, Heading, Setting
from duanju.screenplays.numerals import NUMERAL, read_numeral

DAY_PARTS: dict[str, DayPart] = {
    **dict.fromkeys(("日", "白天", "日间", "上午", "中午", "正午", "下午", "午后"), DayPart.DAY),
    **dict.fromkeys(("夜", "夜晚", "夜间", "晚", "晚上", "深夜", "半夜", "午夜"), DayPart.NIGHT),
    **dict.fromkeys(("晨", "清晨", "早", "早晨", "早上", "凌晨", "黎明", "拂晓"), DayPart.DAWN),
    **dict.fromkeys(("昏", "黄昏", "傍晚", "日暮"), DayPart.DUSK),
    **dict.fromkeys(("DAY", "MORNING", "AFTERNOON", "NOON"), DayPart.DAY),
    **dict.fromkeys(("NIGHT", "EVENING", "MIDNIGHT"), DayPart.NIGHT),
    **dict.fromkeys(("DAWN", "SUNRISE"), DayPart.DAWN),
    **dict.fromkeys(("DUSK", "SUNSET"), DayPart.DUSK),
}
"""The words for a time of day that are understood, and what each means to a schedule."""

SETTINGS: dict[str, Setting] = {
    **dict.fromkeys(("内", "室内", "内景"), Setting.INTERIOR),
    **dict.fromkeys(("外", "室外", "外景"), Setting.EXTERIOR),
    **dict.fromkeys(("内外", "外内", "内/外", "外/内", "内／外", "外／内"), Setting.BOTH),
}

_SCENE_NUMBER = re.compile(
    rf"(?:\[?场\]?|场景|SC\.?)?\s*"
    rf"(?:第?\s*(?P<episode>{NUMERAL})\s*(?:[-－–—_.．]|集[\s\u3000]*(?=第))\s*)?第?\s*"
    rf"(?P<scene>{NUMERAL}[A-Za-z]?)\s*(?P<unit>场(?:景)?(?!\S*[：:]))?(?=$|[\s、.．，,:：]|[日夜晨内外])",
    re.IGNORECASE,
)
_GAP = re.compile(r"[\s\u3000、，,·|｜]+")
_TIME_AND_SETTING = re.compile(
    r"(?P<time>清晨|黄昏|傍晚|凌晨|深夜|日|夜|晨|晚|昏)(?P<setting>内外|外内|内/外|内|外|内景|外景)"
)
_SETTING_AND_TIME = re.compile(
    r"(?P<setting>内外|外内|内/外|内景|外景|内|外)(?P<time>清晨|黄昏|傍晚|凌晨|深夜|日|夜|晨|晚|昏)"
)
_ENGLISH = re.compile(
    r"(?P<setting>INT\.?/EXT|EXT\.?/INT|I/E|INT|EXT|EST)[. ]+\s*(?P<rest>\S.*)", re.IGNORECASE
)
_ENGLISH_TIME = re.compile(r"\s+[-–—]+\s+(?P<time>[^-–—]+)$")
_NUMBER_BEHIND = re.compile(r"\s*#(?P<scene>[A-Za-z0-9.-]{1,12})#$")
_JOINED = re.compile(r"[-－–—/／]")
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class ReadHeading:
    """A heading and what is missing in it.

    Attributes:
        heading: As far as it could be read.
        missing: Of `time`, `setting` and `location`, those not found.
    """

    heading: Heading
    missing: tuple[str, ...] = ()


def read_heading(text: str) -> ReadHeading | None:
    """Return the heading that a line is; none where it is no heading.

    A line is a heading if it begins with the number of a scene, or names a time of day and whether
    it plays inside or outside, each as a word of its own. What it lacks is told.

    Args:
        text: A line without marks of emphasis and without space around it.

    Example:
        >>> read_heading("1-2 夜 外 江边").heading.location
        '江边'
        >>> read_heading("3-1 财务部").missing
        ('time', 'setting')
        >>> read_heading("他从外面进来。") is None
        True
    """
    if not text or len(text) > _LONGEST or text[-1] in "。！？!?…；;":
        return None
    english = _ENGLISH.match(text)
    if english is not None:
        return ReadHeading(_read_english(english))
    number = _SCENE_NUMBER.match(text)
    rest = text[number.end() :] if number is not None else text
    words = [word for word in _GAP.split(rest.strip(" .．、：:\u3000")) if word]
    time, setting, places = _sort_words(words)
    if not _is_heading(number, time, setting, rest):
        return None
    heading = Heading(
        episode=read_numeral(number["episode"] or "") if number else None,
        scene=_scene_of(number),
        day_part=DAY_PARTS.get(time.upper()),
        time_words=time,
        setting=SETTINGS.get(setting),
        location=" ".join(places),
    )
    return ReadHeading(heading, _missing(heading))


def heading_element(text: str) -> Element:
    """Return the element of a line that is known to be a heading, however it is written."""
    found = read_heading(text)
    heading = found.heading if found else read_english_heading(text)
    return Element(kind=ElementKind.HEADING, text=text, heading=heading)


def read_english_heading(text: str) -> Heading:
    """Return a heading that its format says is one: `INT. HOUSE - DAY`, or a forced `.PLACE`."""
    english = _ENGLISH.match(text)
    return _read_english(english) if english else _with_time(text, None)


def _read_english(match: re.Match[str]) -> Heading:
    word = match["setting"].upper().replace(".", "")
    setting = {"INT": Setting.INTERIOR, "EXT": Setting.EXTERIOR, "EST": Setting.EXTERIOR}
    return _with_time(match["rest"].strip(), setting.get(word, Setting.BOTH))


def _with_time(text: str, setting: Setting | None) -> Heading:
    number = _NUMBER_BEHIND.search(text)
    text = text[: number.start()].rstrip() if number else text
    time = _ENGLISH_TIME.search(text)
    words = time["time"].strip() if time else ""
    return Heading(
        scene=number["scene"] if number else "",
        setting=setting,
        location=text[: time.start()] if time else text,
        time_words=words,
        day_part=DAY_PARTS.get(words.upper()),
    )


def _scene_of(number: re.Match[str] | None) -> str:
    if number is None:
        return ""
    scene = number["scene"]
    value = read_numeral(scene)
    return str(value) if value is not None else scene.upper()


def _sort_words(words: list[str]) -> tuple[str, str, list[str]]:
    time, setting, places = "", "", []
    for word in words:
        pair = _TIME_AND_SETTING.fullmatch(word) or _SETTING_AND_TIME.fullmatch(word)
        if pair is not None and not time and not setting:
            time, setting = pair["time"], pair["setting"]
        elif not setting and word in SETTINGS:
            setting = word
        elif not time and word.upper() in DAY_PARTS:
            time = word
        elif not time and not setting and (parts := _split_pair(word)):
            time, setting = parts
        else:
            places.append(word)
    return time, setting, places


def _split_pair(word: str) -> tuple[str, str] | None:
    """Return time and setting of 日-内 or 内/夜."""
    parts = _JOINED.split(word)
    if len(parts) != 2:
        return None
    for time, setting in (parts, parts[::-1]):
        if time.upper() in DAY_PARTS and setting in SETTINGS:
            return time, setting
    return None


def _is_heading(number: re.Match[str] | None, time: str, setting: str, rest: str) -> bool:
    if number is None:
        return bool(time and setting)
    if number["episode"] or number["unit"]:
        return not any(mark in rest for mark in "，。！？,!?") or bool(time and setting)
    return bool(time and setting)


def _missing(heading: Heading) -> tuple[str, ...]:
    found = {
        "time": heading.time_words,
        "setting": heading.setting,
        "location": heading.location,
    }
    return tuple(name for name, value in found.items() if not value)
