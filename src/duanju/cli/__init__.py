"""The command `duanju`."""

from duanju.cli.command import main

__all__ = ["main"]
