"""Text stands out from what lies behind it, by day and by night (WCAG 2.2, 1.4.3)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "frontend" / "styles" / "site" / "tokens.css"
TEXT_RATIO_MIN = 4.5

TEXT_ON_GROUND = [
    (text, ground)
    for ground in ("paper", "sheet", "sunken")
    for text in ("ink", "ink-soft", "ink-faint", "seal", "good", "wait", "bad", "note")
] + [(tone, f"{tone}-wash") for tone in ("good", "wait", "bad", "note")]
TEXT_ON_FILL = [("on-seal", "seal-fill"), ("paper", "ink"), ("paper", "ink-soft")]


def tokens_of(selector: str) -> dict[str, tuple[float, float, float]]:
    """Read one theme's colours, each part from 0 to 1."""
    block = TOKENS.read_text().split(selector, 1)[1].split("}", 1)[0]
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{6});", block)
    return {name: tuple(int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)) for name, code in found}


def luminance(colour: tuple[float, float, float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


THEMES = {"light": ":root {", "dark": ':root[data-theme="dark"] {'}


@pytest.mark.parametrize("theme", THEMES)
def test_text_can_be_read_on_every_ground(theme):
    colours = tokens_of(THEMES[theme])
    faint = {
        f"{text} on {ground}": round(ratio(colours[text], colours[ground]), 2)
        for text, ground in [*TEXT_ON_GROUND, *TEXT_ON_FILL]
        if ratio(colours[text], colours[ground]) < TEXT_RATIO_MIN
    }
    assert faint == {}


def test_night_is_the_same_whether_chosen_or_the_devices():
    chosen = tokens_of(':root[data-theme="dark"] {')
    devices = tokens_of(':root:not([data-theme="light"]) {')
    assert chosen == devices
