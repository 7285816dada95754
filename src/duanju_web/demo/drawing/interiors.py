"""Rooms of today: office, banquet hall, hospital, home, ward."""

from duanju_web.demo.drawing.painting import Painting, bokeh, floor_light, glow, sky, skyline
from duanju_web.demo.drawing.palette import Palette, darker, lighter, mix


def paint_office(*, width: int, palette: Palette) -> Painting:
    """Paint a corner office over a city at dusk."""
    dusk = (
        darker(palette.deep, share=0.15),
        palette.middle,
        mix(palette.middle, palette.glow, share=0.75),
    )
    pane = darker(palette.ink, share=0.2)
    bars = "".join(
        f'<rect x="{x}" width="9" height="640" fill="{pane}"/>'
        for x in range(width // 2 % 210 - 210, width + 210, 210)
    )
    far = (
        sky("office", dusk, width=width, height=650)
        + glow("sun", palette.glow, x=width * 0.7, y=560, radius=430)
        + skyline(
            width=width,
            base=640,
            tallest=330,
            colour=mix(palette.deep, palette.middle, share=0.4),
            lamps=palette.glow,
            seed=4,
        )
        + skyline(
            width=width,
            base=650,
            tallest=210,
            colour=darker(palette.deep, share=0.3),
            lamps=lighter(palette.glow, share=0.3),
            seed=9,
            step=90,
        )
        + f'<path d="M0 0L{width} 380V430L0 60Z" fill="#fff" opacity="0.05"/>'
        + bars
        + f'<rect y="318" width="{width}" height="6" fill="{pane}"/>'
        + f'<rect y="640" width="{width}" height="360" fill="{darker(palette.ink, share=0.1)}"/>'
        + floor_light(width=width, top=640, colour=palette.glow, strength=0.5)
    )
    return Painting(
        far,
        _desk(width, palette),
        _plant(palette),
        "dust",
        mix("#ffffff", palette.glow, share=0.16),
        lighter(palette.glow, share=0.3),
        1,
    )


def _desk(width: int, palette: Palette) -> str:
    desk = mix(palette.ink, "#4a2f26", share=0.35)
    return f"""<rect x="{width * 0.1:.0f}" y="690" width="{width * 0.8:.0f}" height="26" rx="6"
 fill="{lighter(desk, share=0.14)}"/><rect x="{width * 0.14:.0f}" y="716"
 width="{width * 0.72:.0f}" height="284" fill="{desk}"/>
<path d="M{width * 0.72:.0f} 690V600H{width * 0.72 + 120:.0f}V690Z" fill="{palette.ink}"/>
<rect x="{width * 0.18:.0f}" y="672" width="96" height="18" fill="{palette.accent}"/>
<rect x="{width * 0.18 + 8:.0f}" y="656" width="82" height="16" fill="{palette.glow}"/>"""


def _plant(palette: Palette) -> str:
    leaf = darker(palette.deep, share=0.5)
    return "".join(
        f'<path d="M-20 1000C{20 + index * 30} {760 - index * 30} {90 + index * 26} '
        f"{640 + index * 60} {130 + index * 20} {610 + index * 80}C{120 + index * 16} "
        f'{740 + index * 40} {70 + index * 20} 880 40 1000Z" fill="{leaf}"/>'
        for index in range(3)
    )


def paint_banquet(*, width: int, palette: Palette) -> Painting:
    """Paint a hall of columns and chandeliers."""
    wall = mix(palette.deep, palette.accent, share=0.22)
    gold = mix(palette.glow, "#e8bd6a", share=0.6)
    columns = "".join(
        f'<linearGradient id="column{x}"><stop offset="0" stop-color="{darker(wall, share=0.4)}"/>'
        f'<stop offset="0.35" stop-color="{mix(wall, gold, share=0.5)}"/><stop offset="1" '
        f'stop-color="{darker(wall, share=0.55)}"/></linearGradient><rect x="{x}" y="60" '
        f'width="58" height="640" fill="url(#column{x})"/><rect x="{x - 10}" y="110" width="78" '
        f'height="16" fill="{gold}"/><rect x="{x - 10}" y="660" width="78" height="22" '
        f'fill="{darker(gold, share=0.3)}"/>'
        for x in range(40, width, 190)
    )
    drapes = "".join(
        f'<path d="M{x} 0C{x + 20} 90 {x + 75} 120 {x + 95} 128C{x + 115} 120 {x + 170} 90 '
        f'{x + 190} 0Z" fill="{mix(palette.accent, palette.ink, share=0.35)}"/>'
        f'<path d="M{x} 0C{x + 30} 60 {x + 70} 92 {x + 95} 98C{x + 120} 92 {x + 160} 60 '
        f'{x + 190} 0Z" fill="{mix(palette.accent, palette.ink, share=0.12)}"/>'
        for x in range(-26, width, 190)
    )
    far = (
        sky("banquet", (darker(wall, share=0.35), wall, mix(wall, gold, share=0.4)), width=width)
        + columns
        + drapes
        + "".join(
            _chandelier(x, index, gold)
            for index, x in enumerate(range(width // 2 - 380, width + 200, 380))
        )
        + f'<rect y="690" width="{width}" height="310" fill="{darker(wall, share=0.45)}"/>'
        + floor_light(width=width, top=690, colour=gold, strength=0.6)
        + bokeh(
            width=width,
            top=430,
            bottom=690,
            colours=(gold, "#fff1cf", palette.accent),
            count=width // 18,
            seed=12,
        )
    )
    flowers = "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="{colour}"/>'
        for x, y, r, colour in (
            (20, 900, 90, darker(palette.accent, share=0.4)),
            (90, 960, 80, darker(gold, share=0.5)),
            (width - 20, 930, 110, darker(palette.accent, share=0.45)),
            (width - 110, 985, 70, darker(gold, share=0.55)),
        )
    )
    return Painting(
        far, "", flowers, "bokeh", mix("#ffffff", gold, share=0.18), lighter(gold, share=0.35), -1
    )


def _chandelier(x: int, index: int, gold: str) -> str:
    drops = "".join(
        f'<circle cx="{x + offset}" cy="{212 + abs(offset) * -0.4:.0f}" r="7" fill="#fff6df"/>'
        f'<path d="M{x + offset} {224 + abs(offset) * -0.4:.0f}v16" stroke="{gold}" '
        'stroke-width="3"/>'
        for offset in range(-96, 97, 24)
    )
    return (
        f'<path d="M{x} 0V150" stroke="{gold}" stroke-width="4"/>'
        + glow(f"lamp{index}", "#ffe6ae", x=x, y=190, radius=250, strength=0.75)
        + f'<path d="M{x - 100} 176Q{x} 260 {x + 100} 176Q{x} 214 {x - 100} 176Z" fill="{gold}"/>'
        + f'<path d="M{x - 54} 150Q{x} 196 {x + 54} 150Q{x} 172 {x - 54} 150Z" fill="{gold}"/>'
        + drops
    )


def paint_corridor(*, width: int, palette: Palette) -> Painting:
    """Paint a hospital corridor that runs away from the eye."""
    wall = mix(palette.middle, "#d7ebe8", share=0.45)
    dim = mix(palette.deep, wall, share=0.4)
    x, y = width * 0.5, 430.0
    ceiling = "".join(
        f'<path d="M{x - 200 * k:.0f} {y - 360 * k:.0f}L{x + 200 * k:.0f} {y - 360 * k:.0f}'
        f"L{x + 170 * k * 0.84:.0f} {y - 300 * k:.0f}L{x - 170 * k * 0.84:.0f} "
        f'{y - 300 * k:.0f}Z" fill="#fbfffa" opacity="0.92"/>'
        for k in (0.24, 0.36, 0.54, 0.8, 1.2)
    )
    reach = max(width * 0.75, 620)
    doors = "".join(
        f'<path d="M{x + side * reach * k:.0f} {y - 240 * k:.0f}L{x + side * reach * k * 0.72:.0f} '
        f"{y - 172 * k:.0f}V{y + 400 * k * 0.74:.0f}L{x + side * reach * k:.0f} "
        f'{y + 400 * k:.0f}Z" fill="{mix(palette.deep, palette.accent, share=0.18)}"/>'
        f'<path d="M{x + side * reach * k * 0.94:.0f} {y - 150 * k:.0f}'
        f"L{x + side * reach * k * 0.84:.0f} {y - 132 * k:.0f}V{y + 30 * k:.0f}"
        f'L{x + side * reach * k * 0.94:.0f} {y + 36 * k:.0f}Z" fill="{palette.glow}" '
        'opacity="0.85"/>'
        for side in (-1, 1)
        for k in (0.34, 0.58, 1.0)
    )
    far = (
        sky("corridor", (dim, wall, mix(wall, palette.deep, share=0.3)), width=width)
        + f'<path d="M0 0L{x - 70:.0f} {y - 120:.0f}H{x + 70:.0f}L{width} 0Z" '
        f'fill="{mix(dim, palette.ink, share=0.28)}"/>'
        + f'<path d="M0 1000L{x - 70:.0f} {y + 130:.0f}H{x + 70:.0f}L{width} 1000Z" '
        f'fill="{mix(palette.deep, wall, share=0.2)}"/>'
        + f'<rect x="{x - 70:.0f}" y="{y - 120:.0f}" width="140" height="250" '
        f'fill="{lighter(wall, share=0.5)}"/><rect x="{x - 42:.0f}" y="{y - 60:.0f}" width="84" '
        f'height="190" fill="{mix(palette.glow, "#ffffff", share=0.5)}"/>'
        + glow("door", lighter(palette.glow, share=0.5), x=x, y=y, radius=360, strength=0.85)
        + doors
        + ceiling
        + f'<path d="M0 {y + 260:.0f}L{x - 70:.0f} {y + 40:.0f}M{width} {y + 260:.0f}'
        f'L{x + 70:.0f} {y + 40:.0f}" stroke="{palette.accent}" stroke-width="9" opacity="0.55"/>'
        + floor_light(width=width, top=560, colour="#ffffff", strength=0.4)
    )
    near = (
        f'<rect x="-30" width="80" height="1000" fill="{darker(palette.deep, share=0.5)}" '
        'opacity="0.85"/>'
    )
    return Painting(far, "", near, "none", mix("#fff8f2", wall, share=0.12), "#f2fffb", -1)


def paint_home(*, width: int, palette: Palette) -> Painting:
    """Paint a living room at lamp light."""
    wall = mix(palette.middle, "#b98a62", share=0.35)
    frames = "".join(
        f'<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{lighter(wall, share=0.5)}" '
        f'stroke="{darker(wall, share=0.6)}" stroke-width="7"/><path d="M{x + 8} {y + h - 8}'
        f"l{w * 0.3:.0f} {-h * 0.45:.0f}l{w * 0.2:.0f} {h * 0.2:.0f}l{w * 0.16:.0f} "
        f'{-h * 0.2:.0f}l{w * 0.24:.0f} {h * 0.42:.0f}Z" fill="{palette.accent}" opacity="0.6"/>'
        for x, y, w, h in (
            (70, 180, 110, 140),
            *(((220, 150, 80, 100), (226, 270, 70, 60)) if width > 900 else ()),
            *(((width - 150, 140, 90, 120),) if width > 900 else ()),
        )
    )
    window_left = round(width * 0.46) if width > 900 else 300
    night = darker(palette.deep, share=0.25)
    window = f"""<rect x="{window_left}" y="120" width="230" height="320" fill="{night}"/>
{glow("moonlight", palette.glow, x=window_left + 160, y=190, radius=120, strength=0.5)}
<circle cx="{window_left + 160}" cy="190" r="26" fill="{lighter(palette.glow, share=0.6)}"/>
<path d="M{window_left + 115} 120V440M{window_left} 280H{window_left + 230}"
 stroke="{darker(wall, share=0.5)}" stroke-width="8"/><path d="M{window_left - 50} 96
H{window_left + 10}C{window_left + 20} 260 {window_left - 6} 400 {window_left - 60} 520Z
M{window_left + 280} 96H{window_left + 220}C{window_left + 210} 260 {window_left + 236} 400
 {window_left + 290} 520Z" fill="{mix(palette.accent, wall, share=0.45)}"/>"""
    far = (
        sky("home", (darker(wall, share=0.5), wall, darker(wall, share=0.25)), width=width)
        + window
        + frames
        + f'<rect y="700" width="{width}" height="300" fill="{darker(wall, share=0.6)}"/>'
        + floor_light(width=width, top=700, colour=palette.glow, strength=0.35)
    )
    sofa = mix(palette.deep, palette.accent, share=0.3)
    middle = (
        f'<path d="M{width * 0.08:.0f} 1000V640Q{width * 0.08:.0f} 590 {width * 0.16:.0f} 590'
        f'H{width * 0.84:.0f}Q{width * 0.92:.0f} 590 {width * 0.92:.0f} 640V1000Z" fill="{sofa}"/>'
        f'<path d="M46 1000V420" stroke="{palette.ink}" stroke-width="9"/>'
        f'<path d="M0 430L20 330H84L104 430Z" fill="{lighter(palette.glow, share=0.5)}"/>'
        + glow("lamp", palette.glow, x=52, y=410, radius=330, strength=0.65)
    )
    return Painting(
        far,
        middle,
        "",
        "dust",
        mix("#ffffff", palette.glow, share=0.22),
        lighter(palette.glow, share=0.35),
        -1,
    )


def paint_ward(*, width: int, palette: Palette) -> Painting:
    """Paint a hospital room with a monitor and a bed."""
    wall = mix(palette.middle, "#c3dcdf", share=0.35)
    beat = "".join(f"h30l10 -8l10 8h16l8 -52l14 92l10 -40h{22}" for _ in range(2))
    x = round(width * 0.64)
    far = (
        sky("ward", (darker(wall, share=0.4), wall, darker(wall, share=0.2)), width=width)
        + f'<rect x="{width * 0.06:.0f}" y="90" width="250" height="420" '
        f'fill="{darker(palette.deep, share=0.1)}"/>'
        + skyline(
            width=round(width * 0.06) + 236,
            base=510,
            tallest=220,
            colour=darker(palette.deep, share=0.45),
            lamps=palette.glow,
            seed=21,
        )
        + f'<rect width="{width * 0.06:.0f}" height="560" fill="{wall}"/>'
        + "".join(
            f'<rect x="{width * 0.06:.0f}" y="{row}" width="250" height="9" '
            f'fill="{lighter(wall, share=0.35)}" opacity="0.8"/>'
            for row in range(90, 330, 22)
        )
        + f'<rect y="720" width="{width}" height="280" fill="{darker(wall, share=0.5)}"/>'
        + floor_light(width=width, top=720, colour=palette.glow, strength=0.3)
    )
    middle = f"""<path d="M{x + 250} 0V1000" stroke="#e5eef0" stroke-width="7"/>
<path d="M{x + 236} 150h30v90q-15 26 -30 0Z" fill="#e9fbff" opacity="0.85"/>
<rect x="{x}" y="230" width="210" height="150" rx="12" fill="{palette.ink}"/>
<rect x="{x + 12}" y="242" width="186" height="126" rx="6" fill="#07211f"/>
<svg x="{x + 12}" y="242" width="186" height="126" viewBox="0 0 186 126"><path d="M0 66{beat}"
 fill="none" stroke="#5df2b0" stroke-width="4"/><path d="M0 100{beat}" fill="none"
 stroke="{palette.accent}" stroke-width="3" opacity="0.7"/></svg>
{glow("monitor", "#5df2b0", x=x + 105, y=305, radius=240, strength=0.35)}
<path d="M0 1000V800Q{width * 0.3:.0f} 730 {width} 790V1000Z" fill="#e7eef0"/>
<path d="M0 1000V850Q{width * 0.3:.0f} 780 {width} 840V1000Z"
 fill="{mix(palette.accent, "#dfeaf0", share=0.6)}"/>"""
    return Painting(
        far,
        middle,
        "",
        "dust",
        mix("#fff6f0", palette.glow, share=0.12),
        lighter(palette.glow, share=0.4),
        -1,
    )
