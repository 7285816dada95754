"""Places under the open sky: a street, a roof, a lane."""

import random

from duanju_web.demo.drawing.painting import Painting, bokeh, floor_light, glow, sky, skyline
from duanju_web.demo.drawing.palette import Palette, darker, lighter, mix


def paint_street(*, width: int, palette: Palette) -> Painting:
    """Paint a narrow street of lights on a rainy night."""
    chance = random.Random(31)
    night = (
        darker(palette.ink, share=0.4),
        palette.deep,
        mix(palette.middle, palette.accent, share=0.35),
    )
    walls, signs = _street_walls(width, palette, chance), _street_signs(width, palette)
    shine = _puddles(width, palette, chance)
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


def _street_walls(width: int, palette: Palette, chance: random.Random) -> str:
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
    return walls


def _street_signs(width: int, palette: Palette) -> str:
    return "".join(
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


def _puddles(width: int, palette: Palette, chance: random.Random) -> str:
    return "".join(
        f'<ellipse cx="{chance.randint(0, width)}" cy="{chance.randint(720, 990)}" '
        f'rx="{chance.randint(20, 90)}" ry="{chance.randint(2, 6)}" '
        f'fill="{chance.choice((palette.glow, palette.accent, "#ffffff"))}" '
        f'opacity="{chance.uniform(0.08, 0.4):.2f}"/>'
        for _ in range(width // 9)
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
