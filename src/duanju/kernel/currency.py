"""Currencies and the number of digits of their minor unit."""

from dataclasses import dataclass


class UnknownCurrency(ValueError):
    """The code is not one of the ISO 4217 codes that Duanju settles in."""

    code = "kernel.unknown-currency"


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 currency.

    Attributes:
        code: Three capital letters.
        minor_digits: Digits after the point of one major unit (0 to 3).
    """

    code: str
    minor_digits: int

    @property
    def minor_per_major(self) -> int:
        """How many minor units one major unit holds, 100 for CNY and 1 for JPY."""
        return int(10**self.minor_digits)


_MINOR_DIGITS = {
    0: "JPY KRW VND CLP ISK",
    2: "AED AUD BRL CAD CHF CNY EGP EUR GBP HKD IDR INR MOP MXN MYR PHP PLN RUB SAR SGD THB TRY "
    "TWD USD ZAR",
    3: "BHD JOD KWD OMR",
}

CURRENCIES = {
    code: Currency(code, digits)
    for digits, codes in _MINOR_DIGITS.items()
    for code in codes.split()
}
"""The currencies of the markets named in the glossary. Source: ISO 4217:2015, list one."""


def currency(code: str) -> Currency:
    """Return the currency with this ISO 4217 code.

    Raises:
        UnknownCurrency: The code is not in `CURRENCIES`.

    >>> currency("CNY").minor_per_major
    100
    """
    try:
        return CURRENCIES[code]
    except KeyError:
        raise UnknownCurrency(code) from None
