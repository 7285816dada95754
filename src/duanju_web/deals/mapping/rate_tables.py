"""The numbers of a clause as tables: tiers by option, rates by channel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from django.utils.translation import gettext as _

from duanju.deals import Chosen, Number, Policy, RevenueShare, TieredRate
from duanju_web.deals.mapping.numbers import number_in_words, rate_in_words, share_in_words
from duanju_web.deals.mapping.words import channel_in_words, in_reader_language

Values = Mapping[str, str | Fraction]


@dataclass(frozen=True, slots=True)
class Table:
    """A small table of words.

    Attributes:
        head: The columns' names.
        rows: Each as many cells as the head.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def labelled_rows(self) -> list[list[tuple[str, str]]]:
        """Each row's cells with the name of their column."""
        return [list(zip(self.head, row, strict=True)) for row in self.rows]


def tier_table(clause: TieredRate, policy: Policy, values: Values) -> Table:
    """Return a row a tier, and a column an option where the rates hang on a choice still open."""
    currency = clause.currency if isinstance(clause.currency, str) else ""
    chosen = next(
        (
            tier.rate
            for tier in clause.tiers
            if isinstance(tier.rate, Chosen) and tier.rate.parameter not in values
        ),
        None,
    )
    if chosen is None:
        head = (_("Effective minutes"), _("Rate for %(per)s minutes") % _per(clause))
        cells = [(_rate(tier.rate, values, currency),) for tier in clause.tiers]
    else:
        options = _options(policy, chosen.parameter)
        head = (_("Effective minutes"), *options.values())
        cells = [
            tuple(
                _rate(tier.rate, {**values, chosen.parameter: option}, currency)
                for option in options
            )
            for tier in clause.tiers
        ]
    rows = zip(_spans(clause), cells, strict=True)
    return Table(head, tuple((span, *cell) for span, cell in rows))


def channel_table(clause: RevenueShare, policy: Policy, values: Values) -> Table:
    """Return a row a channel, a column a deduction."""
    channels = dict.fromkeys(
        channel for deduction in clause.deductions for channel in deduction.rate_by_channel
    )
    head = (_("Channel"), *(in_reader_language(own.title) for own in clause.deductions))
    rows = tuple(
        (
            channel_in_words(channel),
            *(
                share_or_open(deduction.rate_by_channel[channel], policy, values)
                if channel in deduction.rate_by_channel
                else "–"
                for deduction in clause.deductions
            ),
        )
        for channel in channels
    )
    return Table(head, rows)


def share_or_open(number: Number, policy: Policy, values: Values) -> str:
    """Return a share as a percentage, or say that the deal must set it."""
    found = _number(number, values)
    if found is not None:
        return share_in_words(found)
    name = number.parameter if not isinstance(number, Fraction) else ""
    default = {own.id: own.default for own in policy.parameters}.get(name)
    if isinstance(default, Fraction):
        return _("%(share)s unless the deal says otherwise") % {"share": share_in_words(default)}
    return _("set in the deal")


def _rate(number: Number, values: Values, currency: str) -> str:
    found = _number(number, values)
    if found is None:
        return _("set in the deal")
    return rate_in_words(found, currency) if currency else number_in_words(found)


def _number(number: Number, values: Values) -> Fraction | None:
    if isinstance(number, Fraction):
        return number
    value = values.get(number.parameter)
    if isinstance(number, Chosen):
        return number.by_option.get(str(value))
    return value if isinstance(value, Fraction) else None


def _options(policy: Policy, name: str) -> dict[str, str]:
    for parameter in policy.parameters:
        if parameter.id == name:
            return {word: in_reader_language(text) for word, text in parameter.options.items()}
    return {}


def _spans(clause: TieredRate) -> Iterator[str]:
    for tier, after in pairwise([*clause.tiers, None]):
        if tier is None:
            return
        above = number_in_words(tier.threshold)
        if after is None:
            yield _("beyond %(above)s") % {"above": above} if tier.threshold else _("all")
        elif tier.threshold:
            yield _("beyond %(above)s, up to %(until)s") % {
                "above": above,
                "until": number_in_words(after.threshold),
            }
        else:
            yield _("up to %(until)s") % {"until": number_in_words(after.threshold)}


def _per(clause: TieredRate) -> dict[str, str]:
    return {"per": number_in_words(clause.per)}
