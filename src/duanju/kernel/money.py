"""Amounts of money as integers of the minor unit."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from duanju.kernel.currency import currency


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies were added or compared."""

    code = "kernel.currency-mismatch"


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency.

    Attributes:
        amount_minor: Integer of the minor unit: fen for CNY, cents for USD, yen for JPY.
        currency: ISO 4217 code, see `duanju.kernel.CURRENCIES`.

    >>> Money(12345, "CNY")
    Money(amount_minor=12345, currency='CNY')
    >>> str(Money(12345, "CNY"))
    'CNY 123.45'
    """

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        """Refuse what is not an integer of a known currency."""
        if type(self.amount_minor) is not int:
            raise TypeError(f"amount_minor is {type(self.amount_minor).__name__}, not int")
        currency(self.currency)

    def __add__(self, other: "Money") -> "Money":
        self._require_same_currency(other)
        return Money(self.amount_minor + other.amount_minor, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._require_same_currency(other)
        return Money(self.amount_minor - other.amount_minor, self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount_minor, self.currency)

    def __bool__(self) -> bool:
        return self.amount_minor != 0

    def __str__(self) -> str:
        return f"{self.currency} {self.as_decimal()}"

    def as_decimal(self) -> Decimal:
        """Return the amount in major units with all its minor digits, for printing."""
        digits = currency(self.currency).minor_digits
        return Decimal(self.amount_minor).scaleb(-digits).quantize(Decimal(1).scaleb(-digits))

    @classmethod
    def of_major(cls, amount: str | Decimal | int, code: str) -> "Money":
        """Return the money that `amount` major units are, exactly.

        Raises:
            ValueError: The amount has more digits than the currency's minor unit.

        >>> Money.of_major("1.50", "CNY").amount_minor
        150
        """
        minor = Fraction(Decimal(amount)) * currency(code).minor_per_major
        if minor.denominator != 1:
            raise ValueError(f"{amount} has parts of a minor unit of {code}")
        return cls(minor.numerator, code)

    def _require_same_currency(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")
