"""What can be wrong with a fact whatever its stretch and quantity, found once a subject."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from duanju.deals.clauses import Award, Clause, CoInvestment, Counted, RevenueShare
from duanju.deals.clauses.references import is_chosen
from duanju.deals.clauses.walking import find_within
from duanju.deals.facts import Fact
from duanju.deals.measures import MEASURES, Aggregate, Unit
from duanju.deals.parameters import find_number, number_of, word_of
from duanju.deals.policy import Terms

_MILESTONE = "milestone"

Found = tuple[str, dict[str, str | int]]


class FactSubjects:
    """What terms count, and so what they ask of facts.

    Attributes:
        clauses: Those that the deal has.
        counted: Names of facts to what clauses count of them, each with the clause's currency.
        measures: Under which names facts are counted.
        seconds: Measures of plays to the seconds from which on clauses count them.
    """

    def __init__(self, terms: Terms) -> None:
        """Gather what every clause that the deal has counts."""
        self._terms = terms
        values = terms.values
        self.clauses = [own for own in terms.policy.clauses if is_chosen(own, values)]
        self.counted: dict[str, list[tuple[Counted, str]]] = {}
        self.seconds: dict[str, set[int]] = {}
        for clause in self.clauses:
            currency = word_of(clause.currency, values)
            for counted in _counted_by(clause):
                self._note(counted, currency)
        self._roles = {name: _roles_told(self.clauses, name) for name in ("award", "investment")}
        self.measures = frozenset({*self.counted, _MILESTONE})
        self._known: dict[object, tuple[Found, ...]] = {}

    def problems_of(
        self, fact: Fact, subject: tuple[object, ...], *, is_day: bool
    ) -> tuple[Found, ...]:
        """Return the codes and params of what is wrong with a fact because of what it is about.

        Args:
            fact: The fact.
            subject: Its subject.
            is_day: Whether it is of a single day.
        """
        key = subject, is_day, bool(fact.quantity)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = tuple(self._find(fact, is_day=is_day))
        return known

    def _note(self, counted: Counted, currency: str) -> None:
        measure = MEASURES[counted.measure].facts_of
        seconds = number_of(counted.over_seconds, self._terms.values)
        resolved = replace(counted, over_seconds=seconds)
        self.counted.setdefault(measure, []).append((resolved, currency))
        if measure == "plays":
            self.seconds.setdefault(measure, set()).add(int(seconds))

    def _find(self, fact: Fact, *, is_day: bool) -> Iterator[Found]:
        measure = MEASURES[fact.measure]
        if measure.needs_item and not fact.item:
            yield "deals.fact-without-item", {"needs": measure.needs_item}
        if measure.is_platform_wide and fact.title_id:
            yield "deals.fact-of-no-title", {}
        if not (measure.is_platform_wide or fact.title_id or fact.measure == _MILESTONE):
            yield "deals.fact-without-title", {}
        if fact.measure == _MILESTONE and not is_day:
            yield "deals.milestone-without-a-day", {}
        yield from self._find_unfit(fact, is_day=is_day)
        roles = self._roles.get(fact.measure)
        if roles is not None and fact.quantity and fact.item and fact.item not in roles:
            known = ", ".join(sorted(roles))
            yield "deals.fact-of-no-role", {"role": fact.item, "known": known}
        if fact.quantity:
            yield from self._find_channels_without_rate(fact)

    def _find_unfit(self, fact: Fact, *, is_day: bool) -> Iterator[Found]:
        """Yield what is wrong for those clauses that count a fact."""
        is_money = MEASURES[fact.measure].unit is Unit.MINOR
        currencies: dict[str, None] = {}
        for counted, currency in self.counted.get(fact.measure, ()):
            if not lets_through(counted, fact):
                continue
            if is_money and fact.quantity and fact.currency != currency:
                currencies[currency] = None
            if MEASURES[counted.measure].aggregate is Aggregate.HEAT and not is_day:
                yield "deals.heat-needs-days", {}
        for currency in currencies:
            yield "deals.other-currency", {"found": fact.currency, "currency": currency}

    def _find_channels_without_rate(self, fact: Fact) -> Iterator[Found]:
        for clause in self.clauses:
            if not isinstance(clause, RevenueShare):
                continue
            own = [counted for counted in clause.counted if counted.measure == fact.measure]
            if not any(lets_through(counted, fact) for counted in own):
                continue
            if fact.currency != word_of(clause.currency, self._terms.values):
                continue
            for deduction in clause.deductions:
                if not deduction.rate_by_channel:
                    continue
                rate = deduction.rate_by_channel.get(fact.channel)
                if rate is None or find_number(rate, self._terms.values) is None:
                    yield "deals.channel-without-rate", {"deduction": deduction.name}


def _counted_by(clause: Clause) -> Iterator[Counted]:
    """Yield what a clause counts, said or not."""
    yield from (counted for _, counted in find_within(clause, Counted))
    if isinstance(clause, Award):
        yield Counted(measure="award")
    if isinstance(clause, CoInvestment):
        if any(stake.amount is None and stake.share is None for stake in clause.stakes):
            yield Counted(measure="investment")
        if any(stake.share is not None for stake in clause.stakes):
            yield Counted(measure="production_cost")


def _roles_told(clauses: Iterable[Clause], measure: str) -> frozenset[str] | None:
    """Return of whom facts of a measure tell something that counts, or `None` for anyone."""
    roles: set[str] = set()
    for clause in clauses:
        for _, counted in find_within(clause, Counted):
            if counted.measure == measure and not counted.items:
                return None
            if counted.measure == measure:
                roles |= set(counted.items)
        if isinstance(clause, Award) and measure == "award":
            roles |= set(clause.receivers)
        if isinstance(clause, CoInvestment) and measure == "investment":
            told = [own for own in clause.stakes if own.amount is None and own.share is None]
            roles |= {own.role for own in told}
    return frozenset(roles)


def lets_through(counted: Counted, fact: Fact) -> bool:
    """Say whether a fact of the measure passes the filters, whose seconds are a number."""
    filters = (
        (counted.channels, fact.channel),
        (counted.territories, fact.territory),
        (counted.media, fact.medium),
        (counted.windows, fact.window),
        (counted.items, fact.item),
    )
    if any(allowed and own not in allowed for allowed, own in filters):
        return False
    return counted.over_seconds == fact.over_seconds
