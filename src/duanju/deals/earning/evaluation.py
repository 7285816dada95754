"""Terms applied to facts up to one day, as every kind of clause sees them."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import TypeVar, cast

from duanju.deals.clauses import SIGNING, Clause, Counted, EarningTerm, Scope, TermMeasured
from duanju.deals.clauses.references import is_chosen
from duanju.deals.earning.entitlement import Entitlement
from duanju.deals.earning.records import Records
from duanju.deals.earning.tally import ALL_TITLES, NO_TITLE, Tally
from duanju.deals.earning.terms import ends_of
from duanju.deals.earning.views import (
    BY_CHANNEL,
    BY_DAY,
    BY_ITEM,
    BY_MONTH_AND_CHANNEL,
    Grouping,
    Heat,
    Highest,
    Sums,
    Views,
)
from duanju.deals.facts import Fact, in_term_units, month_ends_on, month_of
from duanju.deals.measures import MEASURES, Unit
from duanju.deals.parameters import Number, Word, number_of, word_of
from duanju.deals.policy import Terms
from duanju.kernel import Month, Party, ProofStep, currency

_State = TypeVar("_State")
_Key = TypeVar("_Key", bound=Hashable)


class Evaluation:
    """Terms applied to facts up to one day, and advanced from day to day.

    Everything that is asked of it is as of that day; what was asked before is remembered, so that
    all days together cost no more than the last of them.

    Attributes:
        terms: The terms.
        as_of: First day that is no longer counted.
        clauses: Those of the policy that the deal's choices let stand, in order.
        clause: The clause that is evaluated; its currency is that of thresholds on money.
        last_day: A day after all facts that there are, counted yet or not.
        studio: All deals of the partner under the policy as if they were one; `None` where no
            clause asks for them.
    """

    terms: Terms
    as_of: date
    clauses: tuple[Clause, ...]
    clause: Clause
    last_day: date
    studio: "Evaluation | None"

    def __init__(self, terms: Terms, facts: Iterable[Fact]) -> None:
        """Begin before the first day.

        Args:
            terms: Checked.
            facts: Each once, checked, in the order of their first days.
        """
        self.terms = terms
        self.as_of = date.min
        self.studio = None
        self._values = terms.values
        self.clauses = tuple(own for own in terms.policy.clauses if is_chosen(own, self._values))
        self._facts = tuple(facts)
        self.last_day = self._facts[-1].stretch.ends_on if self._facts else date.min
        self._next = 0
        self._tally = Tally(terms)
        self._title_ids = tuple(sorted(terms.title_ids))
        self._months: list[Month] = []
        self._views = Views(self._tally, self._title_ids)
        self._folds: dict[Hashable, tuple[int, object]] = {}
        self._memories: dict[Hashable, object] = {}
        self._records = Records()

    def advance(self, as_of: date) -> None:
        """Go on to a later day: facts that end on it or before are counted.

        Args:
            as_of: The end of a month; only the last day of all may lie within one.
        """
        facts, add, number = self._facts, self._tally.add, self._next
        while number < len(facts) and (stretch := facts[number].stretch).starts_on < as_of:
            if stretch.ends_on <= as_of:
                add(facts[number])
            number += 1
        self._next = number
        self.as_of = as_of
        month = self._months[-1].next() if self._months else month_of(self.terms.starts_on)
        while month_ends_on(month.previous()) < as_of:
            self._months.append(month)
            month = month.next()
        self._records.begin(self._months[-1] if self._months else None)

    def number(self, value: Number) -> Fraction:
        """Return the number that a value comes to."""
        return value if type(value) is Fraction else number_of(value, self._values)

    def minor(self, value: Number, code: str) -> Fraction:
        """Return an amount of major units in minor units of a currency."""
        return self.number(value) * currency(code).minor_per_major

    def word(self, value: Word) -> str:
        """Return the word that a value comes to."""
        return word_of(value, self._values)

    def party(self, role: str) -> Party:
        """Return who has a role."""
        return self.terms.parties[role]

    def title_ids(self, scope: Scope) -> tuple[str, ...]:
        """Return the titles that are evaluated one by one, or the empty one for all together."""
        return self._title_ids if scope is Scope.TITLE else ("",)

    def months(self) -> tuple[Month, ...]:
        """Return the months from the deal's first to that of the last day counted."""
        return tuple(self._months)

    def quantity(self, counted: Counted, title_id: str, term: EarningTerm | None = None) -> int:
        """Return how much has been counted so far: the sum, or the highest level.

        Args:
            counted: What is counted.
            title_id: Of which title; empty for all own titles together. A platform-wide measure is
                always its own total.
            term: Within which term of the clause.
        """
        return self._levels(counted, title_id, term).quantity

    def by_month(
        self, counted: Counted, title_id: str, term: EarningTerm | None = None
    ) -> Mapping[Month, int]:
        """Return how much was counted in each month, rising; months without facts are left out."""
        return self._levels(counted, title_id, term).by_month

    def studio_by_month(self, counted: Counted) -> Mapping[Month, int]:
        """Return by month what own titles and those of the studio's other deals had together."""
        return self._levels(counted, ALL_TITLES, None).by_month

    def by_channel(
        self, counted: Counted, title_id: str, term: EarningTerm | None = None
    ) -> Mapping[str, int]:
        """Return sums by channel, in the order of their names; those of 0 are left out."""
        sums = self._sums(counted, title_id, term, BY_CHANNEL)
        return {channel: sums[channel] for channel in sorted(sums) if sums[channel]}

    def channels(
        self, counted: Counted, title_id: str, term: EarningTerm | None = None
    ) -> tuple[str, ...]:
        """Return every channel that facts tell of, even if refunds left nothing there."""
        return tuple(self._sums(counted, title_id, term, BY_CHANNEL))

    def by_month_and_channel(
        self, counted: Counted, title_id: str, term: EarningTerm | None = None
    ) -> Mapping[tuple[Month, str], int]:
        """Return sums by month and channel, in no order; those of 0 may be among them."""
        return self._sums(counted, title_id, term, BY_MONTH_AND_CHANNEL)

    def grouped(
        self,
        counted: Counted,
        title_id: str,
        term: EarningTerm | None,
        grouping: Grouping[_Key],
    ) -> Mapping[_Key, int]:
        """Return sums by whatever a grouping says, in no order."""
        return self._sums(counted, title_id, term, grouping)

    def by_day(self, counted: Counted, title_id: str) -> Mapping[date, int]:
        """Return sums by the first day of the facts' stretches, rising."""
        return self._sums(counted, title_id, None, BY_DAY)

    def by_item(self, counted: Counted, title_id: str) -> Mapping[tuple[date, str], int]:
        """Return sums by the first day of the facts' stretches and by item, rising."""
        return dict(sorted(self._sums(counted, title_id, None, BY_ITEM).items()))

    def reached_on(self, milestone: str, title_id: str) -> date | None:
        """Return the day on which a milestone was reached, or `None` if it was not yet.

        It is the title's own or the deal's, whichever came first. For all titles together it is
        the deal's own, or the day on which the last of the titles reached it.
        """
        if milestone == SIGNING:
            day = self.terms.signed_on or self.terms.starts_on
            return day if day < self.as_of else None
        whole = self._told_on(milestone, NO_TITLE)
        titles = [title_id] if title_id else self._title_ids
        own = [self._told_on(milestone, title) for title in titles]
        days = [day for day in own if day is not None]
        last = max(days) if days and len(days) == len(own) else None
        return min((day for day in (whole, last) if day is not None), default=None)

    def fell_due_on(self, milestone: str, title_id: str) -> date | None:
        """Return the day on which a milestone made something fall due under these very terms.

        What was reached under the terms that these took over, signing among it, was due there.
        """
        day = self.reached_on(milestone, title_id)
        if day is None or title_id not in self.terms.taken_over:
            return day
        return None if milestone == SIGNING or day < self.terms.starts_on else day

    def earned(self, clause_ids: Sequence[str], role: str, title_id: str) -> ProofStep:
        """Return what a role has earned by clauses before this one, as of now.

        Args:
            clause_ids: The clauses.
            role: Whose entitlements.
            title_id: Of which title; empty for all.
        """
        return self._records.earned(
            tuple(clause_ids), role, title_id, self.word(self.clause.currency)
        )

    def earned_by_month(
        self, clause_ids: Sequence[str], role: str, title_id: str
    ) -> Mapping[Month, Fraction]:
        """Return what `earned` came to at the end of each month so far, this one's included.

        It is whole only where `needs_history` of the clause says that it is evaluated monthly.
        """
        return self._records.by_month(tuple(clause_ids), role, title_id)

    def recouped(self, clause_id: str, step: str, title_id: str) -> bool:
        """Say whether a clause before this one has paid back in full, as it noted itself."""
        return self._records.is_recouped(clause_id, step, title_id)

    def note_recouped(self, clause_id: str, step: str, title_id: str, *, full: bool) -> None:
        """Note whether a clause, or a step of it, has paid back in full, for those after it."""
        self._records.note_recouped(clause_id, step, title_id, full=full)

    def record(self, entitlements: Iterable[Entitlement]) -> None:
        """Note what a clause came to, for those after it."""
        self._records.record(entitlements)

    def fold(
        self, key: Hashable, initial: _State, step: Callable[[_State, Month], _State]
    ) -> _State:
        """Return the state after all months so far, each of which steps from the one before.

        The states after whole months are remembered, so that a month is stepped over once.

        Args:
            key: What the state is of: the clause, the title and whatever else there is.
            initial: Before the first month; never changed in place.
            step: From a state and a month to a new state; the old one stays as it is.
        """
        done, state = cast("tuple[int, _State]", self._folds.get(key, (0, initial)))
        for index in range(done, len(self._months)):
            month = self._months[index]
            state = step(state, month)
            if month_ends_on(month) <= self.as_of:
                self._folds[key] = (index + 1, state)
        return state

    def memory(self, key: Hashable, make: Callable[[], _State]) -> _State:
        """Return something that lives as long as the evaluation; the same for the same key."""
        if key not in self._memories:
            self._memories[key] = make()
        return cast("_State", self._memories[key])

    def in_terms(self, counted: Counted, quantity: int) -> Fraction:
        """Return a quantity as terms speak of it; money in major units of the clause's currency."""
        if MEASURES[counted.measure].unit is Unit.MINOR:
            return Fraction(quantity, currency(self.word(self.clause.currency)).minor_per_major)
        return in_term_units(quantity, counted.measure)

    def term_ends_on(self, term: EarningTerm, title_id: str) -> date:
        """Return the first day that a term no longer covers, as its result lengthens it so far."""
        first, *longer = ends_of(term, self.terms)
        ends_on = first.ends_on
        while term.counted is not None:
            counted = self._views.levels(
                self._resolved(term.counted), title_id, ends_on, self.as_of
            ).quantity
            result = self.in_terms(term.counted, counted)
            reached = max((own.ends_on for own in longer if result > own.above), default=ends_on)
            if reached <= ends_on:
                break
            ends_on = reached
            if term.measured is TermMeasured.FIRST_END:
                break
        return ends_on

    def _levels(
        self, counted: Counted, title_id: str, term: EarningTerm | None
    ) -> Sums | Highest | Heat:
        until = None if term is None else self.term_ends_on(term, title_id)
        return self._views.levels(self._resolved(counted), title_id, until, self.as_of)

    def _sums(
        self, counted: Counted, title_id: str, term: EarningTerm | None, grouping: Grouping[_Key]
    ) -> Mapping[_Key, int]:
        until = None if term is None else self.term_ends_on(term, title_id)
        return self._views.sums(self._resolved(counted), title_id, until, grouping)

    def _told_on(self, milestone: str, title_id: str) -> date | None:
        counted = Counted(measure="milestone", items=(milestone,))
        days = self.by_day(counted, title_id)
        return next((day for day, number in days.items() if number > 0), None)

    def _resolved(self, counted: Counted) -> Counted:
        if type(counted.over_seconds) is Fraction:
            return counted
        return replace(counted, over_seconds=self.number(counted.over_seconds))
