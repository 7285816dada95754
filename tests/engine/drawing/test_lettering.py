"""Text breaks where a reader expects it, and Chinese is drawn without an installed font."""

import pytest
from PIL import Image

from duanju.kernel import Text
from duanju_web.demo.drawing import load_stories
from duanju_web.demo.drawing.lettering import letter_lines, typeface, wrap
from duanju_web.demo.drawing.plates import draw_caption

MISSING = "\U0010fffd"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("你好", 10, ("你好",)),
        ("送外卖的，谁准你走贵宾电梯", 10, ("送外卖的，", "谁准你走贵宾电梯")),
        ("他说：“走。”然后走了", 5, ("他说：", "“走。”", "然后走了")),
        ("一二三四五六七八", 5, ("一二三四", "五六七八")),
        ("一二三四五，", 5, ("一二三", "四五，")),
        ("Who let a courier use this lift", 16, ("Who let a", "courier use", "this lift")),
        ("unbreakable", 4, ("unbreakable",)),
        ("", 4, ()),
    ],
)
def test_text_breaks_evenly_and_never_before_a_closing_mark(
    text: str, width: int, lines: tuple[str, ...]
) -> None:
    assert wrap(text, width=width, measure=len) == lines


def drawn(text: str, *, hand: str) -> bytes:
    picture = Image.new("L", (64, 64))
    letter_lines(
        picture, lines=(text,), centre=32, top=4, hand=hand, size=40, colour="#ffffff"
    )  # fmt: skip
    return picture.tobytes()


@pytest.mark.parametrize("hand", ["sans", "serif"])
def test_every_letter_of_the_stories_is_in_the_typeface(hand: str) -> None:
    missing = typeface(hand=hand, size=20).getmask(MISSING)
    used = {
        letter
        for story in load_stories()
        for text in [story.name, story.tagline, *(episode.hook for episode in story.episodes)]
        for letter in text["zh-Hans"]
    }
    boxes = {
        letter
        for letter in used
        if bytes(typeface(hand=hand, size=20).getmask(letter)) == bytes(missing)
    }
    assert boxes == set()


@pytest.mark.parametrize("hand", ["sans", "serif"])
def test_chinese_is_drawn_and_not_as_empty_boxes(hand: str) -> None:
    blank = bytes(64 * 64)
    pictures = [drawn(letter, hand=hand) for letter in ("短", "剧", MISSING)]
    assert blank not in pictures
    assert len(set(pictures)) == 3


def test_caption_fits_the_screen_in_both_languages() -> None:
    story = load_stories()[0]
    text = Text({"zh-Hans": "一" * 40, "en": "word " * 30})
    caption = draw_caption(
        text=text, speaker="陆川", size=(360, 640), palette=story.palette, thought=False
    )
    assert caption.width == 360
    box = caption.getchannel("A").getbbox()
    assert box is not None
    assert box[0] >= 8
    assert box[2] <= 352
