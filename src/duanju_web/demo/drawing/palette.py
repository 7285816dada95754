"""Colours as `#rrggbb` and the arithmetic of mixing them."""

from dataclasses import dataclass

Rgb = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Palette:
    """The five colours that a story is painted in.

    Attributes:
        ink: Darkest tone, for silhouettes and plates.
        deep: Shadow tone of walls and skies.
        middle: The tone most of a picture has.
        glow: The light that comes from windows, lamps and moons; also the rim light.
        accent: The one colour that stands against all others.
    """

    ink: str
    deep: str
    middle: str
    glow: str
    accent: str


def rgb(colour: str) -> Rgb:
    """Return the red, green and blue of `#rrggbb`, each 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, *, share: float) -> str:
    """Return the colour that lies `share` (0 to 1) of the way from first to second.

    >>> mix("#000000", "#ffffff", share=0.5)
    '#808080'
    """
    blended = (round(a + (b - a) * share) for a, b in zip(rgb(first), rgb(second), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in blended)


def darker(colour: str, *, share: float) -> str:
    """Return the colour moved towards a cool black, as a shadow is, by `share`."""
    return mix(colour, "#0b0820", share=share)


def lighter(colour: str, *, share: float) -> str:
    """Return the colour moved towards a warm white, as a light is, by `share`."""
    return mix(colour, "#fff6ea", share=share)


def legible_on(colour: str, *, dark: str) -> str:
    """Return white, or `dark` where white letters would be hard to read on this colour.

    Source: relative luminance of WCAG 2.2, without its gamma, which is enough to choose by.
    """
    red, green, blue = rgb(colour)
    return dark if 0.2126 * red + 0.7152 * green + 0.0722 * blue > 150 else "#ffffff"
