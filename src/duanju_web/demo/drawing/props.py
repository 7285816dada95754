"""Things that turn a plot: held in a hand, or shown alone on the screen."""

from duanju_web.demo.drawing.palette import darker, lighter

PROPS = ("none", "phone", "letter", "pendant", "ring", "card", "ticket", "watch", "cup", "tablet")


def draw_prop(*, prop: str, accent: str) -> str:
    """Return the SVG of a thing about 160 units high around (0, 0), empty for `none`."""
    light, dark = lighter(accent, share=0.5), darker(accent, share=0.4)
    drawn = {
        "phone": f"""<rect x="-44" y="-84" width="88" height="168" rx="14" fill="#17151f"/>
<rect x="-38" y="-74" width="76" height="148" rx="8" fill="{light}"/><circle cx="0" cy="-32" r="20"
 fill="{accent}"/><rect x="-26" y="4" width="52" height="8" rx="4" fill="{dark}"/>
<rect x="-26" y="22" width="38" height="8" rx="4" fill="{dark}" opacity="0.6"/>
<rect x="-26" y="44" width="52" height="20" rx="10" fill="{accent}"/>""",
        "letter": f"""<path d="M-62 -80L56 -88L64 78L-54 84Z" fill="#f7efdc"/>
<g stroke="#8d7c66" stroke-width="5" stroke-linecap="round"><path d="M-44 -52L38 -57M-42 -30L42
 -35M-41 -8L32 -12M-40 14L44 9"/></g><circle cx="26" cy="48" r="20" fill="{accent}"/>
<circle cx="26" cy="48" r="12" fill="none" stroke="{light}" stroke-width="3"/>""",
        "pendant": f"""<path d="M-40 -120Q0 -60 40 -120" fill="none" stroke="#b8443c"
 stroke-width="6"/><circle cx="0" cy="-10" r="62" fill="{dark}"/><circle cx="0" cy="-14" r="60"
 fill="#9fd6b4"/><circle cx="-4" cy="-20" r="52" fill="#c4ead0" opacity="0.7"/>
<circle cx="0" cy="-14" r="20" fill="{dark}"/><path d="M-40 -34Q-20 -62 14 -60" fill="none"
 stroke="#fff" stroke-width="7" stroke-linecap="round" opacity="0.8"/><path d="M0 46V120M-10 60L
-14 126M10 60L14 126" stroke="#b8443c" stroke-width="6" stroke-linecap="round"/>""",
        "ring": f"""<ellipse cx="0" cy="30" rx="50" ry="52" fill="none" stroke="#e7c46c"
 stroke-width="15"/><ellipse cx="-4" cy="26" rx="50" ry="52" fill="none" stroke="#fff3c8"
 stroke-width="4" opacity="0.8"/><path d="M-34 -44L-18 -72H18L34 -44L0 -8Z" fill="{light}"/>
<path d="M-34 -44H34L0 -8Z" fill="{accent}" opacity="0.55"/><path d="M-18 -72L-10 -44L0 -8L10 -44
L18 -72" fill="none" stroke="#fff" stroke-width="3"/>""",
        "card": f"""<g transform="rotate(-8)"><rect x="-92" y="-56" width="184" height="112"
 rx="14" fill="#16131c"/><rect x="-92" y="-56" width="184" height="112" rx="14" fill="{accent}"
 opacity="0.24"/><rect x="-72" y="-30" width="36" height="28" rx="6" fill="#e7c46c"/>
<g fill="#e7c46c"><rect x="-72" y="16" width="100" height="9" rx="4"/><rect x="-72" y="32"
 width="62" height="7" rx="3" opacity="0.6"/></g><circle cx="62" cy="30" r="14" fill="#e7c46c"/>
</g>""",
        "ticket": f"""<g transform="rotate(-6)"><rect x="-100" y="-50" width="200" height="100"
 rx="8" fill="#f5e8cf"/><path d="M48 -50V50" stroke="{dark}" stroke-width="4"
 stroke-dasharray="7 7"/><rect x="-84" y="-32" width="112" height="14" rx="4" fill="{accent}"/>
<g fill="{dark}"><rect x="-84" y="-6" width="92" height="8"/><rect x="-84" y="14" width="70"
 height="8"/></g><circle cx="74" cy="0" r="15" fill="none" stroke="{accent}" stroke-width="5"/>
</g>""",
        "watch": f"""<circle cx="0" cy="0" r="74" fill="#d9b45a"/><circle cx="0" cy="0" r="62"
 fill="#fbf3df"/><path d="M0 0V-44M0 0L30 16" stroke="#2b2130" stroke-width="7"
 stroke-linecap="round"/><g fill="#2b2130"><circle cx="0" cy="-52" r="5"/><circle cx="52" cy="0"
 r="5"/><circle cx="0" cy="52" r="5"/><circle cx="-52" cy="0" r="5"/></g><circle cx="0" cy="-88"
 r="15" fill="none" stroke="#d9b45a" stroke-width="8"/><path d="M0 -104C30 -150 70 -130 90 -170"
 stroke="{accent}" stroke-width="5" fill="none" stroke-dasharray="8 5"/>""",
        "cup": f"""<path d="M-46 -30H46L34 46Q0 60 -34 46Z" fill="{light}"/>
<ellipse cx="0" cy="-30" rx="46" ry="14" fill="{dark}"/><path d="M-18 -56Q-28 -76 -16 -94M6 -56Q-4
 -76 10 -94" fill="none" stroke="#fff" stroke-width="5" opacity="0.5" stroke-linecap="round"/>""",
        "tablet": f"""<rect x="-34" y="-86" width="68" height="172" rx="12" fill="#d9a94b"/>
<rect x="-24" y="-70" width="48" height="140" rx="6" fill="none" stroke="#8c5f1e"
 stroke-width="5"/><path d="M-10 -44H10M0 -44V-14M-12 -14H12M-10 10H10M0 10V44M-13 44H13"
 stroke="#8c5f1e" stroke-width="6"/><path d="M0 86V128" stroke="{accent}" stroke-width="8"/>""",
    }
    return drawn.get(prop, "")
