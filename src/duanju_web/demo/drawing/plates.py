"""What is lettered over a picture: captions on a plate, bubbles, the label of AI-made work."""

from PIL import Image, ImageDraw

from duanju.kernel import Text
from duanju_web.demo.drawing.characters import render_svg
from duanju_web.demo.drawing.lettering import letter_lines, typeface, wrap
from duanju_web.demo.drawing.palette import Palette, legible_on, lighter, rgb

_PLATE_OPACITY = 178


def draw_caption(
    *, text: Text, speaker: str, size: tuple[int, int], palette: Palette, thought: bool
) -> Image.Image:
    """Return a caption for the whole width of a screen: Chinese large, English below.

    Args:
        text: In both languages.
        speaker: The name shown on the tab; empty for a narrator.
        size: Width and height of the screen in pixels.
        palette: The story's.
        thought: Whether the line is only thought; such captions are lettered in the serif hand.
    """
    width, short = size[0], min(size)
    large, small = round(short * 0.059), round(short * 0.0345)
    room = width * (0.84 if size[1] > width else 0.66)
    hand = "serif" if thought or not speaker else "sans"
    chinese = wrap(text["zh-Hans"], width=room, measure=typeface(hand=hand, size=large).getlength)
    english = wrap(text["en"], width=room, measure=typeface(hand="sans", size=small).getlength)
    inside = len(chinese) * large * 1.28 + len(english) * small * 1.32
    tab, padding = round(large * 0.52), round(large * 0.42)
    picture = Image.new("RGBA", (width, round(inside + padding * 2 + tab)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    widest = max(
        short * 0.3,
        *(typeface(hand=hand, size=large).getlength(line) for line in chinese),
        *(typeface(hand="sans", size=small).getlength(line) for line in english),
    )
    left = (width - widest) / 2 - large * 0.75
    box = (left, tab, width - left, picture.height - 1)
    pen.rounded_rectangle(box, radius=large * 0.42, fill=(*rgb(palette.ink), _PLATE_OPACITY))
    if speaker:
        _tab(picture, speaker, left + large * 0.5, round(small * 1.04), palette)
    top = letter_lines(
        picture,
        lines=chinese,
        centre=width / 2,
        top=tab + padding * 0.72,
        hand=hand,
        size=large,
        colour="#ffffff" if speaker else lighter(palette.glow, share=0.5),
        weight=16,
        leading=1.28,
    )
    letter_lines(
        picture,
        lines=english,
        centre=width / 2,
        top=top + small * 0.06,
        hand="sans",
        size=small,
        colour="#d9d6e2",
        leading=1.32,
    )
    return picture


def _tab(picture: Image.Image, name: str, left: float, size: int, palette: Palette) -> None:
    face = typeface(hand="sans", size=size)
    wide = face.getlength(name) + size * 1.2
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle(
        (left, 0, left + wide, size * 1.62), radius=size * 0.5, fill=(*rgb(palette.accent), 255)
    )
    letter_lines(
        picture,
        lines=(name,),
        centre=left + wide / 2,
        top=size * 0.06,
        hand="sans",
        size=size,
        colour=legible_on(palette.accent, dark=palette.ink),
        weight=22,
    )


def draw_bubble(*, text: Text, size: tuple[int, int], loud: bool, tail_left: bool) -> Image.Image:
    """Return a speech bubble with its tail at the bottom.

    Args:
        text: In both languages; a few words.
        size: Width and height of the screen in pixels.
        loud: Whether its edge is jagged.
        tail_left: Whether the tail points to the left.
    """
    short = min(size)
    large, small = round(short * 0.074), round(short * 0.033)
    chinese, english = text["zh-Hans"], text["en"]
    wide = max(
        typeface(hand="sans", size=large).getlength(chinese),
        typeface(hand="sans", size=small).getlength(english),
    )
    width, height = round(wide + large * 2.1), round(large * 2.9)
    picture = _stretched(width, height, loud=loud, tail_left=tail_left)
    letter_lines(
        picture,
        lines=(chinese,),
        centre=width / 2,
        top=height * 0.045,
        hand="sans",
        size=large,
        colour="#17131f",
        weight=20,
    )
    letter_lines(
        picture,
        lines=(english,),
        centre=width / 2,
        top=height * 0.49,
        hand="sans",
        size=small,
        colour="#5d5668",
        weight=12,
    )
    return picture


def _stretched(width: int, height: int, *, loud: bool, tail_left: bool) -> Image.Image:
    svg = (
        f'<g transform="scale({width / 300:.4f} {height / 200:.4f})">'
        + _bubble_svg(loud=loud, tail_left=tail_left)
        + "</g>"
    )
    return render_svg(svg, box=(0, 0, width, height), scale=1.0)


def _bubble_svg(*, loud: bool, tail_left: bool) -> str:
    tail = "M92 140L56 196L138 150Z" if tail_left else "M208 140L244 196L162 150Z"
    if loud:
        points = (
            "10,84 34,72 18,44 52,46 54,16 86,32 108,6 132,28 162,4 180,28 212,8 220,36 256,22 "
            "252,50 288,48 268,74 294,88 268,104 286,130 250,130 244,156 208,144 180,160 150,146 "
            "118,162 98,144 62,156 56,130 18,132 34,104"
        )
        body = f'<polygon points="{points}"'
    else:
        body = '<rect x="10" y="10" width="280" height="146" rx="66"'
    edge = 'stroke="#17131f" stroke-width="4.5" stroke-linejoin="round"'
    return (
        f'<g opacity="0.3" transform="translate(5 7)">{body} fill="#000"/></g>'
        f'<path d="{tail}" fill="#fff" {edge}/>{body} fill="#ffffff" {edge}/>'
        f'<path d="{tail}" fill="#fff" transform="translate(0 -6)"/>'
    )


def draw_ai_label(*, size: tuple[int, int]) -> Image.Image:
    """Return the label that AI-made work carries, in both languages."""
    letter = round(min(size) * 0.029)
    text = "AI 生成 · AI-made"
    width = typeface(hand="sans", size=letter).getlength(text) + letter * 1.4
    picture = Image.new("RGBA", (round(width), round(letter * 1.9)), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rounded_rectangle(
        (0, 0, picture.width - 1, picture.height - 1), radius=letter * 0.5, fill=(0, 0, 0, 110)
    )
    letter_lines(
        picture,
        lines=(text,),
        centre=picture.width / 2,
        top=letter * 0.2,
        hand="sans",
        size=letter,
        colour="#f4f4f8",
    )
    return picture
