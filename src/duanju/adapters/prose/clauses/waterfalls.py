"""Incomes that flow down through steps, and capital that is paid back, in words."""

from collections.abc import Iterator, Sequence

from duanju.adapters.prose.clauses.revenue_shares import rounding_sentence
from duanju.adapters.prose.narrating import Narrator, Table, Telling
from duanju.adapters.prose.numbers import say_day
from duanju.deals.clauses import (
    CoInvestment,
    Gate,
    Gauge,
    Interest,
    Limit,
    Order,
    Receiver,
    Stake,
    Waterfall,
    WaterfallStep,
)
from duanju.deals.parameters import Word, find_number


def tell_waterfall(clause: Waterfall, narrator: Narrator) -> Telling:
    """Say every step from the top, then who has the rest and who bears a deficit."""
    say = narrator.speaker.say
    yield say(
        f"waterfall.flows_{clause.scope.value}",
        income=narrator.sum_of(clause.counted),
        currency=narrator.currency(clause.currency),
        holder=narrator.role(clause.holder),
    )
    yield from _steps(clause.steps, clause.currency, narrator)
    for role, share in clause.owed_of_gross.items():
        yield say("waterfall.owed", role=narrator.role(role), share=narrator.share(share))
    yield say("waterfall.residual", role=narrator.role(clause.residual))
    if clause.deficit_payer:
        yield say("waterfall.deficit_payer", role=narrator.role(clause.deficit_payer))
    else:
        yield say("waterfall.deficit_residual", role=narrator.role(clause.residual))
    yield rounding_sentence(clause.rounding, clause.residual, narrator)


def tell_co_investment(clause: CoInvestment, narrator: Narrator) -> Telling:
    """Say who put in what, how it is paid back, and how profit is divided."""
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    yield say(
        f"co_investment.divides_{clause.scope.value}",
        holder=narrator.role(clause.holder),
        income=narrator.sum_of(clause.counted),
        currency=narrator.currency(clause.currency),
    )
    if len(clause.stakes) == 1:
        yield say("co_investment.full_funding", role=narrator.role(clause.stakes[0].role))
    yield Table(
        phrase("co_investment.caption"),
        tuple(phrase(f"co_investment.head_{own}") for own in ("role", "capital", "seniority")),
        tuple(
            (narrator.role(own.role), _capital(own, clause.currency, narrator), str(own.seniority))
            for own in clause.stakes
        ),
    )
    if clause.before:
        yield say("co_investment.before")
        yield from _steps(clause.before, clause.currency, narrator)
    yield say(f"co_investment.{clause.order.value}")
    if clause.hurdle is None:
        yield say("co_investment.no_hurdle")
    else:
        yield say("co_investment.hurdle", interest=_interest(clause.hurdle, narrator))
    for role, share in clause.profit.items():
        yield say("co_investment.profit", role=narrator.role(role), share=narrator.share(share))
    yield say("co_investment.residual", role=narrator.role(clause.residual))
    yield rounding_sentence(clause.rounding, clause.residual, narrator)


def _capital(stake: Stake, currency: Word, narrator: Narrator) -> str:
    phrase = narrator.speaker.phrase
    parts = []
    if stake.amount is not None:
        amount = narrator.amount(stake.amount, currency)
        parts.append(phrase("co_investment.capital_amount", amount=amount))
    if stake.share is not None:
        share = narrator.share(stake.share)
        parts.append(phrase("co_investment.capital_share", share=share))
    if len(parts) > 1:
        return phrase("co_investment.capital_both", first=parts[0], second=parts[1])
    return parts[0] if parts else phrase("co_investment.capital_facts")


def _steps(steps: Sequence[WaterfallStep], currency: Word, narrator: Narrator) -> Iterator[str]:
    titles = {own.name: narrator.text(own.title) for own in steps}
    for number, step in enumerate(steps, start=1):
        yield " ".join(_step(number, step, titles, currency, narrator))


def _step(
    number: int, step: WaterfallStep, titles: dict[str, str], currency: Word, narrator: Narrator
) -> Iterator[str]:
    say = narrator.speaker.say
    words = {"number": number, "title": narrator.text(step.title)}
    words["receivers"] = _receivers(step, currency, narrator)
    if find_number(step.takes, {}) == 1:
        yield say("waterfall.step_all", **words)
    else:
        yield say("waterfall.step", takes=narrator.share(step.takes), **words)
    if step.limit is not None:
        yield say("waterfall.limit", limit=_limit(step.limit, currency, narrator))
    for gate in step.gates:
        yield from _gate(gate, titles, currency, narrator)
    for key, day in (("from_day", step.from_day), ("until_day", step.until_day)):
        if day is not None:
            yield say(f"waterfall.{key}", day=say_day(day, narrator.language))
    if step.is_deduction:
        yield say("waterfall.is_deduction")


def _receivers(step: WaterfallStep, currency: Word, narrator: Narrator) -> str:
    phrase = narrator.speaker.phrase
    receivers = step.receivers
    are_equal = all(find_number(own.weight, {}) == 1 for own in receivers)
    names = [_receiver(own, currency, narrator, with_weight=not are_equal) for own in receivers]
    if len(names) == 1:
        key = "to_one" if step.order is Order.PRO_RATA else "priority_one"
        return phrase(f"waterfall.{key}", receiver=names[0])
    if step.order is Order.PRIORITY:
        key = "priority"
    else:
        key = "pro_rata_equal" if are_equal else "pro_rata"
    return phrase(f"waterfall.{key}", receivers=narrator.list(names))


def _receiver(own: Receiver, currency: Word, narrator: Narrator, *, with_weight: bool) -> str:
    phrase = narrator.speaker.phrase
    name = narrator.role(own.role)
    if with_weight:
        name = phrase("waterfall.weighted", role=name, weight=narrator.number(own.weight))
    if own.limit is None:
        return name
    limit = _limit(own.limit, currency, narrator)
    return phrase("waterfall.limited", receiver=name, limit=limit)


def _limit(limit: Limit, currency: Word, narrator: Narrator) -> str:
    phrase = narrator.speaker.phrase
    parts = []
    if limit.amount is not None:
        parts.append(narrator.amount(limit.amount, currency))
    if limit.cost is not None:
        parts.append(narrator.counted(limit.cost))
    if limit.cost_cap is not None:
        key = "limit_cost_cap" if limit.cost is not None else "limit_cap_alone"
        parts.append(phrase(f"waterfall.{key}", amount=narrator.amount(limit.cost_cap, currency)))
    if limit.interest is not None:
        interest = _interest(limit.interest, narrator)
        parts.append(phrase("waterfall.limit_interest", interest=interest))
    if not parts:
        return phrase("waterfall.limit_nothing")
    return _joined(parts, limit, narrator)


def _joined(parts: Sequence[str], limit: Limit, narrator: Narrator) -> str:
    """Join the parts of a limit; a cap stands in brackets behind the cost that it caps."""
    plus = narrator.speaker.phrase("waterfall.limit_plus")
    joined = ""
    for position, part in enumerate(parts):
        has_cap = limit.cost is not None and limit.cost_cap is not None
        is_cap = has_cap and position == int(limit.amount is not None) + 1
        joined += f" ({part})" if is_cap else (plus + part if joined else part)
    return joined


def _interest(interest: Interest, narrator: Narrator) -> str:
    rate = narrator.share(interest.rate)
    return narrator.speaker.phrase(f"interest.{interest.kind.value}", rate=rate)


def _gate(gate: Gate, titles: dict[str, str], currency: Word, narrator: Narrator) -> Iterator[str]:
    say = narrator.speaker.say
    gauge = _gauge(gate, titles, narrator)
    span = _gate_span(gate, currency, narrator)
    if span:
        yield say("waterfall.gate", gauge=gauge, span=span)
    else:
        yield say("waterfall.gate_always", gauge=gauge)
    if gate.gauge is Gauge.MEASURE:
        yield say("waterfall.next_month")


def _gauge(gate: Gate, titles: dict[str, str], narrator: Narrator) -> str:
    phrase = narrator.speaker.phrase
    counted = narrator.counted(gate.counted) if gate.counted else ""
    of = narrator.role(gate.of) if gate.gauge is Gauge.PARTY else titles.get(gate.of, gate.of)
    gauge = phrase(f"waterfall.gauge_{gate.gauge.value}", of=of, counted=counted)
    unused = (
        counted if gate.gauge is not Gauge.MEASURE else "",
        of if gate.gauge in (Gauge.POOL, Gauge.MEASURE) else "",
    )
    extra = narrator.list([own for own in unused if own])
    return phrase("waterfall.gauge_extra", gauge=gauge, extra=extra) if extra else gauge


def _gate_span(gate: Gate, currency: Word, narrator: Narrator) -> str:
    phrase = narrator.speaker.phrase
    lower = upper = ""
    if gate.above is not None:
        shown = narrator.quantity(gate.above, gate.counted, currency)
        lower = phrase("span.above", lower=shown)
    if gate.until is not None:
        shown = narrator.quantity(gate.until, gate.counted, currency)
        upper = phrase("span.up_to", upper=shown)
    return phrase("span.both", lower=lower, upper=upper) if lower and upper else lower or upper
