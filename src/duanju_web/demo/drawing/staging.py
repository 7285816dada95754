"""Who stands where in a shot, at what size, and how they move from drawing to drawing."""

import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image

from duanju_web.demo.drawing.backgrounds import OVERSCAN
from duanju_web.demo.drawing.characters import CHIN, Figure, Light
from duanju_web.demo.drawing.story import CastMember
from duanju_web.demo.drawing.timeline import DRAWN_FRAME_MS, LineSpan, ShotSpan

_BLINK_EVERY_MS, _BLINK_MS = 2960, 160
_MOUTHS = (1, 2, 1, 0, 2, 1, 2, 0, 1, 2, 0, 1)
_SWINGS = (26, 11, 3)
_CROWN = 0.8  # Of the way from the chin to the top of a figure's frame.


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands.

    Attributes:
        x: Of the chin, as a share of the stage's width.
        y: Of the chin, as a share of its height.
        scale: Pixels a unit, as a multiple of a thousandth of the screen's short side (upright) or
            height (lying).
        facing_left: Which way the person looks.
    """

    x: float
    y: float
    scale: float
    facing_left: bool


_UPRIGHT: Mapping[str, tuple[tuple[Place, ...], ...]] = {
    "close": ((Place(0.47, 0.515, 1.88, False),),),
    "medium": (
        (Place(0.46, 0.46, 1.3, False),),
        (Place(0.25, 0.455, 1.06, False), Place(0.78, 0.475, 1.0, True)),
    ),
    "two": (
        (Place(0.46, 0.46, 1.3, False),),
        (Place(0.235, 0.47, 1.04, False), Place(0.775, 0.47, 1.04, True)),
        (
            Place(0.5, 0.44, 0.84, False),
            Place(0.17, 0.48, 0.96, False),
            Place(0.84, 0.48, 0.96, True),
        ),
    ),
    "wide": (
        (Place(0.5, 0.54, 0.7, False),),
        (Place(0.3, 0.54, 0.72, False), Place(0.72, 0.54, 0.72, True)),
        (
            Place(0.5, 0.52, 0.64, False),
            Place(0.2, 0.54, 0.7, False),
            Place(0.8, 0.54, 0.7, True),
        ),
    ),
}
_LYING: Mapping[str, tuple[tuple[Place, ...], ...]] = {
    "close": ((Place(0.42, 0.66, 1.62, False),),),
    "medium": (
        (Place(0.4, 0.58, 1.14, False),),
        (Place(0.29, 0.58, 1.08, False), Place(0.72, 0.58, 1.08, True)),
    ),
    "two": (
        (Place(0.4, 0.58, 1.14, False),),
        (Place(0.3, 0.59, 1.12, False), Place(0.71, 0.59, 1.12, True)),
        (
            Place(0.51, 0.55, 0.92, False),
            Place(0.22, 0.59, 1.02, False),
            Place(0.8, 0.59, 1.02, True),
        ),
    ),
    "wide": (
        (Place(0.36, 0.58, 0.78, False),),
        (Place(0.32, 0.58, 0.8, False), Place(0.68, 0.58, 0.8, True)),
        (
            Place(0.5, 0.56, 0.72, False),
            Place(0.26, 0.58, 0.78, False),
            Place(0.75, 0.58, 0.78, True),
        ),
    ),
}
FRAMES = (*_UPRIGHT, "thing")


class Troupe:
    """The people of one shot on its stage."""

    def __init__(
        self,
        *,
        span: ShotSpan,
        cast: Mapping[str, CastMember],
        light: Light,
        screen: tuple[int, int],
        stand_in: str = "",
    ) -> None:
        """Let the people of a shot take their places.

        Args:
            span: The shot in time.
            cast: The story's.
            light: The place's.
            screen: Width and height in pixels.
            stand_in: Unused when empty; else the frame to use instead of the shot's.
        """
        self._span = span
        self._stage = (round(screen[0] * OVERSCAN), round(screen[1] * OVERSCAN))
        people = span.shot.people
        upright = screen[1] > screen[0]
        groups = (_UPRIGHT if upright else _LYING)[stand_in or span.shot.frame]
        places = groups[min(len(people), len(groups)) - 1] if people else ()
        unit = min(screen) * OVERSCAN / 1000
        self._standing = [
            (key, place, self._figure(cast[key], place, unit, light))
            for key, place in zip(people, places, strict=False)
        ]

    def _figure(self, member: CastMember, place: Place, unit: float, light: Light) -> Figure:
        scale = place.scale * unit
        below = (1 - place.y) * self._stage[1] / scale
        return Figure(
            look=member.look,
            scale=scale,
            height=round(CHIN[1] + below) + 40,
            light=light,
            facing_left=place.facing_left,
        )

    def head_place(self, key: str) -> tuple[float, float, bool]:
        """Return where a bubble may point to: x of the chin, y of the crown, whether looking left.

        Both are shares of the stage.
        """
        for name, place, figure in self._standing:
            if name == key:
                crown = figure.chin[1] * _CROWN / self._stage[1]
                return place.x, place.y - crown, place.facing_left
        return 0.5, 0.2, False

    def play(self, stage: Image.Image, *, time_ms: int) -> None:
        """Paint everybody as they are at a moment of the episode."""
        speaking = next(
            (line for line in self._span.lines if line.start_ms <= time_ms < line.end_ms), None
        )
        for key, place, figure in self._standing:
            self._paint(stage, key, place, figure, speaking, time_ms)

    def _paint(
        self,
        stage: Image.Image,
        key: str,
        place: Place,
        figure: Figure,
        speaking: LineSpan | None,
        time_ms: int,
    ) -> None:
        phase = zlib.crc32(key.encode()) % 4000
        own = speaking if speaking and speaking.line.speaker == key else None
        wave = math.sin((time_ms + phase) / 640)
        left = round(place.x * self._stage[0] - figure.chin[0])
        top = round(place.y * self._stage[1] - figure.chin[1] + wave * self._stage[1] * 0.0016)
        voice, tilt, nod = self._talk(own, time_ms, wave)
        blinking = (time_ms + phase) % _BLINK_EVERY_MS < _BLINK_MS
        feels = self._feels(key, time_ms)
        head = figure.head(
            feels=feels,
            eyes_open=not blinking or feels == "shocked",
            voice=voice,
            tilt=tilt,
        )
        body = figure.body()
        stage.paste(body.picture, (left + body.left, top + body.top), body.picture)
        lift = round(nod * self._stage[1] * 0.0022)
        stage.paste(head.picture, (left + head.left, top + head.top + lift), head.picture)
        self._raise_arm(stage, key, figure, (left, top), time_ms)

    def _talk(self, own: LineSpan | None, time_ms: int, wave: float) -> tuple[int, int, float]:
        if own is None:
            return 0, round(wave * 0.8), 0.0
        drawing = (time_ms - own.start_ms) // DRAWN_FRAME_MS
        if own.line.thought or own.end_ms - time_ms <= 3 * DRAWN_FRAME_MS:
            return 0, round(wave), 0.0
        seed = zlib.crc32(own.line.text["en"].encode())
        voice = _MOUTHS[(seed + drawing * 5 // 3) % len(_MOUTHS)]
        return voice, round(1.6 * math.sin(drawing * 0.42 + seed % 7)), math.sin(drawing * 0.9)

    def _feels(self, key: str, time_ms: int) -> str:
        feels = self._span.shot.feels.get(key, "")
        for span in self._span.lines:
            if span.line.speaker == key and (span.start_ms - 320 <= time_ms or not feels):
                feels = span.line.feels
        return feels or "calm"

    def _raise_arm(
        self,
        stage: Image.Image,
        key: str,
        figure: Figure,
        corner: tuple[int, int],
        time_ms: int,
    ) -> None:
        shown = None
        for span in self._span.lines:
            if span.line.speaker == key and span.start_ms <= time_ms:
                shown = span
        if shown is None:
            return
        prop = self._span.shot.prop
        gesture = shown.line.gesture
        drawing = (time_ms - shown.start_ms) // DRAWN_FRAME_MS
        swing = _SWINGS[drawing] if drawing < len(_SWINGS) else drawing // 3 % 2
        drop = 0
        if gesture in {"hold", "cross"}:
            drop, swing = round(swing * self._stage[1] / 500) if swing > 1 else 0, 0
        arm = figure.arm(gesture=gesture, prop=prop, swing=swing)
        if arm is not None:
            place = (corner[0] + arm.left, corner[1] + arm.top + drop)
            stage.paste(arm.picture, place, arm.picture)
