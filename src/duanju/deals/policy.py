"""A cooperation policy: a versioned document of clauses, with its source and its dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from duanju.deals.clauses import Clause
from duanju.deals.parameters import Parameter, ParameterValue
from duanju.kernel import Party, Text, digest, stated


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
        """SHA-256 of the canonical JSON of all that the policy states; what a deal pins.

        A field that is at its default is left out, so that a policy keeps its digest when the
        language learns new words. A default, once released, never changes.
        """
        return digest(stated(self))


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
        taken_over: Titles that other terms of the same deal covered before `starts_on`, with the
            empty one for the deal as a whole: what fell due for them by then fell due under those.
    """

    policy: Policy
    parties: Mapping[str, Party]
    title_ids: frozenset[str]
    starts_on: date
    ends_on: date | None = None
    signed_on: date | None = None
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    taken_over: frozenset[str] = frozenset()

    @property
    def values(self) -> Mapping[str, ParameterValue]:
        """Every parameter that has a value, the deal's own before the default."""
        defaults = {
            parameter.id: parameter.default
            for parameter in self.policy.parameters
            if parameter.default is not None
        }
        return defaults | dict(self.parameters)


class AmendmentMode(StrEnum):
    """Whether new terms stand in the place of the old ones, or beside them."""

    OVER = "over"
    BESIDE = "beside"


class AmendedBy(StrEnum):
    """Which facts new terms hold for.

    `play_date` holds for what happens from the amendment's day on; `signing_date` for all that the
    deal ever covered, as if it had been signed so.
    """

    PLAY_DATE = "play_date"
    SIGNING_DATE = "signing_date"


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of a deal that was agreed later.

    Attributes:
        id: Unique within the deal.
        terms: The new terms; their days are those of the deal.
        effective_on: First day for whose facts they hold, with `play_date`.
        mode: Over the old terms or beside them.
        by: Which facts they hold for.
    """

    id: str
    terms: Terms
    effective_on: date
    mode: AmendmentMode = AmendmentMode.OVER
    by: AmendedBy = AmendedBy.PLAY_DATE


@dataclass(frozen=True, slots=True)
class Contract:
    """Terms under the id of the deal that made them binding, with all that amended them.

    Attributes:
        id: The deal.
        terms: As they were signed.
        amendments: What was agreed later, in the order of agreement.
    """

    id: str
    terms: Terms
    amendments: tuple[Amendment, ...] = ()
