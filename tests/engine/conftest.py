"""Engines touch no network at all."""

import pytest


@pytest.fixture(autouse=True)
def _no_sockets(socket_disabled: None) -> None:
    """Refuse every socket."""
