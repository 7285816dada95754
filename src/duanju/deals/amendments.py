"""Which terms of an amended deal hold when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duanju.deals.clauses import Clause
from duanju.deals.policy import AmendedBy, Amendment, AmendmentMode, Contract, Terms

SUFFIX_MARK = "@"
"""Stands between a clause's id and the amendment that brought it, in claims and ledgers."""

WHOLE_DEAL = ""
"""Stands for the deal as a whole where a title's id is asked for."""


@dataclass(frozen=True, slots=True)
class ContractPart:
    """Terms of a deal that hold for some of its days.

    Attributes:
        amendment_id: The amendment that brought them; empty for the deal's own terms, and for
            those that stand in their place as if they had been signed so.
        terms: With the days for which they hold.
    """

    amendment_id: str
    terms: Terms

    def claimed_as(self, clause_id: str) -> str:
        """Return the id under which a clause of these terms is claimed and posted.

        Terms that hold from a day on are apart from those before them, `hours@second`. Terms that
        replace the old ones from the start are claimed under the same ids, so that what has been
        posted is compared with them.
        """
        return f"{clause_id}{SUFFIX_MARK}{self.amendment_id}" if self.amendment_id else clause_id


def parts_of(contract: Contract) -> tuple[ContractPart, ...]:
    """Return the terms of a deal with the days for which they hold, after all its amendments.

    Amendments are applied in their order. Over the old terms by play date, the old end where the
    new begin; by signing date, the new stand in the place of all before them, for all days of the
    deal. Beside the old terms, the new are added. Terms that hold for no day are left out.

    Terms that stand over others from a day on begin anew: they count from nothing, towards every
    threshold, limit and bonus that is paid once a title, and recoup nothing of what others paid.
    Only what fell due before their first day, on signing or by a milestone, does not fall due
    again for a title that was covered.

    Returns:
        By the order in which they were agreed; days of different parts overlap only where one was
        agreed beside the other.
    """
    parts = [ContractPart("", contract.terms)]
    for amendment in contract.amendments:
        part = _part_of(amendment, contract.terms)
        if amendment.mode is AmendmentMode.OVER:
            parts = list(_ended(parts, amendment))
            part = replace(part, terms=replace(part.terms, taken_over=_covered_by(parts)))
        parts.append(part)
    return tuple(part for part in parts if _holds_a_day(part.terms))


def find_claimed(contract: Contract, claimed_as: str) -> tuple[ContractPart, Clause] | None:
    """Return the clause that is claimed and posted under an id, with the terms that hold it.

    Terms that hold come first, then those that an amendment has replaced since.

    Args:
        contract: The deal with its amendments.
        claimed_as: As `ContractPart.claimed_as` gives it: `hours`, `hours@second`.
    """
    replaced = [ContractPart(own.id, own.terms) for own in contract.amendments]
    for part in (*parts_of(contract), ContractPart("", contract.terms), *replaced):
        for clause in part.terms.policy.clauses:
            if part.claimed_as(clause.id) == claimed_as:
                return part, clause
    return None


def _covered_by(parts: Sequence[ContractPart]) -> frozenset[str]:
    """Return the titles that parts cover, with the empty one for the deal as a whole, if any do."""
    held = [part.terms.title_ids for part in parts if _holds_a_day(part.terms)]
    return frozenset({WHOLE_DEAL}.union(*held)) if held else frozenset()


def _ended(parts: list[ContractPart], amendment: Amendment) -> Iterator[ContractPart]:
    """Yield what is left of parts over which an amendment stands."""
    if amendment.by is AmendedBy.SIGNING_DATE:
        return
    for part in parts:
        if part.terms.starts_on < amendment.effective_on:
            ends = [day for day in (part.terms.ends_on, amendment.effective_on) if day is not None]
            yield replace(part, terms=replace(part.terms, ends_on=min(ends)))


def _part_of(amendment: Amendment, own: Terms) -> ContractPart:
    by_play = amendment.by is AmendedBy.PLAY_DATE
    starts_on: date = max(own.starts_on, amendment.effective_on) if by_play else own.starts_on
    stands_in_place = amendment.mode is AmendmentMode.OVER and not by_play
    terms = replace(amendment.terms, starts_on=starts_on, ends_on=own.ends_on)
    return ContractPart("" if stands_in_place else amendment.id, terms)


def _holds_a_day(terms: Terms) -> bool:
    return terms.ends_on is None or terms.starts_on < terms.ends_on
