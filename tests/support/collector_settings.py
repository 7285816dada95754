"""The demo's settings for a collector that trusts grants signed by the tests, and has little room.

No database is there: what a collector does with grants that say themselves that an episode stands
open must not need one.
"""

import os

from duanju_web.config.settings.demo import *  # noqa: F403

SECRET_KEY = "testing-only"
DATABASES = {}
COLLECTOR_BODY_SECONDS_MAX = 2.0
SPOOL_MAX_BYTES = int(os.environ.get("SPOOL_MAX_BYTES", "16777216"))
