"""The ASGI application that the collector's server runs."""

import os
import resource

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duanju_web.config.settings.production")
django.setup()

# Each connection takes a descriptor, and the usual bound of 1,024 is one for interactive programs.
_, _hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (_hard, _hard))

from duanju_web.collector.endpoint import Collector  # noqa: E402
from duanju_web.theater.collecting import event_spool  # noqa: E402

application = Collector(event_spool(), body_seconds_max=settings.COLLECTOR_BODY_SECONDS_MAX)
