"""Faces as SVG: one head, many feelings.

Every head is drawn turned a little to the right, in a frame of 600 units in which the centre of
the face lies at (312, 260). A character that looks to the left is the same picture mirrored.
"""

from dataclasses import dataclass

from duanju_web.demo.drawing.palette import darker, lighter, mix

NEAR_EYE, FAR_EYE = (262, 262), (357, 260)


@dataclass(frozen=True, slots=True)
class Feeling:
    """How one emotion moves a face.

    Attributes:
        brow_inner: How far the inner end of a brow goes down, in units.
        brow_outer: The same for the outer end.
        openness: Height of the open eye, 1 at rest.
        iris: Size of the iris, 1 at rest.
        curve: Corners of the mouth, positive up.
        mouth: Width of the mouth, 1 at rest.
        gape: How far the mouth stands open even in silence, 0 to 1.
        blush: Strength of the blush, 0 to 1.
        tears: Whether tears run.
        sweat: Whether a bead of sweat stands on the temple.
    """

    brow_inner: float = 0
    brow_outer: float = 0
    openness: float = 1
    iris: float = 1
    curve: float = 0.15
    mouth: float = 1
    gape: float = 0
    blush: float = 0
    tears: bool = False
    sweat: bool = False


FEELINGS = {
    "calm": Feeling(),
    "smile": Feeling(brow_inner=-2, openness=0.9, curve=1.1, mouth=1.1, blush=0.45),
    "tender": Feeling(brow_inner=-5, brow_outer=2, openness=0.85, curve=0.6, blush=0.7),
    "angry": Feeling(brow_inner=13, brow_outer=-7, openness=0.86, iris=0.86, curve=-0.9),
    "cold": Feeling(brow_inner=6, brow_outer=-1, openness=0.68, curve=-0.25, mouth=0.9),
    "smirk": Feeling(brow_inner=5, brow_outer=-7, openness=0.74, curve=0.85, mouth=0.95),
    "sad": Feeling(brow_inner=-12, brow_outer=6, openness=0.82, curve=-0.8, mouth=0.8),
    "weep": Feeling(
        brow_inner=-14, brow_outer=7, openness=0.7, curve=-1, mouth=0.85, blush=0.6, tears=True
    ),
    "shocked": Feeling(
        brow_inner=-13, brow_outer=-10, openness=1.2, iris=0.8, curve=-0.2, mouth=0.75, gape=0.7
    ),
    "afraid": Feeling(
        brow_inner=-13, brow_outer=3, openness=1.1, iris=0.82, curve=-0.7, gape=0.25, sweat=True
    ),
    "firm": Feeling(brow_inner=8, brow_outer=-4, openness=0.95, curve=-0.3, mouth=0.9),
}


@dataclass(frozen=True, slots=True)
class Complexion:
    """What of a face stays the same whatever it feels."""

    female: bool
    age: str
    skin: str
    iris: str
    hair: str
    glasses: bool = False
    beard: bool = False


def draw_face(*, complexion: Complexion, feels: str, eyes_open: bool, voice: int) -> str:
    """Return the SVG of a face without its hair.

    Args:
        complexion: The face.
        feels: A key of `FEELINGS`.
        eyes_open: False in the middle of a blink.
        voice: 0 for a closed mouth, 1 for half open, 2 for open.
    """
    feeling = FEELINGS[feels]
    parts = [
        _head(complexion, feeling),
        _eye(complexion, feeling, NEAR_EYE, 1.0, eyes_open),
        _eye(complexion, feeling, FAR_EYE, -0.9, eyes_open),
        _brows(complexion, feeling),
        _nose(complexion),
        _mouth(complexion, feeling, voice),
        _years(complexion),
        _drops(feeling),
    ]
    if complexion.glasses:
        parts.append(_glasses())
    return "".join(parts)


def _outline(complexion: Complexion) -> str:
    if complexion.age == "child":
        return (
            "M206 232C202 300 216 338 246 362C268 380 292 390 314 390C338 390 364 374 380 346"
            "C398 314 402 270 400 232C400 150 354 116 302 116C250 116 208 150 206 232Z"
        )
    if complexion.female:
        return (
            "M210 226C206 284 213 318 238 345C262 372 290 391 314 391C336 391 360 366 376 336"
            "C393 304 397 264 396 226C396 150 352 116 302 116C252 116 212 150 210 226Z"
        )
    return (
        "M206 226C204 290 208 326 230 355C254 384 284 402 314 402C342 402 366 378 382 344"
        "C396 312 400 264 398 226C398 150 354 114 302 114C250 114 206 150 206 226Z"
    )


def _head(complexion: Complexion, feeling: Feeling) -> str:
    skin, shade = complexion.skin, mix(complexion.skin, "#b0524e", share=0.34)
    outline = _outline(complexion)
    blush = max(feeling.blush, 0.16 if complexion.female else 0.0)
    return f"""
<clipPath id="face"><path d="{outline}"/></clipPath>
<linearGradient id="skin" x1="0" y1="0" x2="1" y2="1">
<stop offset="0" stop-color="{lighter(skin, share=0.3)}"/>
<stop offset="0.55" stop-color="{skin}"/><stop offset="1" stop-color="{shade}"/></linearGradient>
<radialGradient id="blush"><stop offset="0" stop-color="#f0625f" stop-opacity="0.55"/>
<stop offset="1" stop-color="#f0625f" stop-opacity="0"/></radialGradient>
<path d="M204 256C186 244 184 276 192 300C196 314 206 318 212 310Z" fill="{shade}"/>
<path d="M206 264C194 258 194 280 199 296C202 304 208 306 211 302Z" fill="{skin}"/>
<path d="{outline}" fill="url(#skin)"/>
<g clip-path="url(#face)">
<path d="M200 250C218 330 262 372 330 374C372 372 398 330 410 236L420 420L200 420Z"
 fill="{shade}" opacity="0.28"/>
<path d="M190 100H410V206C372 176 330 204 300 192C262 178 232 190 206 244Z"
 fill="{shade}" opacity="0.42"/>
<ellipse cx="250" cy="312" rx="36" ry="20" fill="url(#blush)" opacity="{blush}"/>
<ellipse cx="366" cy="310" rx="28" ry="19" fill="url(#blush)" opacity="{blush}"/>
</g>"""


def _eye(
    complexion: Complexion,
    feeling: Feeling,
    place: tuple[int, int],
    width: float,
    eyes_open: bool,
) -> str:
    x, y = place
    half = 29.0 if complexion.female or complexion.age == "child" else 26.0
    lash = darker(mix(complexion.hair, "#1a1020", share=0.75), share=0.3)
    move = f'<g transform="translate({x} {y}) scale({width * 1.14:.3f} 1.14)">'
    if not eyes_open:
        return (
            f'{move}<path d="M{-half} 3C{-half * 0.5} 13 {half * 0.5} 13 {half} 1" fill="none" '
            f'stroke="{lash}" stroke-width="5" stroke-linecap="round"/>'
            f'<path d="M{-half + 4} -7C-8 -13 10 -13 {half - 4} -8" fill="none" stroke="{lash}" '
            'stroke-width="1.6" opacity="0.4"/></g>'
        )
    high = (17.5 if complexion.female or complexion.age == "child" else 14.0) * feeling.openness
    return move + _open_eye(complexion, feeling, (half, high), lash) + "</g>"


def _open_eye(
    complexion: Complexion, feeling: Feeling, size: tuple[float, float], lash: str
) -> str:
    half, high = size
    upper = f"C{-half * 0.62} {-high * 1.2} {half * 0.35} {-high * 1.45} {half} -3"
    white = f"M{-half} 4{upper}C{half * 0.66} {high} {-half * 0.5} {high * 1.08} {-half} 4Z"
    name = f"eye{round(half)}{round(high * 10)}"
    round_x, round_y = 13.5 * feeling.iris, 15.5 * feeling.iris
    wing = f"L{half + 8} -10" if complexion.female else f"L{half + 3} -6"
    lid = (
        f"M{-half - 2} 6C{-half * 0.62} {-high * 1.2 - 4} {half * 0.35} {-high * 1.45 - 5} "
        f"{half + 2} -6{wing}C{half * 0.9} 0 {half} 0 {half} 0"
        f"C{half * 0.4} {-high * 1.45 + 5} {-half * 0.6} {-high * 1.2 + 4} {-half - 2} 6Z"
    )
    crease = -high - (9 if complexion.female else 7)
    look = 3.0
    return f"""
<clipPath id="{name}"><path d="{white}"/></clipPath>
<radialGradient id="iris{name}" cx="0.5" cy="0.85" r="0.9">
<stop offset="0" stop-color="{lighter(complexion.iris, share=0.5)}"/>
<stop offset="0.5" stop-color="{complexion.iris}"/>
<stop offset="1" stop-color="{darker(complexion.iris, share=0.72)}"/></radialGradient>
<path d="{white}" fill="#fdfaf8"/>
<g clip-path="url(#{name})">
<ellipse cx="{look}" cy="-1" rx="{round_x}" ry="{round_y}" fill="url(#iris{name})"/>
<ellipse cx="{look}" cy="-1" rx="{round_x * 0.46}" ry="{round_y * 0.48}" fill="#120b14"/>
<path d="M{-half} 4{upper}L{half} 6C{half * 0.3} {-high + 8} {-half * 0.6} {-high * 0.7 + 8}
 {-half} 10Z" fill="#54406a" opacity="0.3"/>
<circle cx="{look - 5}" cy="{-high * 0.42}" r="4.6" fill="#fff"/>
<circle cx="{look + 5}" cy="6" r="2.2" fill="#fff" opacity="0.85"/></g>
<path d="{lid}" fill="{lash}"/>
<path d="M{-half + 5} {crease + 4}C-8 {crease - 4} 10 {crease - 5} {half} {crease + 4}" fill="none"
 stroke="{lash}" stroke-width="1.8" opacity="0.45"/>
<path d="M{-half * 0.5} {high * 0.86}Q4 {high + 2.5} {half * 0.8} {high * 0.5}" fill="none"
 stroke="{lash}" stroke-width="1.7" opacity="0.5"/>"""


def _brows(complexion: Complexion, feeling: Feeling) -> str:
    colour = mix(complexion.hair, "#1c1420", share=0.45)
    if complexion.age == "old":
        colour = mix(complexion.hair, "#6c6670", share=0.3)
    thick = 7.0 if complexion.female else 11.5
    lift = feeling.openness * 9 - 9
    drawn = []
    for inner, outer, side in ((287, 227, 1), (336, 389, -1)):
        top = 224 - lift - (4 if complexion.female else 0)
        y_in, y_out = top + feeling.brow_inner, top + 3 + feeling.brow_outer
        bend = (inner * 0.45 + outer * 0.55, min(y_in, y_out) - 5)
        drawn.append(
            f'<path d="M{inner} {y_in}Q{bend[0]} {bend[1]} {outer} {y_out}'
            f"Q{bend[0] + 2 * side} {bend[1] + thick * 0.8} {inner - side} {y_in + thick}"
            f'Q{inner + 3 * side} {y_in + thick / 2} {inner} {y_in}Z" fill="{colour}"/>'
        )
    return "".join(drawn)


def _nose(complexion: Complexion) -> str:
    shade = mix(complexion.skin, "#a5433f", share=0.5)
    length = 0 if complexion.female else 3
    return f"""
<path d="M322 250C328 276 338 292 336 {304 + length}C332 {312 + length} 320 {313 + length} 312
 {311 + length}C322 {304 + length} 324 286 322 250Z" fill="{shade}" opacity="0.34"/>
<path d="M308 {311 + length}Q322 {318 + length} 335 {308 + length}" fill="none" stroke="{shade}"
 stroke-width="2.6" stroke-linecap="round" opacity="0.85"/>
<path d="M326 {282 + length}L330 {298 + length}" stroke="#fff" stroke-width="4"
 stroke-linecap="round" opacity="0.4"/>"""


def _mouth(complexion: Complexion, feeling: Feeling, voice: int) -> str:
    half = (25 if complexion.female else 29) * feeling.mouth
    gape = max(feeling.gape * 20, (0, 10, 20)[voice] * (1.15 if feeling.mouth > 0.9 else 1))
    lip = mix(complexion.skin, "#c8303f", share=0.72 if complexion.female else 0.42)
    corner = -feeling.curve * 6.5
    y = 348 if complexion.female else 352
    if gape < 3:
        line = darker(lip, share=0.5)
        return f"""<g transform="translate(320 {y})">
<path d="M{-half * 0.72} 2Q-4 -7 0 -4Q4 -7 {half * 0.72} 2Q0 {10 - corner} {-half * 0.72} 2Z"
 fill="{lip}" opacity="{0.92 if complexion.female else 0.4}"/>
<path d="M{-half} {corner}Q{-half * 0.4} {2 - corner * 0.5} 0 {2 - corner * 0.35}
Q{half * 0.4} {2 - corner * 0.5} {half} {corner}" fill="none" stroke="{line}" stroke-width="3.2"
 stroke-linecap="round"/>
<path d="M-9 {13 - corner * 0.3}Q0 {16 - corner * 0.3} 10 {13 - corner * 0.3}" fill="none"
 stroke="{line}" stroke-width="2" stroke-linecap="round" opacity="0.3"/></g>"""
    half *= 0.82
    shape = (
        f"M{-half} {corner * 0.7}Q0 {-7 - feeling.curve * 2} {half} {corner * 0.7}"
        f"Q{half * 0.8} {gape + 2} 0 {gape + 3}Q{-half * 0.8} {gape + 2} {-half} {corner * 0.7}Z"
    )
    return f"""<g transform="translate(320 {y - 2})"><clipPath id="mouth"><path d="{shape}"/>
</clipPath><path d="{shape}" fill="#5d1626" stroke="{lip}" stroke-width="5"
 stroke-linejoin="round"/><g clip-path="url(#mouth)">
<path d="M{-half} -12H{half}V{1 + corner * 0.3 + gape * 0.12}Q0 {5 + gape * 0.1} {-half} 1Z"
 fill="#fffaf5"/><ellipse cx="0" cy="{gape + 5}" rx="{half * 0.66}" ry="{gape * 0.42}"
 fill="#d9566a"/></g></g>"""


def _years(complexion: Complexion) -> str:
    shade = mix(complexion.skin, "#8a3d3a", share=0.55)
    drawn = ""
    if complexion.age == "old":
        drawn += f"""<g fill="none" stroke="{shade}" stroke-width="2.4" stroke-linecap="round"
 opacity="0.55"><path d="M284 318Q272 334 276 352"/><path d="M356 316Q366 332 362 350"/>
<path d="M236 286Q252 296 274 288"/><path d="M348 286Q364 294 380 284"/>
<path d="M262 186Q304 178 350 186"/><path d="M270 172Q304 165 340 171"/></g>"""
    if complexion.beard:
        drawn += f"""<path d="M282 338Q300 328 320 334Q340 328 356 338Q346 340 320 342Q296 342 282
 338Z" fill="{complexion.hair}"/><path d="M296 372Q318 364 342 372C346 410 334 458 318 484
C302 456 292 410 296 372Z" fill="{complexion.hair}"/>"""
    return drawn


def _drops(feeling: Feeling) -> str:
    drawn = ""
    if feeling.tears:
        drawn += """<g fill="#cdeeff" opacity="0.9"><path d="M250 280Q242 312 247
 340Q252 350 258 340
Q260 312 258 280Z"/><path d="M362 278Q370 310 366 336Q361 345 356 335Q353 310 354 278Z"/>
<circle cx="252" cy="354" r="5"/></g>"""
    if feeling.sweat:
        drawn += """<path d="M222 206Q208 232 220 240Q234 238 222 206Z" fill="#d7f1ff"
 opacity="0.9"/>"""
    return drawn


def _glasses() -> str:
    return """<g fill="#dff3ff" fill-opacity="0.13" stroke="#2a2430" stroke-width="4.5">
<rect x="222" y="240" width="80" height="52" rx="19"/><rect x="326" y="240" width="68" height="52"
 rx="18"/><path d="M302 258Q314 252 326 258M222 256L200 250" fill="none"/></g>
<path d="M236 250L252 246L240 276L230 278Z" fill="#fff" opacity="0.4"/>"""
