"""Looks for people who have no story yet: from a genre and a seed."""

import random

from duanju_web.demo.drawing.palette import Palette, darker, lighter, mix
from duanju_web.demo.drawing.story import Look

PALETTES = (
    Palette("#120f26", "#232458", "#6a4f98", "#ffb57a", "#ff5470"),
    Palette("#0c1a20", "#124454", "#37858a", "#ffd596", "#ee6a45"),
    Palette("#1c0c14", "#521634", "#9a2f56", "#ffcf96", "#e0a83e"),
    Palette("#0c1424", "#1c3868", "#5b86b8", "#ffe6b4", "#d43f55"),
    Palette("#12180f", "#29482e", "#7a9a58", "#ffe08a", "#e46a3a"),
    Palette("#1d120c", "#5a2b1c", "#b5653a", "#ffdca0", "#2f8f8a"),
    Palette("#170f22", "#3d1f5c", "#8f4fa6", "#ffc2d4", "#ff6f91"),
    Palette("#0d1518", "#20363e", "#66808a", "#f2ead6", "#d9472f"),
    Palette("#10121f", "#1f2b4f", "#3d6fb0", "#b9f1ff", "#ffb13d"),
    Palette("#1b0e0c", "#6a1f1b", "#b8433a", "#ffd9a6", "#f2b544"),
)
"""The colours of posters, each worked out as a whole."""

GENRES = {
    "urban": ("office", "street", "rooftop"),
    "revenge": ("banquet", "street", "office"),
    "romance": ("rooftop", "home", "banquet"),
    "family": ("home", "village", "ward"),
    "workplace": ("office", "corridor", "rooftop"),
    "historical": ("courtyard", "palace", "study"),
    "fantasy": ("mountain", "courtyard", "palace"),
    "suspense": ("corridor", "train", "street"),
    "time_slip": ("village", "train", "rooftop"),
    "comedy": ("home", "office", "village"),
}
"""Where each genre is at home; an unknown genre lives in the city."""

_OLD_TIMES = {"historical", "fantasy"}
_WOMEN = ("long", "wave", "bob", "bun", "ponytail")
_MEN = ("swept", "fringe", "slick")


def cast_for(*, genre: str, palette: Palette, seed: int, female: bool) -> Look:
    """Return how a lead of this genre may look; the same arguments give the same look."""
    chance = random.Random(f"{genre} {seed} {female}")
    old_times = genre in _OLD_TIMES
    if old_times:
        style, costume = ("palace", "silk") if female else ("topknot", "robe")
        ornament = chance.choice(("hairpin", "flower")) if female else "crown"
    else:
        style = chance.choice(_WOMEN if female else _MEN)
        costume = chance.choice(_costumes(genre, female))
        ornament = "none"
    light = lighter(palette.glow, share=0.6)
    main = chance.choice(
        (
            palette.accent,
            mix(palette.deep, palette.middle, share=0.4),
            darker(palette.accent, share=0.3),
            light,
        )
    )
    return Look(
        female=female,
        age="adult",
        hair_style=style,
        hair=chance.choice(("#1a161c", "#2a1b1e", "#241c28", "#3a241e")),
        costume=costume,
        main=main,
        second=light if main != light else mix(palette.deep, palette.middle, share=0.3),
        accent=palette.accent if main != palette.accent else palette.glow,
        skin=chance.choice(("#f6d3bc", "#f1c9ae", "#eec0a2")),
        iris=chance.choice(("#6b4630", "#4a3528", "#5a4a3a")),
        ornament=ornament,
        glasses=not old_times and chance.random() < 0.2,
        beard=old_times and not female and chance.random() < 0.25,
        earrings=female,
    )


def _costumes(genre: str, female: bool) -> tuple[str, ...]:
    if female:
        return {
            "revenge": ("gown", "qipao"),
            "workplace": ("blazer", "coat"),
            "family": ("hoodie", "blazer"),
            "comedy": ("hoodie", "jacket"),
        }.get(genre, ("blazer", "qipao", "gown", "hoodie"))
    return {
        "family": ("hoodie", "tunic"),
        "comedy": ("jacket", "hoodie"),
        "workplace": ("suit", "coat"),
        "time_slip": ("tunic", "jacket"),
    }.get(genre, ("suit", "suit", "jacket"))
