"""A worked example: supposed results, and what each party then earns by each clause."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from duanju.adapters.prose.narrating import Narrator
from duanju.adapters.prose.numbers import (
    say_day,
    say_money,
    say_number,
    say_rounded_money,
)
from duanju.adapters.prose.policies import may_read, policy_titles
from duanju.adapters.prose.proofs import ProofInWords, put_proof_in_words
from duanju.adapters.prose.speaking import Speaker
from duanju.deals import CHANNEL_ROLE, Entitlement, EntitlementKind, Fact, Terms, entitle
from duanju.deals.clauses import Counted
from duanju.deals.facts import in_term_units
from duanju.deals.measures import MEASURES, Unit
from duanju.kernel import ProblemsFound
from duanju.workflows.examples import Example, example_cases, named_facts


@dataclass(frozen=True, slots=True)
class PartInWords:
    """What one party earns by one clause in an example.

    Attributes:
        clause: The clause's title.
        party: Who.
        amount: How much, rounded as it would be posted.
        proof: Why.
    """

    clause: str
    party: str
    amount: str
    proof: ProofInWords


@dataclass(frozen=True, slots=True)
class CaseInWords:
    """One supposed case.

    Attributes:
        number: From 1.
        suppositions: What is supposed to have happened, a sentence a fact.
        parts: What everyone earns by every clause; those of nothing are left out.
        totals: What each party earns by all clauses together.
    """

    number: int
    suppositions: tuple[str, ...]
    parts: tuple[PartInWords, ...]
    totals: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ExampleInWords:
    """Cases that show each clause below and above its thresholds.

    Attributes:
        cases: From the smallest results to the largest.
    """

    cases: tuple[CaseInWords, ...]


def worked_example(terms: Terms, language: str, *, reader: str = "") -> ExampleInWords:
    """Compute supposed cases of terms, and say them with their proofs.

    Args:
        terms: Checked, with every parameter that they need.
        language: `en` or `zh-Hans`; any other reads English.
        reader: The role that reads; what clauses that bind only others come to is left out.

    Returns:
        The cases; none where facts cannot be supposed because terms leave a value open.
    """
    narrator = Narrator(Speaker.of(language), terms.policy, terms.values)
    cases = []
    for number, example in enumerate(example_cases(terms), start=1):
        try:
            entitlements = entitle(terms=terms, facts=example.facts, as_of=example.as_of)
        except ProblemsFound:
            continue
        seen = [own for own in entitlements if may_read(terms.policy, own.clause_id, reader)]
        cases.append(_case(number, example, seen, narrator))
    return ExampleInWords(tuple(cases))


def _case(
    number: int, example: Example, entitlements: Sequence[Entitlement], narrator: Narrator
) -> CaseInWords:
    names = policy_titles(narrator.policy, narrator.language)
    earned = [own for own in entitlements if own.amount]
    return CaseInWords(
        number=number,
        suppositions=tuple(_suppositions(example.facts, narrator)),
        parts=tuple(_part(own, names, narrator) for own in earned),
        totals=tuple(_totals(earned, narrator)),
    )


def _suppositions(facts: Sequence[Fact], narrator: Narrator) -> Iterator[str]:
    """Yield a sentence a fact; of days that are all alike, one sentence that tells how many."""
    told: dict[str, int] = {}
    for fact in named_facts(facts):
        sentence = _supposition(fact, narrator)
        told[sentence] = told.get(sentence, 0) + 1
    for sentence, days in told.items():
        if days == 1:
            yield sentence
        else:
            yield narrator.speaker.phrase("example.days", sentence=sentence, days=days)


def _supposition(fact: Fact, narrator: Narrator) -> str:
    speaker = narrator.speaker
    if fact.measure == "milestone":
        day = say_day(fact.stretch.starts_on, narrator.language)
        return speaker.say(
            "example.milestone", milestone=speaker.name("milestone", fact.item), day=day
        )
    counted = Counted(
        measure=fact.measure,
        channels=(fact.channel,) if fact.channel else (),
        territories=(fact.territory,) if fact.territory else (),
        media=(fact.medium,) if fact.medium else (),
        windows=(fact.window,) if fact.window else (),
        items=(fact.item,) if fact.item not in ("", "report") else (),
        over_seconds=Fraction(fact.over_seconds),
    )
    return speaker.say(
        "example.fact", counted=narrator.counted(counted), quantity=_quantity(fact, narrator)
    )


def _quantity(fact: Fact, narrator: Narrator) -> str:
    if fact.unit is Unit.MINOR:
        return say_money(fact.quantity, fact.currency, narrator.language)
    shown = say_number(in_term_units(fact.quantity, fact.measure), narrator.language)
    return narrator.speaker.quantity(shown, MEASURES[fact.measure])


def _part(own: Entitlement, names: dict[str, str], narrator: Narrator) -> PartInWords:
    clause = names[own.clause_id]
    if own.kind is EntitlementKind.DEDUCTION:
        clause = f"{clause} · {names.get(own.name, own.name)}"
    return PartInWords(
        clause=clause,
        party=_party(own, narrator),
        amount=say_rounded_money(own.amount, own.currency, narrator.language),
        proof=put_proof_in_words(own.proof, language=narrator.language, names=names),
    )


def _party(own: Entitlement, narrator: Narrator) -> str:
    role = own.party.role
    name = narrator.speaker.name("channel" if role == CHANNEL_ROLE else "role", own.party.id)
    name = narrator.role(role) if role != CHANNEL_ROLE else name
    return name[:1].upper() + name[1:]


def _totals(entitlements: Sequence[Entitlement], narrator: Narrator) -> Iterator[tuple[str, str]]:
    totals: dict[tuple[str, str], Fraction] = {}
    for own in entitlements:
        key = (_party(own, narrator), own.currency)
        totals[key] = totals.get(key, Fraction(0)) + own.amount
    for (party, code), amount in totals.items():
        yield party, say_rounded_money(amount, code, narrator.language)
