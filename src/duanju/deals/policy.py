"""A cooperation policy: a versioned document of clauses, with its source and its dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from duanju.deals.clauses import Clause
from duanju.deals.parameters import Parameter, ParameterValue
from duanju.kernel import Party, Text, digest


@dataclass(frozen=True, slots=True)
class Source:
    """Where a policy was published.

    Attributes:
        title: The announcement, paper or page.
        published_on: Its date, if known.
        address: A web address, if there is one.
        note: What it leaves open.
    """

    title: Text
    published_on: date | None = None
    address: str = ""
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """A version of a cooperation policy.

    Attributes:
        id: Stable over versions.
        version: Which version, counted from 1.
        title: What people call it.
        summary: What it offers, in a sentence or two.
        valid_from: First day on which deals can be signed under it.
        valid_until: First day on which they no longer can; `None` for open.
        sources: Where it was published; never empty.
        parameters: What a deal fills in.
        clauses: What it says, in order.
    """

    id: str
    version: int
    title: Text
    summary: Text
    valid_from: date
    valid_until: date | None
    sources: tuple[Source, ...]
    parameters: tuple[Parameter, ...]
    clauses: tuple[Clause, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the whole; what a deal pins."""
        return digest(self)


@dataclass(frozen=True, slots=True)
class Terms:
    """A policy with all that a deal chose.

    Attributes:
        policy: The version that is pinned.
        parameters: Id to value, of those that the deal fills in.
        parties: Role to party: `platform`, `studio`.
        title_ids: The titles that it covers.
        starts_on: First day whose facts count.
        ends_on: First day whose facts no longer count; `None` for open.
        signed_on: Day of signing, which must lie within the policy's validity; `None` if unknown.
    """

    policy: Policy
    parties: Mapping[str, Party]
    title_ids: frozenset[str]
    starts_on: date
    ends_on: date | None = None
    signed_on: date | None = None
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)

    @property
    def values(self) -> Mapping[str, ParameterValue]:
        """Every parameter that has a value, the deal's own before the default."""
        defaults = {
            parameter.id: parameter.default
            for parameter in self.policy.parameters
            if parameter.default is not None
        }
        return defaults | dict(self.parameters)


@dataclass(frozen=True, slots=True)
class Contract:
    """Terms under the id of the deal that made them binding."""

    id: str
    terms: Terms
