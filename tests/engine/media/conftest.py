"""Sample videos for the tests of packaging."""

from tests.support.videos import videos

__all__ = ["videos"]
