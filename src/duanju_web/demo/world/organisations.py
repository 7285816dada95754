"""Who lives in the demo world."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

DEMO_PASSWORD = "short-drama"  # noqa: S105
VIEWER_EMAIL = "viewer@demo.invalid"
_FILE = Path(__file__).with_name("organisations.toml")


@dataclass(frozen=True, slots=True)
class WorldPerson:
    """A person of the demo, with the role in the organisation."""

    id: str
    name: str
    role: str

    @property
    def email(self) -> str:
        """The address to log in with."""
        return f"{self.id}@demo.invalid"


@dataclass(frozen=True, slots=True)
class WorldAccount:
    """A bank account of an organisation, of a bank that pays nobody."""

    currency: str
    holder: str
    number: str
    clearing_system: str
    clearing_member: str


@dataclass(frozen=True, slots=True)
class WorldOrganisation:
    """An organisation of the demo; its first person is its owner."""

    slug: str
    kind: str
    time_zone: str
    name: Mapping[str, str]
    people: tuple[WorldPerson, ...]
    accounts: tuple[WorldAccount, ...]


def load_organisations() -> tuple[WorldOrganisation, ...]:
    """Read all organisations, in the file's order: those of one kind stand together."""
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(
        WorldOrganisation(
            slug=row["slug"],
            kind=row["kind"],
            time_zone=row["time_zone"],
            name=row["name"],
            people=tuple(WorldPerson(**person) for person in row["people"]),
            accounts=tuple(WorldAccount(**account) for account in row.get("accounts", ())),
        )
        for row in data["organisation"]
    )
