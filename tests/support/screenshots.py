"""Look at pages: every address × width × theme × language becomes a PNG.

    python tests/support/screenshots.py http://127.0.0.1:8000 build/shots / /about/ /home/ \
        --persona someone@demo.invalid --width 390 --width 1280 --theme light --theme dark

Without `--width`, `--theme` or `--language` both of each are taken. `--persona` logs in as one of
the demo's people with one click. `--full` takes the whole page instead of the first screen. What
the browser complains about (scripts, missing files, breaches of the content policy) is printed.
"""

import argparse
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, TimeoutError, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
HEIGHTS = {390: 844}
DESKTOP_HEIGHT = 900
SETTLED_AFTER_MS = 5_000
LANGUAGES = ("en", "zh-hans")
THEMES = ("light", "dark")
WIDTHS = (390, 1280)


@dataclass(frozen=True, slots=True)
class Look:
    """One way of looking at a page."""

    width: int
    theme: str
    language: str

    @property
    def suffix(self) -> str:
        """The end of a picture's name."""
        return f"{self.width}-{self.theme}-{self.language}"


def main() -> None:
    """Take the pictures that the command line asks for."""
    asked = _arguments()
    asked.folder.mkdir(parents=True, exist_ok=True)
    looks = [
        Look(width, theme, language)
        for width in asked.width or WIDTHS
        for theme in asked.theme or THEMES
        for language in asked.language or LANGUAGES
    ]
    executable = str(CHROMIUM) if CHROMIUM.exists() else None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for look in looks:
            context = browser.new_context(
                viewport={"width": look.width, "height": HEIGHTS.get(look.width, DESKTOP_HEIGHT)},
                color_scheme=look.theme,
                device_scale_factor=asked.scale,
            )
            _choose(context, asked.base, look)
            page = context.new_page()
            _listen(page)
            if asked.persona:
                _become(page, asked.base, asked.persona)
            for path in asked.paths:
                _take(page, asked.base, path, look, folder=asked.folder, full=asked.full)
            context.close()
        browser.close()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("base")
    parser.add_argument("folder", type=Path)
    parser.add_argument("paths", nargs="+")
    parser.add_argument("--persona", default="")
    parser.add_argument("--width", type=int, action="append")
    parser.add_argument("--theme", choices=THEMES, action="append")
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--scale", type=float, default=1)
    return parser.parse_args()


def _choose(context: BrowserContext, base: str, look: Look) -> None:
    context.add_cookies(
        [
            {"name": "django_language", "value": look.language, "url": base},
            {"name": "theme", "value": look.theme, "url": base},
        ]
    )


def _listen(page: Page) -> None:
    page.on("console", lambda m: m.type == "error" and print(f"  {page.url}: {m.text}"))
    page.on("pageerror", lambda error: print(f"  {page.url}: {error}"))


def _become(page: Page, base: str, email: str) -> None:
    page.goto(f"{base}/demo/")
    page.locator(
        f'button[name="email"][value="{email}"], form:has(input[value="{email}"]) button'
    ).first.click()
    _settle(page)


def _settle(page: Page) -> None:
    """Wait until nothing loads any more; a page that plays never comes to rest."""
    with suppress(TimeoutError):
        page.wait_for_load_state("networkidle", timeout=SETTLED_AFTER_MS)


def _take(page: Page, base: str, path: str, look: Look, *, folder: Path, full: bool) -> None:
    page.goto(base + path)
    _settle(page)
    page.evaluate("document.fonts.ready")
    overflow = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    name = re.sub(r"[^\w-]+", "-", path).strip("-") or "root"
    page.screenshot(path=folder / f"{name}-{look.suffix}.png", full_page=full)
    note = f"  {overflow} px wider than the screen" if overflow > 0 else ""
    print(f"{name}-{look.suffix}.png{note}")


if __name__ == "__main__":
    sys.exit(main())
