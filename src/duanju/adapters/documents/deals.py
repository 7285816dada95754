"""Deals as a TOML file: who, which titles, from when, under which policy with which parameters."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field

from duanju.adapters.documents.policy_tables import Id, TextValue
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.toml_reading import Document, Row
from duanju.deals import Contract, Policy, Terms, check_terms, read_parameters
from duanju.kernel import Party, Problem, Text, Where

_ARRAYS = ("deal", "title")


class DealsHeader(Row):
    """What stands above the first deal."""

    zone: str = "Asia/Shanghai"


class TitleTable(Row):
    """`[[title]]`: what a title is called."""

    id: str | int
    name: TextValue


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
    policy = policies.get((table.policy, table.version))
    if policy is None:
        document.note(
            "deals.unknown-policy",
            f"deal.{index}.policy",
            policy=table.policy,
            version=table.version,
        )
        return None
    values, problems = read_parameters(policy=policy, chosen=table.parameters)
    terms = Terms(
        policy=policy,
        parties={role: Party(role, own_id) for role, own_id in table.parties.items()},
        title_ids=frozenset(str(title_id) for title_id in table.titles),
        starts_on=table.starts_on,
        ends_on=table.ends_on,
        signed_on=table.signed_on,
        parameters=values,
    )
    for problem in problems or check_terms(terms):
        document.note_all([_within_deal(problem, index)])
    return Contract(table.id, terms)


def _within_deal(problem: Problem, index: int) -> Problem:
    return replace(problem, where=Where(path=f"deal.{index}.{problem.where.path}"))
