"""Taxes on what a party is paid: dated rules with their source, and what they come to."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from duanju.kernel import Problem, Where, digest


class TaxKind(StrEnum):
    """What is taxed: the supply itself, or the income that it brings."""

    VALUE_ADDED = "value_added"
    INCOME = "income"


class TaxEffect(StrEnum):
    """What a tax does to what is due.

    ADDED comes on top and goes to the party, who pays it to the state. INCLUDED is inside the
    amount, and goes to the party, too. WITHHELD is inside, and the payer pays it to the state.
    """

    ADDED = "added"
    INCLUDED = "included"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class TaxBracket:
    """A rate from an amount on.

    Attributes:
        above: Major units of what is taxable; the bracket holds for more than that.
        rate: Of all that is taxable, `1/5`.
        less: Major units taken off the tax, so that only what is above pays the higher rate.
    """

    above: Fraction
    rate: Fraction
    less: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class TaxRule:
    """What one kind of taxpayer pays on one payment, from one day to another.

    Attributes:
        id: Stays the same over all versions: `cn-labour`.
        version: From 1.
        kind: What is taxed.
        effect: What it does to what is due.
        taxpayer: Kind of taxpayer, in the platform's own word: `author`, `general_company`.
        starts_on: First day on which it holds.
        ends_on: First day on which it no longer holds; `None` for open.
        source: Law or notice with its number.
        brackets: Rising; the first is above 0.
        currency: ISO 4217 code of its amounts; empty where it has none and holds in all.
        allowance: Major units that are free of tax while the payment is at most `allowance_up_to`.
        allowance_up_to: Major units of the payment.
        allowance_share: Part of the payment that is free of tax above that.
        counted: Part of the rest that is taxable.
    """

    id: str
    version: int
    kind: TaxKind
    effect: TaxEffect
    taxpayer: str
    starts_on: date
    ends_on: date | None
    source: str
    brackets: tuple[TaxBracket, ...]
    currency: str = ""
    allowance: Fraction = Fraction(0)
    allowance_up_to: Fraction = Fraction(0)
    allowance_share: Fraction = Fraction(0)
    counted: Fraction = Fraction(1)

    @property
    def digest(self) -> str:
        """The digest of all that it says; a version, once used, keeps it."""
        return digest(self)

    @property
    def has_amounts(self) -> bool:
        """Whether it names amounts of money, so that it holds in one currency only."""
        amounts = (self.allowance, self.allowance_up_to, *(own.above for own in self.brackets))
        return any(amounts)

    def holds_on(self, day: date) -> bool:
        """Say whether it holds on a day."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def taxable(self, payment: Fraction) -> Fraction:
        """Return what of a payment is taxable, in major units; never below 0."""
        small = payment <= self.allowance_up_to
        free = self.allowance if small else payment * self.allowance_share
        return max(payment - free, Fraction(0)) * self.counted

    def bracket(self, taxable: Fraction) -> TaxBracket:
        """Return the bracket in which a taxable amount lies; its upper end belongs to it."""
        reached = [own for own in self.brackets if own.above < taxable]
        return reached[-1] if reached else self.brackets[0]

    def tax(self, payment: Fraction) -> Fraction:
        """Return the tax on a payment, both in major units, exactly.

        A value-added tax that is inside the payment is taken out of it: of 106 at 6% it is 6.
        """
        taxable = self.taxable(payment)
        bracket = self.bracket(taxable)
        if self.kind is TaxKind.VALUE_ADDED and self.effect is not TaxEffect.ADDED:
            return taxable * bracket.rate / (1 + bracket.rate)
        return taxable * bracket.rate - bracket.less


def rules_on(rules: Sequence[TaxRule], *, taxpayer: str, day: date) -> list[TaxRule]:
    """Return the rules for a kind of taxpayer on a day: that on the supply before income's."""
    held = [own for own in rules_in_force(rules, day=day) if own.taxpayer == taxpayer]
    return sorted(held, key=lambda own: (own.kind is TaxKind.INCOME, own.id, own.version))


def rules_in_force(versions: Iterable[TaxRule], *, day: date) -> tuple[TaxRule, ...]:
    """Return the rules that hold on a day, each in the version that began last, as it was written.

    Of two versions that began on one day the higher number holds.

    Args:
        versions: Of any rules, all that were ever written.
        day: On which they are to hold.
    """
    latest: dict[str, TaxRule] = {}
    for own in sorted(versions, key=_place):
        if own.starts_on <= day:
            latest[own.id] = own
    return tuple(latest[own_id] for own_id in sorted(latest) if latest[own_id].holds_on(day))


def effective_versions(versions: Iterable[TaxRule]) -> tuple[TaxRule, ...]:
    """Return versions with the days on which they hold: each ends where the next one begins.

    Whether two rules clash is asked of these. One in whose place another begins on the same day
    holds on none, and is left out.
    """
    by_rule: dict[str, list[TaxRule]] = defaultdict(list)
    for own in sorted(versions, key=_place):
        known = by_rule[own.id]
        if known and known[-1].starts_on == own.starts_on:
            known.pop()
        known.append(own)
    found = []
    for own_id in sorted(by_rule):
        known = by_rule[own_id]
        found += [_ended(own, after.starts_on) for own, after in pairwise(known)]
        found.append(known[-1])
    return tuple(found)


def _ended(own: TaxRule, day: date) -> TaxRule:
    ends_on = day if own.ends_on is None else min(own.ends_on, day)
    return replace(own, ends_on=ends_on)


def _place(own: TaxRule) -> tuple[date, int]:
    return own.starts_on, own.version


def check_tax_rules(rules: Sequence[TaxRule]) -> tuple[Problem, ...]:
    """Return all that is wrong with rules: each by itself, and together.

    A rule whose tax falls or leaps where a bracket begins is refused: its figures were miscopied,
    for no such schedule is published. A version clashes with none of its own rule, but with itself
    where it is written twice.
    """
    faults = (fault for own in rules for fault in _faults_of(own))
    return (*faults, *_twice(rules), *_clashes(effective_versions(rules)))


def _faults_of(rule: TaxRule) -> Iterator[Problem]:
    where = Where(path=f"{rule.id}@{rule.version}")
    parts = (rule.allowance_share, rule.counted, *(own.rate for own in rule.brackets))
    amounts = (rule.allowance, rule.allowance_up_to, *(own.less for own in rule.brackets))
    begins = [own.above for own in rule.brackets]
    if not all(0 <= part <= 1 for part in parts) or any(amount < 0 for amount in amounts):
        yield Problem("settlement.tax-figure", where)
    if not begins or begins[0] != 0 or sorted(set(begins)) != begins or rule.brackets[0].less:
        yield Problem("settlement.tax-brackets", where)
    elif (leap := _leap(rule.brackets)) is not None:
        yield Problem("settlement.tax-leaps", where, {"above": str(leap)})
    if rule.ends_on is not None and rule.ends_on <= rule.starts_on:
        yield Problem("settlement.tax-days", where)
    if rule.has_amounts and not rule.currency:
        yield Problem("settlement.tax-currency", where)
    if rule.kind is TaxKind.INCOME and rule.effect is not TaxEffect.WITHHELD:
        yield Problem("settlement.tax-effect", where)
    if rule.kind is TaxKind.VALUE_ADDED and (rule.has_amounts or len(rule.brackets) > 1):
        yield Problem("settlement.tax-flat", where)


def _leap(brackets: Sequence[TaxBracket]) -> Fraction | None:
    """Return where two brackets do not meet, or nothing."""
    for before, after in pairwise(brackets):
        if after.above * before.rate - before.less != after.above * after.rate - after.less:
            return after.above
    return None


def _twice(rules: Sequence[TaxRule]) -> Iterator[Problem]:
    """Yield a problem for each version that is written again."""
    known: set[tuple[str, int]] = set()
    for own in rules:
        name = f"{own.id}@{own.version}"
        if (own.id, own.version) in known:
            params = {"other": name, "taxpayer": own.taxpayer, "day": str(own.starts_on)}
            yield Problem("settlement.tax-clash", Where(path=name), params)
        known.add((own.id, own.version))


def _clashes(rules: Sequence[TaxRule]) -> Iterator[Problem]:
    """Yield a problem for two rules of which both would hold on a day."""
    alike: dict[tuple[str, TaxKind], list[TaxRule]] = defaultdict(list)
    for own in rules:
        alike[own.taxpayer, own.kind].append(own)
    for group in alike.values():
        for before, after in pairwise(sorted(group, key=lambda rule: rule.starts_on)):
            if before.ends_on is None or before.ends_on > after.starts_on:
                where = Where(path=f"{after.id}@{after.version}")
                params = {"other": f"{before.id}@{before.version}", "taxpayer": after.taxpayer}
                yield Problem("settlement.tax-clash", where, params | {"day": str(after.starts_on)})
