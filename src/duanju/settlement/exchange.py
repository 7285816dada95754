"""Money of one currency into another: dated rates with their source, pinned, rounded once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType

from duanju.kernel import Money, currency, digest, round_half_even
from duanju.settlement.ledger import Posting

AGE_DAYS_MAX = 10
"""A rate older than this on the day it is pinned for is no rate: long holidays are shorter."""

CONVERSION = "conversion"
"""What the account begins with through which converted money passes; its source follows."""


class NoRate(LookupError):
    """No rate leads from one currency to the other."""

    code = "settlement.no-rate"


@dataclass(frozen=True, slots=True, order=True)
class ExchangeRate:
    """What one unit of a currency was worth in another on a day.

    Attributes:
        day: On which it was published.
        base: ISO 4217 code of the one unit.
        quote: ISO 4217 code of what it is worth.
        rate: Major units of `quote` for one of `base`, exact, more than 0.
    """

    day: date
    base: str
    quote: str
    rate: Fraction


@dataclass(frozen=True, slots=True)
class PinnedRates:
    """The rates with which one period is settled; they never change afterwards.

    Attributes:
        source: Who published them, and the digest of the file that they were read from.
        day: For which they were pinned, mostly the last of the period.
        rates: Base and quote to the rate that was the last on that day.
    """

    source: str
    day: date
    rates: Mapping[tuple[str, str], ExchangeRate]

    @property
    def digest(self) -> str:
        """The digest of all of it, for the period's snapshot."""
        return digest([self.source, self.day, [self.rates[own] for own in sorted(self.rates)]])

    def path(self, given: str, wanted: str) -> tuple[ExchangeRate, ...]:
        """Return the rates that lead from a currency to another: none, one, or two over a third.

        Raises:
            NoRate: There are none.
        """
        if given == wanted:
            return ()
        direct = self._between(given, wanted)
        if direct is not None:
            return (direct,)
        for third in sorted({code for pair in self.rates for code in pair}):
            first, second = self._between(given, third), self._between(third, wanted)
            if first is not None and second is not None:
                return first, second
        raise NoRate(f"{given} to {wanted} on {self.day}")

    def rate(self, given: str, wanted: str) -> Fraction:
        """Return what one major unit of `given` is in major units of `wanted`, exactly.

        Raises:
            NoRate: No rate leads there.
        """
        rate = Fraction(1)
        at = given
        for own in self.path(given, wanted):
            rate = rate * own.rate if own.base == at else rate / own.rate
            at = own.quote if own.base == at else own.base
        return rate

    def _between(self, one: str, other: str) -> ExchangeRate | None:
        return self.rates.get((one, other)) or self.rates.get((other, one))


@dataclass(frozen=True, slots=True)
class Conversion:
    """An amount in another currency.

    Attributes:
        given: What was converted.
        got: What it came to, rounded once, halves to the even neighbour.
        exact_minor: What it came to in minor units before rounding.
        rate: Major units of what was got for one of what was given.
        path: The published rates behind it.
        source: Who published them.
    """

    given: Money
    got: Money
    exact_minor: Fraction
    rate: Fraction
    path: tuple[ExchangeRate, ...]
    source: str

    def legs(self, account: str) -> tuple[Posting, ...]:
        """Return the two pairs of legs that change an account's money; each currency sums to 0."""
        passing = f"{CONVERSION}:{self.source}"
        given, got = self.given, self.got
        return (
            Posting(account, -given.amount_minor, given.currency),
            Posting(passing, given.amount_minor, given.currency),
            Posting(passing, -got.amount_minor, got.currency),
            Posting(account, got.amount_minor, got.currency),
        )


def pin_rates(rates: Iterable[ExchangeRate], *, source: str, day: date) -> PinnedRates:
    """Return the last rates on a day, each at most `AGE_DAYS_MAX` days old.

    Args:
        rates: Any days, in any order; no two of one pair and day.
        source: Who published them.
        day: Rates of later days are passed over.
    """
    pinned: dict[tuple[str, str], ExchangeRate] = {}
    for own in sorted(rates):
        if day - timedelta(days=AGE_DAYS_MAX) <= own.day <= day:
            pinned[own.base, own.quote] = own
    return PinnedRates(source, day, MappingProxyType(dict(sorted(pinned.items()))))


def convert(money: Money, *, to: str, rates: PinnedRates) -> Conversion:
    """Convert an amount with pinned rates; convert sums, not their parts, so that it rounds once.

    Raises:
        NoRate: No rate leads to the currency.
    """
    rate = rates.rate(money.currency, to)
    units = Fraction(currency(to).minor_per_major, currency(money.currency).minor_per_major)
    exact_minor = money.amount_minor * rate * units
    got = Money(round_half_even(exact_minor), to)
    path = rates.path(money.currency, to)
    return Conversion(money, got, exact_minor, rate, path, rates.source)
