"""What a phone has to load, held to its budget; sizes are written down by the build itself."""

import json
import re
from pathlib import Path

import pytest

FRONTEND = Path(__file__).resolve().parents[2] / "frontend"
SHELL_BROTLI_BYTES_MAX = 35 * 1024
STYLES_BROTLI_BYTES_MAX = 12 * 1024
FACES_BROTLI_BYTES_MAX = 24 * 1024
ICONS_BROTLI_BYTES_MAX = 6 * 1024
TERMS_BROTLI_BYTES_MAX = 2 * 1024
TERMS_STYLES_BROTLI_BYTES_MAX = 4 * 1024

needs_build = pytest.mark.skipif(
    not (FRONTEND / "dist" / "sizes.json").exists(), reason="the front end is not built"
)


def brotli_bytes(pattern: str) -> int:
    sizes = json.loads((FRONTEND / "dist" / "sizes.json").read_text())
    found = [size["brotli_bytes"] for name, size in sizes.items() if re.fullmatch(pattern, name)]
    assert found, pattern
    return sum(found)


@needs_build
@pytest.mark.parametrize(
    ("pattern", "bytes_max"),
    [
        (r"assets/site-[^/]*\.js", SHELL_BROTLI_BYTES_MAX),
        (r"assets/site-[^/]*\.css", STYLES_BROTLI_BYTES_MAX),
        (r"assets/fonts-[^/]*\.css", FACES_BROTLI_BYTES_MAX),
        (r"assets/icons-[^/]*\.svg", ICONS_BROTLI_BYTES_MAX),
        (r"assets/terms-[^/]*\.js", TERMS_BROTLI_BYTES_MAX),
        (r"assets/terms-[^/]*\.css", TERMS_STYLES_BROTLI_BYTES_MAX),
    ],
)
def test_page_loads_no_more_than_its_budget(pattern, bytes_max):
    assert brotli_bytes(pattern) <= bytes_max


def test_lock_file_names_no_host():
    lock = json.loads((FRONTEND / "package-lock.json").read_text())
    resolved = [name for name, package in lock["packages"].items() if "resolved" in package]
    assert resolved == []


def test_every_package_is_pinned_to_one_version():
    package = json.loads((FRONTEND / "package.json").read_text())
    wanted = {**package["dependencies"], **package["devDependencies"]}
    assert {n: v for n, v in wanted.items() if not re.fullmatch(r"\d+\.\d+\.\d+", v)} == {}


def test_every_icon_that_a_template_names_is_in_the_sprite():
    known = set(re.findall(r'"([a-z0-9-]+)"', (FRONTEND / "build" / "icons.ts").read_text()))
    templates = (FRONTEND.parent / "src" / "duanju_web").rglob("*.html")
    named = {
        (path.name, icon)
        for path in templates
        for icon in re.findall(r'\{% icon "([^"]+)"|\bicon="([^"{]+)"', path.read_text())
        for icon in icon
        if icon
    }
    assert {(page, icon) for page, icon in named if icon not in known} == set()
