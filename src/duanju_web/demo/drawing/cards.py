"""The cards between pictures: title, thing shown alone, and the question at the end."""

import math

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from duanju_web.demo.drawing.characters import render_svg
from duanju_web.demo.drawing.lettering import letter_lines, typeface, wrap
from duanju_web.demo.drawing.palette import Palette, legible_on, lighter, rgb
from duanju_web.demo.drawing.props import draw_prop
from duanju_web.demo.drawing.story import Episode, Story


def dim(picture: Image.Image, *, palette: Palette, share: float, blur: float) -> Image.Image:
    """Return a picture out of focus and sunk into the story's ink.

    Args:
        picture: RGB.
        palette: The story's.
        share: Of the ink, 0 to 1.
        blur: Radius in pixels.
    """
    small = picture.resize((max(1, picture.width // 4), max(1, picture.height // 4)))
    soft = small.filter(ImageFilter.GaussianBlur(blur / 4)).resize(
        picture.size, Image.Resampling.BICUBIC
    )
    rich = ImageEnhance.Color(soft).enhance(1.25)
    return Image.blend(rich, Image.new("RGB", picture.size, rgb(palette.ink)), share)


def draw_title(*, story: Story, episode: Episode, size: tuple[int, int]) -> Image.Image:
    """Return the lettering of the title card, transparent elsewhere."""
    width, height = size
    short, palette = min(size), story.palette
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    large = round(short * (0.128 if len(story.name["zh-Hans"]) <= 6 else 0.108))
    room = width * 0.84
    chinese = wrap(
        story.name["zh-Hans"],
        width=room,
        measure=typeface(hand=story.lettering, size=large).getlength,
    )
    small = round(short * 0.04)
    top = height * 0.4 - len(chinese) * large * 0.6
    _number(picture, episode.number, top - short * 0.155, palette)
    top = letter_lines(
        picture,
        lines=chinese,
        centre=width / 2,
        top=top,
        hand=story.lettering,
        size=large,
        colour="#ffffff",
        weight=20,
        leading=1.24,
        spacing=0.06,
    )
    english = wrap(
        story.name["en"].upper(),
        width=room * 0.86,
        measure=lambda text: typeface(hand="sans", size=small).getlength(text) * 1.25,
    )
    top = letter_lines(
        picture,
        lines=english,
        centre=width / 2,
        top=top + short * 0.025,
        hand="sans",
        size=small,
        colour=lighter(palette.glow, share=0.25),
        weight=12,
        spacing=0.16,
        leading=1.45,
    )
    _rule(picture, top + short * 0.045, palette)
    _episode_name(picture, story, episode, top + short * 0.085)
    return picture


def _episode_name(picture: Image.Image, story: Story, episode: Episode, top: float) -> None:
    width, short = picture.width, min(picture.size)
    top = letter_lines(
        picture,
        lines=(episode.name["zh-Hans"],),
        centre=width / 2,
        top=top,
        hand=story.lettering,
        size=round(short * 0.056),
        colour="#ffffff",
        weight=14,
    )
    letter_lines(
        picture,
        lines=(episode.name["en"],),
        centre=width / 2,
        top=top + short * 0.005,
        hand="sans",
        size=round(short * 0.034),
        colour="#d9d6e2",
    )


def _number(picture: Image.Image, number: int, top: float, palette: Palette) -> None:
    short = min(picture.size)
    letter = round(short * 0.034)
    text = f"第 {number} 集 · EPISODE {number}"
    wide = typeface(hand="sans", size=letter).getlength(text) + letter * 2
    left = (picture.width - wide) / 2
    ImageDraw.Draw(picture).rounded_rectangle(
        (left, top, left + wide, top + letter * 2), radius=letter, fill=(*rgb(palette.accent), 255)
    )
    letter_lines(
        picture,
        lines=(text,),
        centre=picture.width / 2,
        top=top + letter * 0.26,
        hand="sans",
        size=letter,
        colour=legible_on(palette.accent, dark=palette.ink),
        weight=16,
    )


def _rule(picture: Image.Image, y: float, palette: Palette) -> None:
    pen, middle, half = ImageDraw.Draw(picture), picture.width / 2, min(picture.size) * 0.16
    thick = max(1, round(min(picture.size) / 360))
    colour = (*rgb(palette.glow), 255)
    pen.line((middle - half, y, middle - half * 0.16, y), fill=colour, width=thick)
    pen.line((middle + half * 0.16, y, middle + half, y), fill=colour, width=thick)
    r = half * 0.06
    pen.polygon([(middle, y - r), (middle + r, y), (middle, y + r), (middle - r, y)], fill=colour)


def draw_hook(*, story: Story, episode: Episode, size: tuple[int, int]) -> Image.Image:
    """Return the lettering of the last card: the open question, and that it goes on."""
    width, height = size
    short, palette = min(size), story.palette
    last = episode.number == len(story.episodes)
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    large, small = round(short * 0.084), round(short * 0.041)
    room = width * (0.82 if height > width else 0.66)
    chinese = wrap(
        episode.hook["zh-Hans"],
        width=room,
        measure=typeface(hand=story.lettering, size=large).getlength,
    )
    english = wrap(
        episode.hook["en"], width=room, measure=typeface(hand="sans", size=small).getlength
    )
    inside = len(chinese) * large * 1.34 + len(english) * small * 1.4
    top = height * 0.44 - inside / 2
    _rule(picture, top - short * 0.06, palette)
    top = letter_lines(
        picture,
        lines=chinese,
        centre=width / 2,
        top=top,
        hand=story.lettering,
        size=large,
        colour="#ffffff",
        weight=22,
        leading=1.34,
    )
    top = letter_lines(
        picture,
        lines=english,
        centre=width / 2,
        top=top + short * 0.02,
        hand="sans",
        size=small,
        colour="#dcd8e6",
        leading=1.4,
    )
    label = "第一季完 · END OF SEASON ONE" if last else "未完待续 · TO BE CONTINUED"
    letter_lines(
        picture,
        lines=(label,),
        centre=width / 2,
        top=top + short * 0.06,
        hand="sans",
        size=round(short * 0.036),
        colour=lighter(palette.accent, share=0.2),
        weight=22,
        spacing=0.08,
    )
    return picture


def draw_thing(*, prop: str, palette: Palette, size: tuple[int, int]) -> Image.Image:
    """Return one thing alone in a ring of light, transparent elsewhere."""
    scale = min(size) / 400
    rays = "".join(
        f'<path d="M0 0L-7 -330L7 -330Z" fill="url(#ray)" transform="rotate({turn})"/>'
        for turn in range(0, 360, 20)
    )
    svg = (
        f'<radialGradient id="ray" gradientUnits="userSpaceOnUse" cx="0" cy="0" r="195">'
        f'<stop offset="0.3" stop-color="{palette.glow}" stop-opacity="0.26"/><stop offset="1" '
        f'stop-color="{palette.glow}" stop-opacity="0"/></radialGradient>'
        f'<radialGradient id="halo"><stop offset="0" stop-color="{palette.glow}" '
        'stop-opacity="0.85"/><stop offset="0.5" '
        f'stop-color="{palette.glow}" stop-opacity="0.25"/><stop offset="1" '
        f'stop-color="{palette.glow}" stop-opacity="0"/></radialGradient>{rays}'
        '<circle r="190" fill="url(#halo)"/><ellipse cx="0" cy="150" rx="90" ry="12" fill="#000" '
        f'opacity="0.3"/>{draw_prop(prop=prop, accent=palette.accent)}'
    )
    return render_svg(svg, box=(-200, -200, 200, 200), scale=scale)


def draw_speed_lines(*, size: tuple[int, int], palette: Palette, variant: int) -> Image.Image:
    """Return lines that run to the middle, for the moment in which the story turns.

    Args:
        size: Width and height in pixels.
        palette: The story's.
        variant: Other lines for another number.
    """
    width, height = size
    reach = math.hypot(width, height)
    drawn = []
    for index in range(64):
        turn = index * 360 / 64 + (index * 37 + variant * 11) % 5
        near = 0.27 + (index * 53 + variant * 29) % 17 / 90
        wide = 5 + (index * 31 + variant * 7) % 22
        colour = "#ffffff" if index % 3 else palette.accent
        drawn.append(
            f'<path d="M{reach * near:.0f} 0L{reach:.0f} {-wide}V{wide}Z" fill="{colour}" '
            f'opacity="0.5" transform="translate({width / 2} {height * 0.42:.0f}) '
            f'rotate({turn:.1f})"/>'
        )
    return render_svg("".join(drawn), box=(0, 0, width, height), scale=1.0)
