"""From what was earned to what is paid: reserved, converted, taxed, and due, or carried."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from duanju.kernel import (
    Money,
    Month,
    Problem,
    ProofStep,
    Where,
    currency,
    digest,
    round_half_even,
)
from duanju.settlement.exchange import CONVERSION, Conversion, NoRate, PinnedRates, convert
from duanju.settlement.gathering import gather
from duanju.settlement.payouts import DUE
from duanju.settlement.remittance_terms import PAYABLE, NegativeBalance, RemittanceTerms
from duanju.settlement.reserving import HeldReserve, Reserving, reserve
from duanju.settlement.tax import TaxEffect, TaxKind, TaxRule, rules_on
from duanju.settlement.transfer import AccountKey, Transfer, TransferAction, TransferLeg

WITHHELD = "withheld:"
"""What the accounts begin with on which a tax waits for the state; the rule follows."""

ADDED_TAX = "tax:"
"""What the accounts begin with out of which a tax on top is paid; the rule follows."""


class CarriedBecause(StrEnum):
    """Why nothing moves this month."""

    NOTHING_EARNED = "nothing_earned"
    OWED = "owed"
    BELOW_MINIMUM = "below_minimum"


@dataclass(frozen=True, slots=True)
class TaxCharge:
    """One tax on one payment.

    Attributes:
        rule: The version that was used.
        base: What it was reckoned on.
        exact_minor: Before rounding.
        amount: Rounded once, halves to the even neighbour.
    """

    rule: TaxRule
    base: Money
    exact_minor: Fraction
    amount: Money


@dataclass(frozen=True, slots=True)
class Remittance:
    """What a month's balances of a party come to.

    Attributes:
        period: The month that was closed.
        terms: How the party is paid.
        earned: Since the month before was made due, by currency.
        owed: What its accounts had, by currency, those at zero left out.
        reserving: What is held of it, and released, before anything else.
        conversions: A currency each, of what is paid in another.
        gross: All of it in the currency of payment, before taxes.
        taxes: That on the supply first.
        due: What the party is to get.
        carried: Why nothing moves; `None` where it does.
        left: Currencies in which the party owes, which wait: code to minor units below 0.
        proof: How `due` came about.
        gathering: What brings titles together first, where they are many.
        transfer: What makes it due; `None` where it is carried.
    """

    period: Month
    terms: RemittanceTerms
    earned: Mapping[str, int]
    owed: Mapping[str, int]
    reserving: Reserving
    conversions: tuple[Conversion, ...]
    gross: Money
    taxes: tuple[TaxCharge, ...]
    due: Money
    carried: CarriedBecause | None
    left: Mapping[str, int]
    proof: ProofStep
    gathering: tuple[Transfer, ...]
    transfer: Transfer | None

    @property
    def transfers(self) -> tuple[Transfer, ...]:
        """All that is to be booked, in order, at once."""
        last = () if self.transfer is None else (self.transfer,)
        return (*self.reserving.transfers, *self.gathering, *last)


def remittance_id(period: Month, terms: RemittanceTerms) -> str:
    """Return the transfer's id: one a month, party and currency; a repeat books nothing."""
    own = [str(period), terms.role, terms.party_id, terms.currency]
    return f"remit-{period}-{digest(own)[:32]}"


def remit(
    *,
    period: Month,
    day: date,
    terms: RemittanceTerms,
    balances: Mapping[AccountKey, int],
    rules: Sequence[TaxRule],
    rates: PinnedRates,
    earned: Mapping[str, int] | None = None,
    reserves: Sequence[HeldReserve] = (),
) -> Remittance | tuple[Problem, ...]:
    """Return what a party is due of its balances, and the transfers that move it.

    The reserve comes first. Each currency is summed over titles and converted once; taxes are on
    the whole. What is below the minimum, or owed, is part of the next month's sum.

    Args:
        period: The month that was closed.
        day: Of the payment; its rules hold.
        terms: How the party is paid.
        balances: What its accounts have, by account: titles and currencies apart.
        rules: Good ones, as `check_tax_rules` finds them, of any taxpayer and day.
        rates: Pinned for the month.
        earned: Since the month before was made due, by currency; a reserve is a share of it.
        reserves: As `reserve` takes them, of this party.

    Returns:
        The remittance; or all problems, and then nothing is to be booked.
    """
    owed, gained = _totals(balances), dict(earned or {})
    reserving = reserve(period=period, terms=terms, earned=gained, owed=owed, reserves=reserves)
    accounts = _after(reserving, balances, terms)
    left, moved = _apart(_totals(accounts), terms)
    held = rules_on(rules, taxpayer=terms.taxpayer, day=day) if terms.taxpayer else []
    problems = _problems_of(terms, held, moved, rates, day)
    if problems:
        return problems
    given = [Money(amount, code) for code, amount in moved.items()]
    conversions = tuple(convert(own, to=terms.currency, rates=rates) for own in given)
    gross = Money(sum(own.got.amount_minor for own in conversions), terms.currency)
    taxes = _charges(gross, held) if gross.amount_minor > 0 else ()
    due = gross.amount_minor + sum(_change(own) for own in taxes)
    carried = _why_carried(due, moved, left, terms)
    found = Remittance(
        period=period,
        terms=terms,
        earned={code: amount for code, amount in sorted(gained.items()) if amount},
        owed=owed,
        reserving=reserving,
        conversions=tuple(own for own in conversions if own.given.currency != terms.currency),
        gross=gross,
        taxes=taxes,
        due=Money(due, terms.currency),
        carried=carried,
        left=left,
        proof=_proof(conversions, taxes, due, terms.currency),
        gathering=(),
        transfer=None,
    )
    return found if carried else _moving(found, accounts, conversions)


def _moving(
    found: Remittance, accounts: Mapping[AccountKey, int], conversions: Sequence[Conversion]
) -> Remittance:
    """Return a remittance with what makes it due."""
    moved = {own.given.currency for own in conversions}
    emptied = {key: own for key, own in accounts.items() if own and key.currency in moved}
    gathering, together = gather(found.period, emptied)
    due = found.due.amount_minor
    transfer = _transfer(found.period, found.terms, together, conversions, found.taxes, due)
    return replace(found, gathering=gathering, transfer=transfer)


def _totals(balances: Mapping[AccountKey, int]) -> dict[str, int]:
    """Return sums over titles by currency, those at zero left out."""
    totals: dict[str, int] = defaultdict(int)
    for account, amount in balances.items():
        totals[account.currency] += amount
    return {code: amount for code, amount in sorted(totals.items()) if amount}


def _after(
    reserving: Reserving, balances: Mapping[AccountKey, int], terms: RemittanceTerms
) -> dict[AccountKey, int]:
    """Return what accounts have when the reserve was held and released."""
    accounts = dict(balances)
    for code, change in reserving.change().items():
        key = AccountKey(f"{PAYABLE}{terms.party}", "", code)
        accounts[key] = accounts.get(key, 0) + change
    return accounts


def _apart(
    totals: Mapping[str, int], terms: RemittanceTerms
) -> tuple[dict[str, int], dict[str, int]]:
    """Return the currencies that wait because the party owes in them, and those that move."""
    waits = terms.negative is NegativeBalance.CARRIED
    left = {code: amount for code, amount in totals.items() if amount < 0 and waits}
    return left, {code: amount for code, amount in totals.items() if code not in left}


def _problems_of(
    terms: RemittanceTerms,
    held: Sequence[TaxRule],
    moved: Mapping[str, int],
    rates: PinnedRates,
    day: date,
) -> tuple[Problem, ...]:
    where = Where(path=terms.party)
    problems = []
    if terms.taxpayer and not held:
        params = {"taxpayer": terms.taxpayer, "day": str(day)}
        problems.append(Problem("settlement.no-tax-rule", where, params))
    for rule in held:
        if rule.currency not in ("", terms.currency):
            params = {"rule": rule.id, "currency": rule.currency, "paid": terms.currency}
            problems.append(Problem("settlement.tax-in-another-currency", where, params))
    for code in moved:
        try:
            rates.path(code, terms.currency)
        except NoRate:
            params = {"given": code, "wanted": terms.currency, "day": str(rates.day)}
            problems.append(Problem("settlement.no-rate", where, params))
    return tuple(problems)


def _charges(gross: Money, held: Sequence[TaxRule]) -> tuple[TaxCharge, ...]:
    """Return each tax; income is taxed on what is left when a tax inside was taken out."""
    charges: list[TaxCharge] = []
    base = gross
    units = currency(gross.currency).minor_per_major
    for rule in held:
        exact = rule.tax(Fraction(base.amount_minor, units)) * units
        amount = Money(round_half_even(exact), gross.currency)
        charges.append(TaxCharge(rule, base, exact, amount))
        if rule.kind is TaxKind.VALUE_ADDED and rule.effect is not TaxEffect.ADDED:
            base = Money(base.amount_minor - amount.amount_minor, gross.currency)
    return tuple(charges)


def _change(charge: TaxCharge) -> int:
    """Return by how many minor units a tax changes what is due."""
    signs = {TaxEffect.ADDED: 1, TaxEffect.INCLUDED: 0, TaxEffect.WITHHELD: -1}
    return signs[charge.rule.effect] * charge.amount.amount_minor


def _why_carried(
    due: int, moved: Mapping[str, int], left: Mapping[str, int], terms: RemittanceTerms
) -> CarriedBecause | None:
    if not moved:
        return CarriedBecause.OWED if left else CarriedBecause.NOTHING_EARNED
    if due <= 0:
        return CarriedBecause.OWED
    return CarriedBecause.BELOW_MINIMUM if due < terms.minimum_minor else None


def _transfer(
    period: Month,
    terms: RemittanceTerms,
    accounts: Mapping[AccountKey, int],
    conversions: Sequence[Conversion],
    taxes: Sequence[TaxCharge],
    due: int,
) -> Transfer:
    paid = terms.currency
    legs: dict[AccountKey, int] = defaultdict(int)
    for account, amount in accounts.items():
        legs[account] -= amount
    for own in conversions:
        if own.given.currency != paid:
            name = f"{CONVERSION}:{own.source}"
            legs[AccountKey(name, "", own.given.currency)] += own.given.amount_minor
            legs[AccountKey(name, "", paid)] -= own.got.amount_minor
    for charge in taxes:
        change = _change(charge)
        prefix = ADDED_TAX if change > 0 else WITHHELD
        legs[AccountKey(f"{prefix}{charge.rule.id}@{charge.rule.version}", "", paid)] -= change
    legs[AccountKey(f"{DUE}{terms.party}", "", paid)] += due
    return Transfer(
        id=remittance_id(period, terms),
        action=TransferAction.MOVE,
        legs=tuple(TransferLeg(key, amount) for key, amount in sorted(legs.items()) if amount),
        purpose=f"remittance {period}",
    )


def _proof(
    conversions: Sequence[Conversion], taxes: Sequence[TaxCharge], due: int, paid: str
) -> ProofStep:
    steps = [_step_of_conversion(own, paid) for own in conversions]
    steps += [_step_of_tax(own) for own in taxes]
    formula = "sum(converted) + sum(tax_added) - sum(tax_withheld)"
    return ProofStep("remittance", formula, {}, Fraction(due), "minor", paid, tuple(steps))


def _step_of_conversion(own: Conversion, paid: str) -> ProofStep:
    units = Fraction(currency(paid).minor_per_major, currency(own.given.currency).minor_per_major)
    inputs: dict[str, Fraction | str] = {
        "given_minor": Fraction(own.given.amount_minor),
        "rate": own.rate,
        "minor_units": units,
        "rounding": own.got.amount_minor - own.exact_minor,
        "given_currency": own.given.currency,
        "source": own.source,
        "days": ", ".join(sorted({str(rate.day) for rate in own.path})),
    }
    formula = "given_minor * rate * minor_units + rounding"
    return ProofStep("converted", formula, inputs, Fraction(own.got.amount_minor), "minor", paid)


def _step_of_tax(own: TaxCharge) -> ProofStep:
    rule, code = own.rule, own.amount.currency
    units = currency(code).minor_per_major
    taxable = rule.taxable(Fraction(own.base.amount_minor, units))
    bracket = rule.bracket(taxable)
    inside = rule.kind is TaxKind.VALUE_ADDED and rule.effect is not TaxEffect.ADDED
    inputs: dict[str, Fraction | str] = {
        "taxable_minor": taxable * units,
        "rate": bracket.rate,
        "with_tax": 1 + bracket.rate,
        "less_minor": bracket.less * units,
        "rounding": own.amount.amount_minor - own.exact_minor,
        "base_minor": Fraction(own.base.amount_minor),
        "rule": rule.id,
        "version": str(rule.version),
        "digest": rule.digest,
        "source": rule.source,
    }
    share = "rate / with_tax" if inside else "rate"
    formula = f"taxable_minor * {share} - less_minor + rounding"
    result = Fraction(own.amount.amount_minor)
    return ProofStep(f"tax_{rule.effect}", formula, inputs, result, "minor", code)
