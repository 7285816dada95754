"""Sample videos, studios and titles for the tests of ingest."""

import pytest

from duanju_web.productions.models import Title
from duanju_web.shared.actor import Actor
from tests.support.people import an_actor
from tests.support.titles import a_title
from tests.support.videos import videos

__all__ = ["maker", "title", "videos"]


@pytest.fixture
def maker() -> Actor:
    """Give somebody who owns a studio."""
    return an_actor("studio")


@pytest.fixture
def title(maker: Actor) -> Title:
    """Give a draft of that studio with everything but episodes."""
    return a_title(maker)
