"""The command `duanju`."""

from duanju.cli.main import main

__all__ = ["main"]
