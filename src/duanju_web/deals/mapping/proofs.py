"""A proof as sentences: clause → inputs → arithmetic → result."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from duanju.kernel import ProofStep
from duanju_web.deals.mapping.numbers import (
    exact_minor_in_words,
    number_in_words,
    rate_in_words,
    rounded_money_in_words,
    share_in_words,
)
from duanju_web.deals.mapping.words import channel_in_words, measure_in_words, role_in_words

_TOKEN = re.compile(r"sum\((?P<summed>\w+)\)|(?P<name>[a-z_]+)|(?P<sign>[*/-])")
_SIGNS = {"*": "×", "/": "÷", "-": "−"}

Inputs = Mapping[str, Fraction | str]
Names = Mapping[str, str]
"""Names that only the terms know, in the reader's language: deductions by their id."""


@dataclass(frozen=True, slots=True)
class ProofInWords:
    """One step of a proof, ready to be read.

    Attributes:
        code: The step's kind.
        sentence: What the step does.
        arithmetic: The formula with its numbers put in.
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


def put_proof_in_words(proof: ProofStep, names: Names) -> ProofInWords:
    """Say a proof in the active language, step by step."""
    return ProofInWords(
        code=proof.code,
        sentence=_SENTENCES.get(proof.code, _other)(proof.inputs, proof, names),
        arithmetic=_arithmetic(proof),
        result=_result(proof),
        exact=_exact(proof),
        steps=tuple(put_proof_in_words(step, names) for step in proof.steps),
    )


def _result(proof: ProofStep) -> str:
    if proof.unit == "minor":
        return rounded_money_in_words(proof.result, proof.currency)
    return _("%(minutes)s minutes") % {"minutes": number_in_words(proof.result)}


def _exact(proof: ProofStep) -> str:
    if proof.unit == "minor" and proof.result.denominator != 1:
        return _("%(amount)s minor units of %(currency)s, exactly") % {
            "amount": exact_minor_in_words(proof.result),
            "currency": proof.currency,
        }
    return ""


def _arithmetic(proof: ProofStep) -> str:
    """Put the numbers into the formula; a formula that is a single input says nothing more."""
    if proof.formula in proof.inputs:
        return ""

    def put(match: re.Match[str]) -> str:
        if match["sign"]:
            return _SIGNS[match["sign"]]
        if match["summed"]:
            return _summed(proof, match["summed"])
        value = proof.inputs.get(match["name"])
        return match["name"] if value is None else _plain(value)

    left, right = _TOKEN.sub(put, proof.formula), _plain(proof.result)
    return "" if left == right else f"{left} = {right}"


def _summed(proof: ProofStep, code: str) -> str:
    results = [_plain(step.result) for step in proof.steps if step.code == code]
    if not results:
        return "0"
    return results[0] if len(results) == 1 else f"({' + '.join(results)})"


def _plain(value: Fraction | str) -> str:
    if isinstance(value, str):
        return value
    return number_in_words(value).split(" ≈ ")[0]


def _number(inputs: Inputs, name: str) -> Fraction:
    value = inputs.get(name, Fraction(0))
    return value if isinstance(value, Fraction) else Fraction(0)


def _tiered_rate(_inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("What all tiers come to, since the start of the deal")


def _month(inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("What %(month)s comes to") % {"month": inputs["month"]}


def _measured(inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("%(measure)s, measured in milliseconds and counted in minutes") % {
        "measure": measure_in_words(str(inputs["measure"]))
    }


def _tier(inputs: Inputs, proof: ProofStep, _names: Names) -> str:
    words = {
        "rate": rate_in_words(_number(inputs, "rate"), proof.currency),
        "per": number_in_words(_number(inputs, "per")),
        "threshold": number_in_words(_number(inputs, "threshold")),
    }
    if inputs.get("reading") == "whole_amount":
        return (
            _("All minutes at %(rate)s for every %(per)s, the rate from %(threshold)s on") % words
        )
    if "until" in inputs:
        words["until"] = number_in_words(_number(inputs, "until"))
        return _("Minutes from %(threshold)s to %(until)s at %(rate)s for every %(per)s") % words
    if not _number(inputs, "threshold"):
        return _("All minutes so far at %(rate)s for every %(per)s") % words
    return _("Minutes beyond %(threshold)s at %(rate)s for every %(per)s") % words


def _studio_part(_inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("This deal's part of what all the studio's titles earn together")


def _income(inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("Income from unlocks through %(channel)s") % {
        "channel": channel_in_words(str(inputs["channel"]))
    }


def _deduction(inputs: Inputs, _proof: ProofStep, names: Names) -> str:
    name = str(inputs["deduction"])
    return _("%(deduction)s of %(channel)s: %(rate)s of what is left") % {
        "deduction": names.get(name, name),
        "channel": channel_in_words(str(inputs["channel"])),
        "rate": share_in_words(_number(inputs, "rate")),
    }


def _base(_inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("What is divided")


def _share(inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("Share of %(role)s: %(share)s") % {
        "role": role_in_words(str(inputs["role"])),
        "share": share_in_words(_number(inputs, "share")),
    }


def _rest(inputs: Inputs, _proof: ProofStep, _names: Names) -> str:
    return _("The rest, for %(role)s") % {"role": role_in_words(str(inputs["role"]))}


def _total(inputs: Inputs, _proof: ProofStep, names: Names) -> str:
    name = str(inputs["name"])
    return _("%(name)s, together") % {"name": names.get(name, name)}


def _other(_inputs: Inputs, proof: ProofStep, _names: Names) -> str:
    return proof.code


_SENTENCES: Mapping[str, Callable[[Inputs, ProofStep, Names], str]] = {
    "tiered_rate": _tiered_rate,
    "month": _month,
    "measured": _measured,
    "tier": _tier,
    "studio_part": _studio_part,
    "income": _income,
    "deduction": _deduction,
    "base": _base,
    "share": _share,
    "rest": _rest,
    "total": _total,
}
