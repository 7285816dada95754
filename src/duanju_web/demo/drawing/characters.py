"""People of a story as pictures: body, head in every state, arms; lit as the scene is lit."""

import io
from dataclasses import dataclass

import resvg_py
from PIL import Image, ImageChops, ImageOps

from duanju_web.demo.drawing import costumes, faces, gestures, hair, props
from duanju_web.demo.drawing.palette import rgb
from duanju_web.demo.drawing.story import Look

FIGURE_LEFT, FIGURE_WIDTH = -60, 740
"""The frame of a figure, in units of the drawing; (312, 425) is the chin."""
CHIN = (312.0, 425.0)
_HEAD_BOX = (100, -30, 530, 560)
_EYES_BOX, _MOUTH_BOX = (205, 190, 415, 312), (256, 340, 386, 424)
_HEAD_SCALE = 1.14
_RIM_SHARE = 0.011


@dataclass(frozen=True, slots=True)
class Light:
    """How a scene lights its people.

    Attributes:
        ambience: Colour that everything is multiplied with.
        rim: Colour of the light from behind.
        side: Where the rim light stands, -1 left, 1 right.
    """

    ambience: str
    rim: str
    side: int


@dataclass(frozen=True, slots=True)
class Sprite:
    """A transparent picture and the place of its left upper corner.

    Attributes:
        picture: RGBA.
        left: Pixels from the left edge of the figure's frame.
        top: Pixels from its upper edge.
    """

    picture: Image.Image
    left: int
    top: int


class Figure:
    """One person at one size, in one light; its pictures are drawn once and kept."""

    def __init__(
        self, *, look: Look, scale: float, height: int, light: Light, facing_left: bool
    ) -> None:
        """Prepare a figure.

        Args:
            look: How the person looks.
            scale: Pixels a unit.
            height: How much of the figure is seen from the top of its frame, in units.
            light: The scene's.
            facing_left: Whether to mirror the figure.
        """
        self._look = look
        self._scale = scale
        self._height = height
        self._light = light
        self._facing_left = facing_left
        self._kept: dict[tuple[object, ...], Sprite] = {}
        self._unlit: dict[str, Image.Image] = {}
        self.width = round(FIGURE_WIDTH * scale)
        chin = (CHIN[0] - FIGURE_LEFT) * scale
        self.chin = (self.width - chin if facing_left else chin, CHIN[1] * scale)

    def body(self) -> Sprite:
        """Return the body with the hair behind it."""
        look = self._look
        cloth = costumes.Cloth(look.main, look.second, look.accent, look.skin, look.female)
        svg = _as_head(
            hair.draw_hair_behind(style=look.hair_style, colour=look.hair)
        ) + costumes.draw_body(costume=look.costume, cloth=cloth)
        box = (FIGURE_LEFT, 60, FIGURE_LEFT + FIGURE_WIDTH, self._height)
        return self._drawn(("body",), svg, box)

    def head(self, *, feels: str, eyes_open: bool, voice: int, tilt: int) -> Sprite:
        """Return the head.

        Args:
            feels: A key of `faces.FEELINGS`.
            eyes_open: False in a blink.
            voice: 0 closed, 1 half open, 2 open mouth.
            tilt: Whole degrees by which the head leans, positive towards its right.
        """
        key = ("head", feels, eyes_open, voice, tilt)
        if tilt and key not in self._kept:
            upright = self.head(feels=feels, eyes_open=eyes_open, voice=voice, tilt=0)
            centre = (self.chin[0] - upright.left, self.chin[1] - upright.top)
            turned = upright.picture.rotate(tilt, resample=Image.Resampling.BILINEAR, center=centre)
            self._kept[key] = Sprite(turned, upright.left, upright.top)
        if key not in self._kept:
            picture = self._plain(feels).copy()
            svg = self._head_svg(feels, eyes_open, voice)
            if not eyes_open:
                self._patch(picture, svg, _EYES_BOX)
            if voice:
                self._patch(picture, svg, _MOUTH_BOX)
            self._keep(key, picture, _HEAD_BOX)
        return self._kept[key]

    def _plain(self, feels: str) -> Image.Image:
        if feels not in self._unlit:
            svg = self._head_svg(feels, True, 0)
            self._unlit[feels] = render_svg(svg, box=_HEAD_BOX, scale=self._scale)
        return self._unlit[feels]

    def _patch(self, picture: Image.Image, svg: str, box: tuple[int, int, int, int]) -> None:
        """Draw one part of a head anew, on the same grid of pixels as the whole."""
        left = round((box[0] - _HEAD_BOX[0]) * self._scale)
        top = round((box[1] - _HEAD_BOX[1]) * self._scale)
        right = round((box[2] - _HEAD_BOX[0]) * self._scale)
        bottom = round((box[3] - _HEAD_BOX[1]) * self._scale)
        step_x = (_HEAD_BOX[2] - _HEAD_BOX[0]) / picture.width
        step_y = (_HEAD_BOX[3] - _HEAD_BOX[1]) / picture.height
        exact = (
            _HEAD_BOX[0] + left * step_x,
            _HEAD_BOX[1] + top * step_y,
            _HEAD_BOX[0] + right * step_x,
            _HEAD_BOX[1] + bottom * step_y,
        )
        part = render_svg(svg, box=exact, size=(right - left, bottom - top))
        picture.paste(part, (left, top))

    def arm(self, *, gesture: str, prop: str, swing: int) -> Sprite | None:
        """Return the arm of a gesture, or None when it has none.

        Args:
            gesture: One of `gestures.GESTURES`.
            prop: One of `props.PROPS`.
            swing: Whole degrees by which the arm still hangs below its place.
        """
        if gesture == "none":
            return None
        key = ("arm", gesture, prop, swing)
        if swing and key not in self._kept:
            raised = self.arm(gesture=gesture, prop=prop, swing=0)
            assert raised is not None
            turn = swing if self._facing_left == (gesture in {"chest", "fist"}) else -swing
            turned = raised.picture.rotate(
                turn, resample=Image.Resampling.BILINEAR, center=self._shoulder(gesture)
            )
            self._kept[key] = Sprite(turned, raised.left, raised.top)
        look = self._look
        sleeve = gestures.Sleeve(
            cloth=look.skin if look.costume == "gown" else look.main,
            cuff=look.skin if look.costume == "gown" else look.second,
            skin=look.skin,
            width=60 if look.female else 82,
            wide=look.costume in {"robe", "silk"},
        )
        thing = props.draw_prop(prop=prop, accent=look.accent)
        svg = gestures.draw_gesture(gesture=gesture, sleeve=sleeve, prop=thing)
        box = (FIGURE_LEFT, 420, FIGURE_LEFT + FIGURE_WIDTH, self._height)
        return self._drawn(key, svg, box)

    def _shoulder(self, gesture: str) -> tuple[float, float]:
        x = 160 if gesture in {"chest", "fist"} else 312 if gesture in {"hold", "cross"} else 452
        left = (x - FIGURE_LEFT) * self._scale
        return (self.width - left if self._facing_left else left, 140 * self._scale)

    def _head_svg(self, feels: str, eyes_open: bool, voice: int) -> str:
        look = self._look
        complexion = faces.Complexion(
            female=look.female,
            age=look.age,
            skin=look.skin,
            iris=look.iris,
            hair=look.hair,
            glasses=look.glasses,
            beard=look.beard,
        )
        svg = (
            hair.draw_hair_back(style=look.hair_style, colour=look.hair)
            + faces.draw_face(complexion=complexion, feels=feels, eyes_open=eyes_open, voice=voice)
            + hair.draw_hair_front(
                style=look.hair_style, colour=look.hair, ornament=look.ornament, accent=look.accent
            )
        )
        if look.earrings:
            svg += hair.draw_earrings(accent=look.accent)
        return _as_head(svg)

    def _drawn(self, key: tuple[object, ...], svg: str, box: tuple[int, int, int, int]) -> Sprite:
        if key not in self._kept:
            self._keep(key, render_svg(svg, box=box, scale=self._scale), box)
        return self._kept[key]

    def _keep(
        self, key: tuple[object, ...], picture: Image.Image, box: tuple[int, int, int, int]
    ) -> None:
        left = round((box[0] - FIGURE_LEFT) * self._scale)
        if self._facing_left:
            picture = ImageOps.mirror(picture)
            left = self.width - left - picture.width
        lit = _lit(picture, self._light, self._scale)
        self._kept[key] = Sprite(lit, left, round(box[1] * self._scale))


def render_svg(
    svg: str,
    *,
    box: tuple[float, float, float, float],
    scale: float = 1.0,
    size: tuple[int, int] | None = None,
) -> Image.Image:
    """Return what an SVG fragment draws within a box, as RGBA.

    Args:
        svg: Elements without the `svg` element around them.
        box: Left, top, right, bottom in the drawing's units.
        scale: Pixels a unit.
        size: Width and height in pixels instead of a scale.
    """
    left, top, right, bottom = box
    width, height = size or (round((right - left) * scale), round((bottom - top) * scale))
    document = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {right - left} '
        f'{bottom - top}" width="{width}" height="{height}" preserveAspectRatio="none">{svg}</svg>'
    )
    drawn = resvg_py.svg_to_bytes(svg_string=document, skip_system_fonts=True)
    return Image.open(io.BytesIO(drawn)).convert("RGBA")


def _as_head(svg: str) -> str:
    move = f"translate({CHIN[0]} {CHIN[1]}) scale({_HEAD_SCALE}) translate({-CHIN[0]} -391)"
    return f'<g transform="{move}">{svg}</g>' if svg else ""


def _lit(picture: Image.Image, light: Light, scale: float) -> Image.Image:
    alpha = picture.getchannel("A")
    tinted = ImageChops.multiply(
        picture.convert("RGB"), Image.new("RGB", picture.size, rgb(light.ambience))
    )
    reach = max(2, round(740 * _RIM_SHARE * scale))
    moved = Image.new("L", picture.size)
    moved.paste(alpha, (-light.side * reach, reach // 2))
    rim = ImageChops.subtract(alpha, moved).point([round(level * 0.62) for level in range(256)])
    tinted.paste(Image.new("RGB", picture.size, rgb(light.rim)), (0, 0), rim)
    tinted.putalpha(alpha)
    return tinted
