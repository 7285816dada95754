"""Places of old times: a courtyard by moonlight, a throne hall, a study."""

import random

from duanju_web.demo.drawing.painting import Painting, floor_light, glow, hills, sky
from duanju_web.demo.drawing.palette import Palette, darker, lighter, mix


def paint_courtyard(*, width: int, palette: Palette) -> Painting:
    """Paint a courtyard under a full moon, with a plum tree in flower."""
    roof, wood = darker(palette.deep, share=0.45), mix(palette.accent, palette.ink, share=0.35)
    moon = (round(width * 0.68), 190)
    far = (
        sky(
            "court",
            (
                darker(palette.deep, share=0.3),
                palette.deep,
                palette.middle,
                mix(palette.middle, palette.glow, share=0.5),
            ),
            width=width,
        )
        + glow("moon", palette.glow, x=moon[0], y=moon[1], radius=360, strength=0.8)
        + f'<circle cx="{moon[0]}" cy="{moon[1]}" r="92" '
        f'fill="{lighter(palette.glow, share=0.5)}"/>'
        f'<circle cx="{moon[0] - 22}" cy="{moon[1] + 20}" r="22" fill="{palette.glow}" '
        'opacity="0.35"/>'
        + hills(
            width=width,
            base=560,
            height=150,
            colour=mix(palette.deep, palette.middle, share=0.6),
            seed=6,
            sharp=False,
        )
        + _pavilion(width, roof, wood, palette)
        + f'<rect y="730" width="{width}" height="270" fill="{darker(palette.deep, share=0.25)}"/>'
        + floor_light(width=width, top=730, colour=palette.glow, strength=0.45)
    )
    return Painting(
        far,
        _plum(palette),
        _lantern(width, palette),
        "petals",
        mix("#ffffff", palette.glow, share=0.14),
        lighter(palette.glow, share=0.3),
        1,
    )


def _pavilion(width: int, roof: str, wood: str, palette: Palette) -> str:
    half = width / 2
    posts = "".join(
        f'<rect x="{half + x - 13:.0f}" y="430" width="26" height="320" fill="{wood}"/>'
        for x in range(-420, 421, 140)
    )
    panes = "".join(
        f'<rect x="{half + x + 20:.0f}" y="480" width="100" height="190" '
        f'fill="{palette.glow}" opacity="0.75"/><path d="M{half + x + 70:.0f} 480v190'
        f"M{half + x + 20:.0f} 540h100M{half + x + 20:.0f} 610h100M{half + x + 45:.0f} 480v190"
        f'M{half + x + 95:.0f} 480v190" stroke="{wood}" stroke-width="5"/>'
        for x in range(-420, 300, 140)
    )
    return f"""<rect x="{half - 430:.0f}" y="430" width="860" height="310"
 fill="{darker(wood, share=0.45)}"/>{panes}{posts}
<path d="M{half - 560:.0f} 470Q{half - 430:.0f} 440 {half - 330:.0f} 330Q{half:.0f} 300
 {half + 330:.0f} 330Q{half + 430:.0f} 440 {half + 560:.0f} 470Q{half:.0f} 420
 {half - 560:.0f} 470Z"
 fill="{roof}"/><path d="M{half - 340:.0f} 326Q{half:.0f} 296 {half + 340:.0f} 326" fill="none"
 stroke="{lighter(roof, share=0.25)}" stroke-width="14"/>
<path d="M{half - 556:.0f} 468Q{half:.0f} 416 {half + 556:.0f} 468"
 fill="none" stroke="{lighter(roof, share=0.2)}" stroke-width="7"/>
<rect x="{half - 470:.0f}" y="734" width="940" height="26"
 fill="{lighter(palette.deep, share=0.2)}"/>"""


def _plum(palette: Palette) -> str:
    chance = random.Random(41)
    bark = darker(palette.ink, share=0.3)
    branch = (
        "M-30 620C60 560 70 430 60 330C54 260 100 200 170 176M62 380C110 330 170 330 230 300"
        "M58 300C20 230 30 160 70 110M150 184C190 150 210 110 206 70"
    )
    flowers = "".join(
        f'<circle cx="{x + chance.randint(-26, 26)}" cy="{y + chance.randint(-22, 22)}" '
        f'r="{chance.randint(6, 12)}" fill="{chance.choice(tones)}"/>'
        for x, y in (
            (170, 176),
            (230, 300),
            (70, 110),
            (206, 70),
            (60, 330),
            (110, 226),
            (180, 318),
            (40, 180),
            (140, 330),
        )
        for tones in [
            (lighter(palette.accent, share=0.55), lighter(palette.accent, share=0.3), "#fff3f2")
        ]
        for _ in range(9)
    )
    return (
        f'<path d="{branch}" fill="none" stroke="{bark}" stroke-width="17" '
        f'stroke-linecap="round"/>{flowers}'
    )


def _lantern(width: int, palette: Palette) -> str:
    x, red = width - 60, mix(palette.accent, "#d8402f", share=0.5)
    return (
        f'<path d="M{x} -10V90" stroke="{palette.ink}" stroke-width="5"/>'
        + glow("hung", palette.glow, x=x, y=150, radius=200, strength=0.7)
        + f'<ellipse cx="{x}" cy="150" rx="60" ry="66" fill="{red}"/>'
        f'<ellipse cx="{x}" cy="150" rx="32" ry="66" fill="{lighter(red, share=0.35)}"/>'
        f'<rect x="{x - 30}" y="80" width="60" height="12" fill="{palette.ink}"/>'
        f'<rect x="{x - 30}" y="208" width="60" height="12" fill="{palette.ink}"/>'
        f'<path d="M{x - 10} 220v70M{x} 220v84M{x + 10} 220v70" stroke="{red}" stroke-width="5"/>'
    )


def paint_palace(*, width: int, palette: Palette) -> Painting:
    """Paint a throne hall of red columns and a golden screen."""
    red = mix(palette.accent, "#8c1f1f", share=0.55)
    gold = mix(palette.glow, "#d9a441", share=0.6)
    half = width / 2
    columns = "".join(
        f'<linearGradient id="post{index}"><stop offset="0" '
        f'stop-color="{darker(red, share=0.55)}"/>'
        f'<stop offset="0.4" stop-color="{lighter(red, share=0.12)}"/><stop offset="1" '
        f'stop-color="{darker(red, share=0.6)}"/></linearGradient>'
        f'<rect x="{half + x - 34:.0f}" y="90" width="68" height="660" fill="url(#post{index})"/>'
        f'<path d="M{half + x - 34:.0f} 300q34 -60 68 0q-34 60 -68 120q34 60 68 120" fill="none" '
        f'stroke="{gold}" stroke-width="8" '
        f'opacity="0.85"/>'
        for index, x in enumerate((-560, -270, 270, 560))
    )
    screen = "".join(
        f'<rect x="{half + x:.0f}" y="210" width="76" height="440" '
        f'fill="{mix(gold, red, share=0.35)}" '
        f'stroke="{darker(gold, share=0.4)}" stroke-width="6"/><circle cx="{half + x + 38:.0f}" '
        f'cy="330" r="26" fill="none" stroke="{lighter(gold, share=0.4)}" stroke-width="5"/>'
        f'<path d="M{half + x + 14:.0f} 560q24 -60 48 0q-24 40 -48 0M{half + x + 14:.0f} 460'
        f'q24 -40 48 0" fill="none" stroke="{lighter(gold, share=0.3)}" stroke-width="5"/>'
        for x in (-194, -116, -38, 40, 118)
    )
    far = (
        sky(
            "palace",
            (darker(palette.ink, share=0.2), darker(red, share=0.45), mix(red, gold, share=0.25)),
            width=width,
        )
        + screen
        + glow("throne", gold, x=half, y=380, radius=420, strength=0.65)
        + columns
        + f'<rect width="{width}" height="92" fill="{darker(palette.deep, share=0.3)}"/>'
        f'<path d="M0 92H{width}M0 40H{width}" stroke="{gold}" stroke-width="8"/>'
        + "".join(
            f'<path d="M{x} 52q22 -20 44 0q-22 30 -44 0" fill="none" stroke="{gold}" '
            'stroke-width="5"/>'
            for x in range(10, width, 66)
        )
        + f'<rect y="740" width="{width}" height="260" fill="{darker(palette.ink, share=0.1)}"/>'
        + floor_light(width=width, top=740, colour=gold, strength=0.5)
    )
    near = (
        f'<path d="M-20 -10H52C24 300 56 640 18 1000H-20Z" fill="{darker(red, share=0.6)}"/>'
        f'<path d="M{width + 20} -10H{width - 52}C{width - 24} 300 {width - 56} 640 {width - 18} '
        f'1000H{width + 20}Z" fill="{darker(red, share=0.6)}"/>'
    )
    return Painting(
        far, "", near, "dust", mix("#ffffff", gold, share=0.2), lighter(gold, share=0.35), -1
    )


def paint_study(*, width: int, palette: Palette) -> Painting:
    """Paint a scholar's room with scrolls, a candle and a round window."""
    wood = mix(palette.ink, "#5a3626", share=0.55)
    x = round(width * 0.66)
    shelves = "".join(
        f'<rect x="30" y="{y}" width="230" height="9" fill="{lighter(wood, share=0.15)}"/>'
        + "".join(
            f'<circle cx="{left + 8}" cy="{y - 12 - row * 20}" r="12" fill="{tone}" '
            f'stroke="{darker(wood, share=0.3)}" stroke-width="3"/><circle cx="{left + 8}" '
            f'cy="{y - 12 - row * 20}" r="4" fill="{darker(wood, share=0.2)}"/>'
            for row in (0, 1)
            for left, tone in zip(
                range(40 + 12 * row, 240 - 12 * row, 25),
                ("#e9dcc0", palette.glow, "#cdb78e", palette.accent) * 3,
                strict=False,
            )
        )
        for y in range(200, 560, 88)
    )
    far = (
        sky("study", (darker(wood, share=0.5), wood, darker(wood, share=0.3)), width=width)
        + f'<circle cx="{x}" cy="310" r="168" '
        f'fill="{mix(palette.deep, palette.middle, share=0.6)}"/>'
        + glow("window", palette.glow, x=x + 30, y=270, radius=165, strength=0.75)
        + f'<path d="M{x - 60} 470C{x - 40} 380 {x - 70} 300 {x - 30} 200M{x + 10} 476'
        f"C{x + 30} 360 "
        f'{x} 280 {x + 40} 160" stroke="{darker(palette.deep, share=0.4)}" stroke-width="11" '
        f'fill="none"/><circle cx="{x}" cy="310" r="168" fill="none" '
        f'stroke="{darker(wood, share=0.35)}" stroke-width="20"/>'
        + shelves
        + f'<rect y="720" width="{width}" height="280" '
        f'fill="{darker(wood, share=0.55)}"/>'
        + floor_light(width=width, top=720, colour=palette.glow, strength=0.35)
    )
    middle = (
        f'<path d="M{width - 90} 700V560" stroke="#e8ddc8" stroke-width="22"/>'
        f'<path d="M{width - 90} 500q22 34 0 58q-22 -24 0 -58Z" fill="#ffd98a"/>'
        + glow("candle", "#ffc45e", x=width - 90, y=530, radius=330, strength=0.7)
        + f'<rect x="{width - 250}" y="690" width="270" height="22" '
        f'fill="{lighter(wood, share=0.2)}"/>'
    )
    return Painting(far, middle, "", "dust", mix("#ffffff", "#ffd9a0", share=0.22), "#ffd694", 1)
