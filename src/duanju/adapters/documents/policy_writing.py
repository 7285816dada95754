"""Writing a policy as the TOML text that `policy_from_text` reads."""

import json
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from duanju.adapters.documents.numbers import plain_number
from duanju.adapters.documents.policy_tables import PARAMETER_KEY
from duanju.deals import (
    Chosen,
    Clause,
    Deduction,
    Given,
    Parameter,
    Policy,
    RevenueShare,
    Source,
    Tier,
    TieredRate,
)
from duanju.kernel import Text


def policy_to_text(policy: Policy) -> str:
    """Write a policy as TOML; reading it again gives an equal policy with an equal digest.

    Comments and the order of keys of a file that was read are not kept: they are no part of a
    policy.
    """
    return "\n".join(_lines(policy)) + "\n"


def _lines(policy: Policy) -> Iterator[str]:
    yield from _entries(
        id=policy.id,
        version=policy.version,
        valid_from=policy.valid_from,
        valid_until=policy.valid_until,
        title=policy.title,
        summary=policy.summary,
    )
    for source in policy.sources:
        yield from _source(source)
    for parameter in policy.parameters:
        yield from _parameter(parameter)
    for clause in policy.clauses:
        yield from _clause(clause)


def _source(source: Source) -> Iterator[str]:
    yield from ("", "[[source]]")
    yield from _entries(
        title=source.title,
        published_on=source.published_on,
        address=source.address or None,
        note=source.note,
    )


def _parameter(parameter: Parameter) -> Iterator[str]:
    yield from ("", "[[parameter]]")
    yield from _entries(
        id=parameter.id,
        kind=parameter.kind.value,
        title=parameter.title,
        default=parameter.default,
        required=parameter.required or None,
        doubtful=parameter.doubtful or None,
        note=parameter.note,
    )
    if parameter.options:
        yield "[parameter.options]"
        yield from _entries(**parameter.options)


def _clause(clause: Clause) -> Iterator[str]:
    yield from ("", "[[clause]]")
    yield from _entries(
        id=clause.id, kind=clause.kind, title=clause.title, explanation=clause.explanation
    )
    yield from _entries(measure=clause.measure, currency=clause.currency)
    if isinstance(clause, RevenueShare):
        yield from _revenue_share(clause)
    else:
        yield from _tiered_rate(clause)


def _tiered_rate(clause: TieredRate) -> Iterator[str]:
    yield from _entries(
        per=clause.per,
        reading=clause.reading,
        scope=clause.scope.value,
        reset=clause.reset.value,
        payer=clause.payer,
        payee=clause.payee,
    )
    for tier in clause.tiers:
        yield from _tier(tier)


def _tier(tier: Tier) -> Iterator[str]:
    yield "[[clause.tier]]"
    yield from _entries(
        **{"from" if tier.inclusive else "above": tier.threshold, "rate": tier.rate}
    )


def _revenue_share(clause: RevenueShare) -> Iterator[str]:
    yield from _entries(
        base=clause.base,
        residual=clause.residual,
        rounding=clause.rounding.value,
        holder=clause.holder,
    )
    for deduction in clause.deductions:
        yield from _deduction(deduction)
    yield "[clause.shares]"
    yield from _entries(**clause.shares)


def _deduction(deduction: Deduction) -> Iterator[str]:
    yield "[[clause.deduction]]"
    yield from _entries(name=deduction.name, title=deduction.title, receiver=deduction.receiver)
    yield "[clause.deduction.rate_by_channel]"
    yield from _entries(**deduction.rate_by_channel)


def _entries(**values: object) -> Iterator[str]:
    """Yield a line a value; what is `None` is left out."""
    for key, value in values.items():
        if value is not None:
            yield f"{key} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Text | Given | Chosen):
        return _table(value)
    if isinstance(value, Fraction):
        return _number(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | date):
        return str(value)
    return _string(str(value))


def _table(value: Text | Given | Chosen) -> str:
    if isinstance(value, Text):
        entries = {tag: _string(text) for tag, text in value.items()}
    else:
        entries = {PARAMETER_KEY: _string(value.parameter)}
    if isinstance(value, Chosen):
        entries |= {option: _number(number) for option, number in value.by_option.items()}
    return "{ " + ", ".join(f"{key} = {text}" for key, text in entries.items()) + " }"


def _number(number: Fraction) -> str:
    """Write a number in digits where they end, else as the text of a fraction."""
    text = plain_number(number).replace(",", "")
    return _string(text) if "/" in text else text


def _string(text: str) -> str:
    """Write a basic string; the escapes of JSON are among those of TOML, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
