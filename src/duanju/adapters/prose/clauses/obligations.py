"""Fees, guarantees, pools, awards, commissions, caps and reserves, in words."""

from collections.abc import Sequence

from duanju.adapters.prose.clauses.coefficients import tell_coefficients
from duanju.adapters.prose.clauses.provisions import tell_term
from duanju.adapters.prose.narrating import Narrator, Table, Telling
from duanju.deals.clauses import (
    Award,
    Cap,
    Clawback,
    Commission,
    Fee,
    Instalment,
    MinimumGuarantee,
    PoolShare,
    Reserve,
    Treatment,
)
from duanju.deals.clauses.instalments import SIGNING
from duanju.deals.parameters import Number, Word, find_number

_KNOWN_TREATMENTS = frozenset(own.value for own in Treatment)


def tell_fee(clause: Fee, narrator: Narrator) -> Telling:
    """Say a fixed amount."""
    yield narrator.speaker.say(
        "fee.owes",
        payer=narrator.role(clause.payer),
        payee=narrator.role(clause.payee),
        amount=narrator.amount(clause.amount, clause.currency),
        scope=narrator.scope(clause.scope, clause.payee),
    )
    yield from _instalments(clause.instalments, clause.amount, clause.currency, narrator)
    yield from _clawback(clause.clawback, clause.payee, narrator)


def tell_minimum_guarantee(clause: MinimumGuarantee, narrator: Narrator) -> Telling:
    """Say what is paid in any case, and how it stands to what is earned beside it."""
    say = narrator.speaker.say
    yield say(
        "minimum_guarantee.owes",
        payer=narrator.role(clause.payer),
        payee=narrator.role(clause.payee),
        amount=narrator.amount(clause.amount, clause.currency),
        scope=narrator.scope(clause.scope, clause.payee),
    )
    known = narrator.known(clause.treatment)
    at = narrator.share(clause.at)
    if known in _KNOWN_TREATMENTS:
        yield say(f"minimum_guarantee.{known}", at=at)
    else:
        yield from _open_treatment(clause, at, narrator)
    if clause.against:
        key = known if known in _KNOWN_TREATMENTS else "any"
        clauses = narrator.clauses(clause.against)
        yield say(f"minimum_guarantee.against_{key}", clauses=clauses)
    if clause.cross_collateralised:
        yield say("minimum_guarantee.crossed")
    elif known != Treatment.ON_TOP:
        yield say("minimum_guarantee.not_crossed")
    yield from _instalments(clause.instalments, clause.amount, clause.currency, narrator)
    yield from _clawback(clause.clawback, clause.payee, narrator)


def _open_treatment(clause: MinimumGuarantee, at: str, narrator: Narrator) -> Telling:
    """Say each treatment that the deal can choose."""
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    if isinstance(clause.treatment, str):
        yield say("reading.other", word=clause.treatment)
        return
    found = narrator.parameter(clause.treatment.parameter)
    title = narrator.parameter_title(clause.treatment.parameter)
    if found is not None and found.default in _KNOWN_TREATMENTS:
        sentence = say(f"minimum_guarantee.{found.default}", at=at)
        yield say("reading.default", title=title, sentence=sentence)
    else:
        options = [own for own in (found.options if found else ()) if own in _KNOWN_TREATMENTS]
        sentences = [
            phrase(
                "reading.option",
                option=narrator.option(clause.treatment.parameter, own),
                sentence=say(f"minimum_guarantee.{own}", at=at),
            )
            for own in options
        ]
        yield say("reading.open", title=title, options=" ".join(sentences))
    yield say("minimum_guarantee.kept_back_at", at=at)


def tell_pool_share(clause: PoolShare, narrator: Narrator) -> Telling:
    """Say a title's part of a platform's pool."""
    say = narrator.speaker.say
    payer = narrator.role(clause.payer)
    yield say(
        "pool_share.owes",
        payer=payer,
        payee=narrator.role(clause.payee),
        share=narrator.share(clause.share),
    )
    yield say(
        "pool_share.part",
        pool=narrator.counted(clause.pool),
        own=narrator.counted(clause.own),
        all=narrator.counted(clause.all),
    )
    empty = clause.when_empty.value if clause.when_empty else "unsaid"
    yield say(f"pool_share.{empty}", payer=payer)
    yield from tell_coefficients(
        clause.coefficients, clause.coefficient_cap, clause.currency, narrator
    )
    yield from tell_term(clause.term, clause.currency, narrator)


def tell_award(clause: Award, narrator: Narrator) -> Telling:
    """Say which awards are paid, up to which limit."""
    say = narrator.speaker.say
    yield say(
        "award.pays",
        payer=narrator.role(clause.payer),
        receivers=narrator.roles(clause.receivers),
        currency=narrator.currency(clause.currency),
    )
    scope = narrator.scope(clause.scope, clause.payer)
    if clause.limit is None:
        yield say("award.no_limit", scope=scope)
        return
    limit = narrator.amount(clause.limit, clause.currency)
    yield say("award.limit", limit=limit, scope=scope)
    yield say("award.order")


def tell_commission(clause: Commission, narrator: Narrator) -> Telling:
    """Say a percentage of what another has earned."""
    yield narrator.speaker.say(
        "commission.owes",
        payer=narrator.role(clause.payer),
        payee=narrator.role(clause.payee),
        rate=narrator.share(clause.rate),
        earned_by=narrator.role(clause.earned_by),
        clauses=narrator.clauses(clause.of),
        currency=narrator.currency(clause.currency),
    )


def tell_cap(clause: Cap, narrator: Narrator) -> Telling:
    """Say the most that clauses can come to."""
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    payer = narrator.role(clause.payer)
    yield say(
        "cap.limits",
        payer=payer,
        payee=narrator.role(clause.payee),
        clauses=narrator.clauses(clause.of),
        amount=narrator.amount(clause.amount, clause.currency),
        scope=narrator.scope(clause.scope, clause.payee),
        period=phrase(f"cap.{clause.reset.value}"),
    )
    yield say("cap.above", payer=payer)


def tell_reserve(clause: Reserve, narrator: Narrator) -> Telling:
    """Say what is held back, and for how long."""
    yield narrator.speaker.say(
        "reserve.holds",
        payer=narrator.role(clause.payer),
        payee=narrator.role(clause.payee),
        clauses=narrator.clauses(clause.of),
        rate=narrator.share(clause.rate),
        months=narrator.number(clause.months),
        currency=narrator.currency(clause.currency),
    )


def _instalments(
    instalments: Sequence[Instalment], amount: Number, currency: Word, narrator: Narrator
) -> Telling:
    say, phrase = narrator.speaker.say, narrator.speaker.phrase
    if not instalments:
        yield say("instalment.all_on_signing")
        return
    yield say("instalment.by_milestone")
    whole = find_number(amount, narrator.values)
    rows = []
    for own in instalments:
        share = find_number(own.share, narrator.values)
        is_known = whole is not None and share is not None
        part = narrator.amount(whole * share, currency) if is_known else ""  # type: ignore[operator]
        rows.append((_milestone(own.milestone, narrator), narrator.share(own.share), part))
    heads = ("milestone", "share", "amount")
    if not any(row[-1] for row in rows):
        rows, heads = [row[:-1] for row in rows], heads[:-1]  # type: ignore[misc, assignment]
    head = tuple(phrase(f"instalment.head_{own}") for own in heads)
    yield Table(phrase("instalment.caption"), head, tuple(rows))


def _clawback(clawback: Clawback | None, payee: str, narrator: Narrator) -> Telling:
    if clawback is not None:
        yield narrator.speaker.say(
            "instalment.clawback",
            milestone=_milestone(clawback.milestone, narrator),
            payee=narrator.role(payee),
            share=narrator.share(clawback.share),
        )
        later = "still_due" if clawback.later_still_due else "no_longer_due"
        yield narrator.speaker.say(f"instalment.{later}")


def _milestone(milestone: str, narrator: Narrator) -> str:
    return narrator.speaker.name("milestone", milestone or SIGNING)
