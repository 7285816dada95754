"""Amounts that fall due by milestones, and what is taken back."""

from dataclasses import dataclass

from duanju.deals.parameters import Number

SIGNING = "signing"
"""The milestone that every deal has reached on its day of signing, else on its first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instalment:
    """A part of an amount.

    Attributes:
        milestone: When it falls due.
        share: Of the whole; the shares of all instalments sum to 1.
    """

    milestone: str
    share: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Clawback:
    """What is to be given back of what has been paid.

    Attributes:
        milestone: Once this is reached: `cancelled`, `rights_withdrawn`.
        share: Of what had fallen due up to that day; 1 for all of it.
        later_still_due: Whether what reaches its own milestone on a later day falls due all the
            same; else nothing more does.
    """

    milestone: str
    share: Number
    later_still_due: bool = False
