"""When a clause's own term can end."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duanju.deals.clauses.counting import EarningTerm
from duanju.deals.days import months_after
from duanju.deals.parameters import number_of
from duanju.deals.policy import Terms


@dataclass(frozen=True, slots=True)
class TermEnd:
    """A day on which a term ends, if its result is above so much in the term unit."""

    ends_on: date
    above: Fraction


def ends_of(term: EarningTerm, terms: Terms) -> tuple[TermEnd, ...]:
    """Return when a term ends without any result, then each end that a result can lengthen it to.

    Raises:
        UnsetParameter: The deal leaves a number open; checked terms never do.
    """
    values = terms.values
    first = TermEnd(months_after(terms.starts_on, number_of(term.months, values)), Fraction(0))
    longer = (
        TermEnd(
            months_after(terms.starts_on, number_of(own.months, values)),
            number_of(own.above, values),
        )
        for own in term.lengthened
    )
    return first, *longer
