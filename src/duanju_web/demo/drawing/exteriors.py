"""Places under the open sky, and a train that runs through it."""

import random

from duanju_web.demo.drawing.painting import Painting, bokeh, floor_light, glow, hills, sky, skyline
from duanju_web.demo.drawing.palette import Palette, darker, lighter, mix


def paint_street(*, width: int, palette: Palette) -> Painting:
    """Paint a narrow street of lights on a rainy night."""
    chance = random.Random(31)
    night = (
        darker(palette.ink, share=0.4),
        palette.deep,
        mix(palette.middle, palette.accent, share=0.35),
    )
    walls = ""
    for side in (-1, 1):
        edge = 0 if side < 0 else width
        for depth, tone in ((230, 0.2), (120, 0.55)):
            x = edge - side * depth
            walls += (
                f'<path d="M{edge} -10H{x}L{x - side * 40} 700H{edge}Z" '
                f'fill="{darker(palette.deep, share=tone)}"/>'
            )
            for y in range(40, 600, 62):
                if chance.random() < 0.7:
                    lamp = chance.choice(
                        (palette.glow, lighter(palette.glow, share=0.4), palette.accent)
                    )
                    walls += (
                        f'<rect x="{x + side * 24 - 18}" y="{y}" width="36" height="30" '
                        f'fill="{lamp}" opacity="{chance.uniform(0.2, 0.85):.2f}"/>'
                    )
    signs = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{palette.ink}" '
        f'stroke="{colour}" stroke-width="6"/><rect x="{x + 12}" y="{y + 14}" width="{w - 24}" '
        f'height="{h - 28}" rx="4" fill="{colour}" opacity="0.65"/>'
        + glow(f"sign{x}", colour, x=x + w / 2, y=y + h / 2, radius=190, strength=0.7)
        for x, y, w, h, colour in (
            (58, 190, 44, 170, palette.accent),
            (width - 120, 120, 46, 200, palette.glow),
            (150, 330, 40, 110, lighter(palette.glow, share=0.2)),
            (width - 190, 380, 84, 40, palette.accent),
        )
    )
    shine = "".join(
        f'<ellipse cx="{chance.randint(0, width)}" cy="{chance.randint(720, 990)}" '
        f'rx="{chance.randint(20, 90)}" ry="{chance.randint(2, 6)}" '
        f'fill="{chance.choice((palette.glow, palette.accent, "#ffffff"))}" '
        f'opacity="{chance.uniform(0.08, 0.4):.2f}"/>'
        for _ in range(width // 9)
    )
    far = (
        sky("street", night, width=width)
        + skyline(
            width=width,
            base=700,
            tallest=360,
            colour=mix(palette.deep, palette.middle, share=0.3),
            lamps=palette.glow,
            seed=14,
        )
        + glow("crossing", palette.glow, x=width / 2, y=640, radius=340, strength=0.75)
        + walls
        + signs
        + f'<rect y="700" width="{width}" height="300" fill="{darker(palette.ink, share=0.2)}"/>'
        + floor_light(width=width, top=700, colour=palette.glow, strength=0.55)
        + shine
        + bokeh(
            width=width,
            top=520,
            bottom=700,
            colours=(palette.glow, palette.accent),
            count=width // 16,
            seed=7,
        )
    )
    return Painting(
        far,
        "",
        "",
        "rain",
        mix("#ffffff", palette.middle, share=0.28),
        lighter(palette.glow, share=0.25),
        1,
    )


def paint_rooftop(*, width: int, palette: Palette) -> Painting:
    """Paint a roof above the city before sunrise."""
    dawn = (
        palette.deep,
        palette.middle,
        mix(palette.middle, palette.glow, share=0.6),
        lighter(palette.glow, share=0.2),
    )
    clouds = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="{w}" ry="{w * 0.1:.0f}" '
        f'fill="{lighter(palette.glow, share=0.4)}" opacity="0.35"/>'
        for x, y, w in ((width * 0.2, 300, 210), (width * 0.75, 220, 260), (width * 0.5, 400, 180))
    )
    far = (
        sky("rooftop", dawn, width=width, height=720)
        + glow("dawn", lighter(palette.glow, share=0.4), x=width * 0.34, y=600, radius=420)
        + f'<circle cx="{width * 0.34:.0f}" cy="600" r="54" '
        f'fill="{lighter(palette.glow, share=0.75)}"/>{clouds}'
        + skyline(
            width=width,
            base=720,
            tallest=230,
            colour=mix(palette.deep, palette.glow, share=0.25),
            lamps=lighter(palette.glow, share=0.5),
            seed=3,
        )
        + skyline(
            width=width,
            base=730,
            tallest=130,
            colour=darker(palette.deep, share=0.35),
            lamps=palette.glow,
            seed=5,
            step=110,
        )
        + f'<rect y="720" width="{width}" height="280" fill="{palette.ink}"/>'
        + floor_light(width=width, top=720, colour=palette.glow, strength=0.4)
    )
    rail = darker(palette.ink, share=0.3)
    middle = f'<path d="M0 640H{width}M0 690H{width}" stroke="{rail}" stroke-width="9"/>' + "".join(
        f'<path d="M{x} 636V760" stroke="{rail}" stroke-width="7"/>' for x in range(20, width, 84)
    )
    return Painting(
        far,
        middle,
        "",
        "dust",
        mix("#ffffff", palette.glow, share=0.2),
        lighter(palette.glow, share=0.5),
        -1,
    )


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


def paint_village(*, width: int, palette: Palette) -> Painting:
    """Paint a lane of brick houses and a chimney, some decades ago."""
    brick = mix(palette.middle, "#a4583c", share=0.5)
    houses = ""
    for index, x in enumerate(range(-40, width, 230)):
        high = 330 + index % 3 * 46
        houses += f"""<rect x="{x}" y="{high + 60}" width="214" height="400"
 fill="{darker(brick, share=0.12 * (index % 3))}"/><path d="M{x - 18} {high + 70}L{x + 107} {high}
L{x + 232} {high + 70}Z" fill="{darker(palette.deep, share=0.35)}"/>
<rect x="{x + 34}" y="{high + 130}" width="62" height="76" fill="{palette.glow}" opacity="0.9"/>
<path d="M{x + 65} {high + 130}v76M{x + 34} {high + 168}h62" stroke="{darker(brick, share=0.5)}"
 stroke-width="6"/><rect x="{x + 130}" y="{high + 120}" width="56" height="150"
 fill="{mix(palette.accent, palette.ink, share=0.4)}"/>"""
    chimney = round(width * 0.76)
    far = (
        sky(
            "village",
            (
                mix(palette.deep, palette.middle, share=0.5),
                mix(palette.middle, palette.glow, share=0.5),
                lighter(palette.glow, share=0.35),
            ),
            width=width,
        )
        + glow("noon", lighter(palette.glow, share=0.5), x=width * 0.25, y=300, radius=420)
        + f'<path d="M{chimney} 560V120H{chimney + 44}V560Z" fill="{darker(brick, share=0.3)}"/>'
        f'<path d="M{chimney} 170h44v26h-44Z" fill="#f3efe6"/>'
        f'<path d="M{chimney + 20} 110C{chimney - 60} 60 {chimney + 90} 30 {chimney - 10} -20" '
        'fill="none" stroke="#fff" stroke-width="40" stroke-linecap="round" opacity="0.3"/>'
        + houses
        + f'<rect y="720" width="{width}" height="280" '
        f'fill="{mix(brick, palette.ink, share=0.5)}"/>'
        + floor_light(width=width, top=720, colour=palette.glow, strength=0.55)
    )
    wires = (
        f'<path d="M0 90Q{width * 0.5:.0f} 190 {width} 70M0 120Q{width * 0.5:.0f} 230 '
        f'{width} 100" fill="none" stroke="{palette.ink}" stroke-width="4" opacity="0.7"/>'
    )
    leaves = bokeh(
        width=170, top=-10, bottom=190, colours=(darker(palette.deep, share=0.3),), count=0, seed=1
    ) + "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="46" ry="20" fill="{darker(palette.deep, share=0.45)}" '
        f'transform="rotate({turn} {x} {y})"/>'
        for x, y, turn in ((10, 40, 20), (70, 20, -15), (40, 90, 35), (120, 60, 10), (0, 140, 50))
    )
    return Painting(
        far,
        wires,
        leaves,
        "dust",
        mix("#ffffff", palette.glow, share=0.16),
        lighter(palette.glow, share=0.5),
        -1,
    )
