"""Debian's packages, which only root may install."""

import os
import shutil

from tools.prepare.step import SetupFailed, run


def can_install() -> bool:
    """Tell whether this process may install Debian's packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def command_for(package: str) -> str:
    """Return what root types on a machine that may never have read Debian's list of packages."""
    return f"apt-get update && apt-get install --no-install-recommends {package}"


def install(package: str, *, for_what: str) -> None:
    """Install a package, without the ones it merely recommends.

    Raises:
        SetupFailed: This process is not root, or the package cannot be had.
    """
    if not can_install():
        raise SetupFailed(
            what=f"{for_what} is missing, and only root may install it",
            where=f"Debian's package {package}",
            hint=f"as root, run `{command_for(package)}`, then try again",
        )
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    hint = "check that the machine reaches its Debian mirror (`apt-get update`)"
    run(["apt-get", "update", "-q"], hint=hint, environment=quiet)
    run(
        ["apt-get", "install", "-q", "-y", "--no-install-recommends", package],
        hint=hint,
        environment=quiet,
    )
