"""The demo's settings with a clock that a journey can move forward.

A month is closed after its end; so a journey that begins today must be able to end next month.
"""

from datetime import datetime, timedelta

from django.utils import timezone

from duanju_web.config.settings.demo import *  # noqa: F403
from duanju_web.config.settings.demo import DATA_FOLDER

MONTHS_CLOSE_EARLY = False

DAYS_AHEAD_FILE = DATA_FOLDER / "days_ahead"

_now = timezone.now


def now_or_later() -> datetime:
    """Return the time, as many days later as the file says."""
    days = int(DAYS_AHEAD_FILE.read_text()) if DAYS_AHEAD_FILE.is_file() else 0
    return _now() + timedelta(days=days)


timezone.now = now_or_later
