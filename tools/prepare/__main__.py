"""Runs the steps of one goal, on a Python that is new enough."""

# This file alone must be readable by an old Python, so that it can say what is missing.
import os
import shutil
import sys

OLDEST = (3, 11)
NEWEST_FIRST = ["python3.13", "python3.12", "python3.11", "python3.14"]

if sys.version_info < OLDEST:
    for name in NEWEST_FIRST:
        if shutil.which(name):
            os.execvp(name, [name, "-E", "-s", "-m", "tools.prepare", *sys.argv[1:]])  # noqa: S606
    sys.exit(
        f"Duanju needs Python 3.11 or later; this is {sys.version.split()[0]}.\n"
        "hint: on Debian 12 or later run `apt-get install python3`, then try again."
    )

from tools.prepare.goals import main  # noqa: E402

sys.exit(main(sys.argv[1:]))
