"""A proof as sentences: clause → inputs → arithmetic → result."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from duanju.adapters.prose.arithmetic import show_arithmetic
from duanju.adapters.prose.numbers import (
    say_amount,
    say_day,
    say_exactly,
    say_minor_exactly,
    say_month,
    say_number,
    say_rounded_money,
    say_share,
    say_threshold,
)
from duanju.adapters.prose.speaking import Speaker
from duanju.adapters.prose.steps import sentence_of
from duanju.kernel import Month, ProofStep, currency

Names = Mapping[str, str]
"""Names that only the terms know: titles of clauses, deductions, steps, coefficients, by id."""

NO_NAMES: Names = {}

_RESULT = "{result}"
_KINDS = {
    "role": "role",
    "payer": "role",
    "payee": "role",
    "receiver": "role",
    "party": "role",
    "channel": "channel",
    "measure": "measure",
    "milestone": "milestone",
    "territory": "territory",
    "medium": "medium",
    "window": "window",
}


@dataclass(frozen=True, slots=True)
class ProofInWords:
    """One step of a proof, ready to be read.

    Attributes:
        code: The step's kind.
        sentence: What the step does.
        arithmetic: The formula with its numbers put in; money in major units.
        result: What it gives; money is rounded here, and only here.
        exact: What it gives, exactly; empty where `result` says so already.
        steps: The steps beneath.
    """

    code: str
    sentence: str
    arithmetic: str
    result: str
    exact: str
    steps: tuple["ProofInWords", ...]


def explain_proof(proof: ProofStep, *, language: str, names: Names = NO_NAMES) -> tuple[str, ...]:
    """Return a proof as lines, each step indented two spaces beneath the one that rests on it.

    Args:
        proof: The root step.
        language: `en` or `zh-Hans`; any other reads English.
        names: Titles by id, see `policy_titles`; an id without one is shown as it is.
    """
    return tuple(_lines(proof, Speaker.of(language), names, 0))


def put_proof_in_words(proof: ProofStep, *, language: str, names: Names = NO_NAMES) -> ProofInWords:
    """Say a proof step by step, with arithmetic, rounded result, and exact result beside it.

    Args:
        proof: The root step.
        language: `en` or `zh-Hans`; any other reads English.
        names: Titles by id, see `policy_titles`.
    """
    speaker = Speaker.of(language)
    template = _without_result(sentence_of(proof, speaker.language))
    return ProofInWords(
        code=proof.code,
        sentence=_filled(template, proof, speaker, names),
        arithmetic=show_arithmetic(proof, speaker.language),
        result=_result(proof, speaker),
        exact=_exact(proof, speaker),
        steps=tuple(
            put_proof_in_words(step, language=language, names=names) for step in proof.steps
        ),
    )


def _without_result(template: str) -> str:
    """Return what a sentence says before its arithmetic and result, which stand beside it."""
    place = template.find(_RESULT)
    cut = max(template.rfind(colon, 0, max(place, 0)) for colon in (": ", "："))
    if cut > 0:
        return template[:cut]
    return re.sub(r"[ ,，=]*\{result\}[.。]?\s*$", "", template)


def _lines(step: ProofStep, speaker: Speaker, names: Names, depth: int) -> Iterator[str]:
    template = sentence_of(step, speaker.language)
    exact = _exact(step, speaker)
    line = _filled(template, step, speaker, names)
    yield "  " * depth + (
        speaker.phrase("proof.with_exact", line=line, exact=exact) if exact else line
    )
    for inner in step.steps:
        yield from _lines(inner, speaker, names, depth + 1)


def _result(proof: ProofStep, speaker: Speaker) -> str:
    if proof.unit == "minor":
        return say_rounded_money(proof.result, proof.currency, speaker.language)
    shown = say_number(proof.result, speaker.language)
    template = speaker.name("unit", proof.unit)
    return template.format(number=shown) if "{" in template else shown


def _exact(proof: ProofStep, speaker: Speaker) -> str:
    if proof.unit != "minor" or proof.result.denominator == 1:
        return ""
    amount = say_minor_exactly(proof.result, speaker.language)
    return speaker.phrase("proof.exact", amount=amount, currency=proof.currency)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """An input that knows how it wants to be read; a format chooses otherwise."""

    value: Fraction
    name: str
    step: ProofStep
    language: str

    def __format__(self, wanted: str) -> str:
        code = self.step.currency
        if code and (wanted == "minor" or (not wanted and self.name.endswith("_minor"))):
            major = self.value / currency(code).minor_per_major
            return say_amount(major, code, self.language)
        if code and wanted == "money":
            return say_amount(self.value, code, self.language)
        if wanted == "percent":
            return say_share(self.value, self.language)
        if wanted == "threshold":
            return say_threshold(self.value, self.language)
        return say_exactly(self.value, self.language)


class _Words(dict[str, object]):
    """Words of a sentence; one that is not given shows its name instead of failing."""

    def __missing__(self, name: str) -> str:
        return f"<{name}>"


def _filled(template: str, step: ProofStep, speaker: Speaker, names: Names) -> str:
    words = _Words(result=_result(step, speaker))
    for name, value in step.inputs.items():
        if isinstance(value, Fraction):
            words[name] = _Spoken(value, name, step, speaker.language)
        else:
            words[name] = _word(name, value, speaker, names)
    portion = _portion(step)
    if portion is not None:
        words["portion"] = _Spoken(portion, "portion", step, speaker.language)
    sentence = template.format_map(words)
    return sentence[:1].upper() + sentence[1:]


def _portion(step: ProofStep) -> Fraction | None:
    """Return what lies in a tier; its formula subtracts, and a sentence can not."""
    above = step.inputs.get("above")
    upper = step.inputs.get("until", step.inputs.get("measured"))
    if isinstance(above, Fraction) and isinstance(upper, Fraction):
        return upper - above
    return None


def _word(name: str, value: str, speaker: Speaker, names: Names) -> str:
    kind = _KINDS.get(name)
    if kind == "channel" and not value:
        return speaker.phrase("counted.any_channel")
    if kind:
        return speaker.name(kind, value)
    if name in {"month", "of_month", "period"} and re.fullmatch(r"[0-9]{4}-[0-9]{2}", value):
        return say_month(Month.parse(value), speaker.language)
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return say_day(date.fromisoformat(value), speaker.language)
    if name == "base":
        return _base(value, speaker, names)
    return names.get(value) or speaker.name("step" if name == "step" else "role", value)


def _base(value: str, speaker: Speaker, names: Names) -> str:
    if value.startswith("after_"):
        own = value.removeprefix("after_")
        return speaker.phrase("revenue_share.after", deduction=names.get(own, own))
    return speaker.phrase(f"revenue_share.{value}") if value == "gross" else value
