"""Built files in templates: entries by name, icons from the sprite, dialogs as blocks."""

import json
import logging
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from duanju_web.shared.portraits import draw_portrait

register = template.Library()
log = logging.getLogger(__name__)

FACES = ("styles/site.css", "styles/fonts.css")


@lru_cache(maxsize=4)
def _manifest_as_of(path: Path, _changed_ns: int) -> dict[str, dict[str, Any]]:
    return dict(json.loads(path.read_text()))


def manifest() -> dict[str, dict[str, Any]]:
    """Read what Vite built; empty, with a warning, before the first build."""
    path = settings.FRONTEND_DIST_FOLDER / "manifest.json"
    try:
        return _manifest_as_of(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        log.warning("The front end is not built; `make demo` builds it.")
        return {}


def _stylesheets(files: list[str]) -> SafeString:
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((static(f),) for f in files)
    )


@register.simple_tag
def frontend_styles() -> SafeString:
    """Link the tokens and components, and the faces, that every page shares."""
    built = manifest()
    return _stylesheets([built[name]["file"] for name in FACES if name in built])


@register.simple_tag
def frontend_entry(name: str) -> SafeString:
    """Link an entry of `frontend/src` with the styles and chunks that it needs.

    Args:
        name: The file's name without its ending: `site`, `theater`, `ingest`, `statement`.
    """
    built = manifest()
    entry = built.get(f"src/{name}.ts")
    if entry is None:
        return mark_safe("<!-- front end not built -->")
    chunks = _imported(built, f"src/{name}.ts")
    styles = [style for chunk in (entry, *chunks) for style in chunk.get("css", [])]
    preloads = format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((static(c["file"]),) for c in chunks)
    )
    script = format_html('<script type="module" src="{}"></script>', static(entry["file"]))
    return mark_safe("\n".join(filter(None, [_stylesheets(styles), preloads, script])))  # noqa: S308


def _imported(built: dict[str, dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Return the chunks that an entry loads at once, each a single time, nearest first."""
    found: dict[str, dict[str, Any]] = {}
    waiting = list(built[key].get("imports", []))
    while waiting:
        name = waiting.pop(0)
        if name not in found:
            found[name] = built[name]
            waiting += built[name].get("imports", [])
    return list(found.values())


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of the sprite; without a label it is hidden from screen readers.

    Args:
        name: One of `ICON_NAMES` in `frontend/build/icons.ts`.
        label: What it says when it stands alone.
    """
    sprite = manifest().get("icons.svg")
    address = f"{static(sprite['file'])}#{name}" if sprite else f"#{name}"
    if label:
        return format_html(
            '<svg class="icon icon--{}" role="img" aria-label="{}"><use href="{}"/></svg>',
            name,
            label,
            address,
        )
    return format_html(
        '<svg class="icon icon--{}" aria-hidden="true"><use href="{}"/></svg>', name, address
    )


@register.simple_tag
def portrait(seed: str) -> SafeString:
    """Draw somebody; the seed, an e-mail address for example, is not shown."""
    return mark_safe(draw_portrait(str(seed)))  # noqa: S308


@register.simple_block_tag
def dialog(content: str, identifier: str, *, title: str, style: str = "") -> SafeString:
    """Put the block into a dialog, opened by any `data-dialog-open="identifier"`.

    Args:
        content: The block.
        identifier: The dialog's id in the page.
        title: Its heading.
        style: `seal` where agreeing binds somebody.
    """
    context = {"identifier": identifier, "title": title, "style": style, "content": content}
    return mark_safe(render_to_string("shared/components/dialog.html", context))  # noqa: S308
