"""A train, and the mountains that it runs through."""

import random

from duanju_web.demo.drawing.painting import Painting, glow, hills, sky
from duanju_web.demo.drawing.palette import Palette, darker, lighter, mix


def paint_train(*, width: int, palette: Palette) -> Painting:
    """Paint a carriage; its window is left open for the land that runs past."""
    wall, trim = mix(palette.deep, "#5b4436", share=0.45), mix(palette.accent, "#7d4a34", share=0.4)
    edge = darker(wall, share=0.4)
    left, right = width * 0.12, width * 0.88
    far = landscape(width=width * 2, palette=palette)
    frame = (
        f"M0 0H{width}V1000H0ZM{left:.0f} 170Q{left:.0f} 130 {left + 40:.0f} 130"
        f"H{right - 40:.0f}Q{right:.0f} 130 {right:.0f} 170V520Q{right:.0f} 560 "
        f"{right - 40:.0f} 560H{left + 40:.0f}Q{left:.0f} 560 {left:.0f} 520Z"
    )
    half = width / 2
    middle = f"""<path d="{frame}" fill="{wall}" fill-rule="evenodd"/>
<rect x="{left:.0f}" y="130" width="{right - left:.0f}" height="430" rx="40" fill="none"
 stroke="{edge}" stroke-width="16"/><rect x="{left + 12:.0f}" y="142"
 width="{right - left - 24:.0f}" height="406" rx="32" fill="none"
 stroke="{lighter(wall, share=0.3)}" stroke-width="5"/>
<path d="M{left + 40:.0f} 150L{left + 190:.0f} 150L{left + 60:.0f} 540L{left + 20:.0f} 540Z"
 fill="#fff" opacity="0.08"/><path d="M{half:.0f} 136V556" stroke="{edge}" stroke-width="12"/>
<rect y="600" width="{width}" height="12" fill="{lighter(trim, share=0.2)}"/>
<rect y="30" width="{width}" height="46" fill="{edge}"/>
<path d="M0 60H{width}" stroke="{lighter(palette.glow, share=0.5)}" stroke-width="7"/>
{glow("carriage", palette.glow, x=half, y=70, radius=480, strength=0.4)}
<path d="M-20 1000V660Q0 610 60 610H{half - 50:.0f}Q{half - 10:.0f} 610 {half - 10:.0f} 660V1000Z
M{half + 10:.0f} 1000V660Q{half + 10:.0f} 610 {half + 50:.0f} 610H{width - 60}Q{width} 610
 {width + 20} 660V1000Z" fill="{trim}"/><path d="M0 720H{half - 10:.0f}M{half + 10:.0f} 720H{width}"
 stroke="{darker(trim, share=0.3)}" stroke-width="6"/>"""
    return Painting(
        far,
        middle,
        "",
        "passing",
        mix("#ffffff", palette.glow, share=0.22),
        lighter(palette.glow, share=0.35),
        1,
    )


def landscape(*, width: int, palette: Palette) -> str:
    """Return mountains at evening, for a window or a view."""
    evening = (
        palette.deep,
        palette.middle,
        mix(palette.middle, palette.glow, share=0.7),
        lighter(palette.glow, share=0.25),
    )
    chance = random.Random(17)
    snow = lighter(palette.middle, share=0.72)
    firs = "".join(
        f'<path d="M{x} {y}l-{s} {s * 2.6:.0f}h{2 * s}ZM{x} {y + s}l-{s * 1.3:.0f} '
        f'{s * 3:.0f}h{s * 2.6:.0f}Z" fill="{darker(palette.deep, share=0.45)}"/>'
        for x, y, s in (
            (x, chance.randint(480, 600), chance.randint(12, 26)) for x in range(0, width, 34)
        )
    )
    return (
        sky("evening", evening, width=width)
        + glow("low", palette.glow, x=width * 0.6, y=430, radius=420, strength=0.9)
        + hills(
            width=width,
            base=520,
            height=330,
            colour=mix(palette.middle, snow, share=0.45),
            seed=2,
            sharp=True,
        )
        + hills(
            width=width,
            base=540,
            height=200,
            colour=mix(palette.deep, palette.middle, share=0.55),
            seed=5,
            sharp=True,
        )
        + hills(
            width=width,
            base=610,
            height=130,
            colour=mix(palette.deep, palette.ink, share=0.25),
            seed=8,
            sharp=False,
        )
        + firs
        + f'<rect y="650" width="{width}" height="350" fill="{darker(palette.deep, share=0.4)}"/>'
    )


def paint_mountain(*, width: int, palette: Palette) -> Painting:
    """Paint a small station under snowy mountains."""
    wood, roof = mix(palette.ink, "#5a4032", share=0.5), darker(palette.deep, share=0.35)
    far = landscape(width=width, palette=palette)
    middle = f"""<rect y="700" width="{width}" height="300"
 fill="{lighter(palette.deep, share=0.2)}"/>
<path d="M0 760H{width}M0 800H{width}" stroke="{darker(palette.ink, share=0.2)}" stroke-width="8"/>
<path d="M-20 330L{width * 0.42:.0f} 300L{width * 0.46:.0f} 350L-20 390Z" fill="{roof}"/>
<path d="M-20 318L{width * 0.42:.0f} 288L{width * 0.43:.0f} 306L-20 338Z" fill="#f4f8ff"/>
<path d="M40 380V720M{width * 0.34:.0f} 350V720" stroke="{wood}" stroke-width="22"/>
<rect x="90" y="420" width="{width * 0.2:.0f}" height="60" rx="4" fill="{palette.accent}"/>
<rect x="102" y="432" width="{width * 0.2 - 24:.0f}" height="36" fill="none" stroke="#fff"
 stroke-width="4" opacity="0.8"/>{glow("lantern", palette.glow, x=width * 0.36, y=400, radius=230)}
<circle cx="{width * 0.36:.0f}" cy="400" r="17" fill="{lighter(palette.glow, share=0.7)}"/>"""
    return Painting(
        far,
        middle,
        "",
        "snow",
        mix("#ffffff", palette.middle, share=0.25),
        lighter(palette.glow, share=0.4),
        -1,
    )
