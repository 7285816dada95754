"""An income divided after named deductions, in words."""

from collections.abc import Iterator

from duanju.adapters.prose.clauses.provisions import tell_term
from duanju.adapters.prose.narrating import Narrator, Table, Telling
from duanju.deals.clauses import AFTER, GROSS, Deduction, Reset, RevenueShare
from duanju.deals.parameters import Number
from duanju.kernel import RoundingRule


def tell_revenue_share(clause: RevenueShare, narrator: Narrator) -> Telling:
    """Say deductions in their order, the base, the shares, the rest."""
    say = narrator.speaker.say
    yield say(
        "revenue_share.divides",
        holder=narrator.role(clause.holder),
        income=narrator.sum_of(clause.counted),
        currency=narrator.currency(clause.currency),
    )
    for number, deduction in enumerate(clause.deductions):
        what = " ".join(_deduction(deduction, narrator))
        key = "first" if number == 0 else "then"
        yield say(f"revenue_share.{key}", what=what)
    if any(own.rate_by_channel for own in clause.deductions):
        yield _channel_table(clause, narrator)
    base = _base(clause, narrator)
    for role, share in clause.shares.items():
        words = {"base": base, "role": narrator.role(role), "share": narrator.share(share)}
        yield say("revenue_share.share", **words)
    if not clause.shares:
        yield say("revenue_share.no_share", base=base)
    yield from _tiers(clause, base, narrator)
    yield from tell_term(clause.term, clause.currency, narrator)
    residual = narrator.role(clause.residual)
    if clause.term is not None:
        yield say("revenue_share.residual_after_term", role=residual)
    key = "residual_and_later" if _takes_after_base(clause) else "residual"
    yield say(f"revenue_share.{key}", role=residual)
    if clause.deficit_payer:
        yield say("revenue_share.deficit_payer", role=narrator.role(clause.deficit_payer))
    else:
        yield say("revenue_share.no_deficit_payer")
    yield rounding_sentence(clause.rounding, clause.residual, narrator)
    yield say("revenue_share.refunds")


def rounding_sentence(rounding: RoundingRule, residual: str, narrator: Narrator) -> str:
    """Say who receives the minor units that rounding leaves over."""
    return narrator.speaker.say(f"rounding.{rounding.value}", role=narrator.role(residual))


def _deduction(own: Deduction, narrator: Narrator) -> Iterator[str]:
    phrase = narrator.speaker.phrase
    words = {"title": narrator.text(own.title), "receiver": narrator.role(own.receiver)}
    if own.rate_by_channel:
        yield phrase("revenue_share.deduction_channel", **words)
    if own.rate is not None:
        yield phrase("revenue_share.deduction_rate", rate=narrator.share(own.rate), **words)
    if own.cost is not None:
        yield phrase("revenue_share.deduction_cost", cost=narrator.counted(own.cost), **words)
    if own.recoups:
        clause = narrator.clause(own.recoups)
        yield phrase("revenue_share.deduction_recoups", clause=clause, **words)
    if not (own.rate_by_channel or own.rate is not None or own.cost or own.recoups):
        yield phrase("revenue_share.deduction_none", **words)
    if own.cap is not None:
        title, cap = words["title"], narrator.share(own.cap)
        yield phrase("revenue_share.deduction_cap", title=title, cap=cap)


def _base(clause: RevenueShare, narrator: Narrator) -> str:
    for own in clause.deductions:
        if clause.base == AFTER + own.name:
            title = narrator.text(own.title)
            return narrator.speaker.phrase("revenue_share.after", deduction=title)
    if clause.base.startswith(AFTER):
        name = clause.base.removeprefix(AFTER)
        return narrator.speaker.phrase("revenue_share.after", deduction=name)
    return narrator.speaker.phrase("revenue_share.gross") if clause.base == GROSS else clause.base


def _takes_after_base(clause: RevenueShare) -> bool:
    """Tell whether a deduction is taken that the shares do not feel."""
    return bool(clause.deductions) and clause.base != AFTER + clause.deductions[-1].name


def _tiers(clause: RevenueShare, base: str, narrator: Narrator) -> Telling:
    say = narrator.speaker.say
    if clause.share_tiers:
        yield say("revenue_share.tiers")
        yield _tier_table(clause, narrator)
    if clause.tiers_by is not None:
        yield say("revenue_share.tiers_by", counted=narrator.counted(clause.tiers_by))
    elif clause.share_tiers:
        yield say("revenue_share.tiers_by_base", base=base)
    if clause.share_tiers or clause.reading != "marginal":
        yield narrator.reading(clause.reading, "share_")
    if clause.share_tiers or clause.reset is not Reset.NEVER:
        yield say(f"reset.{clause.reset.value}")


def _tier_table(clause: RevenueShare, narrator: Narrator) -> Table:
    phrase = narrator.speaker.phrase

    def show(number: Number) -> str:
        return narrator.quantity(number, clause.tiers_by, clause.currency)

    roles = tuple(dict.fromkeys(role for own in clause.share_tiers for role in own.shares))
    thresholds = [(own.threshold, own.inclusive) for own in clause.share_tiers]
    spans = narrator.spans(thresholds, show)
    rows = [
        (span, *(narrator.share(own.shares[role]) if role in own.shares else "–" for role in roles))
        for span, own in zip(spans, clause.share_tiers, strict=True)
    ]
    head = (phrase("revenue_share.head_span"), *(narrator.role(role) for role in roles))
    return Table(phrase("revenue_share.tiers_caption"), head, tuple(rows))


def _channel_table(clause: RevenueShare, narrator: Narrator) -> Table:
    """Return a row a channel, a column a deduction."""
    phrase = narrator.speaker.phrase
    by_channel = [own for own in clause.deductions if own.rate_by_channel]
    channels = dict.fromkeys(channel for own in by_channel for channel in own.rate_by_channel)
    rows = tuple(
        (
            narrator.speaker.name("channel", channel) or phrase("counted.any_channel"),
            *(
                narrator.share(own.rate_by_channel[channel])
                if channel in own.rate_by_channel
                else "–"
                for own in by_channel
            ),
        )
        for channel in channels
    )
    head = (phrase("revenue_share.head_channel"), *(narrator.text(own.title) for own in by_channel))
    return Table(phrase("revenue_share.caption"), head, rows)
