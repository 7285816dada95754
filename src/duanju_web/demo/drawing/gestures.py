"""Arms and hands as SVG, each gesture a layer of its own that swings in from the shoulder."""

from dataclasses import dataclass

from duanju_web.demo.drawing.palette import darker, lighter, mix

GESTURES = ("none", "point", "chest", "palm", "fist", "cross", "hold")


@dataclass(frozen=True, slots=True)
class Sleeve:
    """What an arm is clothed in.

    Attributes:
        cloth: Colour of the sleeve; the skin's colour for a bare arm.
        cuff: Colour of its end.
        skin: Colour of the hand.
        width: Of the arm, in units.
        wide: Whether the sleeve hangs as in old robes.
    """

    cloth: str
    cuff: str
    skin: str
    width: int
    wide: bool


def draw_gesture(  # noqa: PLR0911 - one return a gesture
    *, gesture: str, sleeve: Sleeve, prop: str
) -> str:
    """Return the arm of a gesture, empty for `none`.

    Args:
        gesture: One of `GESTURES`.
        sleeve: Its clothing.
        prop: SVG of a thing held, drawn around (0, 0); only for `hold`.
    """
    if gesture == "point":
        hand = _hand(sleeve, (596, 604), -8, "point")
        return _arm(sleeve, "M452 548C474 620 486 668 500 676C524 664 552 632 580 612") + hand
    if gesture == "chest":
        hand = _hand(sleeve, (306, 628), -20, "flat")
        return _arm(sleeve, "M156 560C124 640 116 716 140 744C180 744 240 690 284 644") + hand
    if gesture == "palm":
        hand = _hand(sleeve, (524, 540), -78, "open")
        return _arm(sleeve, "M452 556C484 640 508 712 528 724C540 690 534 620 527 572") + hand
    if gesture == "fist":
        hand = _hand(sleeve, (182, 538), -84, "fist")
        return _arm(sleeve, "M160 560C120 640 104 720 126 740C160 716 174 640 180 572") + hand
    if gesture == "cross":
        return (
            _arm(sleeve, "M458 560C492 660 484 720 452 736C380 752 280 748 212 716")
            + _arm(sleeve, "M160 560C124 660 130 716 166 732C240 760 330 768 396 728")
            + _hand(sleeve, (414, 716), -28, "flat")
        )
    if gesture == "hold":
        return (
            _arm(sleeve, "M458 570C488 680 474 760 440 772C410 764 380 734 362 716")
            + f'<g transform="translate(318 668)">{prop}</g>'
            + _hand(sleeve, (350, 704), 205, "fist")
            + _arm(sleeve, "M158 570C128 680 140 760 178 772C212 764 250 734 270 716")
            + _hand(sleeve, (284, 706), -30, "fist")
        )
    return ""


def _arm(sleeve: Sleeve, path: str) -> str:
    shade, light = darker(sleeve.cloth, share=0.4), lighter(sleeve.cloth, share=0.14)
    line = f'd="{path}" fill="none" stroke-linecap="round" stroke-linejoin="round"'
    end = path.rsplit(" ", 2)
    x, y = float(end[1]), float(end[2])
    hanging = ""
    if sleeve.wide:
        hanging = (
            f'<path d="M{x - 26} {y - 24}Q{x - 120} {y + 70} {x - 74} {y + 190}Q{x} {y + 220} '
            f'{x + 34} {y + 176}Q{x + 44} {y + 80} {x + 30} {y - 10}Z" fill="{shade}"/>'
            f'<path d="M{x - 10} {y - 14}Q{x - 90} {y + 80} {x - 56} {y + 166}Q{x} {y + 200} '
            f'{x + 26} {y + 170}Q{x + 34} {y + 80} {x + 24} {y - 8}Z" fill="{sleeve.cloth}"/>'
            f'<path d="M{x - 56} {y + 166}Q{x} {y + 200} {x + 26} {y + 170}" fill="none" '
            f'stroke="{sleeve.cuff}" stroke-width="9"/>'
        )
    return f"""<path {line} stroke="{shade}" stroke-width="{sleeve.width + 6}"/>
<path {line} stroke="{sleeve.cloth}" stroke-width="{sleeve.width - 4}"/>
<path {line} stroke="{light}" stroke-width="{sleeve.width * 0.34}" opacity="0.5"
 transform="translate(-7 -7)"/>{hanging}
<circle cx="{x}" cy="{y}" r="{sleeve.width * 0.44}" fill="{sleeve.cuff}"/>"""


def _hand(sleeve: Sleeve, place: tuple[int, int], turn: int, kind: str) -> str:
    skin, line = sleeve.skin, mix(sleeve.skin, "#9a4540", share=0.5)
    finger = f'stroke="{skin}" stroke-width="13" stroke-linecap="round" fill="none"'
    under = f'stroke="{line}" stroke-width="16" stroke-linecap="round" fill="none"'
    fingers = {
        "point": "M16 -8L58 -12",
        "flat": "M14 -14L48 -18M18 -4L54 -4M16 8L50 10M12 18L42 24",
        "open": "M12 -16L44 -34M18 -7L56 -16M18 5L56 6M12 16L46 26",
        "fist": "",
    }[kind]
    thumb = "M0 -18L20 -34" if kind in {"open", "flat"} else "M-2 -16L18 -20"
    curled = ""
    if kind in {"fist", "point"}:
        curled = (
            f'<g fill="{skin}" stroke="{line}" stroke-width="2"><rect x="6" y="-4" width="22" '
            'height="12" rx="6"/><rect x="5" y="7" width="21" height="11" rx="5"/>'
            '<rect x="6" y="-15" width="22" height="12" rx="6"/></g>'
        )
    return f"""<g transform="translate({place[0]} {place[1]}) rotate({turn}) scale(1.24)">
<path d="{fingers}" {under}/><path d="{fingers}" {finger}/>
<rect x="-22" y="-21" width="44" height="42" rx="17" fill="{skin}" stroke="{line}"
 stroke-width="2"/><path d="{thumb}" {under}/><path d="{thumb}" {finger}/>
<rect x="-20" y="-19" width="36" height="38" rx="15" fill="{skin}"/>{curled}</g>"""
