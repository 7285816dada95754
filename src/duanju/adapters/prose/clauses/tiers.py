"""Rates, bonuses and bands by tiers, in words."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from duanju.adapters.prose.clauses.coefficients import tell_coefficients
from duanju.adapters.prose.clauses.provisions import tell_term
from duanju.adapters.prose.clauses.tables import Cell, table_of_spans
from duanju.adapters.prose.narrating import Narrator, Table, Telling
from duanju.deals.clauses import BonusBands, Tier, TieredBonus, TieredRate
from duanju.deals.parameters import Chosen, Number

_ZERO = Fraction(0)


def tell_tiered_rate(clause: TieredRate, narrator: Narrator) -> Telling:
    """Say a rate per unit that changes at thresholds."""
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    words = {
        "payer": narrator.role(clause.payer),
        "payee": narrator.role(clause.payee),
        "counted": narrator.counted(clause.counted),
        "per": narrator.quantity(clause.per, clause.counted, clause.currency),
    }
    if _is_plain(clause.tiers):
        rate = narrator.amount(clause.tiers[0].rate, clause.currency)
        yield say("tiered_rate.owes_one", rate=rate, **words)
    else:
        yield say("tiered_rate.owes", **words)
        yield _tier_table(
            clause.tiers,
            narrator,
            words=(
                phrase("tiered_rate.caption"),
                phrase("tiered_rate.head_span"),
                phrase("tiered_rate.head_rate", per=words["per"]),
            ),
            show=lambda own: narrator.threshold(own, clause.counted, clause.currency),
            cell=lambda teller, rate: teller.amount(rate, clause.currency),
        )
    if len(clause.tiers) > 1 or clause.reading != "marginal":
        yield narrator.reading(clause.reading)
    yield say(f"scope.{clause.scope.value}", payee=words["payee"])
    yield say(f"reset.{clause.reset.value}")
    yield from tell_coefficients(
        clause.coefficients, clause.coefficient_cap, clause.currency, narrator
    )
    yield from tell_term(clause.term, clause.currency, narrator)


def tell_tiered_bonus(clause: TieredBonus, narrator: Narrator) -> Telling:
    """Say a percentage of an amount by tiers."""
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    payer, payee = narrator.role(clause.payer), narrator.role(clause.payee)
    if clause.of:
        earned_by, clauses = narrator.role(clause.earned_by), narrator.clauses(clause.of)
        yield say(
            "tiered_bonus.on_earned", payer=payer, payee=payee, earned_by=earned_by, clauses=clauses
        )
    if clause.counted or not clause.of:
        counted = narrator.sum_of(clause.counted)
        yield say("tiered_bonus.on_counted", payer=payer, payee=payee, counted=counted)
    if clause.by is None:
        yield say("tiered_bonus.by_amount")
    else:
        yield say("tiered_bonus.by_measure", counted=narrator.counted(clause.by))
    yield _tier_table(
        clause.tiers,
        narrator,
        words=(
            phrase("tiered_bonus.caption"),
            phrase("tiered_bonus.head_span"),
            phrase("tiered_bonus.head_rate"),
        ),
        show=lambda own: narrator.threshold(own, clause.by, clause.currency),
        cell=lambda teller, rate: teller.share(rate),
    )
    if len(clause.tiers) > 1 or clause.reading != "marginal":
        yield narrator.reading(clause.reading, "by_" if clause.by else "")
    yield say(f"scope.{clause.scope.value}", payee=payee)
    yield say(f"reset.{clause.reset.value}")
    yield from tell_term(clause.term, clause.currency, narrator)


def tell_bonus_bands(clause: BonusBands, narrator: Narrator) -> Telling:
    """Say fixed amounts by result."""
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    payee = narrator.role(clause.payee)
    yield say(
        "bonus_bands.owes",
        payer=narrator.role(clause.payer),
        payee=payee,
        counted=narrator.counted(clause.counted),
    )
    yield table_of_spans(
        narrator,
        caption=phrase("bonus_bands.caption"),
        head_span=phrase("bonus_bands.head_span"),
        head_value=phrase("bonus_bands.head_amount"),
        thresholds=[(own.threshold, own.inclusive) for own in clause.bands],
        values=[own.value for own in clause.bands],
        show=lambda own: narrator.threshold(own, clause.counted, clause.currency),
        cell=lambda teller, value: teller.amount(value, clause.currency),
    )
    yield narrator.reading(clause.reading)
    scope = phrase(f"bonus_bands.scope_{clause.scope.value}", payee=payee)
    yield say("bonus_bands.paid", once=phrase(f"bonus_bands.{clause.reset.value}"), scope=scope)


def _is_plain(tiers: Sequence[Tier]) -> bool:
    """Tell whether one rate holds from the first on, so that a table would say nothing more."""
    return (
        len(tiers) == 1
        and tiers[0].threshold == _ZERO
        and not tiers[0].inclusive
        and not isinstance(tiers[0].rate, Chosen)
    )


def _tier_table(
    tiers: Sequence[Tier],
    narrator: Narrator,
    *,
    words: tuple[str, str, str],
    show: Callable[[Fraction], str],
    cell: Cell,
) -> Table:
    caption, head_span, head_value = words
    values: list[Number] = [own.rate for own in tiers]
    return table_of_spans(
        narrator,
        caption=caption,
        head_span=head_span,
        head_value=head_value,
        thresholds=[(own.threshold, own.inclusive) for own in tiers],
        values=values,
        show=show,
        cell=cell,
    )
