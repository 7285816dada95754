"""Screenplays for tests, and how they are shown."""

from dataclasses import replace

from hypothesis import strategies as st

from duanju.screenplays import Element, ElementKind, Screenplay, Voice, episodes_of, heading_element


def shown(script: Screenplay) -> str:
    """Return what was read, a line an element, then episodes and problems."""
    lines = [_element(element) for element in script.elements]
    lines += [
        f"episode {each.number} {each.title!r}: {len(each.scenes)} scenes"
        for each in episodes_of(script)
    ]
    lines += [f"problem {each.where.line} {each.code}" for each in script.problems]
    return "\n".join(lines) + "\n"


def _element(element: Element) -> str:
    parts = [f"{element.line:>3} {element.kind.value}"]
    if element.number is not None:
        parts.append(f"#{element.number}")
    if element.speaker:
        parts.append(f"{element.speaker}|{element.voice.value}|{element.manner}")
    if element.heading is not None:
        heading = element.heading
        found = (heading.episode, heading.scene, heading.day_part, heading.setting)
        parts.append("/".join(str(part or "-") for part in found) + f"@{heading.location}")
    if element.people:
        parts.append("+".join(element.people))
    if element.text and element.heading is None:
        parts.append(repr(element.text))
    return " ".join(parts)


def without_places(script: Screenplay) -> list[Element]:
    """Return the elements as if all stood on no line."""
    return [replace(element, line=0, line_count=1) for element in script.elements]


NAMES = st.sampled_from(["林算", "沈曼", "顾衡", "MAN", "DR. GU", "Lin Suan", "老丁", "周小满"])
WORDS = st.text(
    alphabet="一分不差账上六年前雨停了 abcXYZ,.!'-，。！？…“”0123", min_size=1, max_size=30
).map(str.strip)
SAID = WORDS.filter(bool)
PLAIN = SAID.filter(lambda text: text[0] not in "0123-.!" and "/*" not in text)
"""What no sign begins; whatever else it may look like, writers must keep it apart."""


def speeches() -> st.SearchStrategy[Element]:
    """Return speeches of one to three lines, of every voice."""
    return st.builds(
        Element,
        kind=st.just(ElementKind.SPEECH),
        speaker=NAMES,
        voice=st.sampled_from(Voice),
        manner=st.sampled_from(["", "低声", "beat"]),
        extension=st.sampled_from(["", "CONT'D"]),
        dual=st.booleans(),
        text=st.lists(PLAIN, min_size=1, max_size=3).map("\n".join),
    )


def worded(kind: ElementKind) -> st.SearchStrategy[Element]:
    """Return elements of a kind that have words and nothing else."""
    return PLAIN.map(lambda text: Element(kind=kind, text=text))


HEADINGS = st.sampled_from(
    [
        "1-1 日 内 财务部",
        "场1-2 江边 夜 外",
        "INT. FINANCE - NIGHT",
        "EXT. RIVER - DAWN #12A#",
        "第3场 黄昏 内外 医院",
        "A PLACE WITHOUT ANYTHING",
    ]
).map(heading_element)


def elements() -> st.SearchStrategy[Element]:
    """Return elements of a drama's body, of every kind that a form must keep."""
    kinds = [
        ElementKind.ACTION,
        ElementKind.CAPTION,
        ElementKind.NOTE,
        ElementKind.SYNOPSIS,
        ElementKind.SECTION,
        ElementKind.LYRIC,
        ElementKind.CENTRED,
        ElementKind.TRANSITION,
        ElementKind.OMITTED,
        ElementKind.FLASHBACK_START,
    ]
    fixed = [ElementKind.EPISODE_END, ElementKind.FLASHBACK_END, ElementKind.PAGE_BREAK]
    return st.one_of(
        *(worded(kind) for kind in kinds),
        st.sampled_from([Element(kind=kind) for kind in fixed]),
        speeches(),
        HEADINGS,
        st.lists(st.sampled_from(["林算", "沈曼", "众会计"]), max_size=3, unique=True).map(
            lambda people: Element(kind=ElementKind.CAST, people=tuple(people))
        ),
        st.integers(1, 120).map(
            lambda number: Element(kind=ElementKind.EPISODE, number=number, text="差一分")
        ),
    )


def screenplays() -> st.SearchStrategy[Screenplay]:
    """Return screenplays that begin with a scene."""
    head = [
        Element(kind=ElementKind.EPISODE, number=1, text="差一分"),
        heading_element("1-1 日 内 财务部"),
        Element(kind=ElementKind.ACTION, text="算盘一响"),
    ]
    bodies = st.lists(elements(), max_size=12)
    return bodies.map(lambda body: Screenplay(elements=(*head, *body)))
