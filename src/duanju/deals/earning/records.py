"""What clauses have come to, for the clauses after them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction

from duanju.deals.earning.entitlement import Entitlement
from duanju.kernel import Month, ProofStep

_ZERO = Fraction(0)
_Place = tuple[tuple[str, ...], str, str]


class Records:
    """What every role has earned by every clause, now and at the end of each month so far."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self._months: list[Month] = []
        self._now: dict[tuple[str, str], dict[str, Fraction]] = {}
        self._ended: dict[tuple[str, str], dict[Month, dict[str, Fraction]]] = defaultdict(dict)
        self._by_month: dict[_Place, tuple[int, dict[Month, Fraction]]] = {}
        self._recouped: dict[tuple[str, str, str], bool] = {}

    def begin(self, month: Month | None) -> None:
        """Forget what is only as of now; what follows is of a month."""
        if month is not None and (not self._months or self._months[-1] != month):
            self._months.append(month)
        self._now = {}

    def record(self, entitlements: Iterable[Entitlement]) -> None:
        """Keep what a clause has come to."""
        for own in entitlements:
            place = own.clause_id, own.party.role
            amounts = self._now.get(place)
            if amounts is None:
                amounts = self._now[place] = {}
                if self._months:
                    self._ended[place][self._months[-1]] = amounts
            amounts[own.title_id] = amounts.get(own.title_id, _ZERO) + own.amount

    def earned(
        self, clause_ids: tuple[str, ...], role: str, title_id: str, currency: str
    ) -> ProofStep:
        """Return what a role has earned by clauses, as a step of a proof: an amount a clause."""
        steps = tuple(
            ProofStep(
                code="earned_by_clause",
                formula="amount_minor",
                inputs={"clause": clause_id, "role": role, "amount_minor": amount},
                result=amount,
                unit="minor",
                currency=currency,
            )
            for clause_id in clause_ids
            for amount in [_amount(self._now.get((clause_id, role)), title_id)]
        )
        return ProofStep(
            code="earned",
            formula="sum(earned_by_clause)",
            inputs={"role": role},
            result=sum((step.result for step in steps), _ZERO),
            unit="minor",
            currency=currency,
            steps=steps,
        )

    def by_month(
        self, clause_ids: tuple[str, ...], role: str, title_id: str
    ) -> Mapping[Month, Fraction]:
        """Return what a role had earned at the end of each month so far; earlier ones stay."""
        place = clause_ids, role, title_id
        done, known = self._by_month.get(place, (0, {}))
        for month in self._months[done:]:
            known[month] = sum(
                (_amount(self._ended[own, role].get(month), title_id) for own in clause_ids), _ZERO
            )
        self._by_month[place] = max(len(self._months) - 1, 0), known
        return known

    def note_recouped(self, clause_id: str, step: str, title_id: str, *, full: bool) -> None:
        """Keep whether a clause, or a step of it, has paid back in full."""
        self._recouped[clause_id, step, title_id] = full

    def is_recouped(self, clause_id: str, step: str, title_id: str) -> bool:
        """Say whether it has: for the title, or for all titles together."""
        return self._recouped.get(
            (clause_id, step, title_id), self._recouped.get((clause_id, step, ""), False)
        )


def _amount(amounts: Mapping[str, Fraction] | None, title_id: str) -> Fraction:
    if not amounts:
        return _ZERO
    if title_id:
        return amounts.get(title_id, _ZERO)
    return sum(amounts.values(), _ZERO)
