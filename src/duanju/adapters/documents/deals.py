"""Deals as a TOML file: who, which titles, from when, under which policy with which parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from duanju.adapters.documents.policy_tables import Id, TextValue
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.toml_reading import Document, Row
from duanju.deals import (
    AmendedBy,
    Amendment,
    AmendmentMode,
    Contract,
    Policy,
    Terms,
    check_contract,
    read_parameters,
)
from duanju.kernel import Party, Problem, Text, Where

_ARRAYS = ("deal", "title")


class DealsHeader(Row):
    """What stands above the first deal."""

    zone: str = "Asia/Shanghai"


class TitleTable(Row):
    """`[[title]]`: what a title is called."""

    id: str | int
    name: TextValue


class AmendmentTable(Row):
    """`[[deal.amendment]]`: what it does not say of titles and parties stays as it was."""

    id: Id
    policy: Id
    version: Annotated[int, Field(ge=1)]
    effective_on: date | None = None
    mode: Literal["over", "beside"] = "over"
    by: Literal["play_date", "signing_date"] = "play_date"
    signed_on: date | None = None
    titles: list[str | int] = []
    parties: dict[Id, str] = {}
    parameters: dict[str, Any] = {}


class DealTable(Row):
    """`[[deal]]`."""

    id: Annotated[str, Field(min_length=1, max_length=64)]
    policy: Id
    version: Annotated[int, Field(ge=1)]
    titles: list[str | int]
    starts_on: date
    ends_on: date | None = None
    signed_on: date | None = None
    parties: dict[Id, str]
    parameters: dict[str, Any] = {}
    amendment: list[AmendmentTable] = []


@dataclass(frozen=True, slots=True)
class Deals:
    """What a deals file says.

    Attributes:
        zone: The zone by which its months begin and end: the platform's own.
        contracts: The deals, in the file's order.
        titles: Title id to name, of those that the file names.
    """

    zone: ZoneInfo
    contracts: tuple[Contract, ...]
    titles: Mapping[str, Text]


def read_deals(path: Path, *, policies: Mapping[tuple[str, int], Policy]) -> Deals:
    """Read and check a deals file.

    Args:
        path: A TOML file with `zone`, `[[deal]]` and, if wished, `[[title]]`.
        policies: By id and version, as `load_policies` returns them.

    Raises:
        ProblemsFound: With all problems of the file, each with its line.
    """
    document = Document.parse(read_text(path), file=str(path))
    header = {key: value for key, value in document.data.items() if key not in _ARRAYS}
    head: DealsHeader | None = document.read(DealsHeader, header, "")
    zone = _zone(document, head.zone if head else "UTC")
    tables: dict[int, DealTable] = document.read_each(DealTable, "deal")
    titles: dict[int, TitleTable] = document.read_each(TitleTable, "title")
    contracts: dict[str, Contract] = {}
    for index, table in tables.items():
        if table.id in contracts:
            document.note("deals.duplicate-deal", f"deal.{index}.id", id=table.id)
            continue
        contract = _contract(document, table, index, policies)
        if contract is not None:
            contracts[table.id] = contract
    document.require_good()
    names = {str(title.id): title.name for title in titles.values()}
    return Deals(zone, tuple(contracts.values()), names)


def _zone(document: Document, name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        document.note("documents.unknown-zone", "zone", zone=name)
        return ZoneInfo("UTC")


def _contract(
    document: Document,
    table: DealTable,
    index: int,
    policies: Mapping[tuple[str, int], Policy],
) -> Contract | None:
    reading = _Reading(document, policies)
    path = f"deal.{index}"
    terms = reading.terms(table, path)
    amendments = [
        reading.amendment(table, own, f"{path}.amendment.{number}")
        for number, own in enumerate(table.amendment)
    ]
    good = tuple(own for own in amendments if own is not None)
    if terms is None or len(good) < len(amendments) or not reading.is_good:
        return None
    contract = Contract(table.id, terms, good)
    document.note_all(_within(problem, path) for problem in check_contract(contract))
    return contract


@dataclass(slots=True)
class _Reading:
    """One deal being read.

    Attributes:
        document: In which it stands.
        policies: By id and version.
        is_good: Whether all parameters could be read so far.
    """

    document: Document
    policies: Mapping[tuple[str, int], Policy]
    is_good: bool = True

    def terms(self, table: DealTable | AmendmentTable, path: str) -> Terms | None:
        """Return what a table says, with no more days than those that it names."""
        policy = self.policies.get((table.policy, table.version))
        if policy is None:
            self.document.note(
                "deals.unknown-policy",
                f"{path}.policy",
                policy=table.policy,
                version=table.version,
            )
            return None
        values, problems = read_parameters(policy=policy, chosen=table.parameters)
        self.document.note_all(_within(problem, path) for problem in problems)
        self.is_good = self.is_good and not problems
        starts_on = table.starts_on if isinstance(table, DealTable) else date.min
        return Terms(
            policy=policy,
            parties={role: Party(role, own_id) for role, own_id in table.parties.items()},
            title_ids=frozenset(str(title_id) for title_id in table.titles),
            starts_on=starts_on,
            ends_on=table.ends_on if isinstance(table, DealTable) else None,
            signed_on=table.signed_on,
            parameters=values,
        )

    def amendment(self, deal: DealTable, table: AmendmentTable, path: str) -> Amendment | None:
        """Return what an amendment says; where it is silent, what the deal says."""
        by = AmendedBy(table.by)
        if table.effective_on is None and by is AmendedBy.PLAY_DATE:
            self.document.note("documents.missing-key", f"{path}.effective_on", key="effective_on")
        silent = table.model_copy(
            update={
                "titles": table.titles or deal.titles,
                "parties": deal.parties | table.parties,
            }
        )
        terms = self.terms(silent, path)
        if terms is None:
            return None
        days = replace(terms, starts_on=deal.starts_on, ends_on=deal.ends_on)
        effective_on = table.effective_on or deal.starts_on
        return Amendment(table.id, days, effective_on, AmendmentMode(table.mode), by)


def _within(problem: Problem, path: str) -> Problem:
    return replace(problem, where=Where(path=f"{path}.{problem.where.path}"))
