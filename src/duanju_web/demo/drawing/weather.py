"""What falls through the air: rain, snow, petals, dust, lights; seamless and drawn once."""

import random

from PIL import Image, ImageDraw, ImageFilter

from duanju_web.demo.drawing.palette import Palette, lighter, rgb

_SPEEDS = {  # Pixels a drawing, in thousandths of the stage's height: right, down.
    "rain": (-9, 92),
    "snow": (3, 7),
    "petals": (6, 8),
    "dust": (1, -2),
    "bokeh": (1, -1),
    "passing": (0, 0),
    "none": (0, 0),
}


class Weather:
    """A tile of particles that moves over a stage and comes in again on the other side."""

    def __init__(self, *, kind: str, size: tuple[int, int], palette: Palette) -> None:
        """Draw the tile.

        Args:
            kind: As in `Painting.weather`.
            size: Width and height of the stage in pixels.
            palette: The story's.
        """
        self._size = size
        speed = _SPEEDS[kind]
        self._speed = (speed[0] * size[1] / 1000, speed[1] * size[1] / 1000)
        self._tile = _tile(kind, size, palette) if kind not in {"none", "passing"} else None

    def fall_on(self, stage: Image.Image, *, drawing: int) -> None:
        """Paint the particles on a stage as they are at the given drawing, counted from 0."""
        if self._tile is None:
            return
        width, height = self._size
        x = round(self._speed[0] * drawing) % width
        y = round(self._speed[1] * drawing) % height
        for left in (x - width, x):
            for top in (y - height, y):
                if left > -width and top > -height and left < width and top < height:
                    stage.paste(self._tile, (left, top), self._tile)


def _tile(kind: str, size: tuple[int, int], palette: Palette) -> Image.Image:
    chance = random.Random(f"{kind} {size}")
    width, height = size
    unit = height / 1000
    tile = Image.new("RGBA", size, (*rgb(lighter(palette.glow, share=0.6)), 0))
    pen = ImageDraw.Draw(tile)
    for _ in range(_count(kind, size)):
        x, y = chance.uniform(0, width), chance.uniform(0, height)
        if kind == "rain":
            long, strength = chance.uniform(26, 74) * unit, chance.randint(40, 120)
            pen.line(
                (x, y, x - long * 0.1, y + long),
                fill=(214, 228, 255, strength),
                width=max(1, round(1.6 * unit)),
            )
        elif kind == "petals":
            r = chance.uniform(3, 9) * unit
            tone = rgb(lighter(palette.accent, share=chance.uniform(0.35, 0.7)))
            pen.ellipse(
                (x - r, y - r * 0.55, x + r, y + r * 0.55), fill=(*tone, chance.randint(140, 235))
            )
        else:
            _spark(pen, chance, (x, y), unit, kind, palette)
    return tile.filter(ImageFilter.GaussianBlur(unit * (2.2 if kind == "bokeh" else 0.5)))


def _count(kind: str, size: tuple[int, int]) -> int:
    shape = max(1.0, size[0] / size[1] * 1.4)
    return round({"rain": 150, "snow": 110, "petals": 34, "dust": 46, "bokeh": 30}[kind] * shape)


def _spark(
    pen: ImageDraw.ImageDraw,
    chance: random.Random,
    place: tuple[float, float],
    unit: float,
    kind: str,
    palette: Palette,
) -> None:
    x, y = place
    low, high, faint, strong = {
        "snow": (1.6, 5.5, 120, 230),
        "dust": (0.9, 2.6, 50, 140),
        "bokeh": (4, 15, 22, 70),
    }[kind]
    r = chance.uniform(low, high) * unit
    colour = "#ffffff" if kind == "snow" else lighter(palette.glow, share=chance.uniform(0, 0.6))
    pen.ellipse((x - r, y - r, x + r, y + r), fill=(*rgb(colour), chance.randint(faint, strong)))
