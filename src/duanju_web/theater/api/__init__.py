"""The theater over HTTP, as players use it; described in `docs/reference/openapi.json`."""

from duanju_web.theater.api.application import api

__all__ = ["api"]
