"""Where the camera looks at every moment of a shot."""

import math
from dataclasses import dataclass

SHAKE_MS, FLASH_MS = 720, 320


@dataclass(frozen=True, slots=True)
class View:
    """What the camera sees of the stage.

    Attributes:
        zoom: 0 for the whole stage, 1 for as near as the stage is sharp.
        x: Of the middle, -1 left to 1 right of what the zoom leaves free.
        y: The same downwards.
    """

    zoom: float
    x: float
    y: float


_MOVES = {
    "push": (View(0.12, 0, -0.1), View(0.82, 0, -0.3)),
    "pull": (View(0.9, 0, -0.3), View(0.15, 0, 0)),
    "left": (View(0.5, 0.8, -0.1), View(0.55, -0.8, -0.1)),
    "right": (View(0.5, -0.8, -0.1), View(0.55, 0.8, -0.1)),
    "rise": (View(0.5, 0, 0.85), View(0.5, 0, -0.75)),
    "still": (View(0.4, 0, -0.1), View(0.5, 0, -0.14)),
}
MOVES = tuple(_MOVES)


def look(*, move: str, share: float, since_ms: int, reversal: bool) -> View:
    """Return the view of one moment.

    Args:
        move: One of `MOVES`.
        share: How much of the shot has passed, 0 to 1.
        since_ms: Milliseconds since the shot began.
        reversal: Whether the shot turns the story: it starts near, shaking, and settles.
    """
    start, end = _MOVES[move]
    eased = share * share * (3 - 2 * share) * 0.55 + share * 0.45
    view = View(
        start.zoom + (end.zoom - start.zoom) * eased,
        start.x + (end.x - start.x) * eased,
        start.y + (end.y - start.y) * eased,
    )
    if not reversal or since_ms >= SHAKE_MS:
        return view
    force = (1 - since_ms / SHAKE_MS) ** 2
    return View(
        min(1.0, view.zoom + 0.5 * force),
        view.x + 0.9 * force * math.sin(since_ms * 0.09),
        view.y + 0.9 * force * math.cos(since_ms * 0.071),
    )


def box(
    *, view: View, stage: tuple[int, int], overscan: float
) -> tuple[float, float, float, float]:
    """Return the part of a stage that a view shows: left, top, right, bottom, within the stage.

    Args:
        view: From `look`.
        stage: Width and height of the stage in pixels.
        overscan: Stage divided by screen.
    """
    size = 1 - view.zoom * (1 - 1 / overscan)
    width, height = stage[0] * size, stage[1] * size
    left = (stage[0] - width) / 2 * (1 + max(-1.0, min(1.0, view.x)))
    top = (stage[1] - height) / 2 * (1 + max(-1.0, min(1.0, view.y)))
    return left, top, left + width, top + height
