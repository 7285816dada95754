"""Every place a scene can be in, painted once and kept as pictures."""

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageFilter

from duanju_web.demo.drawing import exteriors, historical, interiors, journeys
from duanju_web.demo.drawing.characters import Light, render_svg
from duanju_web.demo.drawing.painting import WORLD_HEIGHT, Painting
from duanju_web.demo.drawing.palette import Palette

PLACES: dict[str, Callable[..., Painting]] = {
    "office": interiors.paint_office,
    "banquet": interiors.paint_banquet,
    "corridor": interiors.paint_corridor,
    "home": interiors.paint_home,
    "ward": interiors.paint_ward,
    "street": exteriors.paint_street,
    "rooftop": exteriors.paint_rooftop,
    "train": journeys.paint_train,
    "mountain": journeys.paint_mountain,
    "village": exteriors.paint_village,
    "courtyard": historical.paint_courtyard,
    "palace": historical.paint_palace,
    "study": historical.paint_study,
}
"""The places by name; each name may stand in a scene."""

OVERSCAN = 1.16
"""How much larger the stage is than the screen, so that the camera can come nearer."""
SLACK = 1.06
"""How much larger a background is than the stage, so that layers can move against each other."""


@dataclass(frozen=True, slots=True)
class Background:
    """A place as pictures, each `OVERSCAN` times `SLACK` larger than the screen.

    Attributes:
        far: RGB.
        middle: RGBA, or None.
        near: RGBA, out of focus, or None.
        weather: As in `Painting`.
        light: What falls on the people.
    """

    far: Image.Image
    middle: Image.Image | None
    near: Image.Image | None
    weather: str
    light: Light


def paint_background(
    *, place: str, palette: Palette, size: tuple[int, int], softness: float = 0
) -> Background:
    """Paint a place for a screen of `size` pixels.

    Args:
        place: A key of `PLACES`.
        palette: The story's colours.
        size: Width and height of the screen in pixels.
        softness: Radius of the blur behind the people in thousandths of the height; more for
            closer shots.
    """
    scale = size[1] * OVERSCAN * SLACK / WORLD_HEIGHT
    width = round(size[0] * OVERSCAN * SLACK / scale)
    painting = PLACES[place](width=width, palette=palette)
    blur = softness * size[1] / 1000
    far_width = width * 2 if painting.weather == "passing" else width
    return Background(
        far=_layer(painting.far, far_width, scale, blur).convert("RGB"),
        middle=_layer(painting.middle, width, scale, blur) if painting.middle else None,
        near=_layer(painting.near, width, scale, size[1] / 90) if painting.near else None,
        weather=painting.weather,
        light=Light(painting.ambience, painting.rim, painting.side),
    )


def _layer(svg: str, width: int, scale: float, blur: float) -> Image.Image:
    picture = render_svg(svg, box=(0, 0, width, WORLD_HEIGHT), scale=scale)
    return picture.filter(ImageFilter.GaussianBlur(blur)) if blur else picture
