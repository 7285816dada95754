"""The nouns every room shares; standard library only."""

from duanju.kernel.allocation import RoundingRule, allocate, round_half_even
from duanju.kernel.canonical import canonical_json, chain_digest, digest, stated
from duanju.kernel.currency import CURRENCIES, Currency, UnknownCurrency, currency
from duanju.kernel.identity import (
    InvalidId,
    id_from_halves,
    id_halves,
    id_time_ms,
    new_id,
    parse_id,
)
from duanju.kernel.money import CurrencyMismatch, Money
from duanju.kernel.party import Party
from duanju.kernel.period import Month, Period
from duanju.kernel.problem import Problem, ProblemsFound, Where
from duanju.kernel.proof import ProofStep
from duanju.kernel.text import Text, UntranslatedText

__all__ = [
    "CURRENCIES",
    "Currency",
    "CurrencyMismatch",
    "InvalidId",
    "Money",
    "Month",
    "Party",
    "Period",
    "Problem",
    "ProblemsFound",
    "ProofStep",
    "RoundingRule",
    "Text",
    "UnknownCurrency",
    "UntranslatedText",
    "Where",
    "allocate",
    "canonical_json",
    "chain_digest",
    "currency",
    "digest",
    "id_from_halves",
    "id_halves",
    "id_time_ms",
    "new_id",
    "parse_id",
    "round_half_even",
    "stated",
]
