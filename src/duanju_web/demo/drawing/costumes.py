"""Clothes as SVG: the body from the neck to the thigh, drawn per costume."""

from dataclasses import dataclass

from duanju_web.demo.drawing.palette import darker, lighter, mix


@dataclass(frozen=True, slots=True)
class Cloth:
    """The tones of one costume.

    Attributes:
        main: Colour of the outer piece.
        second: Colour of what is worn beneath it or trims it.
        accent: Buttons, ties, jewels.
        skin: Colour of neck and hands.
        female: Which of the two builds wears it.
    """

    main: str
    second: str
    accent: str
    skin: str
    female: bool


_MAN = (
    "M268 424C262 452 188 462 144 482C104 504 92 560 88 660C84 800 96 900 98 1640H516"
    "C518 900 532 800 528 660C524 560 512 504 470 482C430 462 356 452 350 424Z"
)
_WOMAN = (
    "M276 424C272 456 220 466 182 484C150 504 140 560 132 640C122 740 130 840 122 1640H498"
    "C490 840 498 740 488 640C480 560 470 504 438 484C404 466 348 456 344 424Z"
)


def draw_body(*, costume: str, cloth: Cloth) -> str:
    """Return neck, body and clothes.

    Args:
        costume: A key of `COSTUMES`.
        cloth: Its tones.
    """
    outline = _WOMAN if cloth.female else _MAN
    shade = darker(cloth.main, share=0.34)
    fold = 152 if cloth.female else 136
    return f"""<clipPath id="body"><path d="{outline}"/></clipPath>
<linearGradient id="cloth" x1="0" y1="0" x2="1" y2="0.5">
<stop offset="0" stop-color="{lighter(cloth.main, share=0.16)}"/>
<stop offset="0.5" stop-color="{cloth.main}"/><stop offset="1" stop-color="{shade}"/>
</linearGradient>
<path d="{outline}" fill="url(#cloth)"/><g clip-path="url(#body)">
<path d="M{fold + 52} 1640C{fold + 46} 900 {fold + 34} 760 {fold + 52} 590C{fold + 62} 740
 {fold + 72} 900 {fold + 84} 1640Z" fill="{shade}" opacity="0.85"/>
<path d="M{566 - fold} 1640C{572 - fold} 900 {584 - fold} 760 {566 - fold} 590C{556 - fold} 740
 {546 - fold} 900 {534 - fold} 1640Z" fill="{shade}" opacity="0.85"/>
<path d="M400 480C470 540 500 700 470 1640H560V470Z" fill="{shade}" opacity="0.5"/>
</g>{_neck(cloth)}<g clip-path="url(#body)">{COSTUMES[costume](cloth)}</g>"""


def _neck(cloth: Cloth) -> str:
    shade = mix(cloth.skin, "#8f3f45", share=0.42)
    left, right = (274, 346) if cloth.female else (264, 356)
    return f"""<path d="M{left} 340C{left} 400 {left - 2} 430 {left - 30} 466Q310 540
 {right + 30} 466C{right + 2} 430 {right} 400 {right} 340Z" fill="{cloth.skin}"/>
<path d="M{left} 352C{left + 10} 400 {right - 20} 424 {right} 400L{right} 430
C{right - 10} 452 {left + 30} 452 {left} 420Z" fill="{shade}" opacity="0.75"/>"""


def _bare(cloth: Cloth, *, low: int) -> str:
    shade = mix(cloth.skin, "#a5504c", share=0.4)
    return f"""<path d="M214 452Q260 {low} 312 {low}Q366 {low} 408 452L360 430H262Z"
 fill="{cloth.skin}"/><path d="M262 482Q290 496 304 492M362 482Q334 496 320 492" fill="none"
 stroke="{shade}" stroke-width="3" stroke-linecap="round" opacity="0.6"/>"""


def _suit(cloth: Cloth) -> str:
    lapel = lighter(cloth.main, share=0.1)
    edge = darker(cloth.main, share=0.55)
    return f"""<path d="M250 440L310 700L372 440Q310 520 250 440Z" fill="{cloth.second}"/>
<path d="M286 486H334L326 516L342 690L312 730L282 690L296 516Z" fill="{cloth.accent}"/>
<path d="M286 486H334L326 516H296Z" fill="{lighter(cloth.accent, share=0.22)}"/>
<path d="M264 430L286 486L312 512L256 560L230 470ZM356 430L334 486L312 512L366 560L392 470Z"
 fill="{lighter(cloth.second, share=0.3)}"/>
<path d="M246 446L310 742L250 690L178 560L214 552L196 514ZM376 446L312 742L370 690L444 560
L408 552L426 514Z" fill="{lapel}" stroke="{edge}" stroke-width="3" stroke-linejoin="round"/>
<path d="M311 742V1640" stroke="{edge}" stroke-width="4"/>
<circle cx="300" cy="790" r="8" fill="{edge}"/><circle cx="300" cy="890" r="8" fill="{edge}"/>
<path d="M392 640L446 628L450 644L396 656Z" fill="{lighter(cloth.second, share=0.2)}"/>"""


def _blazer(cloth: Cloth) -> str:
    edge = darker(cloth.main, share=0.5)
    return f"""{_bare(cloth, low=540)}
<path d="M244 462Q310 640 312 690Q314 640 380 462L400 700L312 780L222 700Z" fill="{cloth.second}"/>
<path d="M262 500Q310 610 360 500" fill="none" stroke="{darker(cloth.second, share=0.2)}"
 stroke-width="4"/>
<path d="M240 450L306 770L238 690L184 574L222 560L204 520ZM382 450L316 770L384 690L438 574
L400 560L418 520Z" fill="{lighter(cloth.main, share=0.12)}" stroke="{edge}" stroke-width="3"
 stroke-linejoin="round"/><path d="M311 770V1640" stroke="{edge}" stroke-width="4"/>
<circle cx="300" cy="806" r="9" fill="{cloth.accent}"/>
<path d="M276 470Q310 536 346 470" fill="none" stroke="{lighter(cloth.accent, share=0.4)}"
 stroke-width="3"/><circle cx="311" cy="508" r="6" fill="{cloth.accent}"/>"""


def _gown(cloth: Cloth) -> str:
    light = lighter(cloth.main, share=0.35)
    sparkles = "".join(
        f'<circle cx="{170 + index * 53 % 290}" cy="{610 + index * 71 % 420}" '
        f'r="{1.6 + index % 3}" fill="{light}" opacity="0.8"/>'
        for index in range(46)
    )
    return f"""<path d="M110 430H520V560Q470 540 430 560Q370 590 312 560Q250 590 196 560
Q150 540 110 560Z" fill="{cloth.skin}"/>
<path d="M110 470C150 520 186 640 196 1640H100V470ZM510 470C474 520 440 640 430 1640H520V470Z"
 fill="{cloth.skin}"/><path d="M178 560C186 700 196 860 200 1640M446 560C438 700 430 860 424 1640"
 fill="none" stroke="{darker(cloth.skin, share=0.3)}" stroke-width="4" opacity="0.5"/>
<path d="M178 560Q236 528 312 580Q390 528 446 560Q436 600 430 640Q312 690 190 640Q186 600 178
 560Z" fill="{lighter(cloth.main, share=0.12)}"/>
<path d="M190 640Q312 690 430 640" fill="none" stroke="{light}" stroke-width="4" opacity="0.7"/>
{sparkles}<path d="M262 482Q290 496 304 492M362 482Q334 496 320 492" fill="none"
 stroke="{mix(cloth.skin, "#a5504c", share=0.4)}" stroke-width="3" stroke-linecap="round"/>
<path d="M262 462Q312 540 362 462" fill="none" stroke="{lighter(cloth.accent, share=0.5)}"
 stroke-width="5" stroke-dasharray="1 9" stroke-linecap="round"/>
<path d="M312 506Q300 528 312 538Q324 528 312 506Z" fill="{cloth.accent}"/>"""


def _jacket(cloth: Cloth) -> str:
    edge = darker(cloth.main, share=0.5)
    return f"""<path d="M240 446Q310 520 382 446L372 1640H250Z" fill="{cloth.second}"/>
<path d="M262 462Q312 520 362 462L366 484Q312 548 258 484Z"
 fill="{darker(cloth.second, share=0.25)}"/>
<path d="M232 446C220 480 236 560 256 620L262 1640H240L214 620L186 500ZM390 446C402 480 386 560
 366 620L360 1640H382L408 620L436 500Z" fill="{lighter(cloth.main, share=0.16)}" stroke="{edge}"
 stroke-width="3"/><path d="M80 640H236M386 640H540" stroke="{cloth.accent}" stroke-width="18"/>
<path d="M80 662H236M386 662H540" stroke="#f5f5ee" stroke-width="7" opacity="0.85"/>
<rect x="392" y="700" width="74" height="60" rx="8" fill="none" stroke="{edge}"
 stroke-width="4"/>"""


def _hoodie(cloth: Cloth) -> str:
    edge = darker(cloth.main, share=0.45)
    return f"""<path d="M206 470C216 420 262 410 286 440Q312 500 340 440C364 410 408 420 418 470
C398 540 350 570 312 580C272 570 226 540 206 470Z" fill="{lighter(cloth.main, share=0.12)}"
 stroke="{edge}" stroke-width="3"/><path d="M256 470Q312 560 366 470Q340 520 312 524Q282 520 256
 470Z" fill="{cloth.second}"/><path d="M282 540V650M342 540V640" stroke="{cloth.second}"
 stroke-width="6" stroke-linecap="round"/>
<path d="M206 800Q312 776 418 800L450 930Q312 960 176 930Z" fill="none" stroke="{edge}"
 stroke-width="4"/>"""


def _coat(cloth: Cloth) -> str:
    edge = darker(cloth.main, share=0.3)
    return f"""<path d="M248 446Q310 540 376 446L372 1640H250Z" fill="{cloth.second}"/>
<path d="M266 446L312 540L358 446L378 470L312 590L244 470Z"
 fill="{lighter(cloth.second, share=0.25)}"/>
<path d="M240 448L280 720L262 1640H240L220 700L176 570L212 556L196 516ZM384 448L344 720L362 1640
H384L404 700L448 570L412 556L428 516Z" fill="{lighter(cloth.main, share=0.2)}" stroke="{edge}"
 stroke-width="3" stroke-linejoin="round"/>
<rect x="390" y="664" width="70" height="8" fill="{edge}"/>
<rect x="404" y="634" width="9" height="52" rx="4" fill="{cloth.accent}"/>
<path d="M262 460C250 560 262 640 296 664M358 460C372 560 360 630 340 650" fill="none"
 stroke="{cloth.accent}" stroke-width="7"/><circle cx="300" cy="672" r="14" fill="{edge}"/>"""


def _robe(cloth: Cloth) -> str:
    trim, edge = cloth.second, darker(cloth.main, share=0.5)
    clouds = "".join(
        f'<path d="M{x} {y}q14 -22 34 -8q22 -18 34 8q-10 12 -34 6q-22 8 -34 -6Z" fill="none" '
        f'stroke="{lighter(cloth.accent, share=0.2)}" stroke-width="3" opacity="0.55"/>'
        for x, y in ((130, 620), (404, 660), (150, 940), (420, 960), (392, 560))
    )
    return f"""{clouds}<path d="M252 440L312 560L366 440Q310 500 252 440Z"
 fill="{lighter(trim, share=0.5)}"/>
<path d="M222 452L262 440L336 590L312 640Z" fill="{trim}" stroke="{edge}" stroke-width="3"/>
<path d="M402 452L360 440L190 800L236 820Z" fill="{trim}" stroke="{edge}" stroke-width="3"/>
<path d="M394 462L214 806M232 462L318 630" stroke="{lighter(cloth.accent, share=0.3)}"
 stroke-width="4" opacity="0.8"/>
<path d="M90 800Q312 850 530 800V880Q312 930 90 880Z" fill="{darker(trim, share=0.3)}"/>
<path d="M90 812Q312 862 530 812M90 868Q312 918 530 868" fill="none"
 stroke="{lighter(cloth.accent, share=0.2)}" stroke-width="4"/>
<rect x="280" y="826" width="66" height="66" rx="10" fill="{cloth.accent}"/>
<circle cx="313" cy="859" r="17" fill="none" stroke="#fff" stroke-width="4" opacity="0.6"/>
<path d="M313 892V1640" stroke="{cloth.accent}" stroke-width="7"/>"""


def _silk(cloth: Cloth) -> str:
    trim, light = cloth.second, lighter(cloth.accent, share=0.35)
    petals = "".join(
        f'<circle cx="{x}" cy="{y}" r="7" fill="{light}" opacity="0.8"/>'
        f'<circle cx="{x + 10}" cy="{y + 7}" r="5" fill="{light}" opacity="0.5"/>'
        for x, y in ((176, 640), (446, 700), (160, 930), (210, 990), (430, 950), (470, 880))
    )
    return f"""{_bare(cloth, low=560)}{petals}
<path d="M250 560Q312 530 374 560L384 700H240Z" fill="{cloth.accent}"/>
<path d="M250 566Q312 536 374 566" fill="none" stroke="{light}" stroke-width="5"/>
<path d="M226 450L256 448Q250 560 302 700L262 720Q212 590 226 450ZM398 450L368 448Q374 560 322 700
L362 720Q412 590 398 450Z" fill="{trim}"/>
<path d="M150 690Q312 740 466 690V770Q312 816 150 770Z" fill="{darker(cloth.accent, share=0.15)}"/>
<path d="M150 702Q312 752 466 702" fill="none" stroke="{light}" stroke-width="4"/>
<path d="M300 760C290 860 280 960 290 1640H312C316 950 322 860 326 760Z" fill="{cloth.accent}"/>
<path d="M286 742Q312 716 340 742Q312 776 286 742Z" fill="{light}"/>"""


def _qipao(cloth: Cloth) -> str:
    edge = lighter(cloth.accent, share=0.35)
    return f"""<path d="M266 408Q312 446 356 408L366 470Q312 500 256 470Z" fill="{cloth.main}"
 stroke="{edge}" stroke-width="4"/><path d="M312 478Q330 560 436 580" fill="none" stroke="{edge}"
 stroke-width="6"/><g fill="{edge}"><circle cx="312" cy="478" r="8"/><circle cx="352" cy="542"
 r="8"/><circle cx="410" cy="574" r="8"/></g><g fill="none" stroke="{edge}" stroke-width="3"
 opacity="0.5"><path d="M180 700q30 -40 60 0q-30 30 -60 0M200 860q30 -40 60 0q-30 30 -60 0
M380 760q30 -40 60 0q-30 30 -60 0M360 940q30 -40 60 0q-30 30 -60 0"/></g>"""


def _tunic(cloth: Cloth) -> str:
    edge = darker(cloth.main, share=0.45)
    return f"""<path d="M264 426Q312 470 358 426L382 462L312 520L240 462Z"
 fill="{lighter(cloth.main, share=0.2)}" stroke="{edge}" stroke-width="3"/>
<path d="M312 520V1640" stroke="{edge}" stroke-width="4"/><g fill="{cloth.accent}">
<circle cx="312" cy="580" r="8"/><circle cx="312" cy="680" r="8"/><circle cx="312" cy="780" r="8"/>
</g><rect x="372" y="610" width="82" height="80" rx="8" fill="none" stroke="{edge}"
 stroke-width="4"/><path d="M372 630H454" stroke="{edge}" stroke-width="4"/>
<rect x="176" y="610" width="76" height="80" rx="8" fill="none" stroke="{edge}"
 stroke-width="4"/>"""


COSTUMES = {
    "suit": _suit,
    "blazer": _blazer,
    "gown": _gown,
    "jacket": _jacket,
    "hoodie": _hoodie,
    "coat": _coat,
    "robe": _robe,
    "silk": _silk,
    "qipao": _qipao,
    "tunic": _tunic,
}
"""The costumes by name; each name may stand in a story's cast."""
