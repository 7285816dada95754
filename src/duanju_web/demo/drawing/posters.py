"""Posters: key art for titles, with their names lettered in Chinese and English."""

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from duanju.kernel import Text
from duanju_web.demo.drawing.backgrounds import Background, paint_background
from duanju_web.demo.drawing.casting import GENRES, PALETTES, cast_for
from duanju_web.demo.drawing.characters import CHIN, Figure, Light, render_svg
from duanju_web.demo.drawing.lettering import letter_lines, typeface, wrap
from duanju_web.demo.drawing.palette import Palette, lighter, mix
from duanju_web.demo.drawing.story import Look, Story
from duanju_web.demo.drawing.weather import Weather


@dataclass(frozen=True, slots=True)
class _Art:
    name: Text
    tagline: Text | None
    palette: Palette
    place: str
    people: Sequence[tuple[Look, str]]
    arrangement: str
    hand: str
    upright_title: bool
    shape: str


_ARRANGEMENTS = ("lead", "facing", "distance", "behind")
_SHAPES = ("disc", "ring", "band", "arch", "none")
# X and y of the chin as shares of the poster, scale as a share of its height, facing left.
_PLACES: dict[str, tuple[tuple[float, float, float, bool], ...]] = {
    "lead": ((0.46, 0.55, 0.88, False),),
    "facing": ((0.25, 0.52, 0.8, False), (0.77, 0.5, 0.8, True)),
    "distance": ((0.5, 0.56, 0.52, False),),
    "behind": ((0.66, 0.46, 0.66, True), (0.37, 0.58, 0.8, False)),
}


def draw_poster(*, story: Story, size: tuple[int, int]) -> bytes:
    """Draw the poster of a story.

    Args:
        story: The story.
        size: Width and height in pixels, upright or lying.

    Returns:
        A PNG.
    """
    key = story.poster
    people = [
        (story.cast[name].look, feels) for name, feels in zip(key.people, key.feels, strict=True)
    ]
    return _png(
        _Art(
            name=story.name,
            tagline=story.tagline,
            palette=story.palette,
            place=key.place,
            people=people[::-1],
            arrangement="behind",
            hand=story.lettering,
            upright_title=story.genre == "historical",
            shape="none",
        ),
        size,
    )


def draw_plain_poster(*, name: Text, palette_seed: int, genre: str, size: tuple[int, int]) -> bytes:
    """Draw a poster for a title of which only name and genre are known.

    Neighbouring seeds differ in colours, arrangement, people and light, so a wall of posters made
    with 0, 1, 2 … does not repeat itself.

    Args:
        name: In Chinese and English.
        palette_seed: Chooses colours, people and arrangement.
        genre: A key of `casting.GENRES`; anything else is treated as `urban`.
        size: Width and height in pixels, upright or lying.

    Returns:
        A PNG; the same arguments give the same picture.
    """
    known = genre if genre in GENRES else "urban"
    chance = random.Random(f"poster {palette_seed} {known}")
    palette = PALETTES[palette_seed * 7 % len(PALETTES)]
    arrangement = _ARRANGEMENTS[palette_seed % len(_ARRANGEMENTS)]
    first_female = chance.random() < 0.6
    feels = chance.sample(("cold", "smirk", "firm", "tender", "sad", "smile"), 2)
    people = [
        (cast_for(genre=known, palette=palette, seed=palette_seed, female=female), feeling)
        for female, feeling in ((first_female, feels[0]), (not first_female, feels[1]))
    ]
    art = _Art(
        name=name,
        tagline=None,
        palette=palette,
        place=GENRES[known][palette_seed // 2 % len(GENRES[known])],
        people=people[: len(_PLACES[arrangement])],
        arrangement=arrangement,
        hand="serif"
        if known in {"historical", "fantasy", "romance", "family", "time_slip"}
        else chance.choice(("sans", "serif")),
        upright_title=known in {"historical", "fantasy"} and len(name["zh-Hans"]) <= 7,
        shape=_SHAPES[palette_seed * 3 % len(_SHAPES)],
    )
    return _png(art, size)


def _png(art: _Art, size: tuple[int, int]) -> bytes:
    background = paint_background(place=art.place, palette=art.palette, size=size, softness=3)
    picture = _scenery(background, size)
    shape = _behind(art, size)
    picture.paste(shape, (0, 0), shape)
    if background.weather not in {"none", "passing"}:
        Weather(kind=background.weather, size=size, palette=art.palette).fall_on(picture, drawing=0)
    for (look, feels), place in zip(art.people, _PLACES[art.arrangement], strict=False):
        _stand(picture, art, (look, feels), place, background.light)
    shade = _shade(art.palette, size)
    picture.paste(shade, (0, 0), shade)
    (_letter_upright if art.upright_title else _letter)(picture, art)
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


def _scenery(background: Background, size: tuple[int, int]) -> Image.Image:
    far = background.far.crop(
        (0, 0, round(background.far.height * size[0] / size[1]), background.far.height)
    )
    picture = far.resize(size, Image.Resampling.LANCZOS)
    if background.middle is not None:
        middle = background.middle.resize(size, Image.Resampling.LANCZOS)
        picture.paste(middle, (0, 0), middle)
    return picture


def _stand(
    picture: Image.Image,
    art: _Art,
    person: tuple[Look, str],
    place: tuple[float, float, float, bool],
    light: Light,
) -> None:
    width, height = picture.size
    x, y, scale, facing_left = place
    look, feels = person
    if art.upright_title:
        x, scale = x * 0.8 + 0.2, scale * 0.92
    if width > height:
        x, y, scale = 0.7 + (x - 0.5) * 0.55, y + 0.12, scale * 1.2
    size = scale * min(height, width * 1.5) / 640
    figure = Figure(
        look=look,
        scale=size,
        height=round(CHIN[1] + (1 - y) * height / size) + 20,
        light=light,
        facing_left=facing_left,
    )
    left, top = round(x * width - figure.chin[0]), round(y * height - figure.chin[1])
    body = figure.body()
    picture.paste(body.picture, (left + body.left, top + body.top), body.picture)
    head = figure.head(feels=feels, eyes_open=True, voice=0, tilt=-2 if facing_left else 2)
    picture.paste(head.picture, (left + head.left, top + head.top), head.picture)


def _behind(art: _Art, size: tuple[int, int]) -> Image.Image:
    width, height = size
    glow, accent = lighter(art.palette.glow, share=0.2), art.palette.accent
    x, y, r = width * 0.5, height * 0.36, min(size) * 0.4
    drawn = {
        "disc": f'<circle cx="{x}" cy="{y}" r="{r}" fill="{accent}" opacity="0.88"/>',
        "ring": f'<circle cx="{x}" cy="{y}" r="{r}" fill="none" stroke="{glow}" '
        f'stroke-width="{r * 0.05}"/><circle cx="{x}" cy="{y}" r="{r * 0.9}" fill="{glow}" '
        'opacity="0.16"/>',
        "band": f'<path d="M0 {height * 0.62}L{width} {height * 0.1}V{height * 0.34}L0 '
        f'{height * 0.86}Z" fill="{accent}" opacity="0.72"/>',
        "arch": f'<path d="M{x - r} {height}V{y}A{r} {r} 0 0 1 {x + r} {y}V{height}Z" '
        f'fill="{mix(art.palette.middle, glow, share=0.4)}" opacity="0.7"/>',
        "none": "",
    }[art.shape]
    return render_svg(drawn, box=(0, 0, width, height))


def _shade(palette: Palette, size: tuple[int, int]) -> Image.Image:
    width, height = size
    ink = palette.ink
    lying = width > height
    line = 'x1="1" y1="0" x2="0" y2="0"' if lying else 'x1="0" y1="0" x2="0" y2="1"'
    start = 0.38 if lying else 0.5
    return render_svg(
        f'<linearGradient id="b" {line}><stop offset="{start}" stop-color="{ink}" '
        f'stop-opacity="0"/><stop offset="0.86" stop-color="{ink}" stop-opacity="0.94"/>'
        f'<stop offset="1" stop-color="{ink}"/></linearGradient>'
        f'<radialGradient id="v" cx="0.5" cy="0.4" r="0.8"><stop offset="0.6" stop-color="{ink}" '
        f'stop-opacity="0"/><stop offset="1" stop-color="{ink}" stop-opacity="0.6"/>'
        f'</radialGradient><rect width="{width}" height="{height}" fill="url(#v)"/>'
        f'<rect width="{width}" height="{height}" fill="url(#b)"/>',
        box=(0, 0, width, height),
    )


def _letter(picture: Image.Image, art: _Art) -> None:
    width, height = picture.size
    lying, chinese = width > height, art.name["zh-Hans"]
    centre, room = (width * 0.27, width * 0.44) if lying else (width / 2, width * 0.88)
    large = round(min(room / max(3.6, min(len(chinese), 7) * 1.06), min(width, height) * 0.2))
    small = round(max(min(width, height) * 0.036, 9))
    lines = wrap(chinese, width=room, measure=typeface(hand=art.hand, size=large).getlength)
    english = wrap(
        art.name["en"].upper(),
        width=room * 0.96,
        measure=lambda text: typeface(hand="sans", size=small).getlength(text) * 1.2,
    )
    inside = len(lines) * large * 1.2 + len(english) * small * 1.45 + small * 2.6
    top = (height - inside) * 0.5 if lying else height * 0.96 - inside
    top = letter_lines(
        picture, lines=lines, centre=centre, top=top, hand=art.hand, size=large,
        colour="#ffffff", weight=22, leading=1.2,
    )  # fmt: skip
    top = letter_lines(
        picture, lines=english, centre=centre, top=top + small * 0.5, hand="sans", size=small,
        colour=lighter(art.palette.glow, share=0.25), weight=12, leading=1.45, spacing=0.14,
    )  # fmt: skip
    if art.tagline is not None:
        letter_lines(
            picture, lines=(art.tagline["zh-Hans"],), centre=centre, top=top + small * 0.35,
            hand="sans", size=small, colour="#d8d3e0",
        )  # fmt: skip


def _letter_upright(picture: Image.Image, art: _Art) -> None:
    width, height = picture.size
    chinese = art.name["zh-Hans"]
    large = round(min(width * 0.17, height * 0.62 / len(chinese)))
    x, top = (width * 0.13, height * 0.12) if width <= height else (width * 0.1, height * 0.1)
    shade = render_svg(
        f'<linearGradient id="u"><stop offset="0" stop-color="{art.palette.ink}" '
        f'stop-opacity="0.7"/><stop offset="1" stop-color="{art.palette.ink}" stop-opacity="0"/>'
        f'</linearGradient><rect width="{width * 0.3}" height="{height}" fill="url(#u)"/>',
        box=(0, 0, width, height),
    )
    picture.paste(shade, (0, 0), shade)
    letter_lines(
        picture, lines=tuple(chinese), centre=x, top=top, hand="serif", size=large,
        colour="#ffffff", weight=20, leading=1.12,
    )  # fmt: skip
    small = round(max(min(width, height) * 0.036, 9))
    lines = wrap(
        art.name["en"].upper(),
        width=width * 0.8,
        measure=lambda text: typeface(hand="sans", size=small).getlength(text) * 1.2,
    )
    letter_lines(
        picture, lines=lines, centre=width / 2, top=height * 0.95 - len(lines) * small * 1.5,
        hand="sans", size=small, colour=lighter(art.palette.glow, share=0.25), weight=12,
        leading=1.45, spacing=0.14,
    )  # fmt: skip
