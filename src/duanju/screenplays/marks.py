"""What a Chinese script marks by words and signs, line by line.

Each mark is known on both sides: the reader of each format asks `recognise` what a line is, and a
writer asks `marked` how to write what its own format has no sign for.
"""

import re

from duanju.screenplays.elements import Element, ElementKind
from duanju.screenplays.headings import heading_element
from duanju.screenplays.numerals import NUMERAL, read_numeral

ACTION_SIGNS = "△▲∆Δ▽▼"
"""The triangles before an action; all of them occur in real files."""

BRACKET_WORDS: dict[ElementKind, str] = {
    ElementKind.CAPTION: "字幕",
    ElementKind.NOTE: "注",
    ElementKind.SYNOPSIS: "梗概",
    ElementKind.SECTION: "段落",
    ElementKind.OMITTED: "删去",
    ElementKind.LYRIC: "歌词",
    ElementKind.CENTRED: "居中",
    ElementKind.TRANSITION: "转场",
    ElementKind.FRONT_MATTER: "卷首",
    ElementKind.FIELD: "扉页",
    ElementKind.CAST: "人物",
    ElementKind.UNKNOWN: "未识别",
    ElementKind.ACTION: "动作",
    ElementKind.HEADING: "场景",
}
"""How a bracket says what it holds: 【字幕：六年前】."""

_KINDS = {word: kind for kind, word in BRACKET_WORDS.items()} | {
    "出场人物": ElementKind.CAST,
    "登场人物": ElementKind.CAST,
    "字": ElementKind.CAPTION,
}
_EPISODE = re.compile(
    rf"[【\[(（]?\s*(?:第\s*(?P<number>{NUMERAL})\s*[集话回]|(?:EP|EPISODE)\.?\s*(?P<english>\d{{1,6}}))"
    r"\s*[】\])）]?(?:\s*[：:、.．·\-—\s]\s*(?P<title>.{0,60}))?",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(rf".*[。！？]|第\s*{NUMERAL}\s*场.*")
_END = re.compile(
    rf"[【\[(（—\-\s]*(?:本集完|本集结束|全剧终|剧终|第\s*{NUMERAL}\s*集\s*[·.]?\s*(?:完|结束)|完)[】\])）—\-\s.。]*"
)
_FLASHBACK = re.compile(
    r"(?:闪回|插入回忆|回忆)(?:开始)?(?:[：:]\s*(?P<text>.*))?|(?:BEGIN )?FLASHBACK:?(?P<english>)"
)
_FLASHBACK_END = re.compile(
    r"(?:闪回|回忆)(?:结束|完|毕)|(?:切)?回到?现实|闪回出|END (?:OF )?FLASHBACK\.?"
)
_BRACKET = re.compile(r"【(?P<wide>(?:[^【】]|【[^【】]*】)*)】|\[(?P<narrow>[^\[\]]*)\]")
_LABELLED = re.compile(r"(?P<word>[^：:]{1,6})[：:](?P<text>.*)")
_CAST = re.compile(r"[【\[]?(?:出场|登场|本场)?(?:人物|角色)\s*[：:]\s*(?P<people>.*?)[】\]]?")
_CAPTION = re.compile(r"(?:字幕|画面字幕|屏幕字幕|CAPTION|SUPER)\s*[：:]\s*(?P<text>.*)")
_PEOPLE_GAP = re.compile(r"[、，,;；/／\s\u3000]+")
_TRANSITION = re.compile(
    r"(?:切至|切到|切|淡入|淡出|叠化|黑场|转场|闪白|闪黑|渐隐|渐显)(?:[。.：:]|$)|"
    r"[A-Z ]{2,24} TO:|FADE (?:IN|OUT)[.:]|CUT TO BLACK\.?"
)


def recognise(text: str) -> Element | None:
    """Return what a line is by the marks of the trade; none where it bears none.

    Episodes, ends, brackets, cast lists, captions, transitions and actions with their triangle are
    marked. Headings and speech are not: they have a grammar of their own.

    Args:
        text: A line without space around it.

    Example:
        >>> recognise("【字幕：六年前】").text
        '六年前'
        >>> recognise("第十二集：约法三章").number
        12
        >>> recognise("人物：林算、沈曼").people
        ('林算', '沈曼')
    """
    first = text[0]
    if first in ACTION_SIGNS:
        return Element(kind=ElementKind.ACTION, text=text[1:].strip())
    if first in "【[" and (bracket := _BRACKET.fullmatch(text)):
        inside = bracket["wide"] if first == "【" else bracket["narrow"]
        return _episode(text) or _end(text) or _in_bracket(inside.strip())
    for read in (_episode, _end, _cast, _caption, _flashback, _transition):
        element = read(text)
        if element is not None:
            return element
    return None


def marked(element: Element) -> str:
    """Return the line that says what an element is, where a format has no sign of its own.

    `recognise(marked(element))` gives the element again, but for its place.
    """
    kind = element.kind
    if kind is ElementKind.EPISODE:
        return f"第{element.number}集" + (f"：{element.text}" if element.text else "")
    fixed = {
        ElementKind.EPISODE_END: "本集完",
        ElementKind.FLASHBACK_END: "【闪回结束】",
        ElementKind.PAGE_BREAK: "【换页】",
    }
    if kind in fixed:
        return fixed[kind]
    if kind is ElementKind.FLASHBACK_START:
        return f"【闪回：{element.text}】" if element.text else "【闪回】"
    if kind is ElementKind.DIRECTION:
        return f"【{element.text or '空行'}】"
    if kind is ElementKind.FIELD:
        return f"【扉页：{element.speaker}：{element.text}】"
    text = "、".join(element.people) if kind is ElementKind.CAST else element.text
    return f"【{BRACKET_WORDS[kind]}：{text}】"


def _episode(text: str) -> Element | None:
    if text[0] not in "第【[(（Ee":
        return None
    match = _EPISODE.fullmatch(text)
    if match is None:
        return None
    title = (match["title"] or "").strip()
    number = read_numeral(match["number"] or match["english"])
    if number is None or title in {"完", "结束"} or _NO_TITLE.fullmatch(title):
        return None
    return Element(kind=ElementKind.EPISODE, number=number, text=title)


def _end(text: str) -> Element | None:
    if len(text) <= 16 and _END.fullmatch(text):
        return Element(kind=ElementKind.EPISODE_END)
    return None


def _cast(text: str) -> Element | None:
    match = _CAST.fullmatch(text)
    if match is None:
        return None
    return Element(kind=ElementKind.CAST, people=_people(match["people"]))


def _people(text: str) -> tuple[str, ...]:
    return tuple(name for name in _PEOPLE_GAP.split(text.rstrip("。.")) if name)


def _caption(text: str) -> Element | None:
    match = _CAPTION.fullmatch(text)
    return Element(kind=ElementKind.CAPTION, text=match["text"].strip()) if match else None


def _transition(text: str) -> Element | None:
    if len(text) <= 30 and _TRANSITION.fullmatch(text):
        return Element(kind=ElementKind.TRANSITION, text=text)
    return None


def _in_bracket(inside: str) -> Element:
    if inside == "换页":
        return Element(kind=ElementKind.PAGE_BREAK)
    if inside == "空行":
        return Element(kind=ElementKind.DIRECTION)
    flashback = _flashback(inside)
    if flashback is not None:
        return flashback
    labelled = _LABELLED.fullmatch(inside)
    kind = _KINDS.get(labelled["word"].strip()) if labelled else None
    if labelled is None or kind is None:
        return Element(kind=ElementKind.DIRECTION, text=inside)
    return _labelled(kind, labelled["text"].strip())


def _labelled(kind: ElementKind, text: str) -> Element:
    if kind is ElementKind.CAST:
        return Element(kind=kind, people=_people(text))
    if kind is ElementKind.HEADING:
        return heading_element(text)
    if kind is ElementKind.FIELD:
        key, _, value = text.partition("：")
        return Element(kind=kind, speaker=key.strip(), text=value.strip())
    return Element(kind=kind, text=text)


def _flashback(text: str) -> Element | None:
    if _FLASHBACK_END.fullmatch(text):
        return Element(kind=ElementKind.FLASHBACK_END)
    flashback = _FLASHBACK.fullmatch(text)
    if flashback is None:
        return None
    words = (flashback["text"] or flashback["english"] or "").strip()
    return Element(kind=ElementKind.FLASHBACK_START, text=words)
