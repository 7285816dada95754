"""Brushes that all backgrounds share: gradients, glows, windows, hills."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

WORLD_HEIGHT = 1000
"""Every background is drawn in a frame this high, as wide as the screen's shape asks."""


@dataclass(frozen=True, slots=True)
class Painting:
    """A place in layers.

    Attributes:
        far: SVG of the opaque layer at the back.
        middle: SVG of what stands before it; may be empty.
        near: SVG of what stands before the people, out of focus; may be empty.
        weather: `none`, `rain`, `snow`, `petals`, `dust` or `bokeh`.
        ambience: Colour that people are multiplied with.
        rim: Colour of the light from behind.
        side: Where that light stands, -1 left, 1 right.
    """

    far: str
    middle: str
    near: str
    weather: str
    ambience: str
    rim: str
    side: int


def sky(name: str, colours: Sequence[str], *, width: int, height: int = WORLD_HEIGHT) -> str:
    """Return a rectangle from the top with a gradient downwards."""
    stops = "".join(
        f'<stop offset="{index / (len(colours) - 1):.3f}" stop-color="{colour}"/>'
        for index, colour in enumerate(colours)
    )
    return (
        f'<linearGradient id="{name}" x1="0" y1="0" x2="0" y2="1">{stops}</linearGradient>'
        f'<rect width="{width}" height="{height}" fill="url(#{name})"/>'
    )


def glow(
    name: str, colour: str, *, x: float, y: float, radius: float, strength: float = 0.8
) -> str:
    """Return a soft round light."""
    return (
        f'<radialGradient id="{name}"><stop offset="0" stop-color="{colour}" '
        f'stop-opacity="{strength}"/><stop offset="0.45" stop-color="{colour}" '
        f'stop-opacity="{strength * 0.3:.3f}"/><stop offset="1" stop-color="{colour}" '
        f'stop-opacity="0"/></radialGradient>'
        f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}" fill="url(#{name})"/>'
    )


def skyline(
    *, width: int, base: int, tallest: int, colour: str, lamps: str, seed: int, step: int = 62
) -> str:
    """Return a row of towers with lit windows, standing on `base`."""
    chance = random.Random(seed)
    drawn: list[str] = []
    left = -20
    while left < width + 20:
        wide = chance.randint(step // 2, step)
        high = chance.randint(tallest // 3, tallest)
        drawn.append(
            f'<rect x="{left}" y="{base - high}" width="{wide}" height="{high}" fill="{colour}"/>'
        )
        if chance.random() < 0.3:
            drawn.append(
                f'<rect x="{left + wide // 2 - 1}" y="{base - high - 34}" width="3" '
                f'height="36" fill="{colour}"/>'
            )
        drawn.extend(
            f'<rect x="{x}" y="{y}" width="5" height="7" fill="{lamps}" '
            f'opacity="{chance.choice((0.25, 0.5, 0.9))}"/>'
            for y in range(base - high + 10, base - 8, 17)
            for x in range(left + 6, left + wide - 8, 12)
            if chance.random() < 0.42
        )
        left += wide + chance.randint(-4, 8)
    return "".join(drawn)


def hills(*, width: int, base: int, height: int, colour: str, seed: int, sharp: bool) -> str:
    """Return a range of hills, or of peaks when `sharp`, filled down to the bottom."""
    chance = random.Random(seed)
    points = [(-60.0, float(base))]
    while points[-1][0] < width + 60:
        x = points[-1][0] + chance.randint(60, 150)
        rising = len(points) % 2 == 1
        lift = chance.uniform(0.55, 1.0) if rising else chance.uniform(0.0, 0.35)
        points.append((x, base - height * lift))
    if sharp:
        line = "".join(f"L{x:.0f} {y:.0f}" for x, y in points)
    else:
        line = "".join(f"S{x - 34:.0f} {y:.0f} {x:.0f} {y:.0f}" for x, y in points)
        line = f"L-60 {base}{line}"
    return f'<path d="M-60 {WORLD_HEIGHT}{line}L{width + 80} {WORLD_HEIGHT}Z" fill="{colour}"/>'


def bokeh(
    *, width: int, top: int, bottom: int, colours: Sequence[str], count: int, seed: int
) -> str:
    """Return soft discs of light scattered between two heights."""
    chance = random.Random(seed)
    return "".join(
        f'<circle cx="{chance.randint(0, width)}" cy="{chance.randint(top, bottom)}" '
        f'r="{chance.randint(6, 26)}" fill="{chance.choice(colours)}" '
        f'opacity="{chance.uniform(0.08, 0.4):.2f}"/>'
        for _ in range(count)
    )


def floor_light(*, width: int, top: int, colour: str, strength: float = 0.35) -> str:
    """Return the shine of a floor below `top`, brightest in the middle."""
    return (
        f'<radialGradient id="floor{top}" cx="0.5" cy="0" r="0.8"><stop offset="0" '
        f'stop-color="{colour}" stop-opacity="{strength}"/><stop offset="1" '
        f'stop-color="{colour}" stop-opacity="0"/></radialGradient><rect y="{top}" '
        f'width="{width}" height="{WORLD_HEIGHT - top}" fill="url(#floor{top})"/>'
    )
