"""A policy, or a deal's terms, as somebody reads it: a projection, never a text beside it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from duanju.adapters.prose.clauses import tell_clause
from duanju.adapters.prose.leaving_open import explain_condition
from duanju.adapters.prose.narrating import Narrator, Table, Values
from duanju.adapters.prose.numbers import say_day, say_number, say_share
from duanju.adapters.prose.speaking import Speaker
from duanju.deals import find_conditions
from duanju.deals.clauses import Clause
from duanju.deals.clauses.roles import roles_of
from duanju.deals.clauses.visibility import audiences_of
from duanju.deals.parameters import Parameter, ParameterKind, ParameterValue
from duanju.deals.policy import Policy, Source


@dataclass(frozen=True, slots=True)
class Block:
    """Sentences, and the table that they lead to; `None` where none follows."""

    sentences: tuple[str, ...]
    table: Table | None


@dataclass(frozen=True, slots=True)
class ClauseInWords:
    """One clause as somebody reads it who reads no TOML.

    Attributes:
        id: The clause's id, by which statements name it.
        number: Its place in the policy, from 1.
        kind: What kind of clause it is, and whether it is owed or divided.
        title: What people call it.
        explanation: What its author says about it.
        parts: Sentences and tables in their order; each reading that contracts leave open is said.
    """

    id: str
    number: int
    kind: str
    title: str
    explanation: str
    parts: tuple[str | Table, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The parts as blocks, for pages and paper."""
        blocks: list[Block] = []
        sentences: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                sentences.append(part)
                continue
            blocks.append(Block(tuple(sentences), part))
            sentences = []
        return (*blocks, Block(tuple(sentences), None)) if sentences else tuple(blocks)

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences alone."""
        return tuple(part for part in self.parts if isinstance(part, str))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone."""
        return tuple(part for part in self.parts if isinstance(part, Table))


@dataclass(frozen=True, slots=True)
class ParameterInWords:
    """One parameter with its value.

    Attributes:
        id: The parameter's id.
        title: What it is.
        value: What holds, or an empty string where nothing does.
        options: For a choice, the options' titles.
        limits: Least and most that a deal may say, or an empty string.
        is_default: Whether the policy's default holds because nothing was chosen.
        is_required: Whether a deal must say something.
        is_doubtful: Whether the source of the default is second-hand or contradicted.
        note: Why it is as it is, or an empty string.
    """

    id: str
    title: str
    value: str
    options: tuple[str, ...]
    limits: str
    is_default: bool
    is_required: bool
    is_doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class SourceInWords:
    """Where a policy was published, and what that leaves open."""

    title: str
    published_on: date | None
    day: str
    address: str
    note: str


@dataclass(frozen=True, slots=True)
class PartyInWords:
    """A role that the clauses name; `role` is the terms' word, `name` what people call it."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class PolicyInWords:
    """A policy in a language.

    Attributes:
        language: The language.
        header: What it is called.
        summary: What it offers.
        version: Its id and version.
        validity: When deals can be signed under it.
        digest: SHA-256 of all that it states.
        parties: The roles that it names.
        parameters: What a deal fills in, with what is known.
        clauses: What it says, in order.
        general: What holds for every clause.
        checks: What cannot be known before facts come, and settlement checks.
        sources: Where it was published.
    """

    language: str
    header: str
    summary: str
    version: str
    validity: str
    digest: str
    parties: tuple[PartyInWords, ...]
    parameters: tuple[ParameterInWords, ...]
    clauses: tuple[ClauseInWords, ...]
    general: tuple[str, ...]
    checks: tuple[str, ...]
    sources: tuple[SourceInWords, ...]


def explain_policy(
    policy: Policy, values: Values, language: str, *, reader: str = ""
) -> PolicyInWords:
    """Say a policy in a language, with all that a deal has chosen.

    Args:
        policy: The policy.
        values: The parameters that are known: all of them in a deal, none in a policy, whose
            defaults are then shown as what holds unless the deal says otherwise.
        language: `en` or `zh-Hans`; any other reads English.
        reader: The role that reads; clauses that bind only others are left out, and the rest keep
            their numbers. Empty for somebody who may see all.
    """
    narrator = Narrator(Speaker.of(language), policy, values)
    speaker = narrator.speaker
    validity = {"first": say_day(policy.valid_from, speaker.language)}
    if policy.valid_until:
        validity["until"] = say_day(policy.valid_until, speaker.language)
    return PolicyInWords(
        language=speaker.language,
        header=narrator.text(policy.title),
        summary=narrator.text(policy.summary),
        version=speaker.phrase("policy.version", policy=policy.id, version=policy.version),
        validity=speaker.say("policy.until" if policy.valid_until else "policy.from", **validity),
        digest=policy.digest,
        parties=_parties(policy, narrator),
        parameters=explain_parameters(policy, values, frozenset(values), language),
        clauses=tuple(
            explain_clause(clause, number, narrator)
            for number, clause in enumerate(policy.clauses, start=1)
            if may_read(policy, clause.id, reader)
        ),
        general=tuple(_general(policy, values, speaker)),
        checks=tuple(_checks(policy, reader, narrator)),
        sources=tuple(_source(own, narrator) for own in policy.sources),
    )


def _checks(policy: Policy, reader: str, narrator: Narrator) -> Iterator[str]:
    """Yield what facts will decide of the clauses that the reader sees, each sentence once."""
    names = policy_titles(policy, narrator.language)
    sentences = (
        explain_condition(own, language=narrator.language, names=names)
        for own in find_conditions(policy)
        if may_read(policy, own.clause_id, reader)
    )
    yield from dict.fromkeys(sentences)


def may_read(policy: Policy, clause_id: str, reader: str) -> bool:
    """Tell whether a role may see a clause; an empty role sees all."""
    audience = audiences_of(policy.clauses)[clause_id]
    return not reader or audience is None or reader in audience


def explain_clause(clause: Clause, number: int, narrator: Narrator) -> ClauseInWords:
    """Say one clause.

    Args:
        clause: The clause.
        number: Its place in the policy, from 1.
        narrator: Who tells; its policy is where names of other clauses are looked up.
    """
    speaker = narrator.speaker
    kind = speaker.name("kind", clause.kind)
    direction = speaker.name("direction", clause.direction.value)
    return ClauseInWords(
        id=clause.id,
        number=number,
        kind=f"{kind} · {direction}",
        title=narrator.text(clause.title),
        explanation=narrator.text(clause.explanation),
        parts=tuple(tell_clause(clause, narrator)),
    )


def explain_parameters(
    policy: Policy, values: Values, chosen: frozenset[str], language: str
) -> tuple[ParameterInWords, ...]:
    """Say every parameter of a policy, in its order.

    Args:
        policy: The policy.
        values: What holds, defaults included where they shall be shown as values.
        chosen: Those that the deal itself said.
        language: `en` or `zh-Hans`.
    """
    narrator = Narrator(Speaker.of(language), policy, values)
    return tuple(_parameter(own, values.get(own.id), chosen, narrator) for own in policy.parameters)


def say_value(parameter: Parameter, value: ParameterValue | None, language: str) -> str:
    """Return what a parameter says, in words; an empty string where it says nothing."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = parameter.options.get(value)
        return text.in_language(language) if text else value
    if parameter.kind is ParameterKind.SHARE:
        return say_share(value, language)
    return say_number(value, language)


def _parameter(
    parameter: Parameter, value: ParameterValue | None, chosen: frozenset[str], narrator: Narrator
) -> ParameterInWords:
    language = narrator.language
    is_default = parameter.id not in chosen and parameter.default is not None
    return ParameterInWords(
        id=parameter.id,
        title=narrator.text(parameter.title),
        value=say_value(parameter, parameter.default if value is None else value, language),
        options=tuple(narrator.text(text) for text in parameter.options.values()),
        limits=_limits(parameter, narrator),
        is_default=is_default,
        is_required=parameter.required,
        is_doubtful=parameter.doubtful,
        note=narrator.text(parameter.note) if parameter.note else "",
    )


def _limits(parameter: Parameter, narrator: Narrator) -> str:
    least = say_value(parameter, parameter.at_least, narrator.language)
    most = say_value(parameter, parameter.at_most, narrator.language)
    phrase = narrator.speaker.phrase
    if least and most:
        return phrase("policy.between", least=least, most=most)
    if least:
        return phrase("policy.at_least", least=least)
    return phrase("policy.at_most", most=most) if most else ""


def _parties(policy: Policy, narrator: Narrator) -> tuple[PartyInWords, ...]:
    roles = dict.fromkeys(role for clause in policy.clauses for role in roles_of(clause))
    return tuple(PartyInWords(role, narrator.role(role)) for role in roles)


def _general(policy: Policy, values: Values, speaker: Speaker) -> Iterator[str]:
    yield speaker.say("general.cumulative")
    yield speaker.say("general.exact")
    if any(own.id not in values for own in policy.parameters):
        yield speaker.say("general.blanks")


def _source(source: Source, narrator: Narrator) -> SourceInWords:
    day = source.published_on
    return SourceInWords(
        title=narrator.text(source.title),
        published_on=day,
        day=say_day(day, narrator.language) if day else "",
        address=source.address,
        note=narrator.text(source.note) if source.note else "",
    )


def policy_titles(policy: Policy, language: str) -> dict[str, str]:
    """Return the titles of clauses, deductions, steps and coefficients by the id proofs use."""
    speaker = Speaker.of(language)
    titles: dict[str, str] = {}
    for clause in policy.clauses:
        titles[clause.id] = clause.title.in_language(speaker.language)
        parts: Sequence[object] = [
            own
            for name in ("deductions", "coefficients", "steps", "before")
            for own in getattr(clause, name, ())
        ]
        for own in parts:
            titles.setdefault(own.name, own.title.in_language(speaker.language))  # type: ignore[attr-defined]
    return titles
