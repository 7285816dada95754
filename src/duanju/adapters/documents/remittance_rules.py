"""Rules of tax and terms of payment as people keep them: TOML, with every problem's line."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from duanju.adapters.documents.policy_tables.values import Day, ExactNumber, Id, Role
from duanju.adapters.documents.reading import read_text
from duanju.adapters.documents.toml_reading import Document, Row
from duanju.kernel import CURRENCIES, currency
from duanju.settlement import (
    RESERVE_MONTHS_MAX,
    NegativeBalance,
    RemittanceTerms,
    TaxBracket,
    TaxEffect,
    TaxKind,
    TaxRule,
    check_tax_rules,
)

FILE_BYTES_MAX = 4 * 1024 * 1024
"""Larger files are refused before they are read."""

_Loose = Field(strict=False)
_PartyId = Annotated[str, StringConstraints(min_length=1, max_length=100)]
_ZERO = Fraction(0)


class BracketTable(Row):
    """`[[tax.bracket]]`."""

    above: ExactNumber = _ZERO
    rate: ExactNumber
    less: ExactNumber = _ZERO


class TaxTable(Row):
    """`[[tax]]`."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    kind: Annotated[TaxKind, _Loose]
    effect: Annotated[TaxEffect, _Loose]
    taxpayer: Id
    starts_on: Day
    ends_on: Day | None = None
    source: Annotated[str, Field(min_length=1, max_length=300)]
    bracket: list[BracketTable]
    currency: str = ""
    allowance: ExactNumber = _ZERO
    allowance_up_to: ExactNumber = _ZERO
    allowance_share: ExactNumber = _ZERO
    counted: ExactNumber = Fraction(1)

    def value(self) -> TaxRule:
        """Return it as the engine takes it."""
        brackets = tuple(TaxBracket(own.above, own.rate, own.less) for own in self.bracket)
        own = {name: getattr(self, name) for name in TaxTable.model_fields if name != "bracket"}
        return TaxRule(**own, brackets=brackets)


class PartyTable(Row):
    """`[[party]]`."""

    role: Role
    id: _PartyId
    currency: str
    taxpayer: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,64}$")] = ""
    minimum: ExactNumber = _ZERO
    negative: Annotated[NegativeBalance, _Loose] = NegativeBalance.CARRIED
    reserve: ExactNumber = _ZERO
    reserve_months: int = 0


@dataclass(frozen=True, slots=True)
class RemittanceRules:
    """What a platform remits by.

    Attributes:
        taxes: Good rules of any taxpayer and day.
        terms: Role and id of a party to how it is paid.
    """

    taxes: tuple[TaxRule, ...]
    terms: Mapping[tuple[str, str], RemittanceTerms]


def read_remittance_rules(path: Path) -> RemittanceRules:
    """Read rules of tax (`[[tax]]`) and terms of payment (`[[party]]`).

    Raises:
        ProblemsFound: With all problems, each with its line.
    """
    text = read_text(path, bytes_max=FILE_BYTES_MAX)
    return remittance_rules_from_text(text, file=str(path))


def remittance_rules_from_text(text: str, *, file: str) -> RemittanceRules:
    """Read rules of tax and terms of payment from a text.

    Args:
        text: The whole file.
        file: Its name, for problems.

    Raises:
        ProblemsFound: With all problems, each with its line.
    """
    document = Document.parse(text, file=file)
    for key in document.data.keys() - {"tax", "party"}:
        document.note("documents.unknown-key", key, key=key)
    taxes = _taxes_of(document)
    terms = _terms_of(document)
    document.require_good()
    return RemittanceRules(taxes, terms)


def _taxes_of(document: Document) -> tuple[TaxRule, ...]:
    read: dict[int, TaxTable] = document.read_each(TaxTable, "tax")
    rules = {index: own.value() for index, own in read.items()}
    for index, own in rules.items():
        if own.currency and own.currency not in CURRENCIES:
            document.note("settlement.not-a-currency", f"tax.{index}.currency", value=own.currency)
    places = {f"{own.id}@{own.version}": f"tax.{index}" for index, own in rules.items()}
    for problem in check_tax_rules(list(rules.values())):
        path = places[problem.where.path]
        document.note(problem.code, path, **dict(problem.params))
    return tuple(rules.values())


def _terms_of(document: Document) -> dict[tuple[str, str], RemittanceTerms]:
    terms: dict[tuple[str, str], RemittanceTerms] = {}
    read: dict[int, PartyTable] = document.read_each(PartyTable, "party")
    for index, own in read.items():
        path = f"party.{index}"
        if own.currency not in CURRENCIES:
            document.note("settlement.not-a-currency", f"{path}.currency", value=own.currency)
            continue
        minimum = own.minimum * currency(own.currency).minor_per_major
        if minimum < 0 or minimum.denominator != 1:
            document.note("settlement.minimum", path, currency=own.currency)
            continue
        if not is_good_reserve(own.reserve, own.reserve_months):
            document.note("settlement.reserve", path, max=RESERVE_MONTHS_MAX)
            continue
        if (own.role, own.id) in terms:
            document.note("settlement.terms-twice", path, party=f"{own.role}:{own.id}")
        terms[own.role, own.id] = RemittanceTerms(
            role=own.role,
            party_id=own.id,
            taxpayer=own.taxpayer,
            currency=own.currency,
            minimum_minor=minimum.numerator,
            negative=own.negative,
            reserve_rate=own.reserve,
            reserve_months=own.reserve_months,
        )
    return terms


def is_good_reserve(rate: Fraction, months: int) -> bool:
    """Say whether a share and its months make a reserve, or both say that there is none."""
    is_share = 0 <= rate <= 1 and 0 <= months <= RESERVE_MONTHS_MAX
    return is_share and (rate > 0) == (months > 0)
