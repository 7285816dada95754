"""Facts that show what terms do: below and above each of their thresholds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from duanju.deals import Fact, Stretch, Terms
from duanju.deals.clauses import (
    SIGNING,
    Award,
    Clause,
    CoInvestment,
    Counted,
    RevenueShare,
    TieredBonus,
    TieredRate,
)
from duanju.deals.clauses.walking import find_within
from duanju.deals.clauses.waterfall import WaterfallStep
from duanju.deals.facts import month_ends_on, month_of
from duanju.deals.measures import MEASURES, Measure, Unit
from duanju.deals.parameters import Number, find_number
from duanju.kernel import Month, currency

CASES_MAX = 4
"""Terms with more levels than this are shown at their first levels and their last."""

USUAL_TERM_QUANTITY = {"minute": 600_000, "minor": 100_000, "count": 50_000}
"""What a title does in an example where no threshold says what would be telling."""

SMALL_MEASURES = {"production_cost": 50_000, "traffic_cost": 20_000, "tax": 3_000}
"""Costs of an example, in major units, small enough to leave something of the income."""

DAYS_OF_HEAT = 7
"""Heat is an average of so many days."""

_PLATFORM_WIDE_FACTOR = 100


@dataclass(frozen=True, slots=True)
class Example:
    """Facts of one supposed case.

    Attributes:
        facts: What is supposed to have happened.
        as_of: First day that is not counted.
    """

    facts: tuple[Fact, ...]
    as_of: date


def example_facts(terms: Terms) -> tuple[Fact, ...]:
    """Return facts that reach the highest level of every threshold of terms."""
    return example_cases(terms)[-1].facts


def example_cases(terms: Terms) -> tuple[Example, ...]:
    """Return cases that show each clause: below the first thresholds, between them, above all.

    One title, in the first month of the deal, with every milestone reached and costs for the
    deductions that need some; deterministic.

    Args:
        terms: Checked, with every parameter that they need.
    """
    subjects = tuple(_subjects(terms))
    levels = max((len(own.levels) for own in subjects), default=1)
    chosen = sorted({*range(min(levels, CASES_MAX - 1)), levels - 1})
    as_of = month_ends_on(_last_month(terms))
    return tuple(
        Example(tuple(fact for own in subjects for fact in own.facts(terms, level)), as_of)
        for level in chosen
    )


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an example tells facts about, with a quantity a level, in term units."""

    counted: Counted
    code: str
    channel: str
    item: str
    levels: tuple[Fraction, ...]

    def facts(self, terms: Terms, level: int) -> Iterator[Fact]:
        """Yield its facts: one, or one a day of a week where the level of days counts."""
        measure = MEASURES[MEASURES[self.counted.measure].facts_of]
        quantity = self.levels[min(level, len(self.levels) - 1)]
        for stretch in _stretches(measure, terms, by_day=self.counted.measure == "heat"):
            yield Fact(
                measure=measure.name,
                title_id="" if measure.is_platform_wide else min(terms.title_ids, default=""),
                stretch=stretch,
                quantity=_in_units(quantity, measure, self.code),
                unit=measure.unit,
                currency=self.code if measure.unit is Unit.MINOR else "",
                channel=self.channel,
                territory=next(iter(self.counted.territories), ""),
                medium=next(iter(self.counted.media), ""),
                window=next(iter(self.counted.windows), ""),
                item=self.item,
                over_seconds=int(find_number(self.counted.over_seconds, terms.values) or 0),
            )


def _subjects(terms: Terms) -> Iterator[_Subject]:
    """Yield each subject once; where clauses count the same, with the levels of all."""
    found: dict[tuple[object, ...], _Subject] = {}
    for clause in terms.policy.clauses:
        code = _code(clause, terms)
        for counted in _counted(clause):
            for channel, item in _told(counted, clause, terms):
                levels = {*_levels(counted, clause, terms)}
                key = (
                    MEASURES[counted.measure].facts_of,
                    (counted.territories, counted.media, counted.windows),
                    (channel, item, code, counted.over_seconds),
                )
                known = found.get(key)
                both = sorted(levels | set(known.levels if known else ()))
                by_day = counted if known is None or counted.measure == "heat" else known.counted
                found[key] = _Subject(by_day, code, channel, item, tuple(both))
    yield from found.values()
    for milestone in dict.fromkeys(_milestones(terms)):
        yield _Subject(Counted(measure="milestone"), "", "", milestone, (Fraction(1),))


def _counted(clause: Clause) -> tuple[Counted, ...]:
    """Return all that a clause counts, also what it counts without saying so."""
    found = [own for _path, own in find_within(clause, Counted) if own.measure != "milestone"]
    if isinstance(clause, Award):
        found.append(Counted(measure="award"))
    if isinstance(clause, CoInvestment):
        if any(own.share is not None for own in clause.stakes):
            found.append(Counted(measure="production_cost"))
        if any(own.share is None and own.amount is None for own in clause.stakes):
            found.append(Counted(measure="investment"))
    return tuple(found)


def _told(counted: Counted, clause: Clause, terms: Terms) -> Iterator[tuple[str, str]]:
    """Yield the channel and the item under which facts of a measure come."""
    measure = MEASURES[counted.measure]
    channel = next(iter(counted.channels), "") or _open_channel(clause, terms, measure)
    if isinstance(clause, Award) and measure.name == "award":
        for role in clause.receivers:
            yield "", role
    elif isinstance(clause, CoInvestment) and measure.name == "investment":
        for stake in clause.stakes:
            yield "", stake.role
    else:
        yield channel, next(iter(counted.items), measure.needs_item)


def _open_channel(clause: Clause, terms: Terms, measure: Measure) -> str:
    """Return a channel for whose fee the terms have a rate."""
    if not isinstance(clause, RevenueShare) or not measure.name.endswith("_income"):
        return ""
    rated = [own.rate_by_channel for own in clause.deductions if own.rate_by_channel]
    for channel in dict.fromkeys(name for rates in rated for name in rates):
        if all(
            channel in rates and find_number(rates[channel], terms.values) is not None
            for rates in rated
        ):
            return channel
    return ""


def _levels(counted: Counted, clause: Clause, terms: Terms) -> Iterator[Fraction]:
    """Yield quantities half way to the first threshold, between the others, and beyond the last."""
    thresholds = sorted(
        {own for own in _thresholds(counted, clause, terms) if own is not None and own > 0}
    )
    if not thresholds:
        yield _usual(counted)
        return
    yield thresholds[0] / 2
    for lower, upper in pairwise(thresholds):
        yield (lower + upper) / 2
    yield thresholds[-1] * Fraction(5, 2)


def _thresholds(counted: Counted, clause: Clause, terms: Terms) -> Iterator[Fraction | None]:
    values = terms.values
    if isinstance(clause, TieredRate) and counted == clause.counted:
        yield from (own.threshold for own in clause.tiers)
    if isinstance(clause, TieredBonus) and counted in (
        (clause.by,) if clause.by else clause.counted
    ):
        yield from (own.threshold for own in clause.tiers)
    if isinstance(clause, RevenueShare):
        by = (clause.tiers_by,) if clause.tiers_by else clause.counted
        if counted in by:
            yield from (find_number(own.threshold, values) for own in clause.share_tiers)
    for part in _bearers(clause):
        if getattr(part, "counted", None) == counted:
            bands = getattr(part, "bands", ())
            yield from (own.threshold for own in bands)
            yield from (find_number(own.above, values) for own in getattr(part, "lengthened", ()))
            at_least: Number | None = getattr(part, "at_least", None)
            if at_least is not None:
                yield find_number(at_least, values)
    for _path, step in find_within(clause, WaterfallStep):
        is_income = counted in getattr(clause, "counted", ())
        for gate in step.gates:
            if gate.counted == counted or (gate.counted is None and is_income):
                yield from (find_number(own, values) for own in (gate.above, gate.until) if own)


def _bearers(clause: Clause) -> Iterator[object]:
    yield clause
    yield from getattr(clause, "coefficients", ())
    yield from clause.when
    term = getattr(clause, "term", None)
    if term is not None:
        yield term


def _usual(counted: Counted) -> Fraction:
    measure = MEASURES[counted.measure]
    usual = SMALL_MEASURES.get(measure.name, USUAL_TERM_QUANTITY[measure.term_unit])
    return Fraction(usual * (_PLATFORM_WIDE_FACTOR if measure.is_platform_wide else 1))


def _milestones(terms: Terms) -> Iterator[str]:
    """Yield every milestone by which something falls due or begins; none that takes back."""
    for clause in terms.policy.clauses:
        for part in (*getattr(clause, "instalments", ()), *clause.when):
            milestone = getattr(part, "milestone", "")
            if milestone and milestone != SIGNING:
                yield milestone


def _in_units(quantity: Fraction, measure: Measure, code: str) -> int:
    if measure.unit is Unit.MINOR:
        return int(quantity * currency(code).minor_per_major)
    return int(quantity * measure.per_term_unit)


def _code(clause: Clause, terms: Terms) -> str:
    if isinstance(clause.currency, str):
        return clause.currency
    return str(terms.values.get(clause.currency.parameter, ""))


def _stretches(measure: Measure, terms: Terms, *, by_day: bool) -> Iterator[Stretch]:
    """Yield the first month of the deal; of a milestone its first day; of a level a week's days."""
    one_day = timedelta(days=1)
    if by_day:
        for day in range(DAYS_OF_HEAT):
            first = terms.starts_on + day * one_day
            yield Stretch(first, first + one_day)
    elif measure.needs_item in {"milestone", "role"}:
        yield Stretch(terms.starts_on, terms.starts_on + one_day)
    else:
        ends_on = month_ends_on(month_of(terms.starts_on))
        yield Stretch(terms.starts_on, min(ends_on, terms.ends_on or ends_on))


def _last_month(terms: Terms) -> Month:
    return month_of(terms.starts_on)


def named_facts(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return facts in the order in which a reader wants them: incomes first, milestones last."""
    return tuple(sorted(facts, key=lambda own: (own.measure == "milestone", own.measure)))
