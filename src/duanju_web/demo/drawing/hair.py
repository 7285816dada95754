"""Hair as SVG: what hangs behind the body, and what frames the face."""

from dataclasses import dataclass

from duanju_web.demo.drawing.palette import darker, lighter, mix


@dataclass(frozen=True, slots=True)
class Hair:
    """The paths of one style.

    Attributes:
        behind: Paths behind neck and body.
        back: Paths behind the face that turn with the head.
        front: Paths over the face that turn with the head.
        shine: Paths of the light on it.
        strands: Thin lines that give direction.
    """

    behind: str = ""
    back: str = ""
    front: str = ""
    shine: str = ""
    strands: str = ""


_MAN_BACK = "M194 262C176 146 228 88 308 86C384 86 424 146 408 258L396 276L208 280Z"
_LONG_BACK = "M186 262C168 134 234 76 306 76C384 76 432 134 418 262L404 330L204 330Z"
_CURTAIN = (
    "M324 106C262 84 194 120 188 226C186 284 192 342 176 404C206 380 220 334 222 290"
    "C225 252 240 226 266 198C290 172 314 150 324 106Z"
    "M320 106C376 92 420 134 416 230C414 288 410 342 426 402C400 376 388 334 387 290"
    "C386 248 376 214 356 188C340 166 322 144 320 106Z"
)
_CURTAIN_SHINE = "M206 204C228 148 272 118 310 116C280 130 244 160 224 206C218 214 208 214 206 204Z"
_CURTAIN_STRANDS = (
    "M300 116C252 132 216 176 208 250M312 122C276 156 240 188 228 236"
    "M340 122C372 150 392 190 398 250M202 270C202 310 198 340 194 366"
)

HAIR = {
    "swept": Hair(
        back=_MAN_BACK,
        front="M204 276C196 250 186 196 204 152C222 106 270 78 322 82C376 84 414 122 410 190"
        "C410 222 404 250 398 262C396 238 392 216 384 198C360 200 340 188 330 166"
        "C312 192 268 204 232 200C218 216 210 246 204 276Z",
        shine="M228 152C250 116 288 100 326 104C296 112 262 132 244 166C238 174 226 164 228 152Z",
        strands="M326 92C300 130 262 160 222 176M340 96C336 130 350 168 386 186M300 88C270 110 "
        "236 132 214 172",
    ),
    "fringe": Hair(
        back=_MAN_BACK,
        front="M202 282C190 240 186 180 210 140C236 98 286 80 326 86C380 92 416 132 410 200"
        "C410 230 404 256 398 268C396 250 392 236 386 226C380 236 374 240 368 244"
        "C368 228 362 214 352 202C346 222 334 234 318 240C320 226 316 214 306 204"
        "C294 224 270 238 246 242C250 232 252 224 250 214C236 226 212 250 202 282Z",
        shine="M222 168C238 128 280 104 326 108C294 118 256 142 240 176C234 184 220 180 222 168Z",
        strands="M318 96C290 140 262 176 252 214M330 98C330 140 320 172 308 204M344 100C356 136 "
        "358 170 354 202",
    ),
    "slick": Hair(
        back=_MAN_BACK,
        front="M204 272C190 226 190 164 214 130C240 94 288 82 326 88C378 96 412 132 410 196"
        "C410 226 404 248 398 260C396 226 390 196 374 176C342 158 268 158 232 182"
        "C216 204 210 240 204 272Z",
        shine="M240 140C262 116 300 106 340 112C310 116 276 128 256 148C248 154 236 150 240 140Z",
        strands="M232 178C246 138 280 108 320 100M262 168C276 134 300 112 336 104M304 162C314 136 "
        "330 118 354 112M344 166C352 146 362 134 376 128",
    ),
    "topknot": Hair(
        behind="M214 260C196 360 190 520 206 640C232 660 262 650 274 610L352 610C366 650 396 656 "
        "412 630C424 500 412 360 396 260Z",
        back="M192 262C178 146 230 88 306 86C384 86 424 146 410 262L400 330L208 330Z"
        "M266 92C254 50 280 22 310 22C342 22 366 52 350 94Z",
        front="M210 270C190 220 190 164 214 130C240 96 284 86 314 96C346 86 390 100 406 140"
        "C418 184 410 236 400 270C398 234 388 202 366 174C350 154 330 134 314 112"
        "C300 136 262 158 240 184C222 208 214 240 210 270Z"
        "M212 250C202 300 206 352 196 410C186 360 190 290 200 240Z"
        "M398 250C404 300 402 352 414 404C420 350 414 290 406 238Z",
        shine="M226 158C244 126 276 110 304 108C278 122 250 144 238 170C232 178 222 168 226 158Z",
        strands="M300 104C262 130 232 160 218 208M324 104C360 126 386 160 396 208M286 84C280 60 "
        "294 36 310 30M330 84C340 62 330 40 316 32",
    ),
    "long": Hair(
        behind="M190 230C168 330 150 470 152 640C176 676 214 664 232 626L380 626C402 664 440 668 "
        "456 636C452 470 436 330 414 230Z",
        back=_LONG_BACK,
        front=_CURTAIN,
        shine=_CURTAIN_SHINE,
        strands=_CURTAIN_STRANDS,
    ),
    "wave": Hair(
        behind="M192 220C150 300 172 360 146 430C122 500 168 540 140 610C176 664 226 640 240 590"
        "L372 590C392 650 446 652 468 606C438 540 488 500 458 426C436 360 452 300 412 220Z",
        back=_LONG_BACK,
        front="M352 100C276 78 192 112 188 226C186 276 168 306 180 350C194 380 172 400 176 424"
        "C208 396 224 352 222 306C232 254 312 216 352 100Z"
        "M346 100C396 98 424 142 418 230C416 280 436 310 424 354C412 380 428 400 426 422"
        "C400 396 388 350 389 306C392 240 374 170 346 100Z",
        shine="M204 214C220 154 268 112 330 112C288 130 244 164 222 216C216 226 202 226 204 214Z",
        strands="M340 108C276 140 222 180 208 250M346 116C310 170 250 200 222 260M358 112C388 150 "
        "402 200 402 250M196 300C190 330 198 350 190 384",
    ),
    "bob": Hair(
        back="M186 250C166 128 236 76 306 76C386 76 434 130 418 252C420 300 424 340 414 372"
        "C396 392 376 386 368 360L232 360C222 388 198 390 184 368C176 336 184 292 186 250Z",
        front="M204 244C186 170 224 94 312 92C392 92 424 150 410 236C416 290 416 330 402 368"
        "C390 340 386 290 388 238C376 224 366 216 352 204C336 222 268 234 232 222"
        "C218 240 222 310 208 372C190 340 190 290 204 244Z",
        shine="M218 186C234 132 280 108 330 114C288 124 250 150 238 190C232 200 216 198 218 186Z",
        strands="M306 100C268 130 240 170 230 218M324 100C320 140 304 180 280 222M344 102C364 140 "
        "370 180 352 202M204 270C204 300 202 326 206 350",
    ),
    "bun": Hair(
        back="M194 262C178 146 230 88 306 86C384 86 424 146 410 262L398 300L208 300Z"
        "M320 96C300 50 336 14 376 26C418 38 424 92 384 112Z",
        front="M208 274C190 220 190 150 222 120C250 94 290 86 326 92C384 98 416 140 410 206"
        "C410 236 404 256 398 268C394 234 384 204 362 182C340 160 330 140 322 118"
        "C304 158 246 176 226 208C214 230 210 252 208 274Z"
        "M212 236C200 290 208 330 198 372C190 330 192 280 202 230Z",
        shine="M224 164C242 126 280 104 314 106C286 118 256 142 240 172C234 180 220 176 224 164Z",
        strands="M318 102C276 126 236 160 222 206M330 104C366 130 390 170 396 220M344 84C352 60 "
        "372 46 392 54",
    ),
    "ponytail": Hair(
        behind="M352 120C440 110 486 190 476 300C470 390 500 440 470 520C446 470 446 430 430 390"
        "C404 310 400 220 352 120Z",
        back="M194 262C178 146 230 86 306 84C384 84 424 146 408 262L396 290L208 290Z",
        front="M206 280C186 226 186 156 216 122C246 90 292 82 332 90C386 100 416 142 410 204"
        "C410 234 404 256 398 268C394 246 390 232 384 222C374 214 360 206 350 194"
        "C334 214 290 222 262 214C254 226 246 232 236 236C238 226 238 220 236 214"
        "C220 232 212 256 206 280Z",
        shine="M222 164C240 122 284 100 330 106C294 116 260 138 242 172C236 182 220 176 222 164Z",
        strands="M322 96C280 126 250 166 238 212M336 96C326 136 308 176 272 212M350 100C368 130 "
        "370 160 356 190M440 200C456 260 448 330 462 400",
    ),
    "palace": Hair(
        behind="M208 250C186 350 170 520 184 680C212 700 240 680 252 640L372 640C386 680 416 696 "
        "442 672C446 520 424 350 400 250Z",
        back="M190 262C172 140 232 82 306 82C386 82 428 140 414 262L402 330L206 330Z"
        "M240 104C196 70 204 8 262 12C290 14 300 40 306 60C314 34 336 8 372 14"
        "C424 24 420 82 372 108Z",
        front="M208 276C186 220 186 150 222 118C250 94 286 88 312 104C340 86 390 98 408 146"
        "C420 190 410 240 400 276C398 230 384 196 358 170C338 152 322 134 312 116"
        "C298 140 262 160 240 186C220 212 214 246 208 276Z"
        "M212 244C200 300 208 350 196 412C184 360 188 290 200 234Z"
        "M398 244C406 300 402 350 416 404C424 350 416 290 406 234Z",
        shine="M224 160C242 124 276 106 304 108C278 122 250 146 238 174C232 182 220 172 224 160Z",
        strands="M300 108C260 130 230 164 218 210M324 108C362 130 388 164 398 210M226 70C232 40 "
        "256 28 276 40M344 44C364 28 392 40 396 68",
    ),
}
"""The styles by name; each name may stand in a story's cast."""


def draw_hair_back(*, style: str, colour: str) -> str:
    """Return the hair that lies behind the face and turns with it."""
    return f'<path d="{HAIR[style].back}" fill="{darker(colour, share=0.35)}"/>'


def draw_hair_behind(*, style: str, colour: str) -> str:
    """Return the hair that hangs behind the body."""
    hair = HAIR[style]
    if not hair.behind:
        return ""
    return f"""<linearGradient id="fall" x1="0" y1="0" x2="0" y2="1">
<stop offset="0" stop-color="{darker(colour, share=0.45)}"/>
<stop offset="1" stop-color="{darker(colour, share=0.1)}"/></linearGradient>
<path d="{hair.behind}" fill="url(#fall)"/>"""


def draw_hair_front(*, style: str, colour: str, ornament: str, accent: str) -> str:
    """Return the hair over the face, with its light, its strands and its ornament.

    Args:
        style: A key of `HAIR`.
        colour: Of the hair.
        ornament: `none`, `crown`, `hairpin`, `flower` or `pearls`.
        accent: Colour of the ornament.
    """
    hair = HAIR[style]
    light = mix(lighter(colour, share=0.4), "#a9b8ff", share=0.2)
    return f"""<linearGradient id="hair" x1="0" y1="0" x2="0.7" y2="1">
<stop offset="0" stop-color="{lighter(colour, share=0.14)}"/>
<stop offset="0.6" stop-color="{colour}"/>
<stop offset="1" stop-color="{darker(colour, share=0.3)}"/></linearGradient>
<path d="{hair.front}" fill="url(#hair)"/>
<path d="{hair.shine}" fill="{light}" opacity="0.42"/>
<path d="{hair.strands}" fill="none" stroke="{darker(colour, share=0.55)}" stroke-width="2.2"
 stroke-linecap="round" opacity="0.5"/>{_ornament(ornament, accent)}"""


def _ornament(kind: str, accent: str) -> str:
    gold, bright = mix(accent, "#e0b354", share=0.6), lighter(accent, share=0.6)
    if kind == "crown":
        return f"""<path d="M262 96L268 44Q310 20 352 44L356 96Q310 108 262 96Z" fill="{gold}"/>
<path d="M276 90L282 54Q310 38 338 54L342 90Q310 98 276 90Z" fill="{bright}" opacity="0.6"/>
<circle cx="310" cy="72" r="9" fill="{accent}"/>
<path d="M232 68H388" stroke="{gold}" stroke-width="7" stroke-linecap="round"/>"""
    if kind == "hairpin":
        return f"""<path d="M216 58L404 42" stroke="{gold}" stroke-width="6"
 stroke-linecap="round"/><circle cx="214" cy="58" r="13" fill="{accent}"/>
<circle cx="214" cy="58" r="6" fill="{bright}"/><path d="M210 70V104M218 70V114" stroke="{gold}"
 stroke-width="3"/><circle cx="210" cy="108" r="6" fill="{bright}"/>
<circle cx="218" cy="120" r="7" fill="{accent}"/><circle cx="310" cy="92" r="11" fill="{gold}"/>
<circle cx="310" cy="92" r="5" fill="{accent}"/>"""
    if kind == "flower":
        petals = "".join(
            f'<ellipse cx="226" cy="116" rx="9" ry="17" fill="{bright}" '
            f'transform="rotate({turn} 226 132)"/>'
            for turn in range(0, 360, 72)
        )
        return f'{petals}<circle cx="226" cy="132" r="8" fill="{gold}"/>'
    return ""


def draw_earrings(*, accent: str) -> str:
    """Return a drop that hangs under the near ear."""
    return f"""<path d="M202 312V324" stroke="#f4e3b5" stroke-width="3"/>
<path d="M202 324Q192 342 202 348Q212 342 202 324Z" fill="{lighter(accent, share=0.5)}"/>
<circle cx="200" cy="338" r="2.5" fill="#fff"/>"""
