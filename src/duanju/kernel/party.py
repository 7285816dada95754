"""Those who owe and are owed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Party:
    """Someone who can owe and be owed money.

    Attributes:
        role: What the terms call the party: `platform`, `studio`, `channel`.
        id: Who that is, stable over time: an organisation's slug, a channel's name.
    """

    role: str
    id: str

    def __str__(self) -> str:
        return f"{self.role}:{self.id}"
