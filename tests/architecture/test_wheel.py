"""The wheel alone serves: no clone, no Node, and nothing of it left unbuilt."""

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.support.repository import ROOT
from tools.packing import find_unbuilt
from tools.prepare.python import UV

PACKED = ["pyproject.toml", "README.md", "LICENSE", ".gitignore", "src", "policies", "tests"]

VISIT = """
import re, sys
from pathlib import Path
import duanju, duanju_web
from duanju_web.manage import main

sys.argv = ["manage", "migrate", "--verbosity", "0"]
main()
from django.conf import settings
from django.test import Client

visitor = Client(SERVER_NAME="localhost", headers={"accept-language": "zh-hans"})
page = visitor.get("/accounts/login/")
text = page.content.decode()
assets = sorted(set(re.findall(r'(?:src|href)="(/static/assets/[^"#]+)', text)))
print("installed in", Path(duanju.__file__).parents[1], Path(duanju_web.__file__).parents[1])
print("page", page.status_code, page["Content-Language"], "登录" in text)
for kind in (".css", ".js", ".svg"):
    print("links", kind, any(address.endswith(kind) for address in assets))
for address in assets:
    found = visitor.get(address)
    assert found.status_code == 200, address
    assert "immutable" in found["Cache-Control"], address
    assert b"".join(found.streaming_content), address
print("policies", len(list(settings.POLICIES_FOLDER.glob("*.toml"))))
print("database", settings.DATABASES["default"]["NAME"])
"""


def packing(root: Path, into: Path) -> subprocess.CompletedProcess[str]:
    """Build the wheel of a project's folder."""
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", into],
        cwd=root,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def alone(folder: Path, script: str, *, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a script on an installed folder and the packages it needs, without the clone.

    Without `site`, no file of paths leads back to the clone.
    """
    own = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LC_ALL"}}
    packages = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    return subprocess.run(
        [sys.executable, "-S", "-P", "-c", script],
        cwd=cwd,
        env={**own, "PYTHONPATH": os.pathsep.join([str(folder), *sorted(packages)])},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def install(wheel: Path, folder: Path) -> None:
    """Install a wheel by itself, from nowhere else."""
    command: list[str | Path] = [sys.executable, "-m", "pip", "install"]
    if UV.is_file():
        command = [UV, "pip", "install", "--offline", "--python", sys.executable]
    command += ["--quiet", "--no-index", "--no-deps", "--target", folder, wheel]
    subprocess.run(command, check=True)


@pytest.mark.skipif(bool(list(find_unbuilt(ROOT))), reason="the front end is not built")
def test_an_installed_wheel_serves_a_page_in_chinese_with_all_it_links(tmp_path: Path) -> None:
    built = packing(ROOT, tmp_path)
    assert built.returncode == 0, built.stdout
    [wheel] = tmp_path.glob("*.whl")
    place, house = tmp_path / "place", tmp_path / "house"
    install(wheel, place)
    house.mkdir()

    seen = alone(place, VISIT, cwd=house)

    assert seen.stdout.splitlines() == [
        f"installed in {place} {place}",
        "page 200 zh-hans True",
        "links .css True",
        "links .js True",
        "links .svg True",
        f"policies {len(list((ROOT / 'policies').glob('*.toml')))}",
        f"database {house / 'duanju-data' / 'duanju.sqlite3'}",
    ], seen.stdout
    assert seen.returncode == 0
    assert (house / "duanju-data" / "duanju.sqlite3").is_file()


def test_what_is_not_built_is_named_and_nothing_is_packed(tmp_path: Path) -> None:
    clone, into = tmp_path / "clone", tmp_path / "into"
    clone.mkdir()
    for name in PACKED:
        (clone / name).symlink_to(ROOT / name)
    (clone / "tools").mkdir()
    (clone / "tools" / "packing.py").symlink_to(ROOT / "tools" / "packing.py")

    refused = packing(clone, into)

    assert refused.returncode == 1
    assert "frontend/dist/manifest.json: the front end is not built" in refused.stdout
    assert "hint:  run `make build`" in refused.stdout
    assert "Traceback" not in refused.stdout
    assert list(into.glob("*")) == []


def test_catalogue_that_is_not_compiled_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "src" / "duanju_web" / "theater" / "locale" / "zh_Hans" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text("", "utf-8")
    (tmp_path / "frontend" / "dist").mkdir(parents=True)
    (tmp_path / "frontend" / "dist" / "manifest.json").write_text("{}", "utf-8")
    place = "src/duanju_web/theater/locale/zh_Hans/LC_MESSAGES/django.mo"
    assert list(find_unbuilt(tmp_path)) == [
        f"{place}: the catalogue of translations is not compiled"
    ]
    (tmp_path / place).write_bytes(b"")
    assert list(find_unbuilt(tmp_path)) == []
