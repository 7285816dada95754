"""Small drawn portraits, so that people without a photograph can be told apart at a glance."""

from hashlib import sha256

_SKIN = ("#f3d6bd", "#ecc3a0", "#d9a47b", "#a9714c")
_HAIR = ("#16191a", "#2a1c17", "#3c2f2b", "#7d807d")
_CLOTHES = ("#c2361c", "#1a6650", "#2b4f7e", "#22292b", "#8a6413", "#84254d")
_GROUND = ("#dbe4d8", "#ead9c6", "#d3dfe8", "#ead2cc", "#dcd8e6")

_HAIR_BEHIND = (
    "",
    "M27 44c-3-26 9-34 21-34s24 8 21 34l3 22H24Z",
    "M28 42c-4-24 8-33 20-33s24 9 20 33c0 10 2 14-2 18H30c-4-4-2-8-2-18Z",
    "",
    "M39 12a9 9 0 1 1 18 0 9 9 0 0 1-18 0Z",
    "",
)
_HAIR_BEFORE = (
    "M29 40c-2-18 6-27 19-27s21 9 19 27c-3-8-6-12-10-14-9 3-19 2-23-1-2 4-4 8-5 15Z",
    "M30 41c-1-17 6-26 18-26s19 9 18 26c-2-9-7-14-14-17-6 6-14 9-22 17Z",
    "M30 38c0-15 7-23 18-23s18 8 18 23c-5-3-9-8-10-13-7 5-18 6-26 13Z",
    "M29 38c-1-16 7-25 20-25s20 10 18 24c-2-5-4-8-6-9-12 2-20-1-24-4-4 3-6 8-8 14Z",
    "M30 40c-1-17 7-25 18-25s19 8 18 25c-3-10-9-15-18-15s-15 5-18 15Z",
    "M30 36c1-13 8-20 18-20s17 7 18 20c-2-6-5-9-8-10H38c-3 1-6 4-8 10Z",
)
_GLASSES = (
    '<g fill="none" stroke="#16191a" stroke-width="1.6"><circle cx="40.500" cy="44" r="5.500"/>'
    '<circle cx="55.500" cy="44" r="5.500"/><path d="M46 43.500h4M35 43l-5-1M61 43l5-1"/></g>'
)
_HEAD = "M30 40c0-14 8-22 18-22s18 8 18 22c0 15-8 24-18 24s-18-9-18-24Z"
_SALT = "49460"
"""Chosen by looking: with it, the faces of the demo's people suit their names."""


def draw_portrait(seed: str) -> str:
    """Draw a person as SVG; the same seed always gives the same face.

    Args:
        seed: What tells people apart, an e-mail address for example; it is not shown.
    """
    traits = sha256(f"{_SALT}{seed}".encode()).digest()
    skin = _SKIN[traits[0] % len(_SKIN)]
    hair = _HAIR[traits[1] % len(_HAIR)]
    cut = traits[2] % len(_HAIR_BEFORE)
    clothes = _CLOTHES[traits[3] % len(_CLOTHES)]
    ground = _GROUND[traits[4] % len(_GROUND)]
    return "".join(
        (
            '<svg class="portrait" viewBox="0 0 96 96" aria-hidden="true">',
            f'<path fill="{ground}" d="M0 0h96v96H0Z"/>',
            f'<path fill="{hair}" d="{_HAIR_BEHIND[cut]}"/>' if _HAIR_BEHIND[cut] else "",
            f'<path fill="{clothes}" d="M10 96c1-20 12-27 28-29h20c16 2 27 9 28 29Z"/>',
            f'<path fill="{skin}" d="M41 56h14v11c0 8-14 8-14 0Z"/>',
            '<path fill="#000" opacity=".12" d="M41 60c4 4 10 4 14 0v4c-4 4-10 4-14 0Z"/>',
            f'<path fill="{skin}" d="{_HEAD}"/>',
            f'<path fill="{hair}" d="{_HAIR_BEFORE[cut]}"/>',
            '<g fill="#16191a"><circle cx="41" cy="44" r="1.700"/>',
            '<circle cx="55" cy="44" r="1.700"/></g>',
            '<path d="M43.500 55c2.500 2.200 6.500 2.200 9 0" fill="none" stroke="#8f3427" ',
            'stroke-width="1.800" stroke-linecap="round"/>',
            _GLASSES if traits[6] % 4 == 0 else "",
            "</svg>",
        )
    )
