"""The ASGI application that the collector's server runs."""

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duanju_web.config.settings.production")
django.setup()

from duanju_web.collector.endpoint import Collector  # noqa: E402
from duanju_web.theater.collecting import event_spool  # noqa: E402

application = Collector(event_spool(), body_seconds_max=settings.COLLECTOR_BODY_SECONDS_MAX)
