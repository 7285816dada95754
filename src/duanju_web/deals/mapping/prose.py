"""A policy's clauses as sentences: a projection of the terms, never a text beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from duanju.deals import (
    Clause,
    Counted,
    Policy,
    Reading,
    Reset,
    RevenueShare,
    Scope,
    TieredRate,
    Word,
    find_within,
)
from duanju.kernel import RoundingRule
from duanju_web.deals.mapping.numbers import number_in_words
from duanju_web.deals.mapping.rate_tables import (
    Table,
    channel_table,
    share_or_open,
    tier_table,
)
from duanju_web.deals.mapping.words import (
    in_reader_language,
    measure_in_words,
    role_in_words,
)

Values = Mapping[str, str | Fraction]
"""What is known of the parameters: all of them in a deal, the defaults only in a policy."""


@dataclass(frozen=True, slots=True)
class ClauseInWords:
    """One clause as somebody reads it who reads no TOML.

    Attributes:
        id: The clause's id, by which statements name it.
        title: What people call it.
        explanation: What its author says about it.
        measure: What it counts.
        sentences: What it does, each reading that contracts leave open said out loud.
        tables: Its numbers.
    """

    id: str
    title: str
    explanation: str
    measure: str
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]


def put_policy_in_words(policy: Policy, values: Values) -> tuple[ClauseInWords, ...]:
    """Say every clause of a policy in the active language.

    Args:
        policy: The policy.
        values: The parameters that are known; what hangs on others is shown for every option.
    """
    return tuple(_clause(clause, policy, values) for clause in policy.clauses)


def _clause(clause: Clause, policy: Policy, values: Values) -> ClauseInWords:
    if isinstance(clause, RevenueShare):
        sentences = _share_sentences(clause, policy, values)
        tables = (channel_table(clause, policy, values),) if clause.deductions else ()
    else:
        sentences = _rate_sentences(clause, policy, values)
        tables = (tier_table(clause, policy, values),)
    return ClauseInWords(
        id=clause.id,
        title=in_reader_language(clause.title),
        explanation=in_reader_language(clause.explanation),
        measure=measure_in_words(next(find_within(clause, Counted))[1].measure),
        sentences=tuple(sentences),
        tables=tables,
    )


def _rate_sentences(clause: TieredRate, policy: Policy, values: Values) -> Iterator[str]:
    yield _("For every %(per)s effective minutes, %(payer)s owes %(payee)s the rate below.") % {
        "per": number_in_words(clause.per),
        "payer": role_in_words(clause.payer),
        "payee": role_in_words(clause.payee),
    }
    if len(clause.tiers) > 1:
        yield _reading_sentence(clause.reading, policy, values)
    yield _scope_sentence(clause.scope)
    if clause.reset is Reset.MONTH:
        yield _("Counting begins again every month.")
    else:
        yield _("Counting goes on from the first day of the deal and never begins again.")


def _reading_sentence(reading: Word, policy: Policy, values: Values) -> str:
    if isinstance(reading, str):
        return _reading(reading)
    given = values.get(reading.parameter)
    if given is not None:
        return _reading(str(given))
    default = {own.id: own.default for own in policy.parameters}.get(reading.parameter)
    if default is None:
        return _("Whether a higher rate pays beyond its threshold only is for the deal to say.")
    return _("Unless the deal says otherwise: %(sentence)s") % {"sentence": _reading(str(default))}


def _reading(word: str) -> str:
    if word == Reading.MARGINAL:
        return _("A higher rate pays only for the minutes beyond its threshold.")
    return _("Once a threshold is passed, its rate pays for all minutes from the first on.")


def _scope_sentence(scope: Scope) -> str:
    return {
        Scope.TITLE: _("Each title is counted by itself."),
        Scope.STUDIO: _("All titles that the studio has under this policy are counted together."),
        Scope.POOL: _("All titles of the deal are counted together."),
    }[scope]


def _share_sentences(clause: RevenueShare, policy: Policy, values: Values) -> Iterator[str]:
    currency = _word(clause.currency, values)
    income = measure_in_words(clause.counted[0].measure)
    if currency:
        yield _("%(income)s in %(currency)s is divided, to the last minor unit.") % {
            "income": income,
            "currency": currency,
        }
    else:
        yield _("%(income)s in the deal's currency is divided, to the last minor unit.") % {
            "income": income
        }
    for deduction in clause.deductions:
        yield _("First, %(deduction)s goes to %(receiver)s, at the rate of the channel.") % {
            "deduction": in_reader_language(deduction.title),
            "receiver": role_in_words(deduction.receiver),
        }
    for role, share in clause.shares.items():
        yield _("Of %(base)s, %(role)s receives %(share)s.") % {
            "base": _base(clause),
            "role": role_in_words(role),
            "share": share_or_open(share, policy, values),
        }
    yield _("The rest goes to %(role)s.") % {"role": role_in_words(clause.residual)}
    yield _rounding_sentence(clause)


def _base(clause: RevenueShare) -> str:
    if clause.base == "gross":
        return _("the gross income")
    names = {f"after_{deduction.name}": deduction.title for deduction in clause.deductions}
    return _("what is left after %(deduction)s") % {
        "deduction": in_reader_language(names[clause.base])
    }


def _rounding_sentence(clause: RevenueShare) -> str:
    return {
        RoundingRule.LARGEST_REMAINDER: _(
            "Units that rounding leaves over go to whoever lost the largest fraction."
        ),
        RoundingRule.LARGEST_WEIGHT: _(
            "Units that rounding leaves over go to whoever receives the most."
        ),
        RoundingRule.IN_ORDER: _("Units that rounding leaves over go out in order."),
        RoundingRule.RESIDUAL_PARTY: _("Units that rounding leaves over go to %(role)s.")
        % {"role": role_in_words(clause.residual)},
    }[clause.rounding]


def _word(word: Word, values: Values) -> str:
    return word if isinstance(word, str) else str(values.get(word.parameter) or "")
