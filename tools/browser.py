"""Chromium, started the one way that the journeys and `make test` both use.

python -m tools.browser     starts it, says its version and ends it
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

from tools.prepare.programs import driver_settings, machine_browser

OPTIONS = ("--no-sandbox", "--autoplay-policy=no-user-gesture-required", "--mute-audio")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """Start Chromium, the machine's own or playwright's, and end it with the block."""
    os.environ.update(driver_settings())
    with sync_playwright() as playwright:
        own = machine_browser() or None
        chromium = playwright.chromium.launch(executable_path=own, args=OPTIONS)
        yield chromium
        chromium.close()


def main() -> None:
    """Start Chromium once; whatever it lacks shows here, before a thousand tests."""
    with running_chromium() as chromium:
        print(chromium.version)


if __name__ == "__main__":
    main()
