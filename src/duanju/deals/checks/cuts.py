"""The days over which no fact may reach, since what comes after them is counted otherwise."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from duanju.deals.clauses import EarningTerm, Reset, WaterfallStep
from duanju.deals.clauses.references import is_chosen
from duanju.deals.clauses.walking import find_within
from duanju.deals.days import MONTHS_A_YEAR, months_after
from duanju.deals.earning.terms import ends_of
from duanju.deals.parameters import UnsetParameter
from duanju.deals.policy import Terms

YEARS_MAX = 50
"""For how many years of a deal days are listed where it has no end."""


def cuts_of(terms: Terms) -> tuple[date, ...]:
    """Return the days at which facts must end, rising.

    They are the deal's first day and its last, each day on which the term of a clause can end or a
    step opens or closes, and where a clause counts anew every year, the days on which deal years
    begin.

    Args:
        terms: The terms; a term whose months the deal leaves open has no end yet.
    """
    days = {terms.starts_on}
    if terms.ends_on is not None:
        days.add(terms.ends_on)
    for clause in terms.policy.clauses:
        if is_chosen(clause, terms.values):
            term: EarningTerm | None = getattr(clause, "term", None)
            if term is not None:
                with suppress(UnsetParameter):
                    days |= {end.ends_on for end in ends_of(term, terms)}
            for _, step in find_within(clause, WaterfallStep):
                days |= {day for day in (step.from_day, step.until_day) if day is not None}
            if getattr(clause, "reset", None) is Reset.YEAR:
                days |= set(_years(terms))
    return tuple(sorted(day for day in days if terms.ends_on is None or day <= terms.ends_on))


def _years(terms: Terms) -> Iterator[date]:
    for number in range(1, YEARS_MAX + 1):
        day = months_after(terms.starts_on, MONTHS_A_YEAR * number)
        if terms.ends_on is not None and day > terms.ends_on:
            return
        yield day
